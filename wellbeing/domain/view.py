"""One view: what is kept of it, what it holds of a day's budget, and each step of its life as a plain function.

A view is open (content may be on the screen), closed (concealed; it can be opened again) or settled (answered; only a
top-up changes it). An open view whose window has ended is overdue: it counts as closed at its window's end.
"""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from operator import add, attrgetter, sub
from uuid import UUID

from wellbeing.domain.points import NO_SELF_WEIGHT, cost, share_of
from wellbeing.domain.stimulus import EXTREME, MILD, Disclosure, Modality, Purpose, Stimulus
from wellbeing.domain.window import MORE_MS, between_ms, first_window_ms, later, least_ms, reading_ms


class ViewState(StrEnum):
    """`none`: never opened."""

    NONE = "none"
    OPEN = "open"
    CLOSED = "closed"
    OVERDUE = "overdue"
    SETTLED = "settled"


class EntryKind(StrEnum):
    """What a row of the ledger records."""

    RESERVE = "reserve"
    EXTEND = "extend"
    CLOSE = "close"
    SETTLE = "settle"
    TOP_UP = "top_up"
    CORRECTION = "correction"


@dataclass(frozen=True)
class View:
    """A view as the outside sees it. `share` in thousandths, `milli_points` what it holds or was charged."""

    occasion: str
    state: ViewState
    opened_at: datetime
    window_ends_at: datetime
    window: int
    share: int
    milli_points: int
    seconds_left: int


@dataclass(frozen=True)
class ViewRecord:
    """A view as it is kept. Points in milli-EP, times in milliseconds or moments."""

    ref: UUID
    occasion: str
    purpose: Purpose
    modality: Modality
    severity: int
    categories: tuple[str, ...]
    self_weight: int
    share: int
    words_disclosed: int
    words_per_minute: int
    first_opened_at: datetime
    opened_at: datetime
    window_ends_at: datetime
    window: int
    day: date
    policy_version: int
    closed_at: datetime | None = None
    settled_at: datetime | None = None
    verdict: int | None = None
    charged_severity: int | None = None
    open_ms: int = 0
    reserved: int = 0
    charged: int = 0
    topped_up: int = 0

    def state_at(self, now: datetime) -> ViewState:
        if self.settled_at is not None:
            return ViewState.SETTLED
        if self.closed_at is not None:
            return ViewState.CLOSED
        return ViewState.OPEN if now < self.window_ends_at else ViewState.OVERDUE

    def seen_at(self, now: datetime) -> View:
        state = self.state_at(now)
        left = between_ms(now, self.window_ends_at) if state is ViewState.OPEN else 0
        return View(
            occasion=self.occasion,
            state=state,
            opened_at=self.opened_at,
            window_ends_at=self.window_ends_at,
            window=self.window,
            share=self.share,
            milli_points=self.reserved + self.charged + self.topped_up,
            seconds_left=-(-left // 1_000),
        )

    def held_ms(self) -> int:
        """Open time that this view counts: of an open one the whole window."""
        if self.closed_at is not None:
            return self.open_ms
        return self.open_ms + between_ms(self.opened_at, self.window_ends_at)

    def cost(self, severity: int, open_ms: int, self_weight: int | None = None) -> int:
        return cost(
            severity=severity,
            modality=self.modality,
            share=self.share,
            open_ms=open_ms,
            self_weight=self.self_weight if self_weight is None else self_weight,
        )

    def policy_cost(self, severity: int, open_ms: int) -> int:
        """What it costs without the person's own weight."""
        return cost(severity=severity, modality=self.modality, share=self.share, open_ms=open_ms)


@dataclass(frozen=True)
class Holding:
    """What a view takes of its day: reserved while unsettled, charged after. `extreme_…` is the part of S4.

    `policy_…` are the points without the person's own weights: all that others ever see of them.
    """

    points_reserved: int = 0
    points_charged: int = 0
    extreme_reserved: int = 0
    extreme_charged: int = 0
    open_ms_reserved: int = 0
    open_ms_charged: int = 0
    policy_points_reserved: int = 0
    policy_points_charged: int = 0

    def minus(self, other: "Holding") -> "Holding":
        return Holding(*map(sub, _amounts(self), _amounts(other)))

    def plus(self, other: "Holding") -> "Holding":
        return Holding(*map(add, _amounts(self), _amounts(other)))

    @property
    def points(self) -> int:
        return self.points_reserved + self.points_charged

    @property
    def extreme(self) -> int:
        return self.extreme_reserved + self.extreme_charged

    @property
    def open_ms(self) -> int:
        return self.open_ms_reserved + self.open_ms_charged

    @property
    def policy_points(self) -> int:
        return self.policy_points_reserved + self.policy_points_charged


_amounts = attrgetter(*(field.name for field in fields(Holding)))


def holding(view: ViewRecord | None) -> Holding:
    """The sum of this over a person's views of a day is that day's row; ledger rows are its differences."""
    if view is None:
        return Holding()
    if view.settled_at is not None:
        points = view.charged + view.topped_up
        severity = view.severity if view.charged_severity is None else view.charged_severity
        # Open time counts if it was expected or found not to be benign: no answer gives it back (docs/adr/0010).
        counts_time = max(view.severity, severity) >= MILD
        return Holding(
            points_charged=points,
            extreme_charged=points if severity == EXTREME else 0,
            open_ms_charged=view.open_ms if counts_time else 0,
            policy_points_charged=view.policy_cost(severity, view.open_ms),
        )
    return Holding(
        points_reserved=view.reserved,
        extreme_reserved=view.reserved if view.severity == EXTREME else 0,
        open_ms_reserved=view.held_ms() if view.severity >= MILD else 0,
        policy_points_reserved=view.policy_cost(view.severity, view.held_ms()),
    )


@dataclass(frozen=True)
class Change:
    """One step of a view's life, to be written as view + day + one ledger row together."""

    kind: EntryKind
    before: ViewRecord | None
    after: ViewRecord

    @property
    def difference(self) -> Holding:
        return holding(self.after).minus(holding(self.before))


def opened(
    *,
    ref: UUID,
    occasion: str,
    purpose: Purpose,
    stimulus: Stimulus,
    disclosure: Disclosure,
    words_per_minute: int,
    self_weight: int = NO_SELF_WEIGHT,
    now: datetime,
    day: date,
    policy_version: int,
) -> Change:
    """A first reveal: the whole window is reserved at the expected severity."""
    view = ViewRecord(
        ref=ref,
        occasion=occasion,
        purpose=purpose,
        modality=stimulus.modality,
        severity=stimulus.severity,
        categories=tuple(sorted(stimulus.categories)),
        self_weight=self_weight,
        share=share_of(disclosure.words, disclosure.of_words, full=disclosure.full),
        words_disclosed=disclosure.words,
        words_per_minute=words_per_minute,
        first_opened_at=now,
        opened_at=now,
        window_ends_at=later(now, first_window_ms(disclosure.words, words_per_minute)),
        window=1,
        day=day,
        policy_version=policy_version,
    )
    return Change(EntryKind.RESERVE, None, _reserving(view))


def reopened(
    view: ViewRecord, *, severity: int, disclosure: Disclosure, words_per_minute: int, now: datetime
) -> Change:
    """A closed view opened again: a new window on top of the time so far, no new base charge.

    An expectation that rose in the meantime counts from here on; it never falls before the view is settled.
    """
    words = max(disclosure.words, view.words_disclosed)
    after = replace(
        view,
        severity=max(view.severity, severity),
        share=_higher_share(view, disclosure),
        words_disclosed=words,
        words_per_minute=words_per_minute,
        opened_at=now,
        window_ends_at=later(now, first_window_ms(words, words_per_minute)),
        window=view.window + 1,
        closed_at=None,
    )
    return Change(EntryKind.RESERVE, view, _reserving(after))


def stepped(view: ViewRecord, *, disclosure: Disclosure, words_per_minute: int) -> Change | None:
    """More of an open view: its share rises, and the reading time of the new words is added to its window.

    None if nothing new is disclosed: the same step again.
    """
    share = _higher_share(view, disclosure)
    new_words = max(0, disclosure.words - view.words_disclosed)
    if share == view.share and new_words == 0:
        return None
    after = replace(
        view,
        share=share,
        words_disclosed=view.words_disclosed + new_words,
        window_ends_at=later(view.window_ends_at, reading_ms(new_words, words_per_minute)),
    )
    return Change(EntryKind.EXTEND, view, _reserving(after))


def extended(view: ViewRecord) -> Change:
    """A longer window for an open view; the next window has the next number."""
    after = replace(view, window_ends_at=later(view.window_ends_at, MORE_MS), window=view.window + 1)
    return Change(EntryKind.EXTEND, view, _reserving(after))


def closed(view: ViewRecord, now: datetime) -> Change:
    """An open view concealed at `now`, or at its window's end if that is earlier; unreached time is given back."""
    return Change(EntryKind.CLOSE, view, _concealed(view, now))


def settled(
    view: ViewRecord,
    *,
    verdict: int | None,
    now: datetime,
    categories: frozenset[str] = frozenset(),
    self_weight: int = NO_SELF_WEIGHT,
) -> Change:
    """A view answered: charged at the verdict, up or down; without one at the expected severity.

    Points follow the verdict. Open time that was held stays: whatever is answered, the minutes were spent.

    `categories` are those that the answer found, `self_weight` the person's own weight of them. A weight that was
    reserved with is never lowered: the person had been shown what they expected.
    """
    shut = view if view.closed_at is not None else _concealed(view, now)
    weight = max(shut.self_weight, self_weight)
    severity = view.severity if verdict is None else verdict
    after = replace(
        shut,
        categories=tuple(sorted({*shut.categories, *categories})),
        self_weight=weight,
        settled_at=now,
        verdict=verdict,
        charged_severity=severity,
        reserved=0,
        charged=shut.cost(severity, shut.open_ms, weight),
    )
    return Change(EntryKind.SETTLE, view, after)


def topped_up(view: ViewRecord, severity: int) -> Change | None:
    """A settled view found to be more severe than it was charged; None if it was charged as much already."""
    if view.charged_severity is None or severity <= view.charged_severity:
        return None
    after = replace(
        view,
        charged_severity=severity,
        topped_up=view.cost(severity, view.open_ms) - view.charged,
    )
    return Change(EntryKind.TOP_UP, view, after)


def corrected(view: ViewRecord, severity: int) -> Change | None:
    """A settled view charged anew at what a disputed entry should have been, up or down; None if it was that."""
    if view.charged_severity is None or severity == view.charged_severity:
        return None
    after = replace(view, charged_severity=severity, charged=view.cost(severity, view.open_ms), topped_up=0)
    return Change(EntryKind.CORRECTION, view, after)


def _higher_share(view: ViewRecord, disclosure: Disclosure) -> int:
    return max(view.share, share_of(disclosure.words, disclosure.of_words, full=disclosure.full))


def _reserving(view: ViewRecord) -> ViewRecord:
    return replace(view, reserved=view.cost(view.severity, view.held_ms()))


def _concealed(view: ViewRecord, now: datetime) -> ViewRecord:
    closed_at = min(now, view.window_ends_at)
    seen = max(view.open_ms + between_ms(view.opened_at, closed_at), least_ms(view.words_disclosed))
    open_ms = min(seen, view.held_ms())
    return replace(view, closed_at=closed_at, open_ms=open_ms, reserved=view.cost(view.severity, open_ms))
