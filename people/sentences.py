"""What rules say to people: English text that still knows its template and its parts (docs/adr/0022).

Plain Python, for `domain/` too. A `Sentence` is a `str`, its English: so it is stored, signed, compared and sent to
programs. A template prints it in the reader's language, and `in_language` (people.speech) says it where Python does.
`scripts/messages.py` finds the texts in the calls of `sentence` and `counted`.
"""

from collections.abc import Callable, Iterable
from datetime import date
from html import escape
from typing import Any


class Sentence(str):
    """Made by `sentence`, `counted`, `dated`, `numbered` and `joined`. Every part may be a Sentence again."""

    template: str
    plural: str
    plural_of: int | None
    parts: dict[str, Any]

    def __html__(self) -> str:
        """How a page prints it."""
        return escape(_Reader.said(self))


class _Reader:
    """Says a sentence in the language of whoever reads. Without Django: in English."""

    said: Callable[[Sentence], str] = staticmethod(str)


def read_with(said: Callable[[Sentence], str]) -> None:
    """Once, when the site starts: how pages say a sentence."""
    _Reader.said = staticmethod(said)


class Dated(Sentence):
    """A day or a moment. `pattern` is a named format or pattern of Django's, for other languages than English."""

    moment: date
    pattern: str


class Numbered(Sentence):
    """A number with its marks: "1,920", "52.5"."""

    value: float


class Joined(Sentence):
    """Several sentences or names in a row."""

    separator: str


def sentence(template: str, /, **parts: Any) -> Sentence:
    """ "Break in {minutes}" with its parts. A brace that is meant as one is doubled."""
    return _made(template, "", None, parts)


def counted(one: str, many: str, count: int, /, **parts: Any) -> Sentence:
    """ "1 minute" or "{count} minutes"; `count` is a part of both."""
    return _made(one, many, count, {"count": count, **parts})


def dated(moment: date, english: str, pattern: str) -> Dated:
    """`english` as strftime takes it: `dated(day, "%-d %B", "MONTH_DAY_FORMAT")`."""
    said = Dated(moment.strftime(english))
    said.template, said.plural, said.plural_of, said.parts = "", "", None, {}
    said.moment, said.pattern = moment, pattern
    return said


def numbered(number: float) -> Numbered:
    said = Numbered(f"{number:,g}")
    said.template, said.plural, said.plural_of, said.parts = "", "", None, {}
    said.value = number
    return said


def joined(separator: str, texts: Iterable[str]) -> Joined:
    """Several in a row; the separator is no word."""
    parts = {f"part{number}": text for number, text in enumerate(texts)}
    said = Joined(separator.join(parts.values()))
    said.template, said.plural, said.plural_of, said.parts = "", "", None, parts
    said.separator = separator
    return said


def _made(template: str, plural: str, count: int | None, parts: dict[str, Any]) -> Sentence:
    said = Sentence((plural if plural and count != 1 else template).format(**parts))
    said.template, said.plural, said.plural_of, said.parts = template, plural, count, parts
    return said
