"""Item records: what one line of an import may say, whatever format it came in (DESIGN section 8).

A record has an `id` and exactly one of `text`; `prompt` and `completion` (or `completions`); `messages`; `image`, the
name of a picture's file, with a `caption` if there is one. It may add `context`, `source`, `language`, `severity`,
`scores` and `meta`. Every other field is carried in `meta`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import Any

from labeling.domain.handout import categories_of
from labeling.domain.masking import part_words
from labeling.domain.picture import frame_of
from labeling.domain.severity import Severity
from people.iso_639 import primary_of
from people.readable_text import encodes

KINDS = ("text", "pair", "conversation", "image")
MAX_ID = 200
MAX_SOURCE = 200
MAX_COMPLETIONS = 10
MAX_MESSAGES = 1000
MAX_IMAGE_NAME = 500
MAX_DEPTH = 20
"""How deeply context and meta may nest: people and databases both give up somewhere."""

_FORMS = {
    "text": ("text",),
    "pair": ("prompt", "completion", "completions"),
    "conversation": ("messages",),
    "image": ("image",),
}
_CONTENT = tuple(name for names in _FORMS.values() for name in names)
_KNOWN = frozenset({"id", *_CONTENT, "context", "source", "language", "severity", "scores", "meta"})
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True)
class Problem:
    """Why a record is not taken in: a stable code, the field, and what is wrong with it in plain words."""

    code: str
    path: str
    message: str


class RecordError(ValueError):
    """A record that is not an item. `problems` is never empty."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.path}: {problem.message}" for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Expected:
    """What an import takes for granted: the categories that scores may name, and defaults for what is missing."""

    categories: frozenset[str] = frozenset()
    source: str = "unnamed"
    language: str = ""
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """A checked record, ready to be stored."""

    external_id: str
    kind: str
    body: dict[str, Any]
    source: str
    language: str
    severity: int | None
    part_words: list[int]
    scores: dict[str, float] = field(default_factory=dict)
    meta: dict[str, Any] = field(default_factory=dict)
    frame: str = ""

    @property
    def image_name(self) -> str:
        """The file that an image item names; empty for every other kind."""
        return self.body["image"]["name"] if self.kind == "image" else ""

    def with_picture(self, *, sha256: str, width: int, height: int) -> "ItemRecord":
        """The record once its picture has been found: the digest of its file, and its size in pixels."""
        image = {"name": self.image_name, "sha256": sha256, "width": width, "height": height}
        return replace(self, body={**self.body, "image": image}, frame=frame_of(width, height))

    @property
    def words(self) -> int:
        """Words to read, as the parts count them."""
        return sum(self.part_words)

    @property
    def completions(self) -> int:
        """How many completions there are to judge; 0 for what is no answer to a prompt."""
        return len(self.body.get("completions", ())) or int("completion" in self.body)

    @property
    def categories(self) -> list[str]:
        """The categories that its scores name."""
        return categories_of(self.scores)


def read_record(raw: Mapping[str, Any], expected: Expected) -> ItemRecord:
    """Check one record.

    Raises:
        RecordError: with every problem found.
    """
    problems: list[Problem] = []
    kind, body = _body(raw, expected, problems)
    record = ItemRecord(
        external_id=_id(raw, problems),
        kind=kind,
        body=body,
        source=_source(raw, expected, problems),
        language=_language(raw, expected, problems),
        severity=_severity(raw, problems),
        part_words=[] if problems else part_words(body),
        scores=_scores(raw, expected, problems),
        meta=_meta(raw, problems),
    )
    if not problems and not record.part_words:
        problems.append(Problem("empty", _FORMS[kind][0], "there is nothing to read"))
    _check_storable(raw, problems)
    if problems:
        raise RecordError(problems)
    return record


def id_of(raw: Mapping[str, Any]) -> str:
    """The id of a record that may be wrong elsewhere; nothing where the id itself is no good."""
    problems: list[Problem] = []
    external_id = _id(raw, problems)
    return "" if problems else external_id


def _id(raw: Mapping[str, Any], problems: list[Problem]) -> str:
    value = raw.get("id")
    if value is None or value == "":
        problems.append(Problem("missing", "id", "is missing"))
        return ""
    if type(value) is int:
        value = str(value)
    if not isinstance(value, str):
        problems.append(Problem("wrong_type", "id", "must be a text or a whole number"))
        return ""
    if len(value) > MAX_ID or value != value.strip() or not value.isprintable():
        problems.append(
            Problem("bad_id", "id", f"must be printable, without blanks around it, at most {MAX_ID} long")
        )
    return value


def _body(raw: Mapping[str, Any], expected: Expected, problems: list[Problem]) -> tuple[str, dict[str, Any]]:
    if raw.get("gold") is not None:
        problems.append(Problem("unsupported", "gold", "known answers cannot be imported yet"))
    given = [kind for kind, names in _FORMS.items() if any(raw.get(name) is not None for name in names)]
    if len(given) != 1:
        wanted = _FORMS[expected.kind][0] if expected.kind else "text"
        if given:
            problems.append(Problem("ambiguous", wanted, f"has {' and '.join(given)}; an item is one thing"))
        elif not problems:
            problems.append(Problem("missing", wanted, "is missing"))
        return "text", {}
    kind = given[0]
    if expected.kind not in (None, kind):
        problems.append(Problem("wrong_kind", _FORMS[kind][0], f"this import holds only: {expected.kind}"))
    body = {name: raw[name] for name in _FORMS[kind] if raw.get(name) is not None}
    if kind == "pair":
        _check_pair(body, problems)
    elif kind == "conversation":
        _check_messages(body["messages"], problems)
    elif kind == "image":
        body = _image(raw, problems)
    elif not isinstance(body["text"], str):
        problems.append(Problem("wrong_type", "text", "must be a text"))
    context = raw.get("context")
    if context is not None and not isinstance(context, dict):
        problems.append(Problem("wrong_type", "context", "must be an object"))
    elif context:
        body["context"] = context
    return kind, body


def _image(raw: Mapping[str, Any], problems: list[Problem]) -> dict[str, Any]:
    """The name of a file below the folder or archive that comes with the import, and what is written under it."""
    name, caption = raw["image"], raw.get("caption")
    if not isinstance(name, str):
        problems.append(Problem("wrong_type", "image", "must be the name of a file"))
    elif not _is_inside(name):
        problems.append(
            Problem(
                "bad_image_name",
                "image",
                "must be a file's name inside the folder of pictures, such as a/b.png",
            )
        )
    if caption is not None and not isinstance(caption, str):
        problems.append(Problem("wrong_type", "caption", "must be a text"))
    written = {"caption": caption} if caption else {}
    return {"image": {"name": name}, **written}


def _is_inside(name: str) -> bool:
    """Whether a name says one file below a folder, wherever that folder is."""
    pieces = name.split("/")
    return (
        0 < len(name) <= MAX_IMAGE_NAME
        and name.isprintable()
        and "\\" not in name
        and not any(piece in ("", ".", "..") for piece in pieces)
    )


def _check_pair(body: dict[str, Any], problems: list[Problem]) -> None:
    if "prompt" not in body:
        problems.append(Problem("missing", "prompt", "is missing"))
    if ("completion" in body) == ("completions" in body):
        problems.append(Problem("missing", "completion", "give either completion or completions"))
    problems.extend(
        Problem("wrong_type", name, "must be a text")
        for name in ("prompt", "completion")
        if not isinstance(body.get(name, ""), str)
    )
    several = body.get("completions", ["", ""])
    if not isinstance(several, list) or not all(isinstance(text, str) for text in several):
        problems.append(Problem("wrong_type", "completions", "must be a list of texts"))
    elif not 2 <= len(several) <= MAX_COMPLETIONS:
        problems.append(Problem("out_of_range", "completions", f"must be 2 to {MAX_COMPLETIONS} texts"))


def _check_messages(messages: object, problems: list[Problem]) -> None:
    if not isinstance(messages, list) or not 1 <= len(messages) <= MAX_MESSAGES:
        problems.append(Problem("wrong_type", "messages", f"must be a list of 1 to {MAX_MESSAGES} turns"))
        return
    for n, message in enumerate(messages):
        if not isinstance(message, dict) or set(message) != {"role", "content"}:
            problems.append(
                Problem("wrong_type", f"messages[{n}]", "must have role and content, and nothing else")
            )
        elif not all(isinstance(value, str) for value in message.values()):
            problems.append(Problem("wrong_type", f"messages[{n}]", "role and content must be texts"))


def _source(raw: Mapping[str, Any], expected: Expected, problems: list[Problem]) -> str:
    value = raw.get("source")
    if value is None or value == "":
        return expected.source
    if not isinstance(value, str) or len(value) > MAX_SOURCE:
        problems.append(Problem("wrong_type", "source", f"must be a text of at most {MAX_SOURCE} letters"))
        return ""
    return value


def _language(raw: Mapping[str, Any], expected: Expected, problems: list[Problem]) -> str:
    value = raw.get("language")
    if value is None or value == "":
        return _shortest(expected.language)
    if not isinstance(value, str) or len(value) > 35 or not _LANGUAGE.fullmatch(value):
        problems.append(Problem("bad_language", "language", "must be a language tag such as en or pt-BR"))
        return ""
    return _shortest(value)


def _shortest(tag: str) -> str:
    """A tag that begins as people's own languages do, so that "lao" meets "lo"; else as it was written."""
    primary, dash, rest = tag.partition("-")
    shortest = primary_of(tag)
    return tag if shortest == primary.lower() else shortest + dash + rest


def _severity(raw: Mapping[str, Any], problems: list[Problem]) -> int | None:
    value = raw.get("severity")
    if value is None:
        return None
    if type(value) is not int or not 0 <= value <= max(Severity):
        problems.append(Problem("out_of_range", "severity", "must be a whole number from 0 to 4"))
        return None
    return value


def _scores(raw: Mapping[str, Any], expected: Expected, problems: list[Problem]) -> dict[str, float]:
    value = raw.get("scores")
    if value is None:
        return {}
    if not isinstance(value, dict):
        problems.append(
            Problem("wrong_type", "scores", "must be an object: category to a number from 0 to 1")
        )
        return {}
    for category, score in value.items():
        path = f"scores.{category}"
        if category not in expected.categories:
            problems.append(
                Problem("unknown_category", path, "the project's label schema has no such category")
            )
        elif type(score) not in (int, float) or not 0 <= score <= 1:
            problems.append(Problem("out_of_range", path, "must be a number from 0 to 1"))
    return value


def _meta(raw: Mapping[str, Any], problems: list[Problem]) -> dict[str, Any]:
    value = raw.get("meta")
    if value is not None and not isinstance(value, dict):
        problems.append(Problem("wrong_type", "meta", "must be an object"))
        return {}
    own = {"gold", "caption"} if raw.get("image") is not None else {"gold"}
    other = {name: raw[name] for name in raw if name not in _KNOWN and name not in own}
    return {**other, **value} if value and other else value or other


def _check_storable(raw: Mapping[str, Any], problems: list[Problem]) -> None:
    """Refuse what no database stores: NUL, half of a surrogate pair, infinity, endless nesting."""
    for name, value in raw.items():
        if name in _KNOWN and _is_plain(value):
            continue
        if bad_name := _unstorable(name):
            problems.append(Problem(bad_name[0], "?", f"the name of a field {bad_name[1]}"))
        elif found := _unstorable(value):
            problems.append(Problem(found[0], name, found[1]))


def _is_plain(value: object) -> bool:
    """What most values are, and what needs no closer look."""
    if type(value) is str:
        return value.isascii() and "\0" not in value
    return value is None or type(value) is int


def _unstorable(value: object) -> tuple[str, str] | None:
    level: list[object] = [value]
    for _ in range(MAX_DEPTH):
        deeper: list[object] = []
        for inner in level:
            if isinstance(inner, str):
                if "\0" in inner:
                    return "nul", "holds a NUL character"
                if not inner.isascii() and not encodes(inner):
                    return "surrogate", "holds half of a surrogate pair, which is no character"
            elif isinstance(inner, float):
                if not isfinite(inner):
                    return "not_a_number", "holds a number that is not finite"
            elif isinstance(inner, dict):
                deeper += inner.keys()
                deeper += inner.values()
            elif isinstance(inner, list):
                deeper += inner
        if not deeper:
            return None
        level = deeper
    return "too_deep", f"is nested more than {MAX_DEPTH} deep"
