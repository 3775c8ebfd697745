"""The files of pictures that come with an import: a folder, or an archive that is unpacked beside it.

Names are looked up, never followed: an unpacked file has a number for a name, and a link is no picture.
"""

import shutil
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from labeling.domain.records import Problem
from labeling.importers.lines import UnreadableFile
from labeling.importers.pictures import MAX_BYTES, BadPicture

MAX_FILES = 100_000
_CHUNK = 256 * 1024
# Pictures are packed already: what grows by more than this is no archive of pictures.
_GROWTH, _ALLOWANCE = 10, 64 * 1024 * 1024


class PictureFiles(Protocol):
    """Where the pictures of an import are."""

    def read(self, name: str) -> bytes:
        """The bytes of a picture. Raises BadPicture."""
        ...


class NoPictures:
    """An import that came without any."""

    def read(self, name: str) -> bytes:
        raise BadPicture("image_missing", "names a picture, and no pictures came with this file")


class Folder:
    """Pictures below a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def read(self, name: str) -> bytes:
        path = (self._folder / name).resolve()
        if not path.is_relative_to(self._folder) or not path.is_file():
            raise _missing()
        return _read(path)


class _Unpacked:
    def __init__(self, paths: dict[str, Path]) -> None:
        self._paths = paths

    def read(self, name: str) -> bytes:
        if name not in self._paths:
            raise _missing()
        return _read(self._paths[name])


@contextmanager
def open_pictures(path: Path | None, *, scratch: Path) -> Iterator[PictureFiles]:
    """The pictures of a folder or of a zip or tar archive; `scratch` is where the latter is unpacked meanwhile.

    Raises:
        UnreadableFile: for a damaged archive, and for one that unpacks to far more than its size.
    """
    if path is None:
        yield NoPictures()
    elif path.is_dir():
        yield Folder(path)
    else:
        shutil.rmtree(scratch, ignore_errors=True)  # of a worker that died
        scratch.mkdir(parents=True, mode=0o700)
        try:
            yield _Unpacked(_unpack(path, scratch))
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def _unpack(path: Path, scratch: Path) -> dict[str, Path]:
    left = path.stat().st_size * _GROWTH + _ALLOWANCE
    paths: dict[str, Path] = {}
    try:
        for number, (name, stream) in enumerate(_members(path)):
            if number >= MAX_FILES:
                raise _unreadable("archive_too_large", f"the archive holds more than {MAX_FILES:,} files")
            target = scratch / str(number)
            left -= _copy(stream, target, left)
            paths[name] = target
    except (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
        raise _unreadable("damaged", "the archive of pictures is damaged, or no zip or tar file") from error
    return paths


def _members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Name and bytes of every plain file, in the order of the archive."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                if not entry.is_dir():
                    with archive.open(entry) as stream:
                        yield _plain(entry.filename), stream
        return
    with tarfile.open(path, "r|*") as tar:
        for member in tar:
            stream_of = tar.extractfile(member) if member.isreg() else None
            if stream_of is not None:
                yield _plain(member.name), stream_of


def _plain(name: str) -> str:
    return name.removeprefix("./")


def _copy(stream: IO[bytes], target: Path, left: int) -> int:
    """Copy a file as far as a picture may be long, and one byte more, so that it is told as too large later."""
    size = 0
    with target.open("wb") as out:
        while size <= MAX_BYTES and (chunk := stream.read(min(_CHUNK, MAX_BYTES + 1 - size))):
            size += len(chunk)
            if size > left:
                raise _unreadable("archive_too_large", "the archive unpacks to far more than its own size")
            out.write(chunk)
    return size


def _read(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _missing() -> BadPicture:
    return BadPicture("image_missing", "names a file that is not among the pictures")


def _unreadable(code: str, message: str) -> UnreadableFile:
    return UnreadableFile(Problem(code, "", message))
