"""A truth file: what each item really is, for scripted labelers and for judging a release.

The truth is never imported; it stays beside the project. A cell that is empty means *not labelled*: it is neither
"present" nor "absent", and is kept out of every comparison.
"""

import csv
import gzip
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class TruthError(Exception):
    """The truth file or its map does not read; the message names the place."""


@dataclass(frozen=True)
class TruthMap:
    """How the columns of a truth file become categories with a severity.

    `columns` maps a column to a category id; `severity` gives the severity (1-4) of a category that is present,
    for truths that only say yes or no.
    """

    item_column: str
    columns: Mapping[str, str]
    severity: Mapping[str, int]
    unused: tuple[str, ...] = ()  # columns of the truth that no category answers to


@dataclass(frozen=True)
class Truth:
    """Category id -> severity 0-4 for every labelled cell, by item id."""

    items: Mapping[str, Mapping[str, int]]

    def of(self, item: str) -> Mapping[str, int] | None:
        return self.items.get(item)


def read_map(path: Path) -> TruthMap:
    """`{"item": "item_id", "columns": {"S": "S"}, "severity": {"S": 2}}`."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TruthError(f"{path}: {error}") from error
    try:
        severity = {str(name): int(value) for name, value in document["severity"].items()}
        columns = {str(column): str(category) for column, category in document["columns"].items()}
        unused = tuple(str(column) for column in document.get("unused", ()))
        mapped = TruthMap(str(document.get("item", "id")), columns, severity, unused)
    except (KeyError, AttributeError, TypeError, ValueError) as error:
        raise TruthError(f"{path}: needs `columns` and `severity`, both objects ({error!r}).") from error
    for category in columns.values():
        if not 1 <= severity.get(category, 0) <= 4:
            raise TruthError(f"{path}: severity of {category!r} must be 1 to 4.")
    return mapped


def read_truth(path: Path, mapping: TruthMap | None) -> Truth:
    """Read a CSV (with a map) or JSONL (`{"id", "labels": {category: severity}}`), gzipped or not."""
    items: dict[str, dict[str, int]] = {}
    for place, item, cells in _rows(path, mapping):
        if item in items:
            raise TruthError(f"{place}: item {item!r} stands twice.")
        items[item] = cells
    if not items:
        raise TruthError(f"{path}: no rows.")
    return Truth(items)


def _rows(path: Path, mapping: TruthMap | None) -> Iterator[tuple[str, str, dict[str, int]]]:
    opener = gzip.open if path.suffix == ".gz" else open
    is_csv = ".csv" in path.suffixes
    if is_csv and mapping is None:
        raise TruthError(f"{path}: a CSV truth needs --truth-map FILE.")
    try:
        with opener(path, "rb") as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as lines:
            if is_csv and mapping is not None:
                yield from _csv_rows(path, csv.DictReader(lines), mapping)
            else:
                yield from _json_rows(path, lines)
    except (OSError, UnicodeDecodeError) as error:
        raise TruthError(f"{path}: {error}") from error


def _csv_rows(
    path: Path, reader: "csv.DictReader[str]", mapping: TruthMap
) -> Iterator[tuple[str, str, dict[str, int]]]:
    missing = ({mapping.item_column} | set(mapping.columns)) - set(reader.fieldnames or ())
    if missing:
        raise TruthError(f"{path}: no column {', '.join(sorted(missing))}.")
    for row in reader:
        place = f"{path}:{reader.line_num}"
        cells: dict[str, int] = {}
        for column, category in mapping.columns.items():
            cell = (row[column] or "").strip()
            if cell not in {"", "0", "1"}:
                raise TruthError(f"{place}: column {column}: {cell!r} is neither 0, 1 nor empty.")
            if cell:
                cells[category] = mapping.severity[category] if cell == "1" else 0
        yield place, row[mapping.item_column], cells


def _json_rows(path: Path, lines: Iterator[str] | io.TextIOBase) -> Iterator[tuple[str, str, dict[str, int]]]:
    for number, line in enumerate(lines, start=1):
        place = f"{path}:{number}"
        try:
            record: dict[str, Any] = json.loads(line)
            cells = {str(name): int(value) for name, value in record["labels"].items()}
            item = str(record["id"])
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise TruthError(
                f'{place}: wants {{"id", "labels": {{category: severity}}}} ({error!r}).'
            ) from error
        if any(not 0 <= severity <= 4 for severity in cells.values()):
            raise TruthError(f"{place}: a severity must be 0 to 4.")
        yield place, item, cells
