"""Lines of a file that may be huge, broken or hostile, one at a time and with flat memory."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from labeling.domain.records import Problem

MAX_LINE_BYTES = 1024 * 1024
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record as its format reads it, and the number of the line on which it starts (from 1)."""

    line: int
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no record."""

    line: int
    problem: Problem


class UnreadableFile(ValueError):
    """The file as a whole cannot be read; `problem` says why and `line` where."""

    def __init__(self, problem: Problem, line: int = 1) -> None:
        super().__init__(problem.message)
        self.problem = problem
        self.line = line


@contextmanager
def open_lines(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked if they are gzipped (whatever the file is called)."""
    with path.open("rb") as stream:
        if stream.peek(2)[:2] == b"\x1f\x8b":
            with gzip.GzipFile(fileobj=stream) as packed, io.BufferedReader(packed) as unpacked:
                yield unpacked
        else:
            yield stream


def byte_lines(stream: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Number and bytes of each line, without a byte order mark; None for a line above the limit.

    Raises:
        UnreadableFile: for UTF-16, and where a gzipped file is damaged.
    """
    number = 0
    try:
        while line := stream.readline(MAX_LINE_BYTES + 1):
            number += 1
            if number == 1:
                if line.startswith(_UTF16_MARKS):
                    raise UnreadableFile(Problem("not_utf8", "", "the file is UTF-16; save it as UTF-8"))
                line = line.removeprefix(_BOM)
            if len(line) > MAX_LINE_BYTES:
                _skip_rest(stream, line)
                yield number, None
            else:
                yield number, line
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        problem = Problem("damaged", "", "the gzipped file ends early or is damaged")
        raise UnreadableFile(problem, number + 1) from error


def too_long(line: int) -> BadLine:
    """The report on a line above the limit."""
    return BadLine(line, Problem("too_long", "", f"is longer than {MAX_LINE_BYTES // 1024} KiB"))


def _skip_rest(stream: IO[bytes], line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(MAX_LINE_BYTES)
