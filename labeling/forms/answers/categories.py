"""Categories: boxes named `category` with the value "<question>:<category>", for each its strength as radio buttons named
"severity:<question>:<category>", and "none of these" as a box named `none` with the question's id."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from labeling.domain.schema import Categories, Shape
from labeling.forms.answers.drawn import Drawn, common
from labeling.forms.answers.keys import keys_of
from labeling.forms.answers.words import prompt_of, without_word, word_of

STRENGTH_UNSAID = 0
"""In a draft: the category is chosen, how strong is not said yet."""


@dataclass(frozen=True)
class AnchorChoice:
    severity: int
    word: str
    text: str

    @property
    def prefix(self) -> str:
        return f"{self.severity} "


@dataclass(frozen=True)
class CategoryChoice:
    id: str
    name: str
    key: str
    definition: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    chosen: bool
    severity: int | None
    parent: str | None = None


@dataclass(frozen=True, kw_only=True)
class CategoriesDrawn(Drawn):
    categories: tuple[CategoryChoice, ...]
    anchors: tuple[AnchorChoice, ...]
    none: bool


def draw(question: Categories, given: Any, shape: Shape) -> CategoriesDrawn:
    chosen = given if isinstance(given, Mapping) else {}
    keys = keys_of(question.offered)
    categories = tuple(
        CategoryChoice(
            id=category.id,
            name=category.name,
            key=keys[category.id],
            definition=category.definition,
            yes=category.yes,
            no=category.no,
            chosen=category.id in chosen,
            severity=chosen.get(category.id),
            parent=category.parent,
        )
        for category in sorted(question.offered, key=lambda each: keys[each.id] or "~")
    )
    return CategoriesDrawn(
        **common(question),  # type: ignore[arg-type]
        categories=categories,
        defined=categories,
        anchors=tuple(
            AnchorChoice(severity=level, word=word_of(level), text=without_word(text, word_of(level)))
            for level, text in question.anchors.items()
        ),
        none=given is not None and not chosen,
    )


def read(question: Categories, data: QueryDict, shape: Shape) -> dict[str, int] | None:
    chosen = set(data.getlist("category"))
    found = {
        category.id: _strength(question, data.get(f"severity:{question.id}:{category.id}"))
        for category in question.offered
        if f"{question.id}:{category.id}" in chosen
    }
    return found if found or question.id in data.getlist("none") else None


def missing(question: Categories, said: dict[str, int] | None) -> list[str]:
    if said is None:
        return [
            gettext("%(question)s Choose what it contains, or “None of these”.")
            % {"question": prompt_of(question)}
        ]
    if not question.asks_severity:
        return []
    return [
        gettext("%(category)s: say how strong it is.") % {"category": category.name}
        for category in question.offered
        if said.get(category.id) == STRENGTH_UNSAID
    ]


def named(question: Categories) -> set[str]:
    """Every value that a box of this question can have."""
    return {f"{question.id}:{category.id}" for category in question.offered}


def _strength(question: Categories, said: str | None) -> int:
    if not question.asks_severity:
        return 1
    return int(said) if said in {"1", "2", "3", "4"} else STRENGTH_UNSAID
