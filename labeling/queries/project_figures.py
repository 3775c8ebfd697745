"""What the project pages count: progress, what is still open and how severe it will be, exposures per agreed label.

Each function is one statement. Nothing here reads content, and nothing counts by person.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection

from labeling.domain.comparison import Given
from labeling.domain.handout import SourceKnowledge, expectation
from labeling.domain.severity import Severity
from labeling.models import Source
from labeling.queries.projects import schema_of

HARMFUL_FROM = Severity.MILD
"""A label counts as harmful from this severity on (docs/glossary.md: HEAL)."""


@dataclass(frozen=True)
class TaskCounts:
    """Tasks of one project by state."""

    open: int = 0
    decided: int = 0
    contested: int = 0

    @property
    def total(self) -> int:
        return self.open + self.decided + self.contested

    @property
    def settled(self) -> int:
        """Tasks that ask for no more labels."""
        return self.decided + self.contested

    @property
    def percent(self) -> int:
        """Whole percent settled, 100 only when nothing is open."""
        return self.settled * 100 // self.total if self.total else 0


@dataclass(frozen=True)
class StratumFigures:
    """Tasks that count as one severity: how many, and how much reading their open ones are."""

    source_id: int
    expected: Severity
    counts: TaskCounts
    open_slots: int
    open_words: int


@dataclass(frozen=True)
class SourceFigures:
    """One source, what to expect of it and why, and how far it is."""

    id: int
    name: str
    expected_severity: int | None
    basis: str
    confirmed_at: datetime | None
    tasks: int
    decided: int


@dataclass(frozen=True)
class Exposures:
    """How often items were looked at until their labels were agreed. An exposure is one item shown to one person."""

    agreed: int
    agreed_harmful: int
    exposures: int
    harmful_exposures: int

    @property
    def heal(self) -> float | None:
        """Harmful exposures per agreed label of a harmful item; None before there is one."""
        return self.harmful_exposures / self.agreed_harmful if self.agreed_harmful else None


def task_counts(project_ids: Sequence[int]) -> dict[int, TaskCounts]:
    """Tasks by state for each of the projects; a project without tasks is there with zeros."""
    found: dict[int, dict[str, int]] = {project_id: {} for project_id in project_ids}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT project_id, state, count(*) FROM labeling_task WHERE project_id = ANY(%s) GROUP BY 1, 2",
            [list(project_ids)],
        )
        for project_id, state, count in cursor.fetchall():
            found[project_id][state] = count
    return {project_id: TaskCounts(**states) for project_id, states in found.items()}


# `words` is summed over the open slots: each is one more person who reads the item.
_STRATA = """
    SELECT stratum.source_id, stratum.declared, source.expected_severity, source.basis = 'find',
           source.confirmed_at IS NOT NULL,
           count(*) FILTER (WHERE task.state = 'open'),
           count(*) FILTER (WHERE task.state = 'decided'),
           count(*) FILTER (WHERE task.state = 'contested'),
           coalesce(sum(room.slots), 0), coalesce(sum(room.slots * item.words), 0)
      FROM labeling_stratum stratum
      JOIN labeling_source source ON source.id = stratum.source_id
      JOIN labeling_task task ON task.stratum_id = stratum.id
      JOIN labeling_item item ON item.id = task.item_id
      LEFT JOIN (SELECT task_id, count(*) AS slots FROM labeling_slot
                  WHERE filled_at IS NULL AND withdrawn_at IS NULL GROUP BY task_id) room
        ON room.task_id = task.id
     WHERE stratum.project_id = %s
     GROUP BY stratum.id, source.id
"""


def strata(project_id: int) -> list[StratumFigures]:
    """The project's tasks by what they count as now."""
    with connection.cursor() as cursor:
        cursor.execute(_STRATA, [project_id])
        rows = cursor.fetchall()
    return [
        StratumFigures(
            source_id=source_id,
            expected=expectation(
                None if declared < 0 else declared,
                SourceKnowledge(expected=expected, found=found, confirmed=confirmed),
            ).severity,
            counts=TaskCounts(open=still_open, decided=decided, contested=contested),
            open_slots=int(slots),
            open_words=int(words),
        )
        for source_id, declared, expected, found, confirmed, still_open, decided, contested, slots, words in rows
    ]


def sources(project_id: int, of_strata: Sequence[StratumFigures]) -> list[SourceFigures]:
    """The project's sources by name, with the counts of `strata`."""
    return [
        SourceFigures(
            id=source.pk,
            name=source.name,
            expected_severity=source.expected_severity,
            basis=source.basis,
            confirmed_at=source.confirmed_at,
            tasks=sum(row.counts.total for row in of_strata if row.source_id == source.pk),
            decided=sum(row.counts.decided for row in of_strata if row.source_id == source.pk),
        )
        for source in Source.objects.filter(project_id=project_id).order_by("name")
    ]


# A person who was handed the same task twice (the first lease ran out) counts once.
_EXPOSURES = """
    WITH agreed AS (
        SELECT task.id, coalesce(label.severity, 0) >= %s AS harmful
          FROM labeling_task task JOIN labeling_finallabel label ON label.task_id = task.id
         WHERE task.project_id = %s AND task.state = 'decided'
    ), seen AS (
        SELECT DISTINCT agreed.id, agreed.harmful, lease.person_id
          FROM agreed JOIN labeling_lease lease ON lease.task_id = agreed.id AND lease.opened_at IS NOT NULL
    )
    SELECT (SELECT count(*) FROM agreed), (SELECT count(*) FROM agreed WHERE harmful),
           (SELECT count(*) FROM seen), (SELECT count(*) FROM seen WHERE harmful)
"""


def exposures(project_id: int) -> Exposures:
    """Exposures of the decided tasks. A schema without severities has no harmful ones."""
    with connection.cursor() as cursor:
        cursor.execute(_EXPOSURES, [int(HARMFUL_FROM), project_id])
        agreed, agreed_harmful, seen, seen_harmful = cursor.fetchone()
    return Exposures(agreed, agreed_harmful, seen, seen_harmful)


RATED_TASKS = 500
"""Tasks that the page's agreement rests on at most; a release counts all of them."""


# The random order of both states together, from the index that has each of them in it.
_RATED = """
    WITH task AS (
        SELECT id FROM (
            (SELECT id, position FROM labeling_task
              WHERE project_id = %(project)s AND state = 'decided' ORDER BY position LIMIT %(most)s)
             UNION ALL
            (SELECT id, position FROM labeling_task
              WHERE project_id = %(project)s AND state = 'contested' ORDER BY position LIMIT %(most)s)
        ) settled ORDER BY position LIMIT %(most)s
    )
    SELECT task.id, annotation.id, annotation.person_id, slot.number, annotation.schema_id, annotation.answers,
           annotation.verdict
      FROM task
      JOIN labeling_annotation annotation ON annotation.task_id = task.id AND annotation.superseded_at IS NULL
      LEFT JOIN labeling_slot slot ON slot.id = annotation.slot_id
     ORDER BY task.id
"""


def rated_tasks(project_id: int) -> list[list[Given]]:
    """The standing answers to settled tasks, task by task, as many as RATED_TASKS, in the random order of the hand-out.
    The ids of people are there to tell them apart, and leave this process nowhere."""
    with connection.cursor() as cursor:
        cursor.execute(_RATED, {"project": project_id, "most": RATED_TASKS})
        rows = cursor.fetchall()
    return [
        [
            Given(annotation, person, slot, schema_of(schema), _loaded(answers), verdict)
            for _, annotation, person, slot, schema, answers, verdict in of_task
        ]
        for _, of_task in groupby(rows, key=itemgetter(0))
    ]


def _loaded(value: Any) -> Any:
    """Django's cursors give JSONB as text."""
    return json.loads(value) if isinstance(value, str) else value
