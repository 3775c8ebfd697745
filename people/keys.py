"""The keys of the pages: what each does, what it usually is, and what one person may make of it. No database.

A template names the usual key (`data-key="S"`); the page translates what this person presses into it. So an action
is known by its usual key everywhere, whatever it is called on a page and in which language. Only what is read there
(`called`) is in the reader's language.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SIGNS = ".,;:+-*/="  # what a key may be besides a letter or a digit: not "?", which shows the keys


# Keys that are called by a word, as people call them: "Leertaste". They cannot be given to another action.
CALLED = {
    "Space": pgettext_lazy("key", "Space"),
    "Shift": pgettext_lazy("key", "Shift"),
    "Enter": pgettext_lazy("key", "Enter"),
    "Esc": pgettext_lazy("key", "Esc"),
}


def called(key: str) -> str:
    """A key as its reader calls it: "Shift Space" is "Umschalt Leertaste". Letters and signs are what they are."""
    return " ".join(str(CALLED.get(each, each)) for each in key.split(" "))


@dataclass(frozen=True)
class Action:
    """Something that a key does. `name` is how it is stored, `usual` how pages know it."""

    name: str
    usual: str
    words: str | Promise


def _answers() -> tuple[Action, ...]:
    words = (
        _("First answer, or mild"),
        _("Second answer, or moderate"),
        _("Third answer, or severe"),
        _("Fourth answer, or extreme"),
        _("Fifth answer"),
        _("Sixth answer"),
        _("Seventh answer"),
        _("Eighth answer"),
        _("Ninth answer"),
    )
    return tuple(Action(f"answer_{number}", str(number), each) for number, each in enumerate(words, start=1))


ACTIONS: tuple[Action, ...] = (
    Action("next", "Space", _("Next task, show it, more time")),
    Action("show_all", "Shift Space", _("Show all")),
    Action("show_words", "H", _("Show the hidden words")),
    Action("next_part", "N", _("Next part")),
    Action("tile", "T", _("Sharpen the next tile")),
    Action("colours", "C", _("Colours")),
    Action("larger", "+", _("Larger")),
    Action("smaller", "-", _("Smaller")),
    Action("full_screen", "F", _("Full screen")),
    *_answers(),
    Action("none", "0", _("None of these, or not this one")),
    Action("write", "E", _("Write")),
    Action("same_place", "=", _("Same place as the last")),
    Action("question_before", ",", _("Question before")),
    Action("question_next", ".", _("Next question")),
    Action("save", "Enter", _("Save and go on")),
    Action("undo", "U", _("My last answers, and back")),
    Action("skip", "S", _("Skip")),
    Action("problem", "P", _("Problem with the item")),
    Action("danger", "D", _("Someone may be in danger")),
    Action("lead", "Q", _("Ask your lead")),
    Action("doubt", "A", _("Decisions on my tasks, and doubting one")),
    Action("guideline", "G", _("Guideline")),
    Action("glossary", "W", _("Glossary")),
    Action("got_it", "K", _("Got it, on what is new")),
    Action("search", "/", _("Search in what is open")),
    Action("break", "B", _("Break")),
)
BY_NAME = {action.name: action for action in ACTIONS}

# As many as one hand reaches; what does not fit stays. The number pad keeps its digits in any case.
PRESETS: dict[str, dict[str, str]] = {
    "usual": {},
    "left": {
        "save": "F",
        "show_words": "T",
        "next_part": "R",
        "none": "X",
        "undo": "Z",
        "problem": "C",
        "question_next": "V",
        "tile": "H",
        "colours": "P",
        "full_screen": "U",
    },
    "right": {
        "answer_1": "J",
        "answer_2": "K",
        "answer_3": "L",
        "answer_4": "I",
        "answer_5": "O",
        "skip": "M",
        "guideline": "Y",
        "break": "-",
        "danger": ";",
        "lead": "+",
        "got_it": ":",
        "larger": "Q",
        "smaller": "B",
    },
}


def as_key(typed: str) -> str:
    """What a person typed, as a page prints it: "x" is "X". Raises ValueError for what is no single key."""
    key = typed.strip().upper()
    if len(key) != 1 or not (key.isalpha() or key in SIGNS or (key.isascii() and key.isdigit())):
        raise ValueError(typed)
    return key


def effective(own: Mapping[str, str]) -> dict[str, str]:
    """Every action's key for a person with `own` keys, both by the action's name."""
    return {action.name: own.get(action.name, action.usual) for action in ACTIONS}


def clashes(own: Mapping[str, str]) -> dict[str, Action]:
    """The own keys that something else has too: `{name: the other action}`. Empty when each key does one thing."""
    keys = effective(own)
    often = Counter(keys.values())
    return {
        name: next(other for other in ACTIONS if other.name != name and keys[other.name] == key)
        for name, key in keys.items()
        if name in own and often[key] > 1
    }


def packed(own: Mapping[str, str]) -> str:
    """As a person's row holds it: "save=F skip=X", without what is as usual. Raises ValueError for a clash."""
    kept = {name: as_key(key) for name, key in own.items() if name in BY_NAME}
    kept = {name: key for name, key in kept.items() if key != BY_NAME[name].usual}
    if clashes(kept):
        raise ValueError("Two actions have one key.")
    return " ".join(f"{name}={key}" for name, key in sorted(kept.items()))


def unpacked(text: str) -> dict[str, str]:
    """The reverse. An action that is no more is left out."""
    pairs = (pair.partition("=") for pair in text.split())
    return {name: key for name, _equals, key in pairs if name in BY_NAME}
