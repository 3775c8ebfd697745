"""What every kind of question can do. A new kind is a module with one dataclass, and a line in `document.KINDS`."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Protocol, Self

from labeling.domain.schema.fields import Problem

Reword = Callable[[str, str], str]
"""Takes the name of a text in its question ("threat/definition") and the text; gives the text to read instead."""

COMMON = frozenset({"id", "kind", "prompt", "deciding", "when"})
"""Fields that a question of any kind may have."""


@dataclass(frozen=True)
class Shape:
    """What an answer may refer to in its item: how many completions there are, and its blocks of text where known.

    `blocks` is None where nobody needs them, or nothing of the item may be read yet.
    """

    completions: int = 0
    blocks: tuple[str, ...] | None = None

    @property
    def letters(self) -> tuple[str, ...]:
        """What the completions are called: A, B, C …"""
        return tuple(chr(ord("A") + n) for n in range(self.completions))


NOTHING = Shape()


@dataclass(frozen=True)
class When:
    """A question is asked only where `question` was answered with one of `values`."""

    question: str
    values: frozenset[str]


class Explained(Protocol):
    """A category, an option, a label of stretches."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def definition(self) -> str: ...
    @property
    def yes(self) -> tuple[str, ...]: ...
    @property
    def no(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, kw_only=True)
class Question(ABC):
    """One question. `deciding` means that the stopping rule looks at it; `when` is None for one that is always asked."""

    kind: ClassVar[str]
    may_decide: ClassVar[bool] = True
    fields: ClassVar[frozenset[str]] = frozenset()
    """Fields of its document beside the common ones."""

    id: str
    deciding: bool
    prompt: str = ""
    when: When | None = None

    @classmethod
    @abstractmethod
    def read(cls, value: Mapping[str, Any], path: str, problems: list[Problem], **common: Any) -> Self:
        """The question of a document; mistakes are added to `problems` with their place."""

    def reworded(self, reword: Reword) -> Self:
        """The same question in other words: every text that people read goes through `reword`."""
        return replace(self, prompt=reword("prompt", self.prompt))

    @property
    def explained(self) -> Sequence[Explained]:
        """What it offers that has a name and a definition."""
        return ()

    @property
    def levels(self) -> Mapping[int, str]:
        """The levels of its scale, and what each means."""
        return {}

    @property
    def asks_severity(self) -> bool:
        """Whether an answer says how severe something is."""
        return False

    @property
    def is_optional(self) -> bool:
        """Whether it may be left without an answer where it is asked."""
        return False

    @property
    def one_key(self) -> bool:
        """Whether one choice is the whole answer."""
        return False

    def suits(self, shape: Shape) -> bool:
        """Whether an item of that shape can be asked this."""
        return True

    def possible(self) -> frozenset[str] | None:
        """What `when` of another question may wait for; None when nothing can."""
        return None

    def said(self, value: Any) -> frozenset[str]:
        """Which of the possible things an answer says."""
        return frozenset()

    @abstractmethod
    def canonical(self, given: object, shape: Shape, problems: list[Problem]) -> Any:
        """The one form of a submitted answer. Mistakes are added to `problems`, with places below the question's id."""

    @abstractmethod
    def reread(self, value: Any) -> Any:
        """An answer to another version of this question, as this one reads it; None when it says nothing to it."""

    def severities(self, value: Any) -> Iterator[int]:
        """What an answer adds to the verdict."""
        return iter(())


def reworded_texts(each: Explained, reword: Reword) -> dict[str, Any]:
    """The texts of something explained, reworded, as `dataclasses.replace` takes them."""
    return {
        "name": reword(f"{each.id}/name", each.name),
        "definition": reword(f"{each.id}/definition", each.definition),
        "yes": tuple(reword(f"{each.id}/yes/{n}", text) for n, text in enumerate(each.yes, 1)),
        "no": tuple(reword(f"{each.id}/no/{n}", text) for n, text in enumerate(each.no, 1)),
    }


def reworded_levels(levels: Mapping[int, str], reword: Reword) -> dict[int, str]:
    """What each level of a scale means, reworded."""
    return {level: reword(str(level), text) for level, text in levels.items()}
