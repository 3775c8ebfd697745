"""What is waiting for a person, roughly: by project and expected severity, for their first page.

Bounded on purpose. Of each stratum that they are cleared for, at most LOOK open slots ahead of their place and as many
behind it are looked at, so the page costs the same with a hundred tasks and with a million.
"""

from collections.abc import Sequence

from django.db import connection

from labeling.queries.expectation import BASIS, CONFIRMED_BENIGN, EXPECTED
from labeling.queries.handout import START
from people.iso_639 import primary_of
from people.models import User
from wellbeing.interface import Clearance

LOOK = 60
MOST_NEEDED = 1000

_SLOTS = """
    SELECT slot.task_id, slot.available_at
      FROM labeling_slot slot
     WHERE slot.stratum_id = cleared.id AND slot.filled_at IS NULL AND slot.withdrawn_at IS NULL
       AND slot.position {lap} cleared.place
     ORDER BY slot.position LIMIT %(look)s"""

# A stretch that was looked at in vain to its end says nothing about what lies behind it: then there may be one more.
_WAITING = f"""
WITH cleared AS MATERIALIZED (
    SELECT stratum.id, stratum.project_id, COALESCE(place.position, {START}) AS place, {EXPECTED} AS expected
      FROM labeling_stratum stratum
      JOIN labeling_source source ON source.id = stratum.source_id
      LEFT JOIN labeling_place place ON place.stratum_id = stratum.id AND place.person_id = %(person)s
     WHERE stratum.project_id = ANY (%(projects)s)
       AND {EXPECTED} <= %(cap)s
       AND (NOT %(benign_only)s OR {CONFIRMED_BENIGN})
       AND (%(takes_unrated)s OR {BASIS} <> 'unknown')
       AND (stratum.language = '' OR lower(split_part(stratum.language, '-', 1)) = ANY (%(languages)s))
       AND NOT stratum.categories && %(refused)s
)
SELECT cleared.project_id, cleared.expected,
       sum(GREATEST(near.tasks, CASE WHEN near.looked >= %(look)s THEN 1 ELSE 0 END))::int
  FROM cleared CROSS JOIN LATERAL (
       SELECT count(*) AS looked,
              count(DISTINCT slot.task_id) FILTER (
                  WHERE slot.available_at <= (SELECT respite_now())
                    AND NOT EXISTS (SELECT FROM labeling_lease finished
                                     WHERE finished.person_id = %(person)s AND finished.task_id = slot.task_id
                                       AND finished.outcome IN ('submitted', 'skipped', 'problem'))) AS tasks
         FROM (({_SLOTS.replace("{lap}", ">")}) UNION ALL ({_SLOTS.replace("{lap}", "<=")})) slot
       ) near
 GROUP BY cleared.project_id, cleared.expected
HAVING sum(GREATEST(near.tasks, CASE WHEN near.looked >= %(look)s THEN 1 ELSE 0 END)) > 0
 ORDER BY cleared.project_id, cleared.expected
"""  # noqa: S608 - constants only


def waiting_for(
    *, person: User, project_ids: Sequence[int], clearance: Clearance
) -> dict[int, dict[int, int]]:
    """Project id → expected severity (0-4) → about how many tasks, at most 2 × LOOK a stratum. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            _WAITING,
            {
                "person": person.pk,
                "projects": list(project_ids),
                "cap": max(clearance.max_severity, clearance.wait_max_severity or 0),
                "benign_only": clearance.confirmed_benign_only,
                "takes_unrated": clearance.takes_unrated,
                "languages": list(map(primary_of, person.languages)),
                "refused": sorted(clearance.refused_categories),
                "look": LOOK,
            },
        )
        found: dict[int, dict[int, int]] = {}
        for project_id, severity, tasks in cursor.fetchall():
            found.setdefault(project_id, {})[severity] = tasks
        return found


_NEEDED = """
SELECT count(*)
  FROM (SELECT FROM labeling_slot slot JOIN labeling_stratum stratum ON stratum.id = slot.stratum_id
         WHERE stratum.project_id = %s AND slot.filled_at IS NULL AND slot.withdrawn_at IS NULL
         LIMIT %s) needed
"""


def answers_needed(project_id: int) -> int:
    """How many answers a project has room for, anybody's; MOST_NEEDED + 1 where there are more."""
    with connection.cursor() as cursor:
        cursor.execute(_NEEDED, [project_id, MOST_NEEDED + 1])
        return int(cursor.fetchone()[0])


_LANGUAGES = """
SELECT stratum.project_id, array_agg(DISTINCT stratum.language)
  FROM labeling_stratum stratum
 WHERE stratum.project_id = ANY (%s)
   AND EXISTS (SELECT FROM labeling_slot slot
                WHERE slot.stratum_id = stratum.id AND slot.filled_at IS NULL AND slot.withdrawn_at IS NULL)
 GROUP BY stratum.project_id
"""


def in_other_languages(*, person: User, project_ids: Sequence[int]) -> dict[int, list[str]]:
    """Project id → the languages of what still needs answers, where the person reads none of them. One statement.

    Whoever has nothing to do there can then tell why. At most one slot of each stratum is looked at.
    """
    own = {*map(primary_of, person.languages), ""}
    with connection.cursor() as cursor:
        cursor.execute(_LANGUAGES, [list(project_ids)])
        found = {project_id: sorted(languages) for project_id, languages in cursor.fetchall()}
    return {
        project_id: languages
        for project_id, languages in found.items()
        if own.isdisjoint(map(primary_of, languages))
    }
