"""The form of one answer: what it shows, and what came back from it.

A category is a box named `category` with the value "<question>:<category>", its strength a radio button named
"severity:<question>:<category>", and "none of these" a box named `none` with the question's id.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from labeling.domain.schema import Question, Schema
from labeling.domain.severity import Severity

STRENGTH_UNSAID = 0
"""In a draft: the category is chosen, how strong is not said yet."""

DIGITS = "123456789"
OF_THE_PAGE = frozenset("BDGHKNPQSUW")
"""Letters that the workbench itself uses; a category that asks for one of them gets a digit."""

Draft = dict[str, dict[str, int]]


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


@dataclass(frozen=True)
class QuestionChoice:
    id: str
    prompt: str
    categories: tuple[CategoryChoice, ...]
    anchors: tuple[AnchorChoice, ...]
    none: bool


@dataclass(frozen=True)
class AnswerForm:
    """What templates/labeling/workbench/_answers.html draws. `swap`: the reply replaces the bench, not the page."""

    questions: tuple[QuestionChoice, ...]
    url: str = ""
    draft_url: str = ""
    undo_url: str = ""
    save_label: str = "Save and go on"
    swap: bool = True
    problems: tuple[str, ...] = ()


def answer_form(schema: Schema, given: Mapping[str, Any] | None = None, **more: Any) -> AnswerForm:
    """The form for `schema`, filled with an answer or a draft."""
    keys = _keys(schema)
    return AnswerForm(
        questions=tuple(
            _question(question, keys, (given or {}).get(question.id)) for question in schema.questions
        ),
        **more,
    )


def submitted(schema: Schema, data: QueryDict) -> tuple[Draft, tuple[str, ...]]:
    """The answer in a submitted form, and in plain words what is missing in it."""
    draft = drafted(schema, data)
    problems = []
    if not _offered(schema) >= set(data.getlist("category")):
        # A new version of the schema was published while the card was open: nothing that was marked may be dropped.
        problems.append("The questions have changed since you opened this. Please look at them again.")
    for question in schema.questions:
        if question.id not in draft:
            problems.append(f"{prompt_of(question)} Choose what it contains, or “none of these” (0).")
            continue
        if question.asks_severity:
            chosen = draft[question.id]
            problems += [
                f"{category.name}: say how strong it is, 1 to 4."
                for category in question.offered
                if chosen.get(category.id) == STRENGTH_UNSAID
            ]
    return draft, tuple(problems)


def _offered(schema: Schema) -> set[str]:
    return {f"{question.id}:{category.id}" for question in schema.questions for category in question.offered}


def drafted(schema: Schema, data: QueryDict) -> Draft:
    """What a form says so far. A question without any answer is absent; unknown names are dropped."""
    chosen = set(data.getlist("category"))
    none = set(data.getlist("none"))
    draft: Draft = {}
    for question in schema.questions:
        found = {
            category.id: _strength(question, data.get(f"severity:{question.id}:{category.id}"))
            for category in question.offered
            if f"{question.id}:{category.id}" in chosen
        }
        if found or question.id in none:
            draft[question.id] = found
    return draft


def prompt_of(question: Question) -> str:
    return question.prompt or "What does it contain?"


def word_of(severity: int) -> str:
    """The word that a severity never goes without."""
    return "none" if severity == Severity.BENIGN else Severity(severity).name.lower()


def _without_word(text: str, word: str) -> str:
    """An anchor's text without its own word in front ("Mild: …"), which the page prints beside it."""
    head, separator, rest = text.partition(": ")
    return rest[:1].upper() + rest[1:] if separator and head.lower() == word else text


def _strength(question: Question, said: str | None) -> int:
    if not question.asks_severity:
        return 1
    return int(said) if said in {"1", "2", "3", "4"} else STRENGTH_UNSAID


def _keys(schema: Schema) -> dict[str, str]:
    """Category id → printed key: the schema's own where the page leaves it free, else the next free digit."""
    offered = [category for question in schema.questions for category in question.offered]
    keys = {each.id: each.key.upper() for each in offered if each.key and each.key.upper() not in OF_THE_PAGE}
    free = (digit for digit in DIGITS if digit not in keys.values())
    for category in offered:
        if category.id not in keys:
            keys[category.id] = next(free, "")
    return keys


def _question(question: Question, keys: dict[str, str], given: Any) -> QuestionChoice:
    chosen = given if isinstance(given, Mapping) else {}
    return QuestionChoice(
        id=question.id,
        prompt=prompt_of(question),
        categories=tuple(
            CategoryChoice(
                id=category.id,
                name=category.name,
                key=keys[category.id],
                definition=category.definition,
                yes=category.yes,
                no=category.no,
                chosen=category.id in chosen,
                severity=chosen.get(category.id),
            )
            for category in sorted(question.offered, key=lambda each: keys[each.id] or "~")
        ),
        anchors=tuple(
            AnchorChoice(severity=level, word=word_of(level), text=_without_word(text, word_of(level)))
            for level, text in question.anchors.items()
        ),
        none=given is not None and not chosen,
    )
