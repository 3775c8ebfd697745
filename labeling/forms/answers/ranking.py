"""The order of completions: for each a list of places named "rank:<question>:<letter>", 1 for the best.

A draft keeps the places, `{"A": 2}`, because it may be half done; an answer is groups of letters.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from labeling.domain.schema import Ranking, Shape
from labeling.domain.schema.completions import places_of
from labeling.forms.answers.drawn import Drawn, common
from labeling.forms.answers.words import completion_name, prompt_of

Places = dict[str, int]


@dataclass(frozen=True)
class Ranked:
    """One completion. `place` is None while it has none."""

    letter: str
    name: str
    key: str
    place: int | None


@dataclass(frozen=True, kw_only=True)
class RankingDrawn(Drawn):
    completions: tuple[Ranked, ...]
    places: tuple[int, ...]
    ties: bool


def draw(question: Ranking, given: Any, shape: Shape) -> RankingDrawn:
    if isinstance(given, Mapping):
        places = dict(given)
    else:
        places = {letter: place + 1 for letter, place in places_of(given or []).items()}
    return RankingDrawn(
        **common(question),  # type: ignore[arg-type]
        completions=tuple(
            Ranked(letter, completion_name(letter), str(n)[-1], places.get(letter))
            for n, letter in enumerate(shape.letters, 1)
        ),
        places=tuple(range(1, shape.completions + 1)),
        ties=question.ties,
    )


def read(question: Ranking, data: QueryDict, shape: Shape) -> Places | None:
    said = {letter: data.get(f"rank:{question.id}:{letter}", "") for letter in shape.letters}
    known = {str(place) for place in range(1, shape.completions + 1)}
    return {letter: int(place) for letter, place in said.items() if place in known} or None


def finished(places: Places) -> list[list[str]]:
    """The groups of an answer, the best first."""
    return [
        sorted(letter for letter, own in places.items() if own == place)
        for place in sorted(set(places.values()))
    ]


def missing(question: Ranking, places: Places | None, shape: Shape) -> list[str]:
    prompt = {"question": prompt_of(question)}
    places = places or {}
    if len(places) < shape.completions:
        return [gettext("%(question)s Give each of them a place.") % prompt]
    if not question.ties and len(set(places.values())) < len(places):
        return [gettext("%(question)s No two may share a place.") % prompt]
    return []
