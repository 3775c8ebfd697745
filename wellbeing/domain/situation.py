"""Everything that one decision about one person rests on, read at one moment under their lock."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from wellbeing.domain import breaks
from wellbeing.domain.breaks import BreakClock, DueBreak
from wellbeing.domain.budget import Sums
from wellbeing.domain.choices import NO_CHOICES, Choices
from wellbeing.domain.day import ZoneChange, start_of
from wellbeing.domain.policy import DEFAULTS, Policy
from wellbeing.domain.ramp import EXPERIENCED, LimitsAhead, Ramp
from wellbeing.domain.view import Change, ViewRecord, ViewState, closed


@dataclass(frozen=True)
class ChainEnd:
    """The last row of the person's ledger chain: the next one must follow it."""

    chain: UUID
    seq: int = 0
    hash: bytes = bytes(32)


@dataclass(frozen=True)
class Situation:
    """One person at `now`.

    `clock` is as stored; `stretch_points` and `long_points` are of the views opened since its two starts. `policy` is
    what holds for them today, ramp-up and their own limits included; `ramp` as it stands today, to be written with the next reveal.
    `resting` are the categories that rotation gives a rest. `others_take_unrated`: somebody of their teams who is past
    ramp-up and has no opt-outs is on shift.
    `verdicts` are the severities of the last settled views, the latest first; `rested` says of each whether the person
    had been off the screen for a minute before it. `first_claim_at` is today's, if any. `has_consent`: they agreed to
    the text as it stands, for every category that the work of their teams may contain, and have not taken it back.
    """

    person_id: int
    now: datetime
    time_zone: str
    chain: ChainEnd
    sums: Sums
    clock: BreakClock = field(default_factory=BreakClock)
    policy: Policy = DEFAULTS
    # Without the person's own limits, where it differs: what others see exposure against.
    shared_policy: Policy | None = None
    # Where it differs from `policy`: what holds from the next turn of the day on.
    ahead: LimitsAhead | None = None
    zone_change: ZoneChange | None = None
    policy_version: int = 0
    open_view: ViewRecord | None = None
    occasion_view: ViewRecord | None = None
    stretch_points: int = 0
    long_points: int = 0
    verdicts: tuple[int, ...] = ()
    rested: tuple[bool, ...] = ()
    last_closed_at: datetime | None = None
    first_claim_at: datetime | None = None
    extreme_opt_in: bool = False
    ramp: Ramp = EXPERIENCED
    choices: Choices = NO_CHOICES
    resting: frozenset[str] = frozenset()
    others_take_unrated: bool = False
    words_per_minute: int = 120
    break_ends_at: datetime | None = None
    has_consent: bool = True

    @property
    def today(self) -> date:
        return self.sums.today

    def start_of(self, day: date) -> datetime:
        """When a coming day of theirs begins."""
        return start_of(day, self.time_zone, self.zone_change)

    def policy_on(self, day: date) -> Policy:
        """What a later day is held to, as far as it is known now."""
        return self.policy if self.ahead is None else self.ahead.policy_on(day)

    @property
    def refused_categories(self) -> frozenset[str]:
        """What is not handed to them now: by their own choice, or because it rests. Nobody can tell which."""
        return self.choices.refused | self.resting

    @property
    def takes_unrated(self) -> bool:
        """Whether items that nobody has estimated may be theirs: first those who are past ramp-up without opt-outs."""
        return (self.ramp.is_over and not self.choices.refused) or not self.others_take_unrated

    @property
    def overdue(self) -> ViewRecord | None:
        view = self.open_view
        return view if view is not None and view.state_at(self.now) is ViewState.OVERDUE else None

    @property
    def break_clock(self) -> BreakClock:
        """The clock as it reads now: an open view is activity until it closes; a long enough pause has counted."""
        clock = self.clock
        if self.open_view is not None:
            clock = breaks.active(clock, min(self.now, self.open_view.window_ends_at))
        return breaks.rested(clock, self.now, self.policy)

    @property
    def points_since_pause(self) -> tuple[int, int]:
        """Milli-EP of this stretch and of the long one; nothing of a stretch that a pause has ended."""
        clock = self.break_clock
        return (
            self.stretch_points if clock.stretch_started_at else 0,
            self.long_points if clock.long_stretch_started_at else 0,
        )

    @property
    def due_break(self) -> DueBreak | None:
        return breaks.due(self.break_clock, self.now, *self.points_since_pause, self.policy)

    def with_activity(self, at: datetime) -> "Situation":
        """Something was open, claimed or submitted at `at`; pauses before now have counted."""
        return replace(self, clock=breaks.active(self.break_clock, at))

    def with_reveal(self) -> "Situation":
        """Something is revealed now: activity, and the start of a stretch when none runs."""
        return replace(self, clock=breaks.revealing(self.break_clock, self.now))

    def after(self, change: Change) -> "Situation":
        """The situation once `change` is written (its ledger row apart, see `ChainEnd`)."""
        view, added = change.after, change.difference.points
        is_open = view.closed_at is None and view.settled_at is None
        was_open = self.open_view is not None and self.open_view.ref == view.ref
        was_asked = self.occasion_view is not None and self.occasion_view.ref == view.ref
        since = self.clock.stretch_started_at, self.clock.long_stretch_started_at
        return replace(
            self,
            sums=self.sums.plus(view.day, change.difference),
            open_view=view if is_open else (None if was_open else self.open_view),
            occasion_view=view if was_asked else self.occasion_view,
            stretch_points=self.stretch_points + (added if _since(since[0], view) else 0),
            long_points=self.long_points + (added if _since(since[1], view) else 0),
            last_closed_at=view.closed_at if view.closed_at is not None else self.last_closed_at,
        )


def _since(start: datetime | None, view: ViewRecord) -> bool:
    return start is not None and view.opened_at >= start


def overdue_change(situation: Situation) -> Change | None:
    """The closing of an overdue view at its window's end."""
    view = situation.overdue
    return None if view is None else closed(view, situation.now)


def as_if_closed(situation: Situation) -> Situation:
    """The situation with an overdue view closed: what a page shows before anybody has written that down."""
    change = overdue_change(situation)
    if change is None:
        return situation
    return situation.with_activity(change.after.window_ends_at).after(change)
