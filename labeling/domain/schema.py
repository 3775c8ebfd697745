"""Label schemas: what is asked about an item, and whether an answer fits.

A schema is a JSON document. `parse` checks all of it at once, so that whoever writes one sees every mistake with
its place. `validate_answers` turns a submitted answer into its one canonical form:

    {"<question id>": {"<category id>": severity 1..4}}        {} under a question = none of these

A severity of 0 means absent and is dropped. A sub-tier that is present makes its parent present, at least as
severely.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from labeling.domain.severity import Severity, highest

Answers = dict[str, dict[str, int]]
"""A canonical answer: question id → category id → severity 1-4 (1 where the question has no severities)."""

Problem = tuple[str, str]
"""Where something is wrong (`questions[0].categories[2].key`), and what, in plain words."""

DOCUMENT_VERSION = 1
MAX_CATEGORIES = 60
NONE_KEY = "0"
"""The key that answers "none of these"; no category may take it."""

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")
_KEY = re.compile(r"[a-z1-9]")


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


@dataclass(frozen=True)
class Category:
    """One kind of content. A category that is not `offered` is named in the taxonomy, but nobody is asked about it."""

    id: str
    name: str
    definition: str
    key: str | None = None
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    parent: str | None = None
    offered: bool = True


@dataclass(frozen=True)
class Question:
    """Which categories apply. `anchors` says what each severity 1-4 means; empty when severity is not asked."""

    id: str
    deciding: bool
    categories: tuple[Category, ...]
    anchors: Mapping[int, str] = field(default_factory=dict)
    prompt: str = ""

    @property
    def offered(self) -> tuple[Category, ...]:
        return tuple(category for category in self.categories if category.offered)

    @property
    def asks_severity(self) -> bool:
        return bool(self.anchors)


@dataclass(frozen=True)
class Schema:
    """A parsed label schema."""

    name: str
    questions: tuple[Question, ...]

    @property
    def deciding(self) -> tuple[Question, ...]:
        """The questions that the stopping rule looks at."""
        return tuple(question for question in self.questions if question.deciding)

    @property
    def category_ids(self) -> frozenset[str]:
        """The categories that a label or a score may name."""
        return frozenset(category.id for question in self.questions for category in question.offered)

    def named_categories(self) -> list[tuple[str, str, list[str]]]:
        """Every category once, as (id, name, ids above it): what people may choose about."""
        known = {category.id: category for question in self.questions for category in question.categories}
        return [(category.id, category.name, _above(category, known)) for category in known.values()]

    def category(self, category_id: str) -> Category | None:
        """The category of that id in any question, offered or not."""
        for question in self.questions:
            for category in question.categories:
                if category.id == category_id:
                    return category
        return None


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
    root = _object(document, "document", problems)
    _only(root, {"name", "version", "questions"}, "", problems)
    if root.get("version") != DOCUMENT_VERSION:
        problems.append(("version", f"must be {DOCUMENT_VERSION}"))
    name = _text(root, "name", "", problems)
    rows = root.get("questions")
    if not isinstance(rows, list) or not rows:
        problems.append(("questions", "must be a list with at least one question"))
        rows = []
    questions = tuple(_question(row, f"questions[{n}]", problems) for n, row in enumerate(rows))
    _unique([q.id for q in questions], "questions", "id", problems)
    _unique([c.id for q in questions for c in q.categories], "questions", "category id", problems)
    _unique([c.key for q in questions for c in q.offered if c.key], "questions", "key", problems)
    if questions and not any(question.deciding for question in questions):
        problems.append(("questions", "at least one question must be deciding"))
    if problems:
        raise SchemaError(problems)
    return Schema(name=name, questions=questions)


def validate_answers(schema: Schema, answers: object) -> Answers:
    """The canonical form of a submitted answer.

    Raises:
        AnswerError: with every mistake and its place.
    """
    problems: list[Problem] = []
    given = _object(answers, "answers", problems)
    known = {question.id for question in schema.questions}
    problems += [(str(extra), "no such question") for extra in given if extra not in known]
    canonical: Answers = {}
    for question in schema.questions:
        if question.id not in given:
            problems.append((question.id, "not answered"))
            continue
        canonical[question.id] = _answer(question, given[question.id], problems)
    if problems:
        raise AnswerError(problems)
    return canonical


def reread(schema: Schema, answers: Answers) -> Answers:
    """An answer that was given under another version, as this one reads it; one of this version stays as it is.

    Questions and categories that are not asked any more are left out, and so is a question that was not asked then.
    A sub-tier brings its parent, and where no severity is asked every one of them is 1.
    """
    read: Answers = {}
    for question in schema.questions:
        if question.id in answers:
            offered = {category.id: category for category in question.offered}
            present = {
                category_id: severity if question.asks_severity else 1
                for category_id, severity in answers[question.id].items()
                if category_id in offered
            }
            read[question.id] = _with_parents(present, offered)
    return read


def verdict(schema: Schema, answers: Answers) -> Severity | None:
    """The highest severity in an answer; None when the schema asks for no severity at all."""
    asked = [question for question in schema.questions if question.asks_severity]
    if not asked:
        return None
    return highest(severity for question in asked for severity in answers.get(question.id, {}).values())


def found_categories(schema: Schema, answers: Answers) -> frozenset[str]:
    """The ids of the categories that an answer found at any severity."""
    return frozenset(
        category_id
        for question in schema.questions
        for category_id, severity in answers.get(question.id, {}).items()
        if severity
    )


def _answer(question: Question, given: object, problems: list[Problem]) -> dict[str, int]:
    rows = _object(given, question.id, problems)
    offered = {category.id: category for category in question.offered}
    top = max(Severity) if question.asks_severity else 1
    present: dict[str, int] = {}
    for category_id, severity in rows.items():
        path = f"{question.id}.{category_id}"
        if category_id not in offered:
            problems.append((path, "no such category"))
        elif type(severity) is not int or not 0 <= severity <= top:
            problems.append((path, f"must be a whole number from 0 to {int(top)}"))
        elif severity:
            present[category_id] = severity
    return _with_parents(present, offered)


def _with_parents(given: Mapping[str, int], offered: Mapping[str, Category]) -> dict[str, int]:
    """In the order of the schema; each parent present, and at least as severe as what is under it."""
    present = dict(given)
    for category_id, severity in given.items():
        parent = offered[category_id].parent
        while parent is not None and parent in offered:
            present[parent] = max(present.get(parent, 0), severity)
            parent = offered[parent].parent
    return {category_id: present[category_id] for category_id in offered if category_id in present}


def _question(row: object, path: str, problems: list[Problem]) -> Question:
    value = _object(row, path, problems)
    _only(value, {"id", "kind", "prompt", "deciding", "categories", "severity"}, path, problems)
    if value.get("kind") != "categories":
        problems.append((f"{path}.kind", "must be 'categories'"))
    if not isinstance(value.get("deciding", True), bool):
        problems.append((f"{path}.deciding", "must be true or false"))
    rows = value.get("categories")
    if not isinstance(rows, list) or not rows:
        problems.append((f"{path}.categories", "must be a list with at least one category"))
        rows = []
    elif len(rows) > MAX_CATEGORIES:
        problems.append((f"{path}.categories", f"at most {MAX_CATEGORIES} categories"))
    categories = tuple(_category(c, f"{path}.categories[{n}]", problems) for n, c in enumerate(rows))
    _check_parents(categories, f"{path}.categories", problems)
    return Question(
        id=_identifier(value, path, problems),
        deciding=value.get("deciding", True) is True,
        categories=categories,
        anchors=_anchors(value, path, problems),
        prompt=_text(value, "prompt", path, problems, required=False),
    )


def _category(row: object, path: str, problems: list[Problem]) -> Category:
    value = _object(row, path, problems)
    _only(value, {"id", "name", "key", "definition", "yes", "no", "parent", "offered"}, path, problems)
    offered = value.get("offered", True)
    if not isinstance(offered, bool):
        problems.append((f"{path}.offered", "must be true or false"))
    key, parent = value.get("key"), value.get("parent")
    if key is not None and (not isinstance(key, str) or not _KEY.fullmatch(key)):
        problems.append((f"{path}.key", "must be one of 1-9 and a-z (0 answers 'none of these')"))
    if parent is not None and not isinstance(parent, str):
        problems.append((f"{path}.parent", "must be the id of a category or null"))
    return Category(
        id=_identifier(value, path, problems),
        name=_text(value, "name", path, problems),
        definition=_text(value, "definition", path, problems, required=offered is True),
        key=key if isinstance(key, str) else None,
        yes=_texts(value, "yes", path, problems),
        no=_texts(value, "no", path, problems),
        parent=parent if isinstance(parent, str) else None,
        offered=offered is True,
    )


def _check_parents(categories: tuple[Category, ...], path: str, problems: list[Problem]) -> None:
    """Each parent must stand before its child, which also rules out circles."""
    seen: set[str] = set()
    for n, category in enumerate(categories):
        if category.parent is not None and category.parent not in seen:
            problems.append(
                (f"{path}[{n}].parent", "must be the id of a category that stands above this one")
            )
        seen.add(category.id)


def _anchors(value: Mapping[str, Any], path: str, problems: list[Problem]) -> dict[int, str]:
    if value.get("severity") is None:
        return {}
    severity = _object(value["severity"], f"{path}.severity", problems)
    _only(severity, {"anchors"}, f"{path}.severity", problems)
    anchors = _object(severity.get("anchors"), f"{path}.severity.anchors", problems)
    wanted = [str(level.value) for level in Severity if level]
    if sorted(anchors) != wanted or not all(isinstance(text, str) and text for text in anchors.values()):
        problems.append((f"{path}.severity.anchors", f"must explain each of {', '.join(wanted)}"))
        return {}
    return {int(level): anchors[level] for level in wanted}


def _object(value: object, path: str, problems: list[Problem]) -> Mapping[str, Any]:
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return value
    problems.append((path, "must be an object"))
    return {}


def _only(value: Mapping[str, Any], names: set[str], path: str, problems: list[Problem]) -> None:
    problems.extend((_join(path, name), "unknown field") for name in value if name not in names)


def _text(
    value: Mapping[str, Any], name: str, path: str, problems: list[Problem], *, required: bool = True
) -> str:
    text = value.get(name, "" if not required else None)
    if not isinstance(text, str) or (required and not text.strip()):
        problems.append((_join(path, name), "must be a text" + (" that is not empty" if required else "")))
        return ""
    return text


def _texts(value: Mapping[str, Any], name: str, path: str, problems: list[Problem]) -> tuple[str, ...]:
    texts = value.get(name, [])
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        problems.append((_join(path, name), "must be a list of texts"))
        return ()
    return tuple(texts)


def _identifier(value: Mapping[str, Any], path: str, problems: list[Problem]) -> str:
    found = value.get("id")
    if not isinstance(found, str) or not _ID.fullmatch(found):
        problems.append((_join(path, "id"), "must start with a letter and hold only letters, digits, . _ -"))
        return ""
    return found


def _unique(values: list[str], path: str, what: str, problems: list[Problem]) -> None:
    twice = sorted({value for value in values if value and values.count(value) > 1})
    problems.extend((path, f"{what} {value!r} is used more than once") for value in twice)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
