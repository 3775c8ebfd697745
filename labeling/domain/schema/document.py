"""A whole label schema: reading its document, and what an answer to it says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from labeling.domain.schema.categories import Categories, Category, is_found
from labeling.domain.schema.choice import Choice, Constraint
from labeling.domain.schema.completions import Preference, Ranking
from labeling.domain.schema.fields import (
    LANGUAGE,
    AnswerError,
    Problem,
    SchemaError,
    read_flag,
    read_id,
    read_object,
    read_text,
    refuse_others,
    refuse_repeated,
    refuse_unfit,
)
from labeling.domain.schema.question import COMMON, NOTHING, Question, Shape, When
from labeling.domain.schema.rating import Rating
from labeling.domain.schema.spans import Spans
from labeling.domain.schema.texts import Correction, Rationale
from labeling.domain.severity import Severity, highest

Answers = dict[str, Any]
"""A canonical answer: question id → what its kind says. A question that was not asked is absent."""

DOCUMENT_VERSION = 1
MAX_QUESTIONS = 20
ENGLISH = "en"

KINDS: Mapping[str, type[Question]] = {
    kind.kind: kind
    for kind in (Categories, Choice, Rating, Constraint, Preference, Ranking, Spans, Rationale, Correction)
}


@dataclass(frozen=True)
class Schema:
    """A parsed label schema. A question may depend on those above it. `language` is a BCP 47 tag."""

    name: str
    questions: tuple[Question, ...]
    language: str = ENGLISH

    @property
    def deciding(self) -> tuple[Question, ...]:
        """The questions that the stopping rule looks at."""
        return tuple(question for question in self.questions if question.deciding)

    @property
    def about_categories(self) -> tuple[Categories, ...]:
        return tuple(question for question in self.questions if isinstance(question, Categories))

    @property
    def category_ids(self) -> frozenset[str]:
        """The categories that a label or a score may name."""
        return frozenset(category.id for question in self.about_categories for category in question.offered)

    @property
    def marks_text(self) -> bool:
        """Whether an answer may point into the item's text."""
        return any(isinstance(question, Spans) for question in self.questions)

    def question(self, question_id: str) -> Question | None:
        return next((question for question in self.questions if question.id == question_id), None)

    def named_categories(self) -> list[tuple[str, str, list[str]]]:
        """Every category once, as (id, name, ids above it): what people may choose about."""
        known = {
            category.id: category for question in self.about_categories for category in question.categories
        }
        return [(category.id, category.name, _above(category, known)) for category in known.values()]

    def definitions(self) -> dict[str, str]:
        """Every category's plain definition by id, without its examples: what may be read before any work."""
        return {
            category.id: category.definition
            for question in self.about_categories
            for category in question.categories
        }

    def category(self, category_id: str) -> Category | None:
        """The category of that id in any question, offered or not."""
        for question in self.about_categories:
            for category in question.categories:
                if category.id == category_id:
                    return category
        return None

    def asked(self, answers: Mapping[str, Any], shape: Shape = NOTHING) -> Iterator[Question]:
        """The questions that are asked about an item of that shape, as far as it was answered.

        `answers` is read as the questions go by, so whoever adds an answer to it meanwhile is asked what follows.
        """
        asked: set[str] = set()
        for question in self.questions:
            if question.suits(shape) and self._holds(question.when, answers, asked):
                asked.add(question.id)
                yield question

    def _holds(self, when: When | None, answers: Mapping[str, Any], asked: set[str]) -> bool:
        if when is None:
            return True
        if when.question not in asked or when.question not in answers:
            return False
        above = self.question(when.question)
        return above is not None and bool(above.said(answers[when.question]) & when.values)


def _above(category: Category, known: Mapping[str, Category]) -> list[str]:
    """The ids of its ancestors, the nearest first."""
    above: list[str] = []
    while category.parent is not None and category.parent in known and category.parent not in above:
        above.append(category.parent)
        category = known[category.parent]
    return above


def parse(document: object) -> Schema:
    """Read a schema document.

    Raises:
        SchemaError: with every mistake and its place.
    """
    problems: list[Problem] = []
    schema = _read(document, problems)
    if problems:
        raise SchemaError(problems)
    return schema


def parse_new(document: object) -> Schema:
    """Read one that is about to be published: its texts must be fit to stand on a page too. Raises SchemaError."""
    problems: list[Problem] = []
    schema = _read(document, problems)
    refuse_unfit(document, problems)
    if problems:
        raise SchemaError(problems)
    return schema


def _read(document: object, problems: list[Problem]) -> Schema:
    root = read_object(document, "document", problems)
    refuse_others(root, {"name", "version", "language", "questions"}, "", problems)
    if root.get("version") != DOCUMENT_VERSION:
        problems.append(("version", f"must be {DOCUMENT_VERSION}"))
    name = read_text(root, "name", "", problems)
    language = root.get("language", ENGLISH)
    if not isinstance(language, str) or not LANGUAGE.fullmatch(language):
        problems.append(("language", "must be a language tag, such as en, sw or pt-BR"))
    rows = root.get("questions")
    if not isinstance(rows, list) or not rows:
        problems.append(("questions", "must be a list with at least one question"))
        rows = []
    elif len(rows) > MAX_QUESTIONS:
        problems.append(("questions", f"must not be longer than {MAX_QUESTIONS}"))
        rows = []
    questions: list[Question] = []
    for n, row in enumerate(rows):
        question = _question(row, f"questions[{n}]", questions, problems)
        if question is not None:
            questions.append(question)
    _check_ids(questions, problems)
    if questions and not any(question.deciding for question in questions):
        problems.append(("questions", "at least one question must be deciding"))
    return Schema(name=name, questions=tuple(questions), language=language)


def _question(row: object, path: str, above: list[Question], problems: list[Problem]) -> Question | None:
    value = read_object(row, path, problems)
    named = value.get("kind")
    kind = KINDS.get(named) if isinstance(named, str) else None
    if kind is None:
        problems.append((f"{path}.kind", f"must be one of {', '.join(KINDS)}"))
        return None
    refuse_others(value, COMMON | kind.fields, path, problems)
    deciding = read_flag(value, "deciding", path, problems, usual=kind.may_decide)
    if deciding and not kind.may_decide:
        problems.append((f"{path}.deciding", f"{kind.kind} can decide nothing"))
    return kind.read(
        value,
        path,
        problems,
        id=read_id(value, path, problems),
        deciding=deciding,
        prompt=read_text(value, "prompt", path, problems, required=False),
        when=_when(value, path, above, problems),
    )


def _when(value: Mapping[str, Any], path: str, above: list[Question], problems: list[Problem]) -> When | None:
    if value.get("when") is None:
        return None
    path = f"{path}.when"
    when = read_object(value["when"], path, problems)
    refuse_others(when, {"question", "is", "any_of"}, path, problems)
    asked = next(
        (question for question in above if question.id and question.id == when.get("question")), None
    )
    possible = asked.possible() if asked else None
    if possible is None:
        problems.append(
            (f"{path}.question", "must be the id of a question above this one that can be waited for")
        )
    if ("is" in when) == ("any_of" in when):
        problems.append((path, "give either is or any_of"))
        return None
    name = "is" if "is" in when else "any_of"
    wanted = [when["is"]] if name == "is" else when["any_of"]
    if not isinstance(wanted, list) or not wanted:
        problems.append((f"{path}.any_of", "must be a list with at least one answer"))
        return None
    values = frozenset(str(each) for each in wanted if type(each) in (str, int))
    if possible is not None and (len(values) < len(wanted) or not values <= possible):
        problems.append(
            (f"{path}.{name}", f"must be answers to that question: {', '.join(sorted(possible))}")
        )
    return When(question=str(when.get("question")), values=values)


def _check_ids(questions: list[Question], problems: list[Problem]) -> None:
    categories = [c.id for q in questions if isinstance(q, Categories) for c in q.categories]
    refuse_repeated([question.id for question in questions], "questions", "id", problems)
    refuse_repeated(categories, "questions", "category id", problems)
    # Both name a column of a release.
    others = {question.id for question in questions if not isinstance(question, Categories)}
    problems.extend(
        ("questions", f"{name!r} is the id of a question and of a category")
        for name in sorted(others & set(categories))
    )


def validate_answers(schema: Schema, answers: object, shape: Shape = NOTHING) -> Answers:
    """The canonical form of a submitted answer about an item of that shape.

    Raises:
        AnswerError: with every mistake and its place.
    """
    problems: list[Problem] = []
    given = read_object(answers, "answers", problems)
    canonical: Answers = {}
    asked: set[str] = set()
    for question in schema.asked(canonical, shape):
        asked.add(question.id)
        if question.id not in given:
            if not question.is_optional:
                problems.append((question.id, "not answered"))
            continue
        before = len(problems)
        value = question.canonical(given[question.id], shape, problems)
        if value is not None and len(problems) == before:
            canonical[question.id] = value
    known = {question.id for question in schema.questions}
    for extra in given:
        if extra not in known:
            problems.append((str(extra), "no such question"))
        elif extra not in asked and not problems:
            problems.append((str(extra), "is not asked here"))
    if problems:
        raise AnswerError(problems)
    return canonical


def reread(schema: Schema, answers: Answers) -> Answers:
    """An answer that was given under another version, as this one reads it; one of this version stays as it is.

    What is not asked any more is left out, and so is a question that was not asked then.
    """
    read: Answers = {}
    for question in schema.questions:
        if question.id in answers:
            value = question.reread(answers[question.id])
            if value is not None:
                read[question.id] = value
    return read


def verdict(schema: Schema, answers: Answers) -> Severity | None:
    """The highest severity in an answer; None when nothing was asked that has one."""
    asked = [question for question in schema.questions if question.asks_severity and question.id in answers]
    if not asked:
        return None
    return highest(severity for question in asked for severity in question.severities(answers[question.id]))


def found_categories(schema: Schema, answers: Answers) -> frozenset[str]:
    """The ids of the categories that an answer found at any severity."""
    return frozenset(
        category_id
        for question in schema.about_categories
        for category_id, severity in answers.get(question.id, {}).items()
        if severity
    )


def finds_harm(answers: Answers, severity: int | None) -> bool:
    """Whether an answer found a category, or its severity is above S0. `severity` is its verdict."""
    return bool(severity) or any(is_found(value) and value for value in answers.values())
