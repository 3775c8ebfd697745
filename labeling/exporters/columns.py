"""The columns of labels.csv. They depend on the label schema alone, so that two releases under one have the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from labeling.domain.schema import Categories, Choice, Preference, Question, Ranking, Rating, Schema, Spans
from labeling.domain.schema.completions import TIE

PAIRWISE = ("A", "B", TIE)
"""Shares of these stand in columns of their own; those of further completions are in the JSONL files."""


@dataclass(frozen=True)
class Column:
    """The label of a category or question, with the possible answers whose shares of votes stand beside it."""

    name: str
    question: Question
    soft: tuple[tuple[str, str], ...]
    """(name of the column, key under `soft`) each."""

    def label(self, answers: Mapping[str, Any] | None, soft: Mapping[str, Any]) -> object:
        """The cell: nothing where the votes stayed split or nobody was asked."""
        own = self.question.id
        if answers is None:
            return None
        if isinstance(self.question, Categories):
            return answers.get(own, {}).get(self.name, 0) if self.name in soft.get(own, {}) else None
        if own not in answers:
            return None
        if isinstance(self.question, Ranking):
            return ">".join("=".join(group) for group in answers[own])
        return len(answers[own]) if isinstance(self.question, Spans) else answers[own]

    def shares(self, soft: Mapping[str, Any]) -> list[object]:
        return [soft.get(self.question.id, {}).get(key) for _, key in self.soft]


def columns(schema: Schema) -> list[Column]:
    """In the order of the schema. What people wrote in their own words has none."""
    return [column for question in schema.questions for column in _columns(question)]


def _columns(question: Question) -> list[Column]:
    if isinstance(question, Categories):
        return [Column(each.id, question, ((f"soft.{each.id}", each.id),)) for each in question.offered]
    possible = _possible(question)
    if possible is None:
        return []
    return [Column(question.id, question, tuple((f"soft.{question.id}.{key}", key) for key in possible))]


def _possible(question: Question) -> tuple[str, ...] | None:
    if isinstance(question, Choice):
        return tuple(option.id for option in question.options)
    if isinstance(question, Rating):
        return tuple(str(point.value) for point in question.points)
    if isinstance(question, Preference):
        return PAIRWISE if question.ties else PAIRWISE[:2]
    if isinstance(question, Ranking):
        return PAIRWISE[:2]
    return tuple(label.id for label in question.labels) if isinstance(question, Spans) else None
