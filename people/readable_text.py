"""What makes a text unfit to stand on a page: signs that nobody sees, and those that turn round what stands beside it.

Plain Python, for `domain/` too. Forms use it through people.text_fields.
"""

import unicodedata
from enum import StrEnum

from people.sentences import sentence

OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")
ISOLATES, END_OF_ISOLATE = frozenset("\u2066\u2067\u2068"), "\u2069"
ONE_LINE, LINES, TYPED_LINES = frozenset[str](), frozenset("\n"), frozenset("\n\r\t")
"""Which unprintable signs are allowed: none, line breaks, and all that a browser sends from a field of many lines."""

_UNPRINTABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
# Letters, symbols and marks by their category, and yet drawn as nothing.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {
    chr(n) for n in range(0xFE00, 0xFE10)
}


class Unfit(StrEnum):
    """Why a text is unfit."""

    UNSEEN = "unseen"
    UNPRINTABLE = "unprintable"
    OVERRIDES = "overrides"
    UNBALANCED = "unbalanced"


WHY_UNFIT = {
    Unfit.UNSEEN: sentence("Write something that can be seen."),
    Unfit.UNPRINTABLE: sentence("This text holds a sign that cannot be shown here. Please type it again."),
    Unfit.OVERRIDES: sentence(
        "This text holds an unseen sign that turns the direction of writing. Please type it again."
    ),
    Unfit.UNBALANCED: sentence(
        "This text opens or closes a direction of writing, and the other half is missing. Please type it again."
    ),
}
"""For whoever wrote it."""


def unfit(text: str, *, allowed: frozenset[str]) -> Unfit | None:
    """The first thing that is wrong with a text. An empty one is fit: whether it may be empty is another question."""
    if any(letter not in allowed and unicodedata.category(letter) in _UNPRINTABLE for letter in text):
        return Unfit.UNPRINTABLE
    if not OVERRIDES.isdisjoint(text):
        return Unfit.OVERRIDES
    if not _is_balanced(text):
        return Unfit.UNBALANCED
    return Unfit.UNSEEN if text and not has_something_to_read(text) else None


def encodes(text: str) -> bool:
    """Whether it can be stored and sent. JSON can hold half of a surrogate pair, which is no character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def has_something_to_read(text: str) -> bool:
    return any(letter not in _BLANKS and unicodedata.category(letter) not in _UNSEEN for letter in text)


def _is_balanced(text: str) -> bool:
    """Whether no line leaves an isolate open or closes one that it did not open: what stands beside it keeps its place."""
    for line in text.splitlines():
        depth = 0
        for letter in line:
            depth += (letter in ISOLATES) - (letter == END_OF_ISOLATE)
            if depth < 0:
                return False
        if depth:
            return False
    return True
