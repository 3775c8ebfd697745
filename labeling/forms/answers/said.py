"""An answer in a few words, for lists of answers and decisions. Never what somebody wrote or marked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from labeling.domain.schema import (
    Categories,
    Choice,
    Constraint,
    Preference,
    Question,
    Ranking,
    Rating,
    Schema,
    Spans,
    is_own_words,
)
from labeling.forms.answers.words import CONSTRAINTS, count_of, preference_name
from people.templatetags.tagged_text import around, bdi


@dataclass(frozen=True)
class Chip:
    prefix: str
    severity: int


@dataclass(frozen=True)
class Said:
    """What was found of categories, and the answers to the other questions."""

    chips: tuple[Chip, ...]
    words: tuple[str, ...]


def said_of(answers: Mapping[str, Any], schema: Schema, *, completions: int) -> Said:
    """Answers, or a decision, to every question of the version that they were given under, in the schema's words.

    `completions` is how many the item has.
    """
    chips: list[Chip] = []
    words: list[str] = []
    for question in schema.questions:
        given = answers.get(question.id)
        if given is None:
            continue
        if isinstance(question, Categories):
            found = [each for each in question.offered if each.id in given]
            chips += [Chip(around(gettext("%(name)s:"), name=each.name), given[each.id]) for each in found]
            words += [] if found else [gettext("none of these")]
        else:
            words.append(bdi(in_words(question, given, completions=completions)))
    return Said(tuple(chips), tuple(words))


def in_words(question: Question, said: Any, *, completions: int) -> str:
    """What the answer to any question but one about categories comes to."""
    if isinstance(question, Constraint):
        return str(CONSTRAINTS[said])
    if isinstance(question, Choice):
        return next((option.name for option in question.options if option.id == said), str(said))
    if isinstance(question, Rating):
        return next((point.text for point in question.points if point.value == said), str(said))
    if isinstance(question, Preference):
        return preference_name(said, completions)
    if isinstance(question, Ranking):
        return " > ".join(" = ".join(group) for group in said)
    if isinstance(question, Spans):
        return ngettext("%(count)s part marked", "%(count)s parts marked", len(said)) % {"count": len(said)}
    words = count_of(said["text"]) if is_own_words(said) else 0
    return ngettext("%(count)s word written", "%(count)s words written", words) % {"count": words}
