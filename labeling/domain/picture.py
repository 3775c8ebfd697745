"""An image item: what of its picture is on the screen, what its reading time counts as, and what its card may tell.

A picture is disclosed in steps: nothing, the whole of it small and grey, sharp tiles of it one at a time, all of it. What
is small and grey is the whole picture already, so from there on nothing lowers what it counts as (docs/adr/0020).
"""

from dataclasses import dataclass
from enum import IntEnum

PICTURE_WORDS = 20
"""What looking at a picture counts as, in words to read: ten seconds at the usual pace."""
GRID = 4
TILES = GRID * GRID

TALL, SQUARE, WIDE = "tall", "square", "wide"
SMALL, MEDIUM, LARGE = "small", "medium", "large"
FRAMES = tuple(f"{shape} {size}" for shape in (TALL, SQUARE, WIDE) for size in (SMALL, MEDIUM, LARGE))
_RATIO = 1.25
_SMALL_SIDE, _MEDIUM_SIDE = 500, 1500  # pixels of the longer side

LOW, GREY, COLOUR = "low", "grey", "colour"


class Step(IntEnum):
    """How far a picture is disclosed."""

    NOTHING = 0
    LOW = 1
    TILES = 2
    FULL = 3


@dataclass(frozen=True)
class Picture:
    """What of a picture is on the screen. `tiles` are numbers from 1, row by row; `in_colour` only where all of it is."""

    step: Step = Step.NOTHING
    tiles: frozenset[int] = frozenset()
    in_colour: bool = False

    @property
    def names(self) -> frozenset[str]:
        """The derivatives that the screen shows, and that nobody may have beyond it."""
        if self.step is Step.NOTHING:
            return frozenset()
        if self.step is Step.FULL:
            return frozenset({COLOUR if self.in_colour else GREY})
        return frozenset({LOW, *(tile_name(number) for number in self.tiles)})

    @property
    def next_tile(self) -> int | None:
        """The first tile that is not shown yet; None where there is none, or no picture."""
        if self.step not in (Step.LOW, Step.TILES):
            return None
        return next((number for number in range(1, TILES + 1) if number not in self.tiles), None)

    @property
    def mask(self) -> int:
        """The tiles as bits, the first tile lowest."""
        return sum(1 << (number - 1) for number in self.tiles)

    def with_tile(self, number: int) -> "Picture":
        """One tile more; the last one makes no full picture, because it has no colours to switch on."""
        if self.step is Step.FULL:
            return self
        return Picture(Step.TILES, self.tiles | {number})


def tiles_of(mask: int) -> frozenset[int]:
    return frozenset(number for number in range(1, TILES + 1) if mask >> (number - 1) & 1)


def tile_name(number: int) -> str:
    """The name of a tile's bytes: "tile-1" is the upper one where reading starts in English."""
    if not 1 <= number <= TILES:
        raise ValueError(f"there is no tile {number}")
    return f"tile-{number}"


NAMES = (LOW, GREY, COLOUR, *(tile_name(number) for number in range(1, TILES + 1)))
"""Every derivative that is made of a picture at its import."""


def frame_of(width: int, height: int) -> str:
    """The rough shape and size, which is all that a card tells: one of FRAMES. Pixels."""
    shape = WIDE if width >= height * _RATIO else TALL if height >= width * _RATIO else SQUARE
    longer = max(width, height)
    size = SMALL if longer < _SMALL_SIDE else MEDIUM if longer < _MEDIUM_SIDE else LARGE
    return f"{shape} {size}"
