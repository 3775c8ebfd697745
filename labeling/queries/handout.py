"""The claim: which slot a person is handed next. Measured plans: docs/claim-plan.md.

One UPDATE of one slot row. Open and expired are the same condition (`available_at` has passed), so no sweeper stands
between a lost lease and the next person. The slot row is locked, re-checked by PostgreSQL after the lock, and
changed, so two people can never be given one slot; a task's slots are rows of their own, so an overlap cannot be
exceeded by counting wrong (SECURITY finding 1).

The walk never looks at the open set. Per stratum that the person is cleared for, it enters the index
`labeling_slot_open (stratum, position)` at the person's own place and stops at the first slot that will do. Only
when no stratum has one does it take the second lap, from the start of the order to the place; PostgreSQL does not
run that lap's subplan otherwise (a one-time filter).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from labeling.queries.expectation import BASIS, CONFIRMED_BENIGN, EXPECTED
from labeling.queries.workbench import CARD, LeaseCard, card_from

# Lowest possible position: where a walk without a place starts.
START = -(2**63)

# A plain scalar subquery rather than NOT EXISTS: the planner must not turn it into a hash of everything that the
# person has ever answered. It is a probe of the partial index labeling_lease_finished.
_FIRST_SLOT = """
        SELECT slot.id, slot.position
          FROM labeling_slot slot
         WHERE slot.stratum_id = cleared.id
           AND slot.filled_at IS NULL
           AND slot.withdrawn_at IS NULL
           AND slot.position {lap} cleared.place
           AND slot.available_at <= (SELECT respite_now())
           AND (SELECT 1 FROM labeling_lease finished
                 WHERE finished.person_id = %(person)s
                   AND finished.task_id = slot.task_id
                   AND finished.outcome IN ('submitted', 'skipped', 'problem')
                 LIMIT 1) IS NULL
         ORDER BY slot.position
         LIMIT 1
           FOR UPDATE OF slot {skip_locked}"""

_WALK = f"""
WITH cleared AS MATERIALIZED (
    -- The strata whose expectation the clearance admits, each with the person's place in it.
    SELECT stratum.id, COALESCE(place.position, {START}) AS place, {EXPECTED} AS expected
      FROM labeling_stratum stratum
      JOIN labeling_source source ON source.id = stratum.source_id
      LEFT JOIN labeling_place place ON place.stratum_id = stratum.id AND place.person_id = %(person)s
     WHERE stratum.project_id = %(project)s
       AND {EXPECTED} <= %(cap)s
       AND (NOT %(benign_only)s OR {CONFIRMED_BENIGN})
       AND (%(takes_unrated)s OR {BASIS} <> 'unknown')
       AND (stratum.language = '' OR lower(split_part(stratum.language, '-', 1)) = ANY (%(languages)s))
       AND NOT stratum.categories && %(refused)s
), ahead AS MATERIALIZED (
    SELECT slot.id, cleared.expected
      FROM cleared CROSS JOIN LATERAL ({_FIRST_SLOT.replace("{lap}", ">")}) slot
     ORDER BY slot.position LIMIT 1
), behind AS MATERIALIZED (
    SELECT slot.id, cleared.expected
      FROM cleared CROSS JOIN LATERAL ({_FIRST_SLOT.replace("{lap}", "<=")}) slot
     WHERE NOT EXISTS (SELECT FROM ahead)
     ORDER BY slot.position LIMIT 1
), picked AS (
    SELECT * FROM ahead UNION ALL SELECT * FROM behind
)
UPDATE labeling_slot slot
   SET available_at = respite_now() + make_interval(mins => %(minutes)s)
  FROM picked
 WHERE slot.id = picked.id
RETURNING slot.id, slot.task_id, slot.stratum_id, slot.position, slot.available_at, picked.expected
"""  # noqa: S608 - constants only

WALK = _WALK.replace("{skip_locked}", "SKIP LOCKED")
WALK_AND_WAIT = _WALK.replace("{skip_locked}", "")

# The slot's expired lease ends before the new one is written: the INSERT reads `ended`, which makes it run first,
# or the one-live-lease constraints would refuse.
_LEASE = f"""
WITH ended AS (
    UPDATE labeling_lease SET ended_at = respite_now(), outcome = 'expired'
     WHERE slot_id = %(slot)s AND ended_at IS NULL
    RETURNING id
), placed AS (
    INSERT INTO labeling_place (person_id, stratum_id, position)
    VALUES (%(person)s, %(stratum)s, %(position)s)
    ON CONFLICT (person_id, stratum_id) DO UPDATE SET position = EXCLUDED.position
), written AS (
    INSERT INTO labeling_lease
           (slot_id, task_id, person_id, schema_id, guideline_id, claimed_at, expires_at, outcome, expected, "window", shown_parts,
            words_hidden, draft)
    SELECT %(slot)s, %(task)s, %(person)s,
           (SELECT id FROM labeling_labelschema WHERE project_id = task.project_id ORDER BY version DESC LIMIT 1),
           (SELECT id FROM labeling_guideline WHERE project_id = task.project_id ORDER BY version DESC LIMIT 1),
           respite_now(), %(expires)s, '', %(expected)s, 0, 0, true, '{{}}'::jsonb
      FROM (SELECT count(*) FROM ended) AS first, labeling_task task
     WHERE task.id = %(task)s
    RETURNING *
)
{CARD.format(lease="written")}
"""  # noqa: S608 - constants only


@dataclass(frozen=True)
class Wanted:
    """For whom the walk looks, and what they are cleared for. Severities 0-4; languages as lower-case subtags."""

    project_id: int
    person_id: int
    cap: int
    benign_only: bool
    takes_unrated: bool
    languages: tuple[str, ...]
    refused_categories: tuple[str, ...]
    lease_minutes: int

    def parameters(self) -> dict[str, Any]:
        return {
            "project": self.project_id,
            "person": self.person_id,
            "cap": self.cap,
            "benign_only": self.benign_only,
            "takes_unrated": self.takes_unrated,
            "languages": list(self.languages),
            "refused": list(self.refused_categories),
            "minutes": self.lease_minutes,
        }


@dataclass(frozen=True)
class TakenSlot:
    """A slot that is the person's until `available_at`, and what its task counted as at that moment."""

    slot_id: int
    task_id: int
    stratum_id: int
    position: int
    available_at: datetime
    expected: int


def take_slot(*, wanted: Wanted, wait: bool = False) -> TakenSlot | None:
    """Take the first slot of the walk, or None. One statement; the slot row stays locked until the commit.

    Without `wait`, slots that another claim holds at this moment are passed over; so a None is the truth only with
    `wait`, which may raise OperationalError when lock_timeout is set.
    """
    with connection.cursor() as cursor:
        cursor.execute(WALK_AND_WAIT if wait else WALK, wanted.parameters())
        row = cursor.fetchone()
    return None if row is None else TakenSlot(*row)


def explain_walk(*, wanted: Wanted) -> str:
    """The plan of `take_slot` as PostgreSQL runs it, with times in ms and pages read. It takes the slot: roll back."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) {WALK}", wanted.parameters())
        return "\n".join(line for (line,) in cursor.fetchall())


def insert_lease(*, taken: TakenSlot, person_id: int) -> LeaseCard:
    """End the slot's expired lease, write the new one with the schema and guideline in force, and the person's place.

    One statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _LEASE,
            {
                "slot": taken.slot_id,
                "task": taken.task_id,
                "stratum": taken.stratum_id,
                "position": taken.position,
                "person": person_id,
                "expires": taken.available_at,
                "expected": taken.expected,
            },
        )
        row = cursor.fetchone()
    assert row is not None  # noqa: S101 - what was written joins to rows that it refers to
    return card_from(row)
