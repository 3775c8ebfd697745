"""What a task counts as before anybody has judged it: one rule, as SQL, for the hand-out, the card and the reveal.

The fragments expect `stratum` and `source` to be in the statement. DESIGN of the rule: an item's own estimate, but
at least S2 while its source is not confirmed; without one what its source is known for, else S2; and never less
than a severe find in that source.
"""

from collections.abc import Iterable

from django.db import connection

# A milder estimate of its own, which nobody believes yet.
_UNPROVED = "(stratum.declared BETWEEN 0 AND 1 AND source.confirmed_at IS NULL)"

_BEFORE_FINDS = f"""
        CASE
            WHEN {_UNPROVED} THEN 2
            WHEN stratum.declared >= 0 THEN stratum.declared
            ELSE COALESCE(source.expected_severity, 2)
        END"""

EXPECTED = f"""
    GREATEST({_BEFORE_FINDS},
        CASE WHEN source.basis = 'find' THEN source.expected_severity ELSE 0 END
    )"""

# Whose estimate that is: the item's own, nobody's in place of a milder one of its own, its source's, or nobody's.
UNKNOWN = "unknown"
BASIS = f"""
    CASE
        WHEN source.basis = 'find' AND source.expected_severity > ({_BEFORE_FINDS}) THEN 'source'
        WHEN {_UNPROVED} THEN 'unproved'
        WHEN stratum.declared >= 0 THEN 'item'
        WHEN source.expected_severity IS NOT NULL THEN 'source'
        ELSE 'unknown'
    END"""

# Declared benign, and its source proved right about such declarations.
CONFIRMED_BENIGN = """
    (stratum.declared = 0 AND source.confirmed_at IS NOT NULL AND source.basis <> 'find')"""


_OF_STRATA = f"""
SELECT stratum.id, CASE WHEN {BASIS} <> '{UNKNOWN}' THEN {EXPECTED} END
  FROM labeling_stratum stratum JOIN labeling_source source ON source.id = stratum.source_id
 WHERE stratum.id = ANY (%s)
"""  # noqa: S608 - constants only


def expected_of(stratum_ids: Iterable[int]) -> dict[int, int | None]:
    """Stratum id → what its tasks count as (0-4), as their cards say; None where nobody knows. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_STRATA, [sorted(set(stratum_ids))])
        return dict(cursor.fetchall())
