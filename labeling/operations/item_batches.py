"""Storing a batch of checked item records: all of it in one transaction, or none.

The natural key is (project, external id). A record that is new is copied in with its task and slots; one that says
what is stored already is left alone; one that changes an item nobody has been handed replaces it; any other change
is a conflict, because labels that stand belong to the content that was seen.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from django.db import connection, transaction

from labeling.domain import stopping
from labeling.domain.records import ItemRecord
from labeling.models import Project, Stratum

# Keeps two imports into one project from racing for the same ids; the second number is the project's.
_LOCK_SPACE = 7101

StratumKey = tuple[int, int, str, tuple[str, ...]]


@dataclass
class Places:
    """Ids of sources and strata that an import has met so far, so that a batch asks only for new ones."""

    sources: dict[str, int] = field(default_factory=dict)
    strata: dict[StratumKey, int] = field(default_factory=dict)


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
        _execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK_SPACE, project.pk])
        known = _known(project, records)
        found = Places(dict(places.sources), dict(places.strata))
        _find_sources(project, {record.source for record in records}, found)
        _find_strata(project, {_stratum_key(record, found) for record in records}, found)
        fresh = [record for record in records if record.external_id not in known]
        _copy_in(project, fresh, found)
        old = [record for record in records if record.external_id in known]
        changed = _changed(old, known, found)
        replaced, conflicts = _replace(changed, known, found)
        if dry_run:
            transaction.set_rollback(True)
    if not dry_run:
        places.sources, places.strata = found.sources, found.strata
    return BatchOutcome(len(fresh), replaced, len(old) - len(changed), frozenset(conflicts))


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
    _execute(
        """
        INSERT INTO labeling_source (project_id, name, basis)
        SELECT %s, name, '' FROM unnest(%s::text[]) AS name
        ON CONFLICT (project_id, name) DO NOTHING
        """,
        [project.pk, missing],
    )
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


def _copy_in(project: Project, records: Sequence[ItemRecord], found: Places) -> None:
    if not records:
        return
    items = _next_ids("labeling_item", len(records))
    tasks = _next_ids("labeling_task", len(records))
    strata = [found.strata[_stratum_key(record, found)] for record in records]
    _copy(
        "labeling_item (id, project_id, source_id, external_id, kind, language, severity, scores, words, part_words,"
        " meta, neutral_line)",
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
                *(_json(r.scores), r.words, r.part_words, _json(r.meta), ""),
            )
            for item_id, r in zip(items, records, strict=True)
        ),
    )
    _copy(
        "labeling_itemcontent (item_id, body)",
        ((item_id, _json(r.body)) for item_id, r in zip(items, records, strict=True)),
    )
    _copy(
        "labeling_task (id, item_id, project_id, stratum_id, position, state)",
        (
            (
                task_id,
                item_id,
                project.pk,
                stratum,
                position_of(r.external_id, seed=project.shuffle_seed),
                "open",
            )
            for task_id, item_id, stratum, r in zip(tasks, items, strata, records, strict=True)
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


def _changed(records: Sequence[ItemRecord], known: dict[str, int], found: Places) -> list[ItemRecord]:
    """The records that say anything else than what is stored. Compared in the database: no content leaves it."""
    if not records:
        return []
    rows = _execute(
        _DIFFERENT,
        _incoming(records, known, found),
    )
    changed = {item_id for (item_id,) in rows}
    return [record for record in records if known[record.external_id] in changed]


def _replace(records: Sequence[ItemRecord], known: dict[str, int], found: Places) -> tuple[int, list[str]]:
    """Replace what nobody has been handed; how many, and the external ids of the rest."""
    if not records:
        return 0, []
    ids = [known[record.external_id] for record in records]
    # Claims lock a slot before they write a lease, so after this lock a lease is either there or cannot come.
    _execute(
        """
        SELECT slot.id FROM labeling_slot slot JOIN labeling_task task ON task.id = slot.task_id
         WHERE task.item_id = ANY(%s) ORDER BY slot.id FOR UPDATE OF slot
        """,
        [ids],
    )
    rows = _execute(
        """
        SELECT task.item_id FROM labeling_task task
         WHERE task.item_id = ANY(%s)
           AND EXISTS (SELECT FROM labeling_lease lease WHERE lease.task_id = task.id)
        """,
        [ids],
    )
    handed_out = {item_id for (item_id,) in rows}
    free = [record for record in records if known[record.external_id] not in handed_out]
    if free:
        values = _incoming(free, known, found)
        for statement in _REPLACEMENTS:
            _execute(statement, values)
    conflicts = [record.external_id for record in records if known[record.external_id] in handed_out]
    return len(free), conflicts


_INCOMING = """
    unnest(%(ids)s::bigint[], %(sources)s::bigint[], %(strata)s::bigint[], %(kinds)s::text[], %(languages)s::text[],
           %(severities)s::smallint[], %(scores)s::text[]::jsonb[], %(words)s::int[], %(part_words)s::text[],
           %(meta)s::text[]::jsonb[], %(bodies)s::text[]::jsonb[])
    AS new(id, source_id, stratum_id, kind, language, severity, scores, words, part_words, meta, body)"""

_DIFFERENT = f"""
    SELECT item.id
      FROM {_INCOMING}
      JOIN labeling_item item ON item.id = new.id
      JOIN labeling_itemcontent content ON content.item_id = item.id
     WHERE (item.source_id, item.kind, item.language, item.severity, item.scores, item.meta, content.body)
           IS DISTINCT FROM
           (new.source_id, new.kind, new.language, new.severity, new.scores, new.meta, new.body)
    """  # noqa: S608 - the fragment is a constant of this module

_REPLACEMENTS = (
    f"""
    UPDATE labeling_item item
       SET source_id = new.source_id, kind = new.kind, language = new.language, severity = new.severity,
           scores = new.scores, words = new.words, part_words = new.part_words::int[], meta = new.meta
      FROM {_INCOMING} WHERE item.id = new.id
    """,  # noqa: S608
    f"""
    UPDATE labeling_itemcontent content SET body = new.body FROM {_INCOMING} WHERE content.item_id = new.id
    """,  # noqa: S608
    f"""
    UPDATE labeling_slot slot SET stratum_id = new.stratum_id
      FROM {_INCOMING} JOIN labeling_task task ON task.item_id = new.id WHERE slot.task_id = task.id
    """,  # noqa: S608
    f"""
    UPDATE labeling_task task SET stratum_id = new.stratum_id FROM {_INCOMING} WHERE task.item_id = new.id
    """,  # noqa: S608
)


def _incoming(records: Sequence[ItemRecord], known: dict[str, int], found: Places) -> dict[str, list[Any]]:
    return {
        "ids": [known[record.external_id] for record in records],
        "sources": [found.sources[record.source] for record in records],
        "strata": [found.strata[_stratum_key(record, found)] for record in records],
        "kinds": [record.kind for record in records],
        "languages": [record.language for record in records],
        "severities": [record.severity for record in records],
        "scores": [_json(record.scores) for record in records],
        "words": [record.words for record in records],
        "part_words": ["{" + ",".join(map(str, record.part_words)) + "}" for record in records],
        "meta": [_json(record.meta) for record in records],
        "bodies": [_json(record.body) for record in records],
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


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
