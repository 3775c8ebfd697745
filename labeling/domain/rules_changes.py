"""What is new in a guideline or a label schema: section by section, and line by line where a section changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from labeling.domain.guideline_text import Section
from labeling.domain.schema import Schema


class Kind(StrEnum):
    """What became of a section, or of a line in it."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class Passage:
    """What is compared: `key` says which passage of the other version is the same one.

    `said` and `heading` are the lines and the title as the reader gets them; without them, as they are compared.
    """

    key: str
    title: str
    lines: tuple[str, ...]
    said: tuple[str, ...] = ()
    heading: str = ""

    @property
    def read(self) -> tuple[str, ...]:
        return self.said or self.lines

    @property
    def name(self) -> str:
        return self.heading or self.title


@dataclass(frozen=True)
class Line:
    kind: Kind  # ADDED, REMOVED or SAME
    text: str


@dataclass(frozen=True)
class Change:
    """One passage that is not as it was. `title` is the newer one; `anchor` is its key in the newer version."""

    kind: Kind
    title: str
    anchor: str
    lines: tuple[Line, ...]


def guideline_passages(sections: Sequence[Section]) -> tuple[Passage, ...]:
    """One passage for each section; its heading says which it is."""
    return tuple(Passage(section.anchor, section.name, tuple(section.lines)) for section in sections)


def schema_passages(schema: Schema, read: Schema | None = None) -> tuple[Passage, ...]:
    """One passage for each question, and one for each category, option or label that it offers.

    `read` is the same version in the reader's words: what changed is looked for in the original and said in those.
    """
    found = _passages(schema)
    if read is None:
        return found
    return tuple(
        replace(passage, said=other.lines, heading=other.title)
        for passage, other in zip(found, _passages(read), strict=True)
    )


def _passages(schema: Schema) -> tuple[Passage, ...]:
    found = []
    for question in schema.questions:
        anchors = [f"{level} {text}" for level, text in question.levels.items()]
        found.append(
            Passage(
                question.id,
                question.prompt or question.id,
                tuple(filter(None, [question.prompt, *anchors])),
            )
        )
        found += [
            Passage(
                f"{question.id}:{category.id}",
                category.name,
                tuple(filter(None, [category.name, category.definition, *category.yes, *category.no])),
            )
            for category in question.explained
        ]
    return tuple(found)


def changes(before: Sequence[Passage], after: Sequence[Passage]) -> tuple[Change, ...]:
    """What is not as it was: in the order of the newer version, then what is gone."""
    old = {passage.key: passage for passage in before}
    new = {passage.key for passage in after}
    found = [
        _added(passage) if passage.key not in old else _compared(old[passage.key], passage)
        for passage in after
    ]
    gone = [
        Change(Kind.REMOVED, passage.name, passage.key, _all(passage, Kind.REMOVED))
        for passage in before
        if passage.key not in new
    ]
    return tuple(change for change in found if change is not None) + tuple(gone)


def _added(passage: Passage) -> Change | None:
    return Change(Kind.ADDED, passage.name, passage.key, _all(passage, Kind.ADDED))


def _compared(before: Passage, after: Passage) -> Change | None:
    if before.lines == after.lines and before.title == after.title:
        return None
    lines: list[Line] = []
    matcher = SequenceMatcher(None, before.lines, after.lines, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            lines += [Line(Kind.SAME, text) for text in after.read[new_start:new_end]]
            continue
        lines += [Line(Kind.REMOVED, text) for text in before.read[start:end]]
        lines += [Line(Kind.ADDED, text) for text in after.read[new_start:new_end]]
    return Change(Kind.CHANGED, after.name, after.key, tuple(lines))


def _all(passage: Passage, kind: Kind) -> tuple[Line, ...]:
    return tuple(Line(kind, text) for text in passage.read)
