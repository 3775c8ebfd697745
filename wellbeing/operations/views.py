"""The life of a view: reveal, step, more, conceal, settle. Each locks the person, reads once and writes once.

All may be repeated: the same request again gives the same answer and charges nothing more.
"""

from uuid import uuid4

from wellbeing.domain import view as life
from wellbeing.domain.clearance import Refusal, RefusalCode, disclosure_refusal, refuse
from wellbeing.domain.showing import Showing, revealed, stepped
from wellbeing.domain.situation import Situation
from wellbeing.domain.stimulus import SEVERITIES, Disclosure, Purpose, Stimulus
from wellbeing.domain.view import Change, View, ViewRecord, ViewState
from wellbeing.operations.lock import locked_situation
from wellbeing.operations.record import record, write_clock
from wellbeing.operations.top_ups import top_up_now


def reveal(
    *,
    person_id: int,
    occasion: str,
    purpose: Purpose,
    stimulus: Stimulus,
    disclosure: Disclosure,
    words_per_minute: int,
) -> View | Refusal:
    """Reserve the exposure of showing `stimulus` for one window; commit before anything of it is rendered.

    A closed, unsettled view of the same occasion is opened again without a new base charge. One that is open already
    is returned as it is; if the disclosure is larger than before, this is a step. Refused with break_due,
    budget_spent, not_cleared, view_open (another occasion) or view_settled. Raises NoTransaction, NoSuchPerson.
    """
    situation = locked_situation(person_id=person_id, occasion=occasion)
    wanted = Showing(occasion, purpose, stimulus, disclosure, words_per_minute)
    return _answered(situation, revealed(situation, wanted, ref=uuid4()))


def step(*, person_id: int, occasion: str, disclosure: Disclosure, words_per_minute: int) -> View | Refusal:
    """Show more of the open view of this occasion; `disclosure` says how much is shown with it.

    Refused with not_open, window_over, view_settled, budget_spent, or break_due at the hard ceiling of a stretch.
    Raises NoTransaction, NoSuchPerson.
    """
    situation, found = _open_view(person_id, occasion)
    if isinstance(found, Refusal):
        return found
    change = stepped(situation, found, disclosure=disclosure, words_per_minute=words_per_minute)
    return _answered(situation, change)


def more(*, person_id: int, occasion: str, window: int) -> View | Refusal:
    """Extend window number `window` of the open view by a minute. The same number again extends nothing.

    Refused as `step` is, and with window_taken for any other number. Raises NoTransaction, NoSuchPerson.
    """
    situation, view = _open_view(person_id, occasion)
    if isinstance(view, Refusal):
        return view
    if view.window == window + 1:
        return view.seen_at(situation.now)
    if view.window != window:
        return refuse(RefusalCode.WINDOW_TAKEN)
    change = life.extended(view)
    return _answered(situation, disclosure_refusal(situation, change) or change)


def conceal(*, person_id: int, occasion: str | None = None) -> View | None:
    """Close the person's open view (of this occasion, if one is given). Always passes.

    Returns the view as it stands; None if there is none. Raises NoTransaction, NoSuchPerson.
    """
    situation = locked_situation(person_id=person_id, occasion=occasion)
    view = situation.open_view
    if view is None or (occasion is not None and view.occasion != occasion):
        seen = situation.occasion_view
        return None if seen is None else seen.seen_at(situation.now)
    change = life.closed(view, situation.now)
    record(situation.with_activity(situation.now), change)
    return change.after.seen_at(situation.now)


def settle(
    *, person_id: int, occasion: str, verdict: int | None, categories: frozenset[str] = frozenset()
) -> View | None:
    """Charge the view at the answer's highest severity, or without a verdict at the expected one. Always passes.

    `categories` are those that the answer found: rotation counts them, and the person's own weight of them holds.

    An open view is closed with it. On a view that is settled already a more severe verdict tops it up; anything else
    leaves it. A verdict is activity, the end of a view without one is not. None if nothing was ever opened.
    Raises NoTransaction, NoSuchPerson, and ValueError for a verdict that is not 0 to 4.
    """
    if verdict is not None and verdict not in SEVERITIES:
        raise ValueError(f"verdict {verdict} is not one of 0 to 4")
    situation = locked_situation(person_id=person_id, occasion=occasion)
    view = situation.occasion_view
    if verdict is not None:
        situation = situation.with_activity(situation.now)
    if view is None:
        if verdict is not None:
            write_clock(situation, situation.clock)
        return None
    if view.settled_at is not None:
        if verdict is not None:
            write_clock(situation, situation.clock)
            view = top_up_now(situation, view, verdict)
        return view.seen_at(situation.now)
    if view.closed_at is None:
        situation = situation.with_activity(situation.now)
    change = life.settled(
        view,
        verdict=verdict,
        now=situation.now,
        categories=categories,
        self_weight=situation.choices.self_weight(categories),
    )
    record(situation, change)
    return change.after.seen_at(situation.now)


def _open_view(person_id: int, occasion: str) -> tuple[Situation, ViewRecord | Refusal]:
    """The open view of the occasion, or why there is none to go on with."""
    before = locked_situation(person_id=person_id, occasion=occasion)
    view = before.occasion_view
    if view is None:
        return before, refuse(RefusalCode.NOT_OPEN)
    state = view.state_at(before.now)
    if state is ViewState.SETTLED:
        return before, refuse(RefusalCode.VIEW_SETTLED)
    if state is ViewState.CLOSED:
        ran_out = view.closed_at == view.window_ends_at
        return before, refuse(RefusalCode.WINDOW_OVER if ran_out else RefusalCode.NOT_OPEN)
    return before, view


def _answered(situation: Situation, change: Change | Refusal | None) -> View | Refusal:
    """Write what was admitted. A refusal goes back as it is; so does the view when nothing changes."""
    if isinstance(change, Refusal):
        return change
    if change is not None:
        record(situation.with_reveal(), change)
    view = situation.occasion_view if change is None else change.after
    assert view is not None  # noqa: S101 - without a view there is always something to change
    return view.seen_at(situation.now)
