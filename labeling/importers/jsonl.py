"""JSON Lines: one object per line."""

import json
from collections.abc import Iterator
from typing import IO, Any

from labeling.domain.records import Problem
from labeling.importers.lines import BadLine, RawRecord, byte_lines, too_long


class _Refused(ValueError):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read(
    stream: IO[bytes], mapping: dict[str, str], ignored: frozenset[str]
) -> Iterator[RawRecord | BadLine]:
    """Each line as a record or as a report. Blank lines are passed over.

    Args:
        mapping: name in the file → name of the field it stands for.
        ignored: names in the file that are left out.
    """
    for number, line in byte_lines(stream):
        if line is None:
            yield too_long(number)
        elif not line.isspace():
            try:
                yield RawRecord(number, _renamed(_parse(line), mapping, ignored))
            except _Refused as refused:
                yield BadLine(number, refused.problem)


def _parse(line: bytes) -> dict[str, Any]:
    try:
        value = _DECODER.decode(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _Refused(Problem("not_utf8", "", f"is not UTF-8 (byte {error.start + 1})")) from error
    except RecursionError as error:
        raise _Refused(Problem("too_deep", "", "is nested too deeply")) from error
    except json.JSONDecodeError as error:
        raise _Refused(
            Problem("broken_json", "", f"is not JSON ({error.msg}, column {error.colno})")
        ) from error
    except _Refused:
        raise
    except ValueError as error:  # a whole number of thousands of digits
        raise _Refused(Problem("not_a_number", "", "holds a number with too many digits")) from error
    if not isinstance(value, dict):
        raise _Refused(Problem("not_object", "", "must be one JSON object"))
    return value


def _renamed(record: dict[str, Any], mapping: dict[str, str], ignored: frozenset[str]) -> dict[str, Any]:
    if not mapping and not ignored:
        return record
    return {mapping.get(name, name): value for name, value in record.items() if name not in ignored}


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Refused(Problem("duplicate_key", twice[:60], "stands twice in one object"))
    return found


def _constant(name: str) -> None:
    raise _Refused(Problem("not_a_number", "", f"holds {name}, which is not JSON"))


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant)
