"""What a reveal or a step changes, or why it is refused: decided here, written by operations, asked by pages."""

from dataclasses import dataclass
from uuid import UUID

from wellbeing.domain import view as life
from wellbeing.domain.clearance import Refusal, RefusalCode, disclosure_refusal, refuse, reveal_refusal
from wellbeing.domain.situation import Situation
from wellbeing.domain.stimulus import Disclosure, Purpose, Stimulus
from wellbeing.domain.view import Change, ViewRecord, ViewState


@dataclass(frozen=True)
class Showing:
    """So much of that stimulus, for this reason, to somebody who reads so fast (words a minute)."""

    occasion: str
    purpose: Purpose
    stimulus: Stimulus
    disclosure: Disclosure
    words_per_minute: int


def revealed(situation: Situation, showing: Showing, *, ref: UUID) -> Change | Refusal | None:
    """What a reveal changes; None when all of it is on the screen already. `ref` is that of a first view.

    An overdue view is already closed in `situation`.
    """
    view = situation.occasion_view
    state = ViewState.NONE if view is None else view.state_at(situation.now)
    if view is not None and state is ViewState.SETTLED:
        return refuse(RefusalCode.VIEW_SETTLED)
    if view is not None and state is ViewState.OPEN:
        return stepped(
            situation, view, disclosure=showing.disclosure, words_per_minute=showing.words_per_minute
        )
    if situation.open_view is not None:
        return refuse(RefusalCode.VIEW_OPEN, situation.open_view.window_ends_at)
    change = _first(situation, showing, ref) if view is None else _again(situation, showing, view)
    return reveal_refusal(situation, showing.stimulus, view, change) or change


def stepped(
    situation: Situation, view: ViewRecord, *, disclosure: Disclosure, words_per_minute: int
) -> Change | Refusal | None:
    """What showing more of that open view changes; None when it is on the screen already."""
    change = life.stepped(view, disclosure=disclosure, words_per_minute=words_per_minute)
    return change and (disclosure_refusal(situation, change) or change)


def _first(situation: Situation, showing: Showing, ref: UUID) -> Change:
    return life.opened(
        ref=ref,
        occasion=showing.occasion,
        purpose=showing.purpose,
        stimulus=showing.stimulus,
        disclosure=showing.disclosure,
        words_per_minute=showing.words_per_minute,
        self_weight=situation.choices.self_weight(showing.stimulus.categories),
        now=situation.now,
        day=situation.today,
        policy_version=situation.policy_version,
    )


def _again(situation: Situation, showing: Showing, view: ViewRecord) -> Change:
    return life.reopened(
        view,
        severity=showing.stimulus.severity,
        disclosure=showing.disclosure,
        words_per_minute=showing.words_per_minute,
        now=situation.now,
    )
