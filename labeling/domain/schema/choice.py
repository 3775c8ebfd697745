"""One of several options: the id of the option.

An option may say how severe it is to have met what it stands for (0..4); the verdict then counts it. Was a safety
constraint followed is a choice as well, with options that are always the same.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from labeling.domain.schema.fields import (
    Problem,
    read_id,
    read_key,
    read_number,
    read_object,
    read_rows,
    read_text,
    read_texts,
    refuse_others,
    refuse_repeated,
)
from labeling.domain.schema.question import Question, Reword, Shape, reworded_texts
from people.sentences import sentence

MAX_OPTIONS = 20


@dataclass(frozen=True)
class Option:
    """One thing to choose. `severity` is None where it says nothing about harm."""

    id: str
    name: str
    definition: str = ""
    key: str | None = None
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    severity: int | None = None


@dataclass(frozen=True, kw_only=True)
class Choice(Question):
    """Exactly one of `options`."""

    kind: ClassVar[str] = "choice"
    fields: ClassVar[frozenset[str]] = frozenset({"options"})

    options: tuple[Option, ...]

    @classmethod
    def read(cls, value: Mapping[str, Any], path: str, problems: list[Problem], **common: Any) -> Self:
        rows = read_rows(value, "options", path, problems, what="option", most=MAX_OPTIONS)
        options = tuple(
            read_option(row, f"{path}.options[{n}]", problems, severity=True) for n, row in enumerate(rows)
        )
        if len(options) == 1:
            problems.append((f"{path}.options", "must offer at least two options"))
        check_options(options, f"{path}.options", problems)
        _all_or_none_severe(options, f"{path}.options", problems)
        return cls(options=options, **common)

    def reworded(self, reword: Reword) -> Self:
        options = tuple(replace(option, **reworded_texts(option, reword)) for option in self.options)
        return replace(super().reworded(reword), options=options)

    @property
    def explained(self) -> tuple[Option, ...]:
        return self.options

    @property
    def asks_severity(self) -> bool:
        return any(option.severity is not None for option in self.options)

    @property
    def one_key(self) -> bool:
        return True

    def possible(self) -> frozenset[str]:
        return frozenset(option.id for option in self.options)

    def said(self, value: Any) -> frozenset[str]:
        return frozenset({value})

    def canonical(self, given: object, shape: Shape, problems: list[Problem]) -> str:
        if isinstance(given, str) and given in self.possible():
            return given
        problems.append((self.id, f"must be one of {', '.join(option.id for option in self.options)}"))
        return ""

    def reread(self, value: Any) -> str | None:
        return value if isinstance(value, str) and value in self.possible() else None

    def severities(self, value: Any) -> Iterator[int]:
        return (
            option.severity for option in self.options if option.id == value and option.severity is not None
        )


FOLLOWED, IGNORED, NOT_APPLICABLE = "followed", "ignored", "not_applicable"


@dataclass(frozen=True, kw_only=True)
class Constraint(Choice):
    """Whether the output kept to the safety constraint that it was under."""

    kind: ClassVar[str] = "constraint"
    fields: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def read(cls, value: Mapping[str, Any], path: str, problems: list[Problem], **common: Any) -> Self:
        return cls(
            options=(
                Option(FOLLOWED, "Followed", sentence("The output keeps to the constraint."), "1"),
                Option(IGNORED, "Ignored", sentence("The output does what the constraint forbids."), "2"),
                Option(
                    NOT_APPLICABLE,
                    "Does not apply",
                    sentence("The constraint is not about this output."),
                    "3",
                ),
            ),
            **common,
        )

    def reworded(self, reword: Reword) -> Self:
        """Its options are words of the pages, not of the schema."""
        return Question.reworded(self, reword)


def read_option(row: object, path: str, problems: list[Problem], *, severity: bool = False) -> Option:
    """An option, or a label for stretches of text (which has no severity)."""
    value = read_object(row, path, problems)
    known = {"id", "name", "key", "definition", "yes", "no"} | ({"severity"} if severity else set())
    refuse_others(value, known, path, problems)
    return Option(
        id=read_id(value, path, problems),
        name=read_text(value, "name", path, problems),
        definition=read_text(value, "definition", path, problems, required=False),
        key=read_key(value, path, problems),
        yes=read_texts(value, "yes", path, problems),
        no=read_texts(value, "no", path, problems),
        severity=read_number(value, "severity", path, problems, least=0, most=4) if severity else None,
    )


def check_options(options: tuple[Option, ...], path: str, problems: list[Problem]) -> None:
    refuse_repeated([option.id for option in options], path, "id", problems)
    refuse_repeated([option.key for option in options], path, "key", problems)


def _all_or_none_severe(options: tuple[Option, ...], path: str, problems: list[Problem]) -> None:
    """With a severity for some of them alone, an answer would have a verdict or none by what it happens to say."""
    said = [option.severity is not None for option in options]
    if any(said) and not all(said):
        problems.append((path, "give a severity to every option or to none"))
