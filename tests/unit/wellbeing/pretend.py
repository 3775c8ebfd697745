"""One pretended person whose operations run on the rules alone: no database, a clock that the test turns.

It decides as wellbeing.operations does and keeps every view, so that tests can recount from the views what the rules
added up on the way.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import zip_longest
from uuid import UUID, uuid4

from wellbeing.domain import view as life
from wellbeing.domain.breaks import BreakClock
from wellbeing.domain.budget import Sums
from wellbeing.domain.clearance import (
    OFF_SCREEN_MS,
    VERDICTS_NEEDED,
    Clearance,
    Refusal,
    decide,
    disclosure_refusal,
)
from wellbeing.domain.day import day_of
from wellbeing.domain.policy import DEFAULTS, Policy
from wellbeing.domain.showing import Showing, revealed, stepped
from wellbeing.domain.situation import ChainEnd, Situation, overdue_change
from wellbeing.domain.stimulus import Disclosure, Modality, Purpose, Stimulus
from wellbeing.domain.view import Change, Holding, ViewRecord, ViewState, holding
from wellbeing.domain.window import later

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ZONE = "UTC"
TEXT = Stimulus(Modality.TEXT, 2, words=60)
PART = Disclosure(30, 60)
WHOLE = Disclosure(60, 60, full=True)


def benign() -> Stimulus:
    return Stimulus(Modality.TEXT, 0, confirmed_benign=True, words=60)


def opened_view(
    *,
    severity: int = 2,
    disclosure: Disclosure = WHOLE,
    pace: int = 120,
    now: datetime = MORNING,
    modality: Modality = Modality.TEXT,
) -> ViewRecord:
    """A view just opened."""
    change = life.opened(
        ref=uuid4(),
        occasion="lease:1",
        purpose=Purpose.LABEL,
        stimulus=Stimulus(modality, severity, words=disclosure.of_words),
        disclosure=disclosure,
        words_per_minute=pace,
        now=now,
        day=day_of(now, ZONE),
        policy_version=0,
    )
    return change.after


def situation(**changed: object) -> Situation:
    """Somebody at nine in the morning to whom nothing has happened yet, but for what is said."""
    now = changed.pop("now", MORNING)
    assert isinstance(now, datetime)
    verdicts = changed.get("verdicts", ())
    assert isinstance(verdicts, tuple)
    fields: dict[str, object] = {
        "person_id": 1,
        "rested": (False,) * len(verdicts),
        "now": now,
        "time_zone": ZONE,
        "chain": ChainEnd(UUID(int=1)),
        "sums": Sums(today=day_of(now, ZONE)),
    }
    return Situation(**{**fields, **changed})  # type: ignore[arg-type]


def holding_today(points: int = 0, extreme: int = 0, open_ms: int = 0) -> Sums:
    today = day_of(MORNING, ZONE)
    held = Holding(
        points_charged=points,
        extreme_charged=extreme,
        open_ms_charged=open_ms,
        policy_points_charged=points,
    )
    return Sums(
        today=today,
        days={today: held},
        points_of_days={today: points},
        week_points=points,
        month_points=points,
        policy_week_points=points,
    )


@dataclass
class Pretended:
    """A person whose whole past is kept in `views` and `shown` (the intervals in which something could be seen)."""

    policy: Policy = DEFAULTS
    now: datetime = MORNING
    clock: BreakClock = field(default_factory=BreakClock)
    views: dict[str, ViewRecord] = field(default_factory=dict)
    first_claim_at: datetime | None = None
    extreme_opt_in: bool = True
    zone: str = ZONE
    windows: dict[tuple[str, int], tuple[datetime, datetime]] = field(default_factory=dict)

    def read(self, occasion: str | None = None) -> Situation:
        today = day_of(self.now, self.zone)
        days: dict[object, Holding] = {}
        for view in self.views.values():
            days[view.day] = days.get(view.day, Holding()).plus(holding(view))
        age = {day: (today - day).days for day in days}  # type: ignore[operator]
        ended = sorted(
            (v for v in self.views.values() if v.settled_at),
            key=lambda v: v.settled_at or v.opened_at,
            reverse=True,
        )
        latest = max(self.views.values(), key=lambda v: v.opened_at, default=None)
        return situation(
            now=self.now,
            time_zone=self.zone,
            sums=Sums(
                today=today,
                days=days,  # type: ignore[arg-type]
                points_of_days={day: held.points for day, held in days.items()},  # type: ignore[misc]
                week_points=sum(held.points for day, held in days.items() if age[day] < 7),
                month_points=sum(held.points for day, held in days.items() if age[day] < 28),
            ),
            clock=self.clock,
            policy=self.policy,
            open_view=next((v for v in self.views.values() if v.closed_at is None), None),
            occasion_view=self.views.get(occasion or ""),
            stretch_points=self._points_since(self.clock.stretch_started_at),
            long_points=self._points_since(self.clock.long_stretch_started_at),
            verdicts=tuple(v.severity if v.verdict is None else v.verdict for v in ended[:VERDICTS_NEEDED]),
            rested=tuple(
                before is not None and v.first_opened_at >= later(before.closed_at, OFF_SCREEN_MS)
                for v, before in zip_longest(ended[:VERDICTS_NEEDED], ended[1 : VERDICTS_NEEDED + 1])
            ),
            last_closed_at=None if latest is None else latest.closed_at,
            first_claim_at=self._first_claim_of(today),
            extreme_opt_in=self.extreme_opt_in,
        )

    def locked(self, occasion: str | None = None) -> Situation:
        found = self.read(occasion)
        change = overdue_change(found)
        if change is None:
            return found
        self._write(found.with_activity(change.after.window_ends_at), change)
        return self.read(occasion)

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def claim(self) -> Clearance | Refusal:
        found = self.locked()
        answer = decide(found)
        if isinstance(answer, Clearance):
            self.clock = found.with_activity(self.now).clock
            self.first_claim_at = found.first_claim_at or self.now
        return answer

    def reveal(
        self, occasion: str, stimulus: Stimulus = TEXT, disclosure: Disclosure = PART
    ) -> ViewRecord | Refusal | None:
        found = self.locked(occasion)
        wanted = Showing(occasion, Purpose.LABEL, stimulus, disclosure, words_per_minute=120)
        return self._answered(found, revealed(found, wanted, ref=uuid4()))

    def step(self) -> ViewRecord | Refusal | None:
        found = self.locked()
        if found.open_view is None:
            return None
        return self._answered(found, stepped(found, found.open_view, disclosure=WHOLE, words_per_minute=120))

    def more(self) -> ViewRecord | Refusal | None:
        found = self.locked()
        if found.open_view is None:
            return None
        change = life.extended(found.open_view)
        return self._answered(found, disclosure_refusal(found, change) or change)

    def conceal(self) -> None:
        found = self.locked()
        if found.open_view is not None:
            self._write(found.with_activity(self.now), life.closed(found.open_view, self.now))

    def settle(self, occasion: str, verdict: int | None) -> None:
        found = self.locked(occasion)
        view = found.occasion_view
        if view is None or view.settled_at is not None:
            return
        if verdict is not None or view.closed_at is None:
            found = found.with_activity(self.now)
        self._write(found, life.settled(view, verdict=verdict, now=self.now))

    def state(self, occasion: str) -> ViewState:
        view = self.views.get(occasion)
        return ViewState.NONE if view is None else view.state_at(self.now)

    def _answered(self, found: Situation, change: Change | Refusal | None) -> ViewRecord | Refusal | None:
        if not isinstance(change, Change):
            return found.occasion_view if change is None else change
        self._write(found.with_reveal(), change)
        return change.after

    def _write(self, found: Situation, change: Change) -> None:
        self.clock = found.clock
        view = change.after
        self.views[view.occasion] = view
        end = view.window_ends_at if view.closed_at is None else view.closed_at
        self.windows[view.occasion, int(view.opened_at.timestamp() * 1_000)] = (view.opened_at, end)

    def _first_claim_of(self, today: date) -> datetime | None:
        first = self.first_claim_at
        return first if first is not None and day_of(first, self.zone) == today else None

    def _points_since(self, start: datetime | None) -> int:
        if start is None:
            return 0
        return sum(v.reserved + v.charged for v in self.views.values() if v.opened_at >= start)
