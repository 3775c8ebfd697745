"""Showing an item: reveal, step, more, conceal, and the bytes of a picture. What pays for a disclosure is committed before content is read."""

from contextlib import suppress
from dataclasses import replace
from enum import StrEnum
from typing import TypedDict

from django.db import transaction

from labeling.domain.masking import Hidden
from labeling.domain.picture import TILES, Picture, Step
from labeling.models import Lease, Project
from labeling.operations import leases
from labeling.operations.errors import LeaseExpired, NotOnScreen, NotYours, PartNotNext
from labeling.operations.outcomes import TASK_DECIDED, Refused, Shown, refused
from labeling.queries.content import Disclosed, disclose, disclose_picture
from labeling.queries.workbench import LeaseCard
from people.models import User
from people.sentences import sentence
from wellbeing import interface
from wellbeing.interface import (
    Disclosure,
    Display,
    FirstPicture,
    FirstText,
    Modality,
    Purpose,
    Refusal,
    RefusalCode,
    Stimulus,
    View,
    ViewState,
)


class Showing(TypedDict):
    """What wellbeing is asked to show, and whom."""

    person_id: int
    occasion: str
    purpose: Purpose
    stimulus: Stimulus
    disclosure: Disclosure
    words_per_minute: int


class StepTo(StrEnum):
    """What a step adds: the next part, the hidden words of what is shown, or everything.

    Of a picture: one sharp tile, all of it, its colours, or grey again.
    """

    PART = "part"
    WORDS = "words"
    FULL = "full"
    TILE = "tile"
    PICTURE = "picture"
    COLOUR = "colour"
    GREY = "grey"


OF_PICTURES = frozenset({StepTo.TILE, StepTo.PICTURE, StepTo.COLOUR, StepTo.GREY})


def reveal(*, lease_id: int, by: User, show: str | None = None) -> Shown | Refused:
    """Open the view of this lease and return the content that it pays for. Safe to repeat.

    `show` is "masked" (its first part, listed words hidden), "parts" (that part, no words hidden) or "full"; None is what
    the person has chosen for such items. Either is held to the organisation's floor. A lease that is not cleared any more, or whose task others have decided, ends without a mark.
    Raises NotYours, LeaseExpired, LeaseEnded; ValueError for an unknown `show`.
    """
    asked = None if show is None else FirstText(show)
    card = leases.card_to_show(lease_id=lease_id, by=by)
    first = card.own_display.first if asked is None else card.own_display.asked_for(asked)
    with transaction.atomic(durable=True):
        if card.is_decided and card.opened_at is None:
            leases.end(lease_id=lease_id, outcome=Lease.Outcome.RELEASED)
            return Refused(
                TASK_DECIDED, None, sentence("Others have finished this task already. Take the next one.")
            )
        shown_parts = card.parts if first.text is FirstText.FULL else max(1, card.shown_parts)
        view = _open(card, by, shown_parts)
        if isinstance(view, Refusal):
            if view.code is RefusalCode.NOT_CLEARED and card.opened_at is None:
                leases.end(lease_id=lease_id, outcome=Lease.Outcome.UNCLEARED)
            return refused(view)
        picture = _picture_at_first(card, shown_parts, first)
        hidden = first.text is FirstText.MASKED
        card = _note(card, view, shown_parts=shown_parts, words_hidden=hidden, picture=picture)
    return _shown(card, view)


def step(*, lease_id: int, by: User, to: str, part: int | None = None) -> Shown | Refused:
    """Show more of an open view: its next part, its hidden words, or everything. Safe to repeat.

    `part` is the number (from 1) of the part that `to="part"` asks for, or of the tile that `to="tile"` does; the other
    steps do not look at it. One that is shown already charges nothing, and neither does a step of a picture: what is
    small and grey is the whole of it (docs/adr/0020).

    Raises NotYours, LeaseExpired, LeaseEnded, PartNotNext, NotOnScreen (a step of a picture that is not shown); ValueError
    for an unknown `to`, or no `part` where needed.
    """
    wanted = StepTo(to)
    if wanted in (StepTo.PART, StepTo.TILE) and part is None:
        raise ValueError("which part?")
    card = leases.card_to_show(lease_id=lease_id, by=by)
    with transaction.atomic(durable=True):
        shown_parts = _parts_after(card, wanted, part)
        view = interface.step(
            person_id=by.pk,
            occasion=card.occasion,
            disclosure=_disclosure(card, shown_parts),
            words_per_minute=by.pace_words_per_minute,
        )
        if isinstance(view, Refusal):
            return refused(view)
        hidden = card.words_hidden and wanted not in (StepTo.WORDS, StepTo.FULL)
        picture = _picture_after(card, wanted, part, shown_parts)
        card = _note(card, view, shown_parts=shown_parts, words_hidden=hidden, picture=picture)
    return _shown(card, view)


def picture_of(*, lease_id: int, by: User, name: str) -> bytes:
    """The bytes of one derivative of the picture that is on the screen of this lease's open view. Changes nothing.

    Whether the view is open is asked last, with the bytes in hand: what was concealed before that is not sent.

    Raises NotYours, LeaseExpired, LeaseEnded, NotOnScreen.
    """
    card = leases.own_card(lease_id=lease_id, by=by)
    if not card.may_label:
        raise NotYours
    leases.require_live(card)
    if name not in card.picture.names:
        raise NotOnScreen
    view = interface.read_view(person_id=by.pk, occasion=card.occasion)
    if view is None or view.state is not ViewState.OPEN:
        raise NotOnScreen
    picture = disclose_picture(view=view, item_id=card.item_id, name=name)
    again = interface.read_view(person_id=by.pk, occasion=card.occasion)
    if again is None or again.state is not ViewState.OPEN:
        raise NotOnScreen
    return picture


def more(*, lease_id: int, by: User, window: int) -> Shown | Refused:
    """Extend window number `window` of an open view. Repeating it extends nothing twice.

    Raises NotYours, LeaseExpired, LeaseEnded.
    """
    card = leases.card_to_show(lease_id=lease_id, by=by)
    with transaction.atomic(durable=True):
        view = interface.more(person_id=by.pk, occasion=card.occasion, window=window)
        if isinstance(view, Refusal):
            return refused(view)
        card = _note(
            card, view, shown_parts=card.shown_parts, words_hidden=card.words_hidden, picture=card.picture
        )
    return _shown(card, view)


@transaction.atomic
def conceal(*, lease_id: int, by: User) -> View | None:
    """Close the view of this lease; None if it was never opened. Always possible, safe to repeat.

    Raises NotYours.
    """
    card = leases.own_card(lease_id=lease_id, by=by)
    view = interface.conceal(person_id=by.pk, occasion=card.occasion)
    if card.is_live and not card.is_finished and card.may_label:
        with suppress(LeaseExpired):  # somebody else has it since; what was shown is closed all the same
            leases.keep(lease_id=lease_id)
    return view


def may_show_all(card: LeaseCard, by: User) -> bool:
    """Whether the person could have all of it on the screen now: not after the lease, and not against a limit or a break."""
    if not card.may_label or not card.is_live or card.is_finished:
        return False
    return interface.read_refusal(**_showing(card, by, card.parts)) is None


def _open(card: LeaseCard, by: User, shown_parts: int) -> View | Refusal:
    return interface.reveal(**_showing(card, by, shown_parts))


def _showing(card: LeaseCard, by: User, shown_parts: int) -> Showing:
    return {
        "person_id": by.pk,
        "occasion": card.occasion,
        "purpose": Purpose.LABEL,
        "stimulus": stimulus_of(card),
        "disclosure": _disclosure(card, shown_parts),
        "words_per_minute": by.pace_words_per_minute,
    }


def stimulus_of(card: LeaseCard) -> Stimulus:
    """What wellbeing may know of the item: never the item itself."""
    return Stimulus(
        modality=Modality(card.kind),
        severity=int(card.expected),
        basis=card.basis,
        confirmed_benign=card.confirmed_benign,
        categories=frozenset(card.categories),
        words=card.words,
    )


def _parts_after(card: LeaseCard, wanted: StepTo, part: int | None) -> int:
    """How many parts a step leaves on the screen. Raises PartNotNext."""
    if wanted is StepTo.FULL:
        return card.parts
    if wanted is not StepTo.PART or part is None:
        return card.shown_parts
    # Before the first reveal it is for wellbeing to say that nothing is open.
    if card.opened_at is not None and part > min(card.parts, card.shown_parts + 1):
        raise PartNotNext(shown=card.shown_parts, of=card.parts)
    return max(card.shown_parts, min(card.parts, part))


def _picture_at_first(card: LeaseCard, shown_parts: int, first: Display) -> Picture:
    """A picture begins small and grey, or whole; then grey too, unless the person has switched that off."""
    if not card.is_image or shown_parts < card.parts:
        return Picture()
    return _whole(first) if first.picture is FirstPicture.FULL else Picture(Step.LOW)


def _whole(first: Display) -> Picture:
    return Picture(Step.FULL, in_colour=not first.keeps_grey)


def _picture_after(card: LeaseCard, wanted: StepTo, part: int | None, shown_parts: int) -> Picture:
    """What of the picture a step leaves on the screen. Raises NotOnScreen for a step of one that is not there."""
    now = card.picture
    if wanted in OF_PICTURES and (now.step is Step.NOTHING or not card.is_image):
        raise NotOnScreen
    if wanted is StepTo.TILE:
        if part is None or not 1 <= part <= TILES:
            raise NotOnScreen
        return now.with_tile(part)
    if wanted in (StepTo.COLOUR, StepTo.GREY):
        if now.step is not Step.FULL:
            raise NotOnScreen
        return replace(now, in_colour=wanted is StepTo.COLOUR)
    if not card.is_image or shown_parts < card.parts:
        return now
    if wanted in (StepTo.PICTURE, StepTo.FULL):
        return now if now.step is Step.FULL else _whole(card.own_display.first)
    return _picture_at_first(card, shown_parts, card.own_display.first) if now.step is Step.NOTHING else now


def _disclosure(card: LeaseCard, shown_parts: int) -> Disclosure:
    return Disclosure(
        words=sum(card.part_words[:shown_parts]), of_words=card.words, full=shown_parts >= card.parts
    )


def _note(
    card: LeaseCard, view: View, *, shown_parts: int, words_hidden: bool, picture: Picture
) -> LeaseCard:
    """Renew the lease and keep what is on the screen, so that a reload shows the same."""
    is_full = (
        max(card.shown_parts, shown_parts) >= card.parts
        and (not words_hidden or (card.is_image and card.parts == 1))
        and (not card.is_image or picture.step is Step.FULL)
    )
    expires_at = leases.keep(
        lease_id=card.lease_id,
        window_ends_at=view.window_ends_at,
        opened=True,
        window=view.window,
        shown_parts=shown_parts,
        words_hidden=words_hidden,
        picture=picture,
        is_full=is_full,
    )
    return replace(
        card,
        expires_at=expires_at,
        opened_at=card.opened_at or view.opened_at,
        window=view.window,
        shown_parts=max(card.shown_parts, shown_parts),
        words_hidden=words_hidden,
        picture_step=int(picture.step),
        picture_tiles=picture.mask,
        picture_in_colour=picture.in_colour,
        was_full=card.was_full or is_full,
    )


def _shown(card: LeaseCard, view: View) -> Shown:
    disclosed = disclose(
        view=view,
        item_id=card.item_id,
        shown_parts=card.shown_parts,
        words_hidden=card.words_hidden,
    )
    if card.full_view != Project.FullView.NEVER and not card.was_full and _nothing_left(card, disclosed):
        # Where no listed word stands in it there is nothing more to ask for, and the answer must not wait for it.
        with suppress(LeaseExpired):
            leases.keep(lease_id=card.lease_id, window_ends_at=view.window_ends_at, is_full=True)
    return Shown(card=card, view=view, parts=disclosed.parts, sentences_left=disclosed.sentences_left)


def _nothing_left(card: LeaseCard, disclosed: Disclosed) -> bool:
    runs = (run for part in disclosed.parts for segment in part.segments for run in segment.runs)
    return card.shows_every_part and not any(isinstance(run, Hidden) for run in runs)
