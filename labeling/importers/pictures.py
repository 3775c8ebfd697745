"""One picture on its way in: decoded, cleaned, and kept as the derivatives that the steps of a view show.

A file is what it decodes as, whatever its name says: JPEG, PNG or WebP. Everything is drawn anew from its pixels, so that
no metadata, comment, profile or second file inside it is kept. What is kept lies under the digest of the file that came,
for nobody but this account to read, and leaves through labeling.queries.content alone.
"""

import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from labeling.domain.picture import COLOUR, GREY, GRID, LOW, NAMES, tile_name
from labeling.domain.records import Problem
from labeling.queries.content import picture_folder

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
MIN_SIDE = 16
MAX_RATIO = 20
FULL_SIDE = 1600
"""Pixels of the longer side of what is shown in full; a larger picture is made smaller."""
LOW_SIDE = 96

_SIZE = "size.txt"


class BadPicture(ValueError):
    """A file that is no picture to label; `problem` says why."""

    def __init__(self, code: str, message: str) -> None:
        self.problem = Problem(code, "image", message)
        super().__init__(message)


@dataclass(frozen=True)
class Taken:
    """A picture that was taken in: the digest of its file, and its size in pixels as it came."""

    sha256: str
    width: int
    height: int


def take_in(raw: bytes, *, keep: bool = True) -> Taken:
    """Check a picture and keep its derivatives; again, it finds them. Without `keep` nothing is written.

    Raises:
        BadPicture: nothing is kept then.
    """
    digest = sha256(raw).hexdigest()
    folder = picture_folder(digest)
    if known := _known(folder, digest):
        return known
    image, size = _decoded(raw)
    if keep:
        _keep(folder, image, size)
    return Taken(digest, *size)


def _known(folder: Path, digest: str) -> Taken | None:
    try:
        width, height = (folder / _SIZE).read_text(encoding="ascii").split()
    except FileNotFoundError:
        return None
    return Taken(digest, int(width), int(height))


def _decoded(raw: bytes) -> tuple[Image.Image, tuple[int, int]]:
    """The picture as plain colours, upright and no larger than it is shown, and its own size."""
    if len(raw) > MAX_BYTES:
        raise BadPicture("image_too_large", f"is a file of more than {MAX_BYTES // 2**20} MiB")
    try:
        with Image.open(BytesIO(raw), formats=FORMATS) as image:
            _check(image)
            image.draft("RGB", (FULL_SIDE, FULL_SIDE))
            size = image.size
            upright = ImageOps.exif_transpose(image)
            return _flat(upright), _turned(size, upright.size)
    except BadPicture:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except Exception as error:  # a hostile file may make a decoder fail in any way there is
        raise BadPicture("image_broken", "is no JPEG, PNG or WebP picture, or a damaged one") from error


def _check(image: Image.Image) -> None:
    """What the header says, before a pixel is decoded."""
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()
    if min(width, height) < MIN_SIDE or max(width, height) > min(width, height) * MAX_RATIO:
        raise BadPicture("image_too_narrow", f"is less than {MIN_SIDE} pixels wide or high, or a mere strip")
    if getattr(image, "n_frames", 1) > 1:
        raise BadPicture("image_moves", "is a moving picture; these cannot be labeled")


def _too_many_pixels() -> BadPicture:
    return BadPicture("image_too_large", f"has more than {MAX_PIXELS // 10**6} million pixels")


def _turned(size: tuple[int, int], upright: tuple[int, int]) -> tuple[int, int]:
    return size if (size[0] >= size[1]) == (upright[0] >= upright[1]) else (size[1], size[0])


def _flat(image: Image.Image) -> Image.Image:
    """Drawn on white paper of its own: nothing but the pixels comes along."""
    if image.mode != "RGB":
        image = image.convert("RGBA")
    image.thumbnail((FULL_SIDE, FULL_SIDE), Image.Resampling.LANCZOS)
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image if image.mode == "RGBA" else None)
    return paper


def _keep(folder: Path, image: Image.Image, size: tuple[int, int]) -> None:
    """All of it or nothing: a folder of its own, put in its place at the end."""
    draft = folder.with_name(f".{secrets.token_hex(8)}")
    draft.mkdir(parents=True, mode=0o700)
    try:
        for name, encoded in _derivatives(image):
            _write(draft / f"{name}.jpg", encoded)
        _write(draft / _SIZE, f"{size[0]} {size[1]}".encode())
        draft.rename(folder)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        if not (folder / _SIZE).exists():  # otherwise another worker was quicker with the same picture
            raise


def _derivatives(image: Image.Image) -> Iterator[tuple[str, bytes]]:
    grey = image.convert("L")
    small = grey.copy()
    small.thumbnail((LOW_SIDE, LOW_SIDE), Image.Resampling.BILINEAR)
    made = {LOW: small, GREY: grey, COLOUR: image}
    width, height = grey.size
    for row in range(GRID):
        for column in range(GRID):
            box = (
                width * column // GRID,
                height * row // GRID,
                width * (column + 1) // GRID,
                height * (row + 1) // GRID,
            )
            made[tile_name(row * GRID + column + 1)] = grey.crop(box)
    for name in NAMES:
        target = BytesIO()
        made[name].save(target, "JPEG", quality=50 if name == LOW else 85, optimize=True)
        yield name, target.getvalue()


def _write(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)
