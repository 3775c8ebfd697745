"""Showing an item: reveal, step, more, conceal. What pays for a disclosure is committed before content is read."""

from contextlib import suppress
from dataclasses import replace
from enum import StrEnum

from django.db import transaction

from labeling.models import Lease
from labeling.operations import leases
from labeling.operations.errors import LeaseExpired, PartNotNext
from labeling.operations.outcomes import TASK_DECIDED, Refused, Shown, refused
from labeling.queries.content import disclose
from labeling.queries.workbench import LeaseCard
from people.models import User
from people.sentences import sentence
from wellbeing import interface
from wellbeing.interface import Disclosure, Modality, Purpose, Refusal, RefusalCode, Stimulus, View


class Show(StrEnum):
    """How an item is revealed: its first part with listed words hidden, or all of it."""

    MASKED = "masked"
    FULL = "full"


class StepTo(StrEnum):
    """What a step adds: the next part, the hidden words of what is shown, or everything."""

    PART = "part"
    WORDS = "words"
    FULL = "full"


def reveal(*, lease_id: int, by: User, show: str = Show.MASKED) -> Shown | Refused:
    """Open the view of this lease and return the content that it pays for. Safe to repeat.

    A lease that is not cleared any more, or whose task others have decided, ends without a mark.
    Raises NotYours, LeaseExpired, LeaseEnded; ValueError for an unknown `show`.
    """
    full = Show(show) is Show.FULL
    card = leases.card_to_show(lease_id=lease_id, by=by)
    with transaction.atomic(durable=True):
        if card.is_decided and card.opened_at is None:
            leases.end(lease_id=lease_id, outcome=Lease.Outcome.RELEASED)
            return Refused(
                TASK_DECIDED, None, sentence("Others have finished this task already. Take the next one.")
            )
        shown_parts = card.parts if full else max(1, card.shown_parts)
        view = _open(card, by, shown_parts)
        if isinstance(view, Refusal):
            if view.code is RefusalCode.NOT_CLEARED and card.opened_at is None:
                leases.end(lease_id=lease_id, outcome=Lease.Outcome.UNCLEARED)
            return refused(view)
        card = _note(card, view, shown_parts=shown_parts, words_hidden=not full)
    return _shown(card, view)


def step(*, lease_id: int, by: User, to: str, part: int | None = None) -> Shown | Refused:
    """Show more of an open view: its next part, its hidden words, or everything. Safe to repeat.

    `part` is the number (from 1) of the part that `to="part"` asks for; the other steps do not look at it. One that is
    shown already charges nothing.

    Raises NotYours, LeaseExpired, LeaseEnded, PartNotNext; ValueError for an unknown `to`, or no `part` where needed.
    """
    wanted = StepTo(to)
    if wanted is StepTo.PART and part is None:
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
        hidden = card.words_hidden and wanted is StepTo.PART
        card = _note(card, view, shown_parts=shown_parts, words_hidden=hidden)
    return _shown(card, view)


def more(*, lease_id: int, by: User, window: int) -> Shown | Refused:
    """Extend window number `window` of an open view. Repeating it extends nothing twice.

    Raises NotYours, LeaseExpired, LeaseEnded.
    """
    card = leases.card_to_show(lease_id=lease_id, by=by)
    with transaction.atomic(durable=True):
        view = interface.more(person_id=by.pk, occasion=card.occasion, window=window)
        if isinstance(view, Refusal):
            return refused(view)
        card = _note(card, view, shown_parts=card.shown_parts, words_hidden=card.words_hidden)
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


def _open(card: LeaseCard, by: User, shown_parts: int) -> View | Refusal:
    return interface.reveal(
        person_id=by.pk,
        occasion=card.occasion,
        purpose=Purpose.LABEL,
        stimulus=stimulus_of(card),
        disclosure=_disclosure(card, shown_parts),
        words_per_minute=by.pace_words_per_minute,
    )


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
    if wanted is StepTo.WORDS or part is None:
        return card.shown_parts
    # Before the first reveal it is for wellbeing to say that nothing is open.
    if card.opened_at is not None and part > min(card.parts, card.shown_parts + 1):
        raise PartNotNext(shown=card.shown_parts, of=card.parts)
    return max(card.shown_parts, min(card.parts, part))


def _disclosure(card: LeaseCard, shown_parts: int) -> Disclosure:
    return Disclosure(
        words=sum(card.part_words[:shown_parts]), of_words=card.words, full=shown_parts >= card.parts
    )


def _note(card: LeaseCard, view: View, *, shown_parts: int, words_hidden: bool) -> LeaseCard:
    """Renew the lease and keep what is on the screen, so that a reload shows the same."""
    expires_at = leases.keep(
        lease_id=card.lease_id,
        window_ends_at=view.window_ends_at,
        opened=True,
        window=view.window,
        shown_parts=shown_parts,
        words_hidden=words_hidden,
    )
    return replace(
        card,
        expires_at=expires_at,
        opened_at=card.opened_at or view.opened_at,
        window=view.window,
        shown_parts=max(card.shown_parts, shown_parts),
        words_hidden=words_hidden,
    )


def _shown(card: LeaseCard, view: View) -> Shown:
    return Shown(
        card=card,
        view=view,
        parts=disclose(
            view=view,
            item_id=card.item_id,
            shown_parts=card.shown_parts,
            words_hidden=card.words_hidden,
        ),
    )
