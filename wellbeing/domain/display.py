"""How an item first appears to a person: their own choice, held to the organisation's floor. Nobody else sees a choice.

Stricter than the floor is free. What is severe or extreme never begins milder than the floor, whoever asks; each
further step stays possible, by a request of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

GENERAL = ""
"""Stands where a category would, for the choice that holds where no category says otherwise."""
FLOOR_FROM = 3
"""The floor holds for what is expected to be this severe (S0 to S4), or more."""
TEXT_SIZES = (0, 1, 2)
LINE_SPACINGS = (0, 1, 2)


class FirstText(StrEnum):
    """How the text of an item begins, strictest first: its first part with listed words hidden, that part whole, all."""

    MASKED = "masked"
    PARTS = "parts"
    FULL = "full"


class FirstPicture(StrEnum):
    """How a picture begins, strictest first: small and grey, or all of it."""

    LOW = "low"
    FULL = "full"


DEFAULT_FLOOR = FirstText.MASKED
_TEXTS, _PICTURES = tuple(FirstText), tuple(FirstPicture)


@dataclass(frozen=True)
class Display:
    """How an item first appears. `keeps_grey` says that a whole picture is grey until its colours are asked for."""

    text: FirstText = FirstText.MASKED
    picture: FirstPicture = FirstPicture.LOW
    keeps_grey: bool = True

    def held_to(self, floor: FirstText) -> "Display":
        """No milder than the floor. One that leaves all to the person leaves pictures and colours to them too."""
        if floor is FirstText.FULL:
            return self
        return Display(text=strictest_text([self.text, floor]))


@dataclass(frozen=True)
class OwnDisplay:
    """What bears on one item: the person's own first look, and the floor under it, if its severity has one."""

    own: Display = Display()
    floor: FirstText = FirstText.FULL

    @property
    def first(self) -> Display:
        """What is shown when nothing else is asked for."""
        return self.own.held_to(self.floor)

    def asked_for(self, text: FirstText) -> Display:
        """What is shown when the person asks for `text` this time."""
        picture = FirstPicture.FULL if text is FirstText.FULL else FirstPicture.LOW
        return Display(text, picture, self.own.keeps_grey).held_to(self.floor)

    @property
    def may_begin_full(self) -> bool:
        return self.asked_for(FirstText.FULL).text is FirstText.FULL


@dataclass(frozen=True)
class Choice:
    """A row of choices that bears on `category` (it or one above it), GENERAL for the general one.

    A first look that is None is the general one.
    """

    category: str
    text: FirstText | None
    picture: FirstPicture | None
    keeps_grey: bool = True


def display_for(
    *, choices: Iterable[Choice], categories: Iterable[str], severity: int, floor: FirstText
) -> OwnDisplay:
    """What bears on an item of these expected categories and this expected severity (0 to 4).

    A category's own choice stands in the place of the general one. Of several categories the strictest wins, and so does
    the strictest of what is chosen for a category and for those above it.
    """
    rows = list(choices)
    general = next((row for row in rows if row.category == GENERAL), Choice(GENERAL, None, None))
    texts: list[FirstText] = []
    pictures: list[FirstPicture] = []
    for category in set(categories) or {GENERAL}:
        own = [row for row in rows if row.category == category]
        said_texts = [row.text for row in own if row.text is not None]
        said_pictures = [row.picture for row in own if row.picture is not None]
        texts += said_texts or [general.text or FirstText.MASKED]
        pictures += said_pictures or [general.picture or FirstPicture.LOW]
    return OwnDisplay(
        own=Display(strictest_text(texts), min(pictures, key=_PICTURES.index), general.keeps_grey),
        floor=floor if severity >= FLOOR_FROM else FirstText.FULL,
    )


def strictest_text(texts: Iterable[FirstText]) -> FirstText:
    return min(texts, key=_TEXTS.index)
