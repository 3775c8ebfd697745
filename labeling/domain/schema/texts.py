"""Answers in a person's own words: a rationale, or a completion rewritten.

`{"text": "…"}`, and for a correction also which completion, `{"text": "…", "completion": "A"}`. What somebody writes
may quote what they saw, so it counts as content: it stands in no list, decides nothing, and a release keeps it in a
file of its own (docs/adr/0019).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from labeling.domain.schema.fields import Problem, read_flag, read_number, read_object, refuse_others
from labeling.domain.schema.question import Question, Shape
from people.readable_text import encodes

MAX_LENGTH = 10_000


def is_own_words(value: object) -> bool:
    """Whether an answer holds text that somebody wrote, whatever schema it was given under."""
    return isinstance(value, Mapping) and isinstance(value.get("text"), str)


@dataclass(frozen=True, kw_only=True)
class OwnWords(Question):
    """A text of at most `max_length` characters."""

    may_decide: ClassVar[bool] = False
    fields: ClassVar[frozenset[str]] = frozenset({"max_length", "required"})
    usual_length: ClassVar[int] = 2000

    max_length: int
    required: bool = True

    @classmethod
    def read(cls, value: Mapping[str, Any], path: str, problems: list[Problem], **common: Any) -> Self:
        usual = cls.usual_length
        length = read_number(value, "max_length", path, problems, least=1, most=MAX_LENGTH, usual=usual)
        required = read_flag(value, "required", path, problems, usual=True)
        return cls(max_length=length or usual, required=required, **common)

    @property
    def is_optional(self) -> bool:
        return not self.required

    def canonical(self, given: object, shape: Shape, problems: list[Problem]) -> dict[str, str] | None:
        value = read_object(given, self.id, problems)
        refuse_others(value, self._names, self.id, problems)
        text = value.get("text")
        if not isinstance(text, str):
            problems.append((f"{self.id}.text", "must be a text"))
            return None
        if "\0" in text or not encodes(text):
            problems.append((f"{self.id}.text", "holds a character that cannot be stored"))
        text = text.replace("\r\n", "\n").strip()
        if len(text) > self.max_length:
            problems.append((f"{self.id}.text", f"must not be longer than {self.max_length} characters"))
        if not text:
            if self.required:
                problems.append((self.id, "not answered"))
            return None
        return {"text": text}

    @property
    def _names(self) -> set[str]:
        return {"text"}

    def reread(self, value: Any) -> dict[str, str] | None:
        return dict(value) if is_own_words(value) else None


@dataclass(frozen=True, kw_only=True)
class Rationale(OwnWords):
    """Why somebody answered as they did."""

    kind: ClassVar[str] = "rationale"


@dataclass(frozen=True, kw_only=True)
class Correction(OwnWords):
    """A completion as it should have been."""

    kind: ClassVar[str] = "correction"
    usual_length: ClassVar[int] = 4000

    @property
    def _names(self) -> set[str]:
        return {"text", "completion"}

    def canonical(self, given: object, shape: Shape, problems: list[Problem]) -> dict[str, str] | None:
        written = super().canonical(given, shape, problems)
        letters = shape.letters or ("A",)
        which = (
            given.get("completion", "A" if len(letters) == 1 else None)
            if isinstance(given, Mapping)
            else None
        )
        if written is None:
            return None
        if which not in letters:
            problems.append((f"{self.id}.completion", f"must be one of {', '.join(letters)}"))
            return None
        return {**written, "completion": which}
