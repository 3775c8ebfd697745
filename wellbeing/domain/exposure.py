"""What a person, or who may look, is shown of their exposure: numbers with the words that go with them."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from wellbeing.domain import breaks, words
from wellbeing.domain.breaks import BreakKind, ComingBreak, DueBreak, NextBreak
from wellbeing.domain.budget import Budget
from wellbeing.domain.clearance import affordable_severity, opens_at, spent_budget
from wellbeing.domain.day import turn_after
from wellbeing.domain.policy import PLANNED_DAY_POINTS
from wellbeing.domain.ramp import Ramp
from wellbeing.domain.situation import Situation, as_if_closed
from wellbeing.domain.window import between_ms


@dataclass(frozen=True)
class Amount:
    """So much of a limit. Points in milli-EP, open time in milliseconds."""

    used: int
    limit: int

    @property
    def left(self) -> int:
        return max(0, self.limit - self.used)

    @property
    def percent(self) -> int:
        return words.percent(self.used, self.limit)


@dataclass(frozen=True)
class Exposure:
    """A person's exposure at `now`; `day` turns at `turns_at`. An overdue view counts as closed.

    `next_break_seconds` is by the clock alone, 0 when a break is due, None where no clock runs towards one.
    `break_ends_at` is the end of a break that is running; until `move_until` a due one can be moved, by the clock to
    `move_to`. `coming_longer` comes due before a shorter one that runs is over. `spent` is the budget by which only what
    is known to be harmless is left, `opens_at` the turn of the day at which that ends: None if it cannot be said. `percent` and `in_words` are today's points or
    open time, whichever is nearer its limit, or the limit of 7 or 28 days once that is spent. `is_own_limit`: the limit
    that ends the day, or that is nearer, is one that the person chose; what stands for everybody leaves more.
    """

    person_id: int
    now: datetime
    day: date
    turns_at: datetime
    points: Amount
    open_ms: Amount
    extreme_points: Amount
    week_points: Amount
    month_points: Amount
    due_break: DueBreak | None
    next_break: NextBreak | None
    next_break_seconds: int | None
    move_until: datetime | None
    move_to: datetime | None
    break_ends_at: datetime | None
    coming_longer: ComingBreak | None
    spent: Budget | None
    opens_at: datetime | None
    is_own_limit: bool
    extreme_opt_in: bool
    ramp: Ramp
    percent: int
    in_words: str
    break_in_words: str

    @property
    def is_spent(self) -> bool:
        return self.spent is not None

    @property
    def can_move_break(self) -> bool:
        return self.move_until is not None


@dataclass(frozen=True)
class TeamExposure:
    """What a lead sees of one person: points and open time against the policy, and nothing else.

    `plannable_points` is what a plan may still count on today, in milli-EP. `on_shift` is what the calendar alone says;
    None when it says nothing.
    """

    person_id: int
    day: date
    points: Amount
    open_ms: Amount
    week_points: Amount
    plannable_points: int
    in_words: str
    on_shift: bool | None = None


@dataclass(frozen=True)
class Gauge:
    """The small gauge in the header."""

    percent: int
    in_words: str
    break_in_words: str
    next_break_seconds: int | None
    due_break: DueBreak | None
    break_ends_at: datetime | None
    spent: Budget | None

    @property
    def is_spent(self) -> bool:
        return self.spent is not None


@dataclass(frozen=True)
class LedgerRow:
    """One row of a person's own ledger. `milli_points` and `open_ms` are signed differences."""

    seq: int
    at: datetime
    day: date
    kind: str
    milli_points: int
    open_ms: int
    severity: int
    modality: str
    share: int
    view: str


@dataclass(frozen=True)
class Look:
    """Somebody looked at this person's exposure."""

    id: int
    at: datetime
    looked_by: str
    what: str


@dataclass(frozen=True)
class DayDose:
    """One past day: points in milli-EP, open time in milliseconds."""

    day: date
    points: int
    open_ms: int
    extreme_points: int


@dataclass(frozen=True)
class BreakRow:
    """One paid break of one's own."""

    kind: str
    started_at: datetime
    ends_at: datetime


def exposure_at(situation: Situation) -> Exposure:
    situation = as_if_closed(situation)
    policy, held = situation.policy, situation.sums.of(situation.today)
    clock, points = situation.break_clock, situation.points_since_pause
    due = situation.due_break
    upcoming = breaks.upcoming(clock, situation.now, *points, policy)
    seconds = _seconds_to_break(situation.now, due, upcoming)
    today, open_ms = Amount(held.points, policy.day_points), Amount(held.open_ms, policy.day_open_ms)
    nearer = max(today, open_ms, key=lambda amount: amount.percent)
    week = Amount(situation.sums.week_points, policy.week_points)
    month = Amount(situation.sums.month_points, policy.month_points)
    spent = spent_budget(situation)
    percent, in_words = nearer.percent, words.share_of_limit(nearer.used, nearer.limit)
    if spent is Budget.WEEK:
        percent, in_words = week.percent, words.WEEK_REACHED
    elif spent is Budget.MONTH:
        percent, in_words = month.percent, words.MONTH_REACHED
    return Exposure(
        person_id=situation.person_id,
        now=situation.now,
        day=situation.today,
        turns_at=turn_after(situation.today, situation.time_zone),
        points=today,
        open_ms=open_ms,
        extreme_points=Amount(held.extreme, policy.day_extreme_points),
        week_points=week,
        month_points=month,
        due_break=due,
        next_break=upcoming,
        next_break_seconds=seconds,
        move_until=breaks.movable_until(clock, situation.now, *points, policy),
        move_to=breaks.moved_to(clock, situation.now, *points, policy),
        break_ends_at=situation.break_ends_at,
        coming_longer=_coming_longer(situation, due),
        spent=spent,
        opens_at=opens_at(situation) if spent else None,
        is_own_limit=_is_own_limit(situation, is_spent=spent is not None, is_of_points=nearer is today),
        extreme_opt_in=situation.extreme_opt_in,
        ramp=situation.ramp,
        percent=percent,
        in_words=in_words,
        break_in_words=words.next_break(seconds),
    )


def team_exposure_at(situation: Situation, *, on_shift: bool | None = None) -> TeamExposure:
    situation = as_if_closed(situation)
    policy, held = situation.shared_policy or situation.policy, situation.sums.of(situation.today)
    # Without the person's own weights: those are theirs alone.
    points = Amount(held.policy_points, policy.day_points)
    week = Amount(situation.sums.policy_week_points, policy.week_points)
    return TeamExposure(
        person_id=situation.person_id,
        day=situation.today,
        points=points,
        open_ms=Amount(held.open_ms, policy.day_open_ms),
        week_points=week,
        # Nothing can be planned on somebody whose minutes of the day are used, whatever points are left.
        plannable_points=0
        if held.open_ms >= policy.day_open_ms
        else max(0, min(min(PLANNED_DAY_POINTS, points.limit) - points.used, week.left)),
        in_words=words.share_of_limit(points.used, points.limit),
        on_shift=on_shift,
    )


def gauge_of(exposure: Exposure) -> Gauge:
    return Gauge(
        percent=exposure.percent,
        in_words=exposure.in_words,
        break_in_words=exposure.break_in_words,
        next_break_seconds=exposure.next_break_seconds,
        due_break=exposure.due_break,
        break_ends_at=exposure.break_ends_at,
        spent=exposure.spent,
    )


def _is_own_limit(situation: Situation, *, is_spent: bool, is_of_points: bool) -> bool:
    own, shared = situation.policy, situation.shared_policy or situation.policy
    if is_spent:
        return affordable_severity(replace(situation, policy=shared)) > 0
    return own.day_points < shared.day_points if is_of_points else own.day_open_ms < shared.day_open_ms


def _coming_longer(situation: Situation, due: DueBreak | None) -> ComingBreak | None:
    """During what runs now: a short break that is due, or one that was wished for."""
    until = situation.break_ends_at if due is None else due.until
    if until is None or (due is not None and due.kind is BreakKind.LONG):
        return None
    return breaks.coming_longer(situation.break_clock, until, situation.policy)


def _seconds_to_break(now: datetime, due: DueBreak | None, upcoming: NextBreak | None) -> int | None:
    if due is not None:
        return 0
    return None if upcoming is None else between_ms(now, upcoming.at) // 1_000
