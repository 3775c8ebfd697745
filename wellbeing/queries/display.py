"""What people chose about how items first appear, and the floor under it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wellbeing.domain.display import (
    DEFAULT_FLOOR,
    GENERAL,
    Choice,
    FirstPicture,
    FirstText,
    OwnDisplay,
    display_for,
)
from wellbeing.models import DisplayChoice, DisplayFloor


@dataclass(frozen=True)
class Look:
    """How the words of an item are set: a size and a spacing, each 0 (as everywhere) to 2."""

    text_size: int = 0
    line_spacing: int = 0


def own_choices(person_id: int) -> dict[str, DisplayChoice]:
    """The person's rows by category, GENERAL for the general one. For their own eyes. One statement."""
    return {row.category: row for row in DisplayChoice.objects.filter(person_id=person_id)}


def own_look(*, person_id: int) -> Look:
    """How this person wants the words of items set. One statement."""
    found = DisplayChoice.objects.filter(person_id=person_id, category=GENERAL)
    return Look(*(found.values_list("text_size", "line_spacing").first() or ()))


def last_floor() -> DisplayFloor | None:
    """The floor as somebody last set it; None while the default stands. One statement."""
    return DisplayFloor.objects.select_related("by").order_by("-pk").first()


def floor_now() -> FirstText:
    """The floor that holds. One statement."""
    row = last_floor()
    return DEFAULT_FLOOR if row is None else FirstText(row.value)


def own_display_from(document: Any, *, categories: Iterable[str], severity: int) -> OwnDisplay:
    """What bears on an item, from what the database function own_display(person, categories) answered.

    The function is a part of this interface, so that whoever reads an item's card reads this in the same statement.
    """
    read = json.loads(document) if isinstance(document, str) else document
    return display_for(
        choices=[
            Choice(
                category, FirstText(text) if text else None, FirstPicture(picture) if picture else None, grey
            )
            for category, text, picture, grey in read["choices"]
        ],
        categories=categories,
        severity=severity,
        floor=FirstText(read["floor"] or DEFAULT_FLOOR),
    )
