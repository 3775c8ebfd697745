"""Comma-separated values with a header row.

Columns are the fields of an item record (`id`, `text`, `prompt`, `completion`, `source`, `language`, `severity`), and
`context.NAME`, `scores.CATEGORY` and `meta.NAME` for what is an object there. A column that is none of these is an
error for the whole file: a misspelled `severity` must not quietly become a note. An empty cell means "not given".
"""

import csv
import re
from collections import deque
from collections.abc import Iterator
from typing import IO, Any

from labeling.domain.records import Problem
from labeling.importers.lines import MAX_LINE_BYTES, BadLine, RawRecord, UnreadableFile, byte_lines, too_long

PLAIN = frozenset({"id", "text", "prompt", "completion", "source", "language", "severity"})
GROUPS = ("context", "scores", "meta")
MAX_COLUMNS = 500
_WHOLE = re.compile(r"[0-4](\.0*)?")
"""A severity, also as tables write whole numbers in a column that has gaps: 2.0."""

csv.field_size_limit(MAX_LINE_BYTES)


def read(
    stream: IO[bytes], mapping: dict[str, str], ignored: frozenset[str]
) -> Iterator[RawRecord | BadLine]:
    """Each row as a record or as a report.

    Args:
        mapping: column in the file → name of the field it stands for.
        ignored: columns that are left out.

    Raises:
        UnreadableFile: when the header makes no sense.
    """
    rows = _rows(stream)
    header = next(rows, None)
    if header is None:
        return
    if isinstance(header, BadLine):
        raise UnreadableFile(header.problem, header.line)
    columns = _columns(header[1], mapping, ignored)
    for row in rows:
        if isinstance(row, BadLine):
            yield row
        elif row[1]:
            yield _record(row[0], row[1], columns)


class _Feed:
    """Hands physical lines to the csv reader and can take them back, so that one open quote loses one line only."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._lines = byte_lines(stream)
        self._returned: deque[tuple[int, bytes | None]] = deque()
        self.taken: list[tuple[int, bytes | None]] = []
        self._bytes = 0

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        number, line = self._returned.popleft() if self._returned else next(self._lines)
        self.taken.append((number, line))
        self._bytes += len(line or b"")
        if line is None or self._bytes > MAX_LINE_BYTES:
            raise OverflowError
        # What is not UTF-8 becomes lone surrogates, which the row is refused for, and the reader goes on.
        return line.decode("utf-8", "surrogateescape")

    def begin(self) -> None:
        self.taken, self._bytes = [], 0

    def give_back(self) -> int:
        """Return all lines but the first to be read again; the number of the first."""
        self._returned.extendleft(reversed(self.taken[1:]))
        return self.taken[0][0]


def _rows(stream: IO[bytes]) -> Iterator[tuple[int, list[str]] | BadLine]:
    feed = _Feed(stream)
    reader = csv.reader(feed, strict=True)
    while True:
        feed.begin()
        try:
            row = next(reader)
        except StopIteration:
            return
        except OverflowError:
            several = len(feed.taken) > 1
            line = feed.give_back()
            yield BadLine(line, _OPEN_QUOTE) if several else too_long(line)
        except csv.Error as error:
            several = len(feed.taken) > 1
            problem = _OPEN_QUOTE if several else Problem("broken_csv", "", f"is not CSV ({error})")
            yield BadLine(feed.give_back(), problem)
        else:
            line = feed.taken[0][0]
            bad = next((n for n, cell in enumerate(row, 1) if not cell.isascii() and _is_damaged(cell)), None)
            if bad:
                yield BadLine(line, Problem("not_utf8", f"column {bad}", "is not UTF-8"))
            else:
                yield line, row


_OPEN_QUOTE = Problem("broken_csv", "", "opens a quote that is never closed properly")


def _is_damaged(cell: str) -> bool:
    return any("\udc80" <= letter <= "\udcff" for letter in cell)


def _columns(header: list[str], mapping: dict[str, str], ignored: frozenset[str]) -> list[str | None]:
    """The field that each column stands for; None for one that is ignored."""
    if len(header) > MAX_COLUMNS:
        raise UnreadableFile(Problem("too_many_columns", "", f"there are more than {MAX_COLUMNS} columns"))
    names = [name.strip() for name in header]
    absent = sorted(({*mapping} | ignored) - set(names))
    if absent:
        raise UnreadableFile(Problem("missing_column", absent[0], f"there is no column {', '.join(absent)}"))
    columns = [None if name in ignored else mapping.get(name, name) for name in names]
    unknown = [name for name in columns if name is not None and not _is_field(name)]
    if unknown:
        shown = ", ".join(repr(name[:40]) for name in unknown[:5])
        raise UnreadableFile(
            Problem(
                "unknown_column",
                unknown[0][:40],
                f"unknown: {shown}. Rename it with --map or leave it out with --ignore",
            )
        )
    used = [name for name in columns if name is not None]
    if twice := next((name for name in used if used.count(name) > 1), None):
        raise UnreadableFile(Problem("duplicate_column", twice, f"the column {twice!r} stands twice"))
    if "id" not in used:
        raise UnreadableFile(Problem("missing_column", "id", "there is no column id"))
    return columns


def _is_field(name: str) -> bool:
    group, _, inner = name.partition(".")
    return name in PLAIN or (group in GROUPS and bool(inner))


def _record(line: int, row: list[str], columns: list[str | None]) -> RawRecord | BadLine:
    if len(row) != len(columns):
        return BadLine(
            line, Problem("wrong_width", "", f"has {len(row)} cells, the header has {len(columns)}")
        )
    fields: dict[str, Any] = {}
    for name, cell in zip(columns, row, strict=True):
        if name is None or cell == "":
            continue
        if name == "severity":
            fields[name] = int(cell.strip()[0]) if _WHOLE.fullmatch(cell.strip()) else cell
        elif name in PLAIN:
            fields[name] = cell
        else:
            group, _, inner = name.partition(".")
            fields.setdefault(group, {})[inner] = _number(cell) if group == "scores" else cell
    return RawRecord(line, fields)


def _number(cell: str) -> float | str:
    try:
        return float(cell)
    except ValueError:
        return cell
