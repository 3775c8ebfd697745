"""Stretches of an item's text, each with a label. The text itself is never part of an answer.

A stretch is `{"block": 0, "start": 4, "end": 11, "label": "insult"}`: the block by its number in the item, from its
character `start` up to and without `end`, counted in Unicode characters from 0. It may be given in words instead,
`{"block": 0, "words": [2, 3], "label": …}`, counted from 1; pages do, because a hidden word has no known length.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from labeling.domain.schema.choice import Option, check_options, read_option
from labeling.domain.schema.fields import Problem, read_object, read_rows, refuse_others
from labeling.domain.schema.question import Question, Reword, Shape, reworded_texts

MAX_LABELS = 20
MAX_STRETCHES = 200
# Scripts that put no blanks between words are counted letter by letter. static/js/spans.js counts alike.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\s{_UNSPACED}]+")

Stretch = dict[str, Any]


def words_of(text: str) -> list[tuple[int, int]]:
    """Where each word of a block begins and ends, as stretches count them."""
    return [match.span() for match in _WORD.finditer(text)]


@dataclass(frozen=True, kw_only=True)
class Spans(Question):
    """Any number of stretches, also none. It never decides: people rarely mark to the letter alike."""

    kind: ClassVar[str] = "spans"
    may_decide: ClassVar[bool] = False
    fields: ClassVar[frozenset[str]] = frozenset({"labels"})

    labels: tuple[Option, ...]

    @classmethod
    def read(cls, value: Mapping[str, Any], path: str, problems: list[Problem], **common: Any) -> Self:
        rows = read_rows(value, "labels", path, problems, what="label", most=MAX_LABELS)
        labels = tuple(read_option(row, f"{path}.labels[{n}]", problems) for n, row in enumerate(rows))
        check_options(labels, f"{path}.labels", problems)
        return cls(labels=labels, **common)

    def reworded(self, reword: Reword) -> Self:
        labels = tuple(replace(label, **reworded_texts(label, reword)) for label in self.labels)
        return replace(super().reworded(reword), labels=labels)

    @property
    def explained(self) -> tuple[Option, ...]:
        return self.labels

    def canonical(self, given: object, shape: Shape, problems: list[Problem]) -> list[Stretch]:
        if not isinstance(given, list):
            problems.append((self.id, "must be a list of stretches"))
            return []
        if len(given) > MAX_STRETCHES:
            problems.append((self.id, f"must not be longer than {MAX_STRETCHES}"))
            return []
        found = [self._stretch(row, f"{self.id}[{n}]", shape, problems) for n, row in enumerate(given)]
        return _in_order([stretch for stretch in found if stretch is not None])

    def _stretch(self, row: object, path: str, shape: Shape, problems: list[Problem]) -> Stretch | None:
        before = len(problems)
        value = read_object(row, path, problems)
        where = {"words"} if "words" in value else {"start", "end"}
        refuse_others(value, {"block", "label"} | where, path, problems)
        if value.get("label") not in [label.id for label in self.labels]:
            problems.append((f"{path}.label", "no such label"))
        block = value.get("block")
        blocks = shape.blocks
        if type(block) is not int or block < 0 or (blocks is not None and block >= len(blocks)):
            problems.append((f"{path}.block", "must be the number of a block of the item, from 0"))
        if len(problems) > before:
            return None
        text = None if blocks is None else blocks[int(value["block"])]
        ends = (
            _from_words(value["words"], text, path, problems)
            if "words" in value
            else _from_letters(value, text, path, problems)
        )
        if ends is None:
            return None
        return {"block": value["block"], "start": ends[0], "end": ends[1], "label": value["label"]}

    def reread(self, value: Any) -> list[Stretch] | None:
        if not isinstance(value, list):
            return None
        known = [label.id for label in self.labels]
        return [dict(row) for row in value if isinstance(row, Mapping) and row.get("label") in known]


def _from_letters(
    value: Mapping[str, Any], text: str | None, path: str, problems: list[Problem]
) -> tuple[int, int] | None:
    start, end = (value[name] if type(value.get(name)) is int else -1 for name in ("start", "end"))
    if not 0 <= start < end or (text is not None and end > len(text)):
        problems.append((path, "start and end must be whole numbers within the block, start before end"))
        return None
    return start, end


def _from_words(
    words: object, text: str | None, path: str, problems: list[Problem]
) -> tuple[int, int] | None:
    numbers = words if isinstance(words, list) and len(words) == 2 else [0, 0]
    first, last = numbers
    known = None if text is None else words_of(text)
    if type(first) is not int or type(last) is not int or not 1 <= first <= last:
        problems.append((f"{path}.words", "must be the first and the last word, counted from 1"))
        return None
    if known is None:
        return first, last  # the item is not open: nothing can be stored, and the words are not looked up
    if last > len(known):
        problems.append((f"{path}.words", f"the block has {len(known)} words"))
        return None
    return known[first - 1][0], known[last - 1][1]


def _in_order(stretches: list[Stretch]) -> list[Stretch]:
    """By place, each once; two of one label that overlap or touch are one."""
    merged: list[Stretch] = []
    for row in sorted(stretches, key=lambda row: (row["label"], row["block"], row["start"], row["end"])):
        last = merged[-1] if merged else None
        if (
            last
            and (last["label"], last["block"]) == (row["label"], row["block"])
            and row["start"] <= last["end"]
        ):
            last["end"] = max(last["end"], row["end"])
        else:
            merged.append(dict(row))
    return sorted(merged, key=lambda row: (row["block"], row["start"], row["end"], row["label"]))
