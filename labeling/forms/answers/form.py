"""The form of one answer: what it shows, and what came back from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from labeling.domain.schema import (
    NOTHING,
    Categories,
    Choice,
    OwnWords,
    Preference,
    Question,
    Ranking,
    Rating,
    Schema,
    Shape,
    Spans,
)
from labeling.forms.answers import categories, ranking, single, spans, texts
from labeling.forms.answers.drawn import Drawn


class Missing(str):
    """What is missing in an answer, in words, and the id of the question that it is missing in."""

    question: str

    def __new__(cls, words: str, question: str) -> "Missing":
        missing = super().__new__(cls, words)
        missing.question = question
        return missing


Draft = dict[str, Any]
"""What a form says so far: question id → as its kind keeps it. A question without any answer is absent."""


@dataclass(frozen=True)
class AnswerForm:
    """What templates/labeling/workbench/_answers.html draws. `swap`: the reply replaces the bench, not the page.
    `one_key`: the first answer is the whole answer, and its key saves it."""

    questions: tuple[Drawn, ...]
    url: str = ""
    draft_url: str = ""
    undo_url: str = ""
    save_label: str = gettext_lazy("Save and go on")  # type: ignore[assignment]
    swap: bool = True
    problems: tuple[str, ...] = ()
    one_key: bool = False

    @property
    def has_many(self) -> bool:
        return len(self.questions) > 1


def answer_form(
    schema: Schema,
    given: Mapping[str, Any] | None = None,
    *,
    shape: Shape = NOTHING,
    kept: Mapping[str, Any] | None = None,
    sent: QueryDict | None = None,
    **more: Any,
) -> AnswerForm:
    """The form for `schema` and an item of that shape, filled with an answer or a draft.

    `kept` is a stored answer whose own words stay on the server. `sent` is what came from a form that is drawn once more.
    """
    said, stored = given or {}, kept or {}
    questions = [question for question in schema.questions if question.suits(shape)]
    return AnswerForm(
        questions=tuple(
            _draw(question, said.get(question.id), shape, stored.get(question.id), sent)
            for question in questions
        ),
        one_key=more.get("swap", True) and len(questions) == 1 and questions[0].one_key,
        **more,
    )


def drafted(
    schema: Schema, data: QueryDict, shape: Shape = NOTHING, *, kept: Mapping[str, Any] | None = None
) -> Draft:
    """What a form says so far; unknown names are dropped. `kept` is what is stored, for a form that does not show its
    own words."""
    draft: Draft = {}
    for question in schema.questions:
        if not question.suits(shape):
            continue
        said = _read(question, data, shape)
        if kept is not None and isinstance(question, OwnWords):
            said = texts.drafted_over(question, said, kept.get(question.id), data)
        if said is not None:
            draft[question.id] = said
    return draft


def begun(schema: Schema, data: QueryDict, shape: Shape = NOTHING) -> Draft:
    """The same, of a form that may not have been touched or not even sent: then nothing. No marks alone begin nothing."""
    draft = drafted(schema, data, shape)
    return draft if any(said != [] for said in draft.values()) else {}


def submitted(
    schema: Schema, data: QueryDict, shape: Shape = NOTHING, *, kept: Mapping[str, Any] | None = None
) -> tuple[Draft, tuple[str, ...]]:
    """The answer in a submitted form, and in plain words what is missing in it.

    What was answered to a question that does not follow from the others is left out. `kept` is the stored answer of
    which own words may stay as they are.
    """
    problems: list[str] = []
    offered = {name for question in schema.about_categories for name in categories.named(question)}
    if not offered >= set(data.getlist("category")):
        # A new version of the schema was published while the card was open: nothing that was marked may be dropped.
        problems.append(
            gettext("The questions have changed since you opened this. Please look at them again.")
        )
    answer: Draft = {}
    for question in schema.asked(answer, shape):
        said = _read(question, data, shape)
        if said is None and isinstance(question, OwnWords):
            under = texts.kept_of(question, (kept or {}).get(question.id), data)
            said = under.words if under and under.is_ticked else None
        problems += [Missing(words, question.id) for words in _missing(question, said, shape)]
        if isinstance(question, Ranking) and said:
            said = ranking.finished(said)
        if said is not None:
            answer[question.id] = said
    return answer, tuple(problems)


def _draw(question: Question, given: Any, shape: Shape, kept: Any, sent: QueryDict | None) -> Drawn:
    if isinstance(question, Categories):
        return categories.draw(question, given, shape)
    if isinstance(question, Choice | Rating | Preference):
        return single.draw(question, given, shape)
    if isinstance(question, Ranking):
        return ranking.draw(question, given, shape)
    if isinstance(question, Spans):
        return spans.draw(question, given, shape)
    assert isinstance(question, OwnWords)  # noqa: S101 - there is no other kind
    return texts.draw(question, given, shape, kept=kept, sent=sent)


def _read(question: Question, data: QueryDict, shape: Shape) -> Any:
    if isinstance(question, Categories):
        return categories.read(question, data, shape)
    if isinstance(question, Choice | Rating | Preference):
        return single.read(question, data, shape)
    if isinstance(question, Ranking):
        return ranking.read(question, data, shape)
    if isinstance(question, Spans):
        return spans.read(question, data, shape)
    assert isinstance(question, OwnWords)  # noqa: S101 - there is no other kind
    return texts.read(question, data, shape)


def _missing(question: Question, said: Any, shape: Shape) -> list[str]:
    if isinstance(question, Categories):
        return categories.missing(question, said)
    if isinstance(question, Choice | Rating | Preference):
        return single.missing(question, said)
    if isinstance(question, Ranking):
        return ranking.missing(question, said, shape)
    return texts.missing(question, said) if isinstance(question, OwnWords) else []
