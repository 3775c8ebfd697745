"""Files as one zip archive that is made while it is sent: no more than a piece of one file is in memory."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

PIECE = 256 * 1024
LEVEL = 1
"""Labels are text that packs well at any level; a higher one only keeps the sender busy."""


class _Outlet(io.RawIOBase):
    """What the archive is written to, and taken from piece by piece. It cannot go back, so sizes follow each file."""

    def __init__(self) -> None:
        self._written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self._written += data
        return len(data)

    def take(self) -> bytes:
        taken = bytes(self._written)
        self._written.clear()
        return taken


def zipped(paths: Sequence[Path], *, folder: str) -> Iterator[bytes]:
    """The bytes of an archive with these files in a folder. Without times: the same files give the same bytes."""
    outlet = _Outlet()
    with ZipFile(outlet, "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for path in paths:
            with (
                path.open("rb") as source,
                archive.open(f"{folder}/{path.name}", "w", force_zip64=True) as target,
            ):
                while piece := source.read(PIECE):
                    target.write(piece)
                    yield outlet.take()
    yield outlet.take()
