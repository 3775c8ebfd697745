"""What an outsider counts from rows of the ledger alone, in plain SQL that shares nothing with the application."""

from people.models import User
from tests.factories.wellbeing import sql

# After each admission: what the day held before this chain began (`filled`) and everything since.
OVERRUNS = """
WITH running AS (
    SELECT e.kind, e.policy_version, %s + sum(e.milli_points) OVER (ORDER BY e.seq) AS held
      FROM ledger_entry e JOIN dosimeter d USING (chain)
     WHERE d.person_id = %s
)
SELECT count(*) FROM running
  LEFT JOIN policy_version p ON p.id = running.policy_version
 WHERE kind IN ('reserve', 'extend') AND held > COALESCE((p.numbers ->> 'day_points')::bigint, %s)
"""
ADMISSIONS = """
SELECT count(*) FROM ledger_entry e JOIN dosimeter d USING (chain)
 WHERE d.person_id = %s AND e.kind IN ('reserve', 'extend')
"""
# Two views of one person are never open together, as their own rows tell it.
DOUBLE = """
WITH steps AS (
    SELECT sum(CASE e.kind WHEN 'reserve' THEN 1 WHEN 'close' THEN -1
                           WHEN 'settle' THEN CASE WHEN e.was_open THEN -1 ELSE 0 END ELSE 0 END)
               OVER (ORDER BY e.seq) AS open
      FROM (SELECT l.seq, l.kind,
                   lag(l.kind) OVER (PARTITION BY l.view_ref ORDER BY l.seq) IN ('reserve', 'extend') AS was_open
              FROM ledger_entry l JOIN dosimeter d USING (chain) WHERE d.person_id = %s) e
)
SELECT count(*) FROM steps WHERE open NOT IN (0, 1)
"""


def overruns(who: User, *, limit: int, filled: int = 0) -> int:
    """Admissions after which more was held than the version they name allows, or `limit` where it names none."""
    return int(sql(OVERRUNS, filled, who.pk, limit)[0][0])


def admissions(who: User) -> int:
    """Rows that pay for something to be shown."""
    return int(sql(ADMISSIONS, who.pk)[0][0])


def opened_twice(who: User) -> int:
    """Rows after which two views were open, or fewer than none."""
    return int(sql(DOUBLE, who.pk)[0][0])
