"""Which categories apply, each as severely as that: `{"<category id>": severity 1..4}`, `{}` for none of these.

A severity of 0 means absent and is dropped. A sub-tier that is present makes its parent present, at least as
severely. Without severities everything present is 1.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self

from labeling.domain.schema.fields import (
    Problem,
    read_flag,
    read_id,
    read_key,
    read_object,
    read_rows,
    read_text,
    read_texts,
    refuse_others,
    refuse_repeated,
)
from labeling.domain.schema.question import Question, Reword, Shape, reworded_levels, reworded_texts
from labeling.domain.severity import Severity

MAX_CATEGORIES = 60
NONE_KEY = "0"
"""The key that answers "none of these"; no category may take it."""


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


@dataclass(frozen=True, kw_only=True)
class Categories(Question):
    """`anchors` says what each severity 1-4 means; empty when severity is not asked."""

    kind: ClassVar[str] = "categories"
    fields: ClassVar[frozenset[str]] = frozenset({"categories", "severity"})

    categories: tuple[Category, ...]
    anchors: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def read(cls, value: Mapping[str, Any], path: str, problems: list[Problem], **common: Any) -> Self:
        rows = read_rows(value, "categories", path, problems, what="category", most=MAX_CATEGORIES)
        categories = tuple(_category(row, f"{path}.categories[{n}]", problems) for n, row in enumerate(rows))
        _check_parents(categories, f"{path}.categories", problems)
        offered = [category for category in categories if category.offered]
        refuse_repeated([each.key for each in offered], "questions", "key", problems)
        return cls(categories=categories, anchors=read_anchors(value, path, problems), **common)

    def reworded(self, reword: Reword) -> Self:
        return replace(
            super().reworded(reword),
            categories=tuple(replace(each, **reworded_texts(each, reword)) for each in self.categories),
            anchors=reworded_levels(self.anchors, reword),
        )

    @property
    def offered(self) -> tuple[Category, ...]:
        return tuple(category for category in self.categories if category.offered)

    @property
    def explained(self) -> tuple[Category, ...]:
        return self.offered

    @property
    def levels(self) -> Mapping[int, str]:
        return self.anchors

    @property
    def asks_severity(self) -> bool:
        return bool(self.anchors)

    def possible(self) -> frozenset[str]:
        return frozenset(category.id for category in self.offered)

    def said(self, value: Any) -> frozenset[str]:
        return frozenset(value)

    def canonical(self, given: object, shape: Shape, problems: list[Problem]) -> dict[str, int]:
        rows = read_object(given, self.id, problems)
        offered = {category.id: category for category in self.offered}
        top = max(Severity) if self.asks_severity else 1
        present: dict[str, int] = {}
        for category_id, severity in rows.items():
            path = f"{self.id}.{category_id}"
            if category_id not in offered:
                problems.append((path, "no such category"))
            elif type(severity) is not int or not 0 <= severity <= top:
                problems.append((path, f"must be a whole number from 0 to {int(top)}"))
            elif severity:
                present[category_id] = severity
        return _with_parents(present, offered)

    def reread(self, value: Any) -> dict[str, int] | None:
        """Categories that are not asked any more are left out, and a sub-tier brings its parent."""
        if not is_found(value):
            return None
        offered = {category.id: category for category in self.offered}
        present = {
            category_id: severity if self.asks_severity else 1
            for category_id, severity in value.items()
            if category_id in offered
        }
        return _with_parents(present, offered)

    def severities(self, value: Any) -> Iterator[int]:
        return iter(value.values())


def is_found(value: object) -> bool:
    """Whether an answer has the form of one about categories."""
    return isinstance(value, Mapping) and all(type(severity) is int for severity in value.values())


def _with_parents(given: Mapping[str, int], offered: Mapping[str, Category]) -> dict[str, int]:
    """In the order of the schema; each parent present, and at least as severe as what is under it."""
    present = dict(given)
    for category_id, severity in given.items():
        parent = offered[category_id].parent
        while parent is not None and parent in offered:
            present[parent] = max(present.get(parent, 0), severity)
            parent = offered[parent].parent
    return {category_id: present[category_id] for category_id in offered if category_id in present}


def _category(row: object, path: str, problems: list[Problem]) -> Category:
    value = read_object(row, path, problems)
    known = {"id", "name", "key", "definition", "yes", "no", "parent", "offered"}
    refuse_others(value, known, path, problems)
    offered = read_flag(value, "offered", path, problems, usual=True)
    parent = value.get("parent")
    if parent is not None and not isinstance(parent, str):
        problems.append((f"{path}.parent", "must be the id of a category or null"))
    return Category(
        id=read_id(value, path, problems),
        name=read_text(value, "name", path, problems),
        definition=read_text(value, "definition", path, problems, required=offered),
        key=read_key(value, path, problems, zero=" (0 answers 'none of these')"),
        yes=read_texts(value, "yes", path, problems),
        no=read_texts(value, "no", path, problems),
        parent=parent if isinstance(parent, str) else None,
        offered=offered,
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


def read_anchors(value: Mapping[str, Any], path: str, problems: list[Problem]) -> dict[int, str]:
    """What each severity 1-4 means; nothing where severity is not asked."""
    if value.get("severity") is None:
        return {}
    severity = read_object(value["severity"], f"{path}.severity", problems)
    refuse_others(severity, {"anchors"}, f"{path}.severity", problems)
    anchors = read_object(severity.get("anchors"), f"{path}.severity.anchors", problems)
    wanted = [str(level.value) for level in Severity if level]
    if sorted(anchors) != wanted or not all(isinstance(text, str) and text for text in anchors.values()):
        problems.append((f"{path}.severity.anchors", f"must explain each of {', '.join(wanted)}"))
        return {}
    return {int(level): anchors[level] for level in wanted}
