"""Files outside the database to which signed lines are added: JSON, the hash of the line before, an HMAC over both."""

import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from wellbeing.domain.ledger import signature

NO_LINE = "0" * 64
Document = dict[str, Any]


class BrokenLines(Exception):
    """A file of signed lines was changed; the message says in which line."""


@dataclass(frozen=True)
class SignedLines:
    """One such file in the state folder. `format` keeps the lines of one kind from passing for another's."""

    name: str
    format: str
    broken: type[BrokenLines] = BrokenLines

    @property
    def path(self) -> Path:
        return Path(settings.STATE_DIR) / self.name

    def add(self, make: Callable[[Document | None], Document]) -> Document:
        """Add what `make` gives, flushed to disk; it is told the line before, None for the first. Returns it.

        One writer at a time. Raises `broken` if the line before was changed.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            last = _last_line(file)
            document = make(self._opened(last, "the last line") if last else None)
            document = {**document, "previous": _digest(last) if last else NO_LINE}
            payload = _payload(document)
            signed = {**json.loads(payload), "signature": self._signature(payload)}
            file.write(_payload(signed).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        return document

    def last(self) -> Document | None:
        """The last line, checked by itself; None if there is none. Raises `broken`."""
        if not self.path.exists():
            return None
        with self.path.open("rb") as file:
            last = _last_line(file)
        return self._opened(last, "the last line") if last else None

    def lines(self) -> Iterator[Document]:
        """Every line in order. Raises `broken` at the first that was changed or does not follow the one before."""
        if not self.path.exists():
            return
        previous = NO_LINE
        with self.path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                document = self._opened(line, f"line {number}")
                if document["previous"] != previous:
                    raise self.broken(f"{self.name}: line {number} does not follow the line before it")
                previous = _digest(line)
                yield document

    def _signature(self, payload: str) -> str:
        return signature(payload, settings.LEDGER_KEY.encode(), self.format)

    def _opened(self, line: bytes, place: str) -> Document:
        try:
            document: Document = json.loads(line)
            claimed = str(document.pop("signature"))
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise self.broken(f"{self.name}: {place} is not a signed line") from error
        if not hmac.compare_digest(claimed, self._signature(_payload(document))):
            raise self.broken(f"{self.name}: {place} was changed, or signed with another key")
        return document


def _last_line(file: BinaryIO) -> bytes:
    """The last line of an open file, empty if there is none. Reads only the file's end."""
    size = file.seek(0, os.SEEK_END)
    block = 4_096
    while True:
        start = max(0, size - block)
        file.seek(start)
        lines = file.read(size - start).splitlines(keepends=True)
        if len(lines) > 1 or start == 0:
            return lines[-1] if lines else b""
        block *= 4


def _payload(document: Document) -> str:
    return json.dumps(document, sort_keys=True, separators=(",", ":"))


def _digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()
