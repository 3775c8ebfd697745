"""What an import does to items that are here already: nothing, replace them, or refuse to.

Everything is compared and replaced inside the database; no content leaves it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from labeling.domain.records import ItemRecord

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A record whose external id is taken: by which item, and where the record would put it."""

    item_id: int
    record: ItemRecord
    source_id: int
    stratum_id: int


def changed_rows(rows: Sequence[KnownRow]) -> list[KnownRow]:
    """The rows that say anything else than what is stored."""
    if not rows:
        return []
    changed = {item_id for (item_id,) in _fetch(_DIFFERENT, _incoming(rows))}
    return [row for row in rows if row.item_id in changed]


@dataclass(frozen=True, slots=True)
class Replaced:
    """`conflicts` are the rows that were refused; `redeclared` maps a row that is to be proved anew to its number."""

    conflicts: list[KnownRow]
    redeclared: dict[int, KnownRow]


def replace_unseen(rows: Sequence[KnownRow]) -> Replaced:
    """Replace the items that nobody has been handed, and refuse the others.

    An item that now has other content, another source or another severity, and declares less than S2, is to its source
    what a new item is: its task draws a number of its own for the confirmation.
    """
    if not rows:
        return Replaced([], {})
    ids = [row.item_id for row in rows]
    # Claims lock a slot before they write a lease, so after this lock a lease is either there or cannot come.
    _fetch(_LOCK_SLOTS, {"items": ids})
    handed_out = {item_id for (item_id,) in _fetch(_HANDED_OUT, {"items": ids})}
    free = [row for row in rows if row.item_id not in handed_out]
    redeclared: dict[int, KnownRow] = {}
    if free:
        values = _incoming(free)
        claims = [item_id for (item_id,) in _fetch(_CLAIMS, values)]
        with connection.cursor() as cursor:
            for statement in _REPLACEMENTS:
                cursor.execute(statement, values)
        by_item = {row.item_id: row for row in free}
        numbers = _fetch(_REDECLARE, {"items": claims}) if claims else []
        redeclared = {number: by_item[item_id] for item_id, number in numbers}
    return Replaced([row for row in rows if row.item_id in handed_out], redeclared)


def as_json(value: object) -> str:
    """JSON text for a jsonb column; every empty object is the same one."""
    return _ENCODE(value) if value else "{}"


_LOCK_SLOTS = """
    SELECT slot.id FROM labeling_slot slot JOIN labeling_task task ON task.id = slot.task_id
     WHERE task.item_id = ANY (%(items)s::bigint[])
     ORDER BY slot.id FOR UPDATE OF slot
    """

_HANDED_OUT = """
    SELECT DISTINCT task.item_id
      FROM labeling_lease lease JOIN labeling_task task ON task.id = lease.task_id
     WHERE task.item_id = ANY (%(items)s::bigint[])
    """

_INCOMING = """
    unnest(%(ids)s::bigint[], %(sources)s::bigint[], %(strata)s::bigint[], %(kinds)s::text[], %(languages)s::text[],
           %(severities)s::smallint[], %(scores)s::text[]::jsonb[], %(words)s::int[], %(part_words)s::text[],
           %(frames)s::text[], %(meta)s::text[]::jsonb[], %(bodies)s::text[]::jsonb[], %(completions)s::smallint[])
    AS new(id, source_id, stratum_id, kind, language, severity, scores, words, part_words, frame, meta, body,
           completions)"""

_DIFFERENT = f"""
    SELECT item.id
      FROM {_INCOMING}
      JOIN labeling_item item ON item.id = new.id
      JOIN labeling_itemcontent content ON content.item_id = item.id
     WHERE (item.source_id, item.kind, item.language, item.severity, item.scores, item.meta, content.body)
           IS DISTINCT FROM
           (new.source_id, new.kind, new.language, new.severity, new.scores, new.meta, new.body)
    """  # noqa: S608 - the fragment is a constant of this module

_CLAIMS = f"""
    SELECT item.id
      FROM {_INCOMING}
      JOIN labeling_item item ON item.id = new.id
      JOIN labeling_itemcontent content ON content.item_id = item.id
     WHERE new.severity IN (0, 1)
       AND (item.source_id, item.severity, content.body) IS DISTINCT FROM (new.source_id, new.severity, new.body)
    """  # noqa: S608

_REDECLARE = """
    UPDATE labeling_task SET redeclared_as = nextval(pg_get_serial_sequence('labeling_task', 'id')::regclass)
     WHERE item_id = ANY (%(items)s::bigint[])
    RETURNING item_id, redeclared_as
    """

_REPLACEMENTS = (
    f"""
    UPDATE labeling_item item
       SET source_id = new.source_id, kind = new.kind, language = new.language, severity = new.severity,
           scores = new.scores, words = new.words, part_words = new.part_words::int[], frame = new.frame,
           meta = new.meta, completions = new.completions
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


def _incoming(rows: Sequence[KnownRow]) -> dict[str, list[Any]]:
    records = [row.record for row in rows]
    return {
        "ids": [row.item_id for row in rows],
        "sources": [row.source_id for row in rows],
        "strata": [row.stratum_id for row in rows],
        "kinds": [record.kind for record in records],
        "languages": [record.language for record in records],
        "severities": [record.severity for record in records],
        "scores": [as_json(record.scores) for record in records],
        "words": [record.words for record in records],
        "part_words": ["{" + ",".join(map(str, record.part_words)) + "}" for record in records],
        "frames": [record.frame for record in records],
        "meta": [as_json(record.meta) for record in records],
        "bodies": [as_json(record.body) for record in records],
        "completions": [record.completions for record in records],
    }


def _fetch(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
