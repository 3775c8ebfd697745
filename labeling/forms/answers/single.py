"""One of several: a choice, a safety constraint, a point of a scale, the better completion. Radio buttons named
"choice:<question>"."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from labeling.domain.schema import Choice, Constraint, Preference, Rating, Shape
from labeling.domain.schema.completions import TIE
from labeling.forms.answers.drawn import Drawn, common
from labeling.forms.answers.keys import keys_of
from labeling.forms.answers.words import CONSTRAINTS, preference_name, prompt_of

Single = Choice | Rating | Preference


@dataclass(frozen=True)
class SingleChoice:
    """One radio button. `value` is what the form sends."""

    value: str
    name: str
    key: str
    chosen: bool
    definition: str = ""
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    severity: int | None = None


@dataclass(frozen=True, kw_only=True)
class SingleDrawn(Drawn):
    options: tuple[SingleChoice, ...]


def draw(question: Single, given: Any, shape: Shape) -> SingleDrawn:
    options = _options(question, None if given is None else str(given), shape)
    return SingleDrawn(
        **common(question),  # type: ignore[arg-type]
        options=options,
        defined=tuple(option for option in options if option.definition),
    )


def read(question: Single, data: QueryDict, shape: Shape) -> str | int | None:
    said = data.get(f"choice:{question.id}", "")
    offered = question.offered(shape) if isinstance(question, Preference) else question.possible()
    if said not in offered:
        return None
    return int(said) if isinstance(question, Rating) else said


def missing(question: Single, said: object) -> list[str]:
    return (
        [] if said is not None else [gettext("%(question)s Choose one.") % {"question": prompt_of(question)}]
    )


def _options(question: Single, chosen: str | None, shape: Shape) -> tuple[SingleChoice, ...]:
    if isinstance(question, Rating):
        return tuple(
            SingleChoice(str(point.value), point.text, str(point.value)[-1], chosen == str(point.value))
            for point in question.points
        )
    if isinstance(question, Preference):
        # Digits, because B is the key of a break.
        return tuple(
            SingleChoice(
                value=letter,
                name=preference_name(letter, shape.completions),
                key="0" if letter == TIE else str(n),
                chosen=chosen == letter,
            )
            for n, letter in enumerate(question.offered(shape), 1)
        )
    keys = keys_of(question.options)
    return tuple(
        SingleChoice(
            value=option.id,
            name=str(CONSTRAINTS[option.id]) if isinstance(question, Constraint) else option.name,
            key=keys[option.id],
            chosen=chosen == option.id,
            definition=option.definition,
            yes=option.yes,
            no=option.no,
            severity=option.severity,
        )
        for option in question.options
    )
