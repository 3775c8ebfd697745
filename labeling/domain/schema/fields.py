"""Reading a JSON document field by field. Every mistake is noted with its place, and reading goes on."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from people.readable_text import LINES, ONE_LINE, Unfit, unfit

Problem = tuple[str, str]
"""Where something is wrong (`questions[0].categories[2].key`), and what, in plain words."""

KEY = re.compile(r"[a-z1-9]")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
"""A BCP 47 tag, as far as it is looked at."""
_NAMES = frozenset({"name", "id", "key", "kind", "parent", "language", "question"})
"""Fields that are one line."""
_UNFIT = {
    Unfit.UNSEEN: "must have something to read in it",
    Unfit.UNPRINTABLE: "holds a character that cannot be printed",
    Unfit.OVERRIDES: "must not embed or override a direction (U+202A to U+202E)",
    Unfit.UNBALANCED: "must close every isolate (U+2066 to U+2068) with U+2069, line by line",
}
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")


class SchemaError(ValueError):
    """A document that is no label schema. `problems` lists every (path, message)."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{path}: {message}" for path, message in problems))
        self.problems = problems


class AnswerError(ValueError):
    """An answer that does not fit its schema. `problems` lists every (path, message)."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{path}: {message}" for path, message in problems))
        self.problems = problems


def read_object(value: object, path: str, problems: list[Problem]) -> Mapping[str, Any]:
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return value
    problems.append((path, "must be an object"))
    return {}


def read_rows(
    value: Mapping[str, Any], name: str, path: str, problems: list[Problem], *, what: str, most: int
) -> list[Any]:
    """A list of one to `most` things; empty when it is not."""
    rows = value.get(name)
    if not isinstance(rows, list) or not rows:
        problems.append((join(path, name), f"must be a list with at least one {what}"))
        return []
    if len(rows) > most:
        problems.append((join(path, name), f"must not be longer than {most}"))
        return []
    return rows


def refuse_others(value: Mapping[str, Any], names: Iterable[str], path: str, problems: list[Problem]) -> None:
    known = set(names)
    problems.extend((join(path, name), "unknown field") for name in value if name not in known)


def read_text(
    value: Mapping[str, Any], name: str, path: str, problems: list[Problem], *, required: bool = True
) -> str:
    text = value.get(name, "" if not required else None)
    if not isinstance(text, str) or (required and not text.strip()):
        problems.append((join(path, name), "must be a text" + (" that is not empty" if required else "")))
        return ""
    return text


def read_texts(value: Mapping[str, Any], name: str, path: str, problems: list[Problem]) -> tuple[str, ...]:
    texts = value.get(name, [])
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        problems.append((join(path, name), "must be a list of texts"))
        return ()
    return tuple(texts)


def read_flag(
    value: Mapping[str, Any], name: str, path: str, problems: list[Problem], *, usual: bool
) -> bool:
    flag = value.get(name, usual)
    if not isinstance(flag, bool):
        problems.append((join(path, name), "must be true or false"))
        return usual
    return flag


def read_number(
    value: Mapping[str, Any],
    name: str,
    path: str,
    problems: list[Problem],
    *,
    least: int,
    most: int,
    usual: int | None = None,
) -> int | None:
    """A whole number between two others; `usual` where there is none."""
    number = value.get(name)
    if number is None:
        return usual
    if type(number) is not int or not least <= number <= most:
        problems.append((join(path, name), f"must be a whole number from {least} to {most}"))
        return usual
    return number


def read_id(value: Mapping[str, Any], path: str, problems: list[Problem]) -> str:
    found = value.get("id")
    if not isinstance(found, str) or not _ID.fullmatch(found):
        problems.append((join(path, "id"), "must start with a letter and hold only letters, digits, . _ -"))
        return ""
    return found


def read_key(value: Mapping[str, Any], path: str, problems: list[Problem], *, zero: str = "") -> str | None:
    key = value.get("key")
    if key is not None and (not isinstance(key, str) or not KEY.fullmatch(key)):
        problems.append((join(path, "key"), f"must be one of 1-9 and a-z{zero}"))
    return key if isinstance(key, str) else None


def refuse_repeated(values: Iterable[str | None], path: str, what: str, problems: list[Problem]) -> None:
    given = [value for value in values if value]
    twice = sorted({value for value in given if given.count(value) > 1})
    problems.extend((path, f"{what} {value!r} is used more than once") for value in twice)


def said_unfit(text: str, *, allowed: frozenset[str]) -> str:
    """What makes a text unfit to stand on a page, in words for a list of mistakes; empty where nothing does."""
    found = unfit(text, allowed=allowed)
    return "" if found is None else _UNFIT[found]


def refuse_unfit(document: object, problems: list[Problem]) -> None:
    """Notes every text in the document that no page can show, or that would turn round what stands beside it.

    For what is about to be published: what was published before this rule stays readable.
    """
    told = {place for place, _ in problems}
    waiting: list[tuple[str, str, object]] = [("", "", document)]
    while waiting:
        place, name, value = waiting.pop()
        if isinstance(value, Mapping):
            waiting.extend(
                (join(place, str(key)), str(key), one) for key, one in reversed(list(value.items()))
            )
        elif isinstance(value, list):
            waiting.extend((f"{place}[{n}]", name, one) for n, one in reversed(list(enumerate(value))))
        elif isinstance(value, str) and place not in told:
            wrong = said_unfit(value, allowed=ONE_LINE if name in _NAMES else LINES)
            if wrong:
                problems.append((place, wrong))


def join(path: str, name: str) -> str:
    """The place below another, fit to be printed whatever somebody called a field."""
    printable = "".join(letter if letter.isprintable() else "?" for letter in name)
    return f"{path}.{printable}" if path else printable
