"""Stretches of text: boxes named "span:<question>", one for each stretch, which take it back when they are unticked.

The value is "w:<block>:<first word>:<last word>:<label>" where it was marked on the page, "c:<block>:<start>:<end>:<label>"
where it comes from a stored answer. Without scripts, four fields add one more.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from labeling.domain.schema import Option, Shape, Spans
from labeling.forms.answers.drawn import Drawn, common
from labeling.forms.answers.keys import keys_of

_VALUE = re.compile(r"([wc]):(\d{1,4}):(\d{1,7}):(\d{1,7}):([\w.-]{1,64})", re.ASCII)


@dataclass(frozen=True)
class LabelChoice:
    id: str
    name: str
    key: str
    definition: str
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True)
class Marked:
    """One stretch in words: where it is, never what it says."""

    value: str
    text: str


@dataclass(frozen=True, kw_only=True)
class SpansDrawn(Drawn):
    labels: tuple[LabelChoice, ...]
    marked: tuple[Marked, ...]


def draw(question: Spans, given: Any, shape: Shape) -> SpansDrawn:
    keys = keys_of(question.labels)
    labels = tuple(
        LabelChoice(each.id, each.name, keys[each.id], each.definition, each.yes, each.no)
        for each in question.labels
    )
    return SpansDrawn(
        **common(question) | {"is_optional": True},  # type: ignore[arg-type]
        labels=labels,
        defined=tuple(label for label in labels if label.definition),
        marked=tuple(_marked(row, question.labels) for row in given or ()),
    )


def read(question: Spans, data: QueryDict, shape: Shape) -> list[dict[str, Any]]:
    rows = [_row(match) for said in data.getlist(f"span:{question.id}") if (match := _VALUE.fullmatch(said))]
    typed = ":".join(
        data.get(f"span-{part}:{question.id}", "") for part in ("block", "first", "last", "label")
    )
    number, _, rest = typed.partition(":")
    if number.isdecimal() and int(number) and (match := _VALUE.fullmatch(f"w:{int(number) - 1}:{rest}")):
        rows.append(_row(match))
    return rows


def _row(match: re.Match[str]) -> dict[str, Any]:
    unit, block, first, last, label = match.groups()
    if unit == "w":
        return {"block": int(block), "words": [int(first), int(last)], "label": label}
    return {"block": int(block), "start": int(first), "end": int(last), "label": label}


def _marked(row: dict[str, Any], labels: tuple[Option, ...]) -> Marked:
    block, label = row["block"], row["label"]
    name = next((each.name for each in labels if each.id == label), label)
    about: dict[str, Any] = {"block": block + 1, "label": name}
    if "words" in row:
        first, last = row["words"]
        said = gettext("Text %(block)s, words %(first)s to %(last)s: %(label)s")
        return Marked(f"w:{block}:{first}:{last}:{label}", said % {**about, "first": first, "last": last})
    start, end = row["start"], row["end"]
    said = gettext("Text %(block)s, letters %(first)s to %(last)s: %(label)s")
    return Marked(f"c:{block}:{start}:{end}:{label}", said % {**about, "first": start + 1, "last": end})
