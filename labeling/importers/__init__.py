"""The formats in which items come in. A new one is a module with `read`, and a line here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from labeling.importers import csv_file, jsonl
from labeling.importers.lines import BadLine, RawRecord

Read = Callable[[IO[bytes], dict[str, str], frozenset[str]], Iterator[RawRecord | BadLine]]


@dataclass(frozen=True)
class Format:
    """A format by its name, with the ends of file names by which it is known."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    read: Read


FORMATS: dict[str, Format] = {
    "jsonl": Format("jsonl", "JSON Lines", (".jsonl", ".ndjson"), jsonl.read),
    "csv": Format("csv", "CSV with a header", (".csv",), csv_file.read),
}


def format_of(file_name: str) -> Format | None:
    """The format that a file's name speaks of, packed with gzip or not; None when it speaks of none."""
    plain = file_name.lower().removesuffix(".gz")
    return next((known for known in FORMATS.values() if plain.endswith(known.suffixes)), None)
