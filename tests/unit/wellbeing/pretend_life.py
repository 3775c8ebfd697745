"""A pretended person's months: policies that change, travel, ramp-up, rotation, own choices. No database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from tests.unit.wellbeing.pretend import MORNING, Pretended
from wellbeing.domain import breaks
from wellbeing.domain.breaks import BreakClock
from wellbeing.domain.choices import Choices
from wellbeing.domain.clearance import Clearance, Refusal
from wellbeing.domain.day import ZoneChange, day_of, turn_after
from wellbeing.domain.points import THOUSAND
from wellbeing.domain.policy import (
    DEFAULTS,
    POINTS,
    Policy,
    Scope,
    check_numbers,
    combined,
    stricter,
    with_numbers,
)
from wellbeing.domain.ramp import EXPERIENCED, SHARES, LimitsAhead, Ramp, held_to, ramp_on
from wellbeing.domain.rotation import LONGEST_RUN, resting_categories
from wellbeing.domain.situation import Situation
from wellbeing.domain.view import Change, ViewRecord

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Version:
    """A row of policy_version."""

    scope: Scope
    numbers: Mapping[str, int]
    valid_from: datetime


@dataclass
class Life(Pretended):
    """As `Pretended`, with what changes over weeks."""

    home: str = "Europe/Berlin"
    next_zone: str | None = None
    next_zone_from: datetime | None = None
    ramp: Ramp = field(default_factory=Ramp)
    versions: list[Version] = field(default_factory=list)
    refused: frozenset[str] = frozenset()
    met: dict[str, set[date]] = field(default_factory=dict)
    lived: set[date] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.zone = self.home

    @property
    def today(self) -> date:
        return day_of(self.now, self.zone)

    @property
    def turned_at(self) -> datetime:
        return turn_after(self.today - ONE_DAY, self.zone)

    def read(self, occasion: str | None = None) -> Situation:
        found = super().read(occasion)
        worked = sorted((day for day in self.lived if day < self.today), reverse=True)[:LONGEST_RUN]
        ramp = ramp_on(self.ramp, last_day=max(worked, default=None), today=self.today)
        policy = self.policy_of_today(ramp)
        return replace(
            found,
            policy=policy,
            zone_change=ZoneChange(self.next_zone, self.next_zone_from)
            if self.next_zone and self.next_zone_from
            else None,
            ahead=LimitsAhead(
                combined([self._latest(Scope.ORGANISATION, self.now)], [self._latest(Scope.TEAM, self.now)]),
                dict(self._latest(Scope.PERSON, self.now)),
                self.ramp,
                last_day=max(self.lived, default=None),
            ),
            ramp=ramp,
            choices=Choices(refused=self.refused),
            resting=resting_categories(working_days=worked, met=self.met, most_days=policy.category_days),
        )

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        if self.next_zone is not None and self.next_zone_from is not None and self.now >= self.next_zone_from:
            self.zone, self.next_zone, self.next_zone_from = self.next_zone, None, None

    def wait_for(self, moment: datetime) -> None:
        self.wait(max(0.0, (moment - self.now).total_seconds()))

    def claim(self) -> Clearance | Refusal:
        """As operations.claims: where somebody is now is noticed when work begins, and holds after two turns."""
        answer = super().claim()
        if isinstance(answer, Clearance):
            if self.home == self.zone:
                self.next_zone = self.next_zone_from = None
            elif self.home != self.next_zone:
                self.next_zone = self.home
                self.next_zone_from = turn_after(self.today + ONE_DAY, self.zone)
        return answer

    def say(self, scope: Scope, numbers: Mapping[str, int]) -> None:
        """A new version of a policy, from now on; no two at one moment."""
        self.wait(0.001)
        before = {} if scope is Scope.PERSON else self._latest(scope, self.now)
        self.versions.append(Version(scope, {**before, **check_numbers(numbers)}, self.now))

    def policy_of_today(self, ramp: Ramp = EXPERIENCED) -> Policy:
        """As queries.situation: the version that stood at the turn, and each made since."""
        standing: dict[Scope, list[Mapping[str, int]]] = {}
        for scope in Scope:
            at_turn = [v for v in self.versions if v.scope is scope and v.valid_from <= self.turned_at]
            since = [
                v for v in self.versions if v.scope is scope and self.turned_at < v.valid_from <= self.now
            ]
            standing[scope] = [v.numbers for v in (*at_turn[-1:], *since)]
            if scope is Scope.ORGANISATION and not at_turn:
                standing[scope].append({})
        return held_to(
            combined(standing[Scope.ORGANISATION], standing[Scope.TEAM]), ramp, standing[Scope.PERSON]
        )

    def strictest_of_today(self, name: str, ramp: Ramp = EXPERIENCED) -> int:
        """The same for one limit, worked out the slow way: what held at each moment of today at which it changed."""
        moments = [self.turned_at, *(v.valid_from for v in self.versions if v.valid_from > self.turned_at)]
        found = self.limit_at(name, moments[0], ramp)
        for moment in moments[1:]:
            found = stricter(name, found, self.limit_at(name, moment, ramp))
        return found

    def limit_at(self, name: str, moment: datetime, ramp: Ramp = EXPERIENCED) -> int:
        """What was said at that moment, by whoever is strictest; of what the person said there is no share."""
        limit: int = getattr(with_numbers(DEFAULTS, self._latest(Scope.ORGANISATION, moment)), name)
        limit = stricter(name, limit, self._latest(Scope.TEAM, moment).get(name, limit))
        if name in POINTS:
            limit = limit * SHARES[ramp.step - 1] // THOUSAND
        return stricter(name, limit, self._latest(Scope.PERSON, moment).get(name, limit))

    def move_break(self) -> BreakClock | None:
        found = self.locked()
        clock = breaks.move_due(found.break_clock, found.now, *found.points_since_pause, found.policy)
        if clock is not None:
            self.clock = clock
        return clock

    def _latest(self, scope: Scope, moment: datetime) -> Mapping[str, int]:
        said = [v for v in self.versions if v.scope is scope and v.valid_from <= moment]
        return said[-1].numbers if said else {}

    def _admit(self, found: Situation, change: Change) -> ViewRecord:
        self.ramp = found.ramp
        self.lived.add(change.after.day)
        return super()._admit(found, change)

    def _write(self, found: Situation, change: Change) -> None:
        super()._write(found, change)
        view = change.after
        severity = view.severity if view.charged_severity is None else view.charged_severity
        for category in view.categories if severity else ():
            self.met.setdefault(category, set()).add(view.day)


def a_life(**changed: object) -> Life:
    """Somebody on their first morning."""
    return Life(now=MORNING, extreme_opt_in=False, **changed)  # type: ignore[arg-type]
