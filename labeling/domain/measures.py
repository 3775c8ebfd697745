"""What inter-annotator agreement is measured on: each category of a question by itself, any other question as a whole.

Stretches of text and answers in people's own words are not compared.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from labeling.domain.schema import (
    Answers,
    Categories,
    Choice,
    Preference,
    Question,
    Ranking,
    Rating,
    Schema,
)
from labeling.domain.schema.completions import LETTERS, TIE, places_of


@dataclass(frozen=True)
class Measure:
    """One row of figures. `id` is the category's or the question's; `is_ordinal` says that near is not far."""

    id: str
    name: str
    question_id: str
    is_ordinal: bool
    code: Callable[[Answers, Schema], int | None]
    """An answer given under a schema as a whole number; None where its person was not asked, which is not absence."""


def measures(schema: Schema) -> list[Measure]:
    """In the order of the schema, those that decide before the others."""
    questions = sorted(schema.questions, key=lambda question: not question.deciding)
    return [measure for question in questions for measure in _of(question)]


def _of(question: Question) -> list[Measure]:
    if isinstance(question, Categories):
        return [
            Measure(each.id, each.name, question.id, False, _category(question.id, each.id))
            for each in question.offered
        ]
    for kind, number in _NUMBERS.items():
        if isinstance(question, kind):
            name = question.prompt or question.id
            ordinal = isinstance(question, Rating)
            return [Measure(question.id, name, question.id, ordinal, _whole(question, number))]
    return []


def _category(question_id: str, category_id: str) -> Callable[[Answers, Schema], int | None]:
    def code(answers: Answers, given_under: Schema) -> int | None:
        own = given_under.question(question_id)
        if question_id not in answers or not isinstance(own, Categories):
            return None
        if category_id not in own.possible():
            return None
        return int(category_id in answers[question_id])

    return code


def _whole(question: Question, number: Callable[[Any, Any], int]) -> Callable[[Answers, Schema], int | None]:
    def code(answers: Answers, given_under: Schema) -> int | None:
        if question.id not in answers:
            return None
        value = question.reread(answers[question.id])
        return None if value is None else number(question, value)

    return code


def _of_choice(question: Choice, value: str) -> int:
    return [option.id for option in question.options].index(value)


def _of_rating(question: Rating, value: int) -> int:
    return value


def _of_preference(question: Preference, value: str) -> int:
    return (*LETTERS, TIE).index(value)


def _of_ranking(question: Ranking, value: list[list[str]]) -> int:
    """The places of A, B, C … as one number: two orders have the same exactly when they are the same."""
    return int("1" + "".join(str(place) for _, place in sorted(places_of(value).items())))


_NUMBERS: dict[type[Question], Callable[[Any, Any], int]] = {
    Choice: _of_choice,
    Rating: _of_rating,
    Preference: _of_preference,
    Ranking: _of_ranking,
}
