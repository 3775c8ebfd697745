"""Storing a batch of checked item records: all of it in one transaction, or none.

The natural key is (project, external id). A record that is new is copied in with its task and slots; one that says
what is stored already is left alone; one that changes an item nobody has been handed replaces it; any other change
is a conflict, because labels that stand belong to the content that was seen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from django.db import connection, transaction

from labeling.domain import stopping
from labeling.domain.records import ItemRecord
from labeling.models import Project, Stratum
from labeling.operations.item_replacements import (
    KnownRow,
    Replaced,
    as_json,
    changed_rows,
    replace_unseen,
)
from labeling.operations.sources import MILD, doubt_new_declarations

# Keeps two imports into one project from racing for the same ids; the second number is the project's.
_LOCK_SPACE = 7101
# The role's limits are those of a page; a batch may wait for the import beside it.
_PATIENCE = "60s"
_BEGIN = """
    SELECT set_config('lock_timeout', %s, true), set_config('statement_timeout', %s, true),
           pg_advisory_xact_lock(%s, %s)
    """

StratumKey = tuple[int, int, str, tuple[str, ...]]


@dataclass
class Places:
    """Ids of sources and strata that an import has met so far, so that a batch asks only for new ones.

    `begun` are the sources that it has made, or has brought declarations below S2 into: what proves them is counted
    from there, and not again from each batch.
    """

    sources: dict[str, int] = field(default_factory=dict)
    strata: dict[StratumKey, int] = field(default_factory=dict)
    begun: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class BatchOutcome:
    """What became of a batch. `conflicts` are external ids whose change was refused."""

    created: int
    updated: int
    unchanged: int
    conflicts: frozenset[str]


def store_batch(
    *, project: Project, records: Sequence[ItemRecord], places: Places, dry_run: bool = False
) -> BatchOutcome:
    """Store records with distinct external ids. A dry run does the same work and takes it back.

    Raises:
        django.db.DataError: when PostgreSQL refuses a value; nothing of the batch is stored then.
    """
    with transaction.atomic():
        _execute(_BEGIN, [_PATIENCE, _PATIENCE, _LOCK_SPACE, project.pk])
        known = _known(project, records)
        found = Places(dict(places.sources), dict(places.strata), set(places.begun))
        _find_sources(project, {record.source for record in records}, found)
        keys = {record.external_id: _stratum_key(record, found) for record in records}
        _find_strata(project, set(keys.values()), found)
        strata = {external_id: found.strata[key] for external_id, key in keys.items()}
        fresh = [record for record in records if record.external_id not in known]
        tasks = _copy_in(project, fresh, found, strata)
        known_rows = [
            KnownRow(
                known[record.external_id], record, found.sources[record.source], strata[record.external_id]
            )
            for record in records
            if record.external_id in known
        ]
        changed = changed_rows(known_rows)
        replaced = replace_unseen(changed)
        conflicts = replaced.conflicts
        if dry_run:
            transaction.set_rollback(True)
        else:
            _doubt(dict(zip(tasks, fresh, strict=True)), replaced, found)
    if not dry_run:
        places.sources, places.strata, places.begun = found.sources, found.strata, found.begun
    return BatchOutcome(
        created=len(fresh),
        updated=len(changed) - len(conflicts),
        unchanged=len(known_rows) - len(changed),
        conflicts=frozenset(row.record.external_id for row in conflicts),
    )


def position_of(external_id: str, *, seed: int) -> int:
    """Where an item's task stands in the random order of the hand-out: the whole range of a bigint."""
    digest = blake2b(f"{seed}:{external_id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _known(project: Project, records: Sequence[ItemRecord]) -> dict[str, int]:
    rows = _execute(
        "SELECT external_id, id FROM labeling_item WHERE project_id = %s AND external_id = ANY(%s)",
        [project.pk, [record.external_id for record in records]],
    )
    return dict(rows)


def _find_sources(project: Project, names: set[str], found: Places) -> None:
    missing = sorted(names - found.sources.keys())
    if not missing:
        return
    made = _execute(
        """
        INSERT INTO labeling_source (project_id, name, basis)
        SELECT %s, name, '' FROM unnest(%s::text[]) AS name
        ON CONFLICT (project_id, name) DO NOTHING
        RETURNING id
        """,
        [project.pk, missing],
    )
    found.begun.update(source_id for (source_id,) in made)
    found.sources.update(
        _execute(
            "SELECT name, id FROM labeling_source WHERE project_id = %s AND name = ANY(%s)",
            [project.pk, missing],
        )
    )


def _stratum_key(record: ItemRecord, found: Places) -> StratumKey:
    declared = Stratum.UNRATED if record.severity is None else record.severity
    return found.sources[record.source], declared, record.language, tuple(record.categories)


def _find_strata(project: Project, keys: set[StratumKey], found: Places) -> None:
    for source_id, declared, language, categories in sorted(keys - found.strata.keys()):
        values = [project.pk, source_id, declared, language, list(categories)]
        _execute(
            """
            INSERT INTO labeling_stratum (project_id, source_id, declared, language, categories)
            VALUES (%s, %s, %s, %s, %s::text[])
            ON CONFLICT (project_id, source_id, declared, language, categories) DO NOTHING
            """,
            values,
        )
        rows = _execute(
            """
            SELECT id FROM labeling_stratum
             WHERE project_id = %s AND source_id = %s AND declared = %s AND language = %s
               AND categories = %s::text[]
            """,
            values,
        )
        found.strata[source_id, declared, language, categories] = rows[0][0]


def _doubt(tasks: dict[int, ItemRecord], replaced: Replaced, found: Places) -> None:
    """Sources that got declarations which nobody has checked are not confirmed any more (docs/adr/0008)."""
    mild = {found.sources[record.source] for record in tasks.values() if record.severity in MILD}
    mild |= {row.source_id for row in replaced.redeclared.values()}
    if not mild:
        return
    doubt_new_declarations(
        source_ids=mild, begun=mild & found.begun, before=min([*tasks, *replaced.redeclared]) - 1
    )
    found.begun |= mild


def _copy_in(
    project: Project, records: Sequence[ItemRecord], found: Places, strata: dict[str, int]
) -> list[int]:
    """Store new items; the ids of their tasks, in the same order."""
    if not records:
        return []
    items = _next_ids("labeling_item", len(records))
    tasks = _next_ids("labeling_task", len(records))
    seed = project.shuffle_seed
    _copy(
        "labeling_item (id, project_id, source_id, external_id, kind, language, severity, scores, words, part_words,"
        " frame, meta, neutral_line, completions)",
        (
            (
                *(
                    item_id,
                    project.pk,
                    found.sources[r.source],
                    r.external_id,
                    r.kind,
                    r.language,
                    r.severity,
                ),
                *(as_json(r.scores), r.words, r.part_words, r.frame, as_json(r.meta), "", r.completions),
            )
            for item_id, r in zip(items, records, strict=True)
        ),
    )
    _copy(
        "labeling_itemcontent (item_id, body)",
        ((item_id, as_json(r.body)) for item_id, r in zip(items, records, strict=True)),
    )
    _copy(
        "labeling_task (id, item_id, project_id, stratum_id, position, state)",
        (
            (
                task_id,
                item_id,
                project.pk,
                strata[r.external_id],
                position_of(r.external_id, seed=seed),
                "open",
            )
            for task_id, item_id, r in zip(tasks, items, records, strict=True)
        ),
    )
    _execute(
        """
        INSERT INTO labeling_slot (task_id, number, stratum_id, position)
        SELECT task.id, number, task.stratum_id, task.position
          FROM labeling_task task CROSS JOIN generate_series(1, %s) AS number
         WHERE task.id = ANY(%s)
         ORDER BY task.stratum_id, task.position
        """,
        [stopping.strategy(project.strategy).first, tasks],
    )
    return tasks


def _next_ids(table: str, count: int) -> list[int]:
    rows = _execute(
        "SELECT nextval(pg_get_serial_sequence(%s, 'id')::regclass) FROM generate_series(1, %s)",
        [table, count],
    )
    return [number for (number,) in rows]


def _copy(target: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {target} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _execute(statement: str, values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []
