"""Random months of somebody for whom everything changes: what must hold whatever happens in which order."""

from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.unit.wellbeing.pretend import PART, WHOLE, benign
from tests.unit.wellbeing.pretend_life import a_life
from wellbeing.domain.clearance import Clearance, Refusal, RefusalCode, decide
from wellbeing.domain.day import turn_after
from wellbeing.domain.exposure import exposure_at
from wellbeing.domain.policy import (
    CEILING,
    HARD_STRETCH_MS,
    LENGTHS,
    LONGEST_BREAK_MS,
    NUMBERS,
    PAUSE_MS,
    Scope,
    is_looser,
)
from wellbeing.domain.ramp import Ramp
from wellbeing.domain.stimulus import Disclosure, Modality, Stimulus
from wellbeing.domain.view import Holding, ViewRecord
from wellbeing.domain.window import PART_WORDS, between_ms

CATEGORIES = ("threat", "insult")
# The widest moves there are, and a zone that turns its clocks twice a year.
ZONES = ("Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata")
# Mornings on which an American or a European clock is about to be turned, and an ordinary one.
MORNINGS = [datetime(2026, *day, 7, tzinfo=UTC) for day in ((3, 6), (3, 27), (10, 23), (6, 10))]
LONG_PART = Disclosure(PART_WORDS, PART_WORDS, full=True)
SEVERITY = st.integers(0, 4)
SCOPE = st.sampled_from(Scope)
NAME = st.sampled_from(NUMBERS)


def exposed_more(situation, points, minutes, worse):
    """The same moment for somebody who was exposed to more: more points, more time, worse finds."""
    more = Holding(points_charged=points, open_ms_charged=minutes * 60_000, extreme_charged=points)
    return replace(
        situation,
        sums=situation.sums.plus(situation.today, more),
        stretch_points=situation.stretch_points + points,
        long_points=situation.long_points + points,
        verdicts=tuple(min(4, verdict + worse) for verdict in situation.verdicts),
    )


def first_tried(clearance):
    return (
        clearance.max_severity
        if clearance.preferred_max_severity is None
        else clearance.preferred_max_severity
    )


def is_milder(one, other):
    """Whether `one` lets more through than `other`."""
    if isinstance(other, Refusal):
        return not isinstance(one, Refusal)
    if isinstance(one, Refusal):
        return False
    return (
        one.max_severity > other.max_severity
        or first_tried(one) > first_tried(other)
        or (other.confirmed_benign_only and not one.confirmed_benign_only)
        or not one.refused_categories >= other.refused_categories
    )


class RandomLives(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.life = a_life()
        self.count = 0

    @initialize(zone=st.sampled_from(ZONES), morning=st.sampled_from(MORNINGS), step=st.integers(0, 4))
    def begin(self, zone, morning, step):
        self.life = a_life(home=zone)
        self.life.now = morning
        if step:
            self.life.ramp = Ramp(step, self.life.today)

    @property
    def current(self):
        return f"lease:{self.count}"

    @rule(seconds=st.sampled_from([1, 30, 70, 310, 905]))
    def wait(self, seconds):
        self.life.wait(seconds)

    @rule(hours=st.integers(2, 30))
    def go_home(self, hours):
        self.life.wait(hours * 3_600)

    @rule(days=st.integers(5, 45))
    def go_away(self, days):
        self.life.wait(days * 86_400)

    @rule(seconds=st.integers(-60, 60))
    def come_to_the_turn_of_the_day(self, seconds):
        self.life.wait_for(turn_after(self.life.today, self.life.zone))
        self.life.wait(60 + seconds)

    @rule(zone=st.sampled_from(ZONES))
    def travel(self, zone):
        """Where somebody is counts two turns after they begin to work there, not before."""
        self.life.home = zone
        before, today = self.life.zone, self.life.today
        is_news = zone not in {before, self.life.next_zone}
        claimed = isinstance(self.life.claim(), Clearance)
        assert (self.life.zone, self.life.today) == (before, today)
        if claimed and is_news:
            there = deepcopy(self.life)
            there.wait_for(turn_after(today, before))
            assert there.zone == before, "one turn is not enough"
            there.wait_for(there.next_zone_from)
            assert there.zone == zone

    @rule()
    def claim(self):
        was_due = self.life.locked().due_break
        assert isinstance(self.life.claim(), Refusal) == (was_due is not None)

    @rule(severity=SEVERITY, whole=st.booleans(), categories=st.sets(st.sampled_from(CATEGORIES)))
    def reveal(self, severity, whole, categories):
        self.count += 1
        stimulus = (
            benign()
            if severity == 0
            else Stimulus(Modality.TEXT, severity, words=60, categories=frozenset(categories))
        )
        self.admitted(lambda: self.life.reveal(self.current, stimulus, WHOLE if whole else PART), stimulus)

    def admitted(self, action, stimulus=None):
        """Whatever is let through was not to be refused: no break due, nothing refused, no limit passed."""
        before = self.life.locked()
        answer = action()
        if isinstance(answer, Refusal):
            assert answer.until is None or answer.until > self.life.now
            return answer
        if stimulus is not None and isinstance(answer, ViewRecord):
            assert before.due_break is None
            assert before.refused_categories.isdisjoint(stimulus.categories)
            assert stimulus.severity <= before.ramp.max_severity
        if isinstance(answer, ViewRecord):
            self.check_limits(before, answer)
        return answer

    def check_limits(self, before, view):
        """What is held after an admission against each limit that stood at any moment of this day, worked out anew."""
        now = self.life.read()
        held, had = now.sums.of(view.day), before.sums.of(view.day)
        for name, used, was in (
            ("day_points", held.points, had.points),
            ("day_extreme_points", held.extreme, had.extreme),
            ("day_open_ms", held.open_ms, had.open_ms),
            ("week_points", now.sums.week_points, before.sums.week_points),
            ("month_points", now.sums.month_points, before.sums.month_points),
        ):
            limit = self.life.strictest_of_today(name, now.ramp)
            assert used <= max(limit, was), name

    @rule(severity=st.integers(1, 4), times=st.integers(1, 30), verdict=SEVERITY)
    def work(self, severity, times, verdict):
        for _ in range(times):
            self.count += 1
            stimulus = Stimulus(Modality.TEXT, severity, words=60, categories=frozenset(CATEGORIES[:1]))
            if not isinstance(
                self.admitted(lambda s=stimulus: self.life.reveal(self.current, s, WHOLE), stimulus),
                ViewRecord,
            ):
                return
            self.life.wait(20)
            self.life.settle(self.current, verdict)

    @rule(days=st.integers(2, 6))
    def work_some_days_running(self, days):
        for _ in range(days):
            self.work(1, 2, 1)
            self.life.wait(86_400)

    @rule()
    def reveal_again(self):
        self.admitted(lambda: self.life.reveal(self.current))

    @rule()
    def step(self):
        self.admitted(self.life.step)

    @rule()
    def more(self):
        self.admitted(self.life.more)

    @rule()
    def stop(self):
        self.life.conceal()
        assert self.life.read().open_view is None

    @rule(verdict=st.none() | SEVERITY)
    def answer_or_skip(self, verdict):
        self.life.settle(self.current, verdict)

    @precondition(lambda self: self.life.locked().due_break is not None)
    @rule()
    def move_the_break(self):
        if self.life.move_break() is not None:
            assert self.life.locked().due_break is None
            clock = self.life.clock
            assert clock.micro_moved or clock.long_moved

    @rule(category=st.sampled_from(CATEGORIES))
    def opt_out_or_in(self, category):
        self.life.refused ^= {category}

    @rule()
    def opt_in_or_out_of_extreme(self):
        self.life.extreme_opt_in = not self.life.extreme_opt_in
        answer = decide(self.life.locked())
        assert self.life.extreme_opt_in or isinstance(answer, Refusal) or answer.max_severity < 4

    @rule(scope=SCOPE, name=NAME, percent=st.integers(0, 100))
    def tighten(self, scope, name, percent):
        before = self.life.policy_of_today()
        stands = getattr(before, name)
        longer = min(stands * (200 - percent) // 100, LONGEST_BREAK_MS)
        number = longer if name in LENGTHS else stands * percent // 100
        self.life.say(scope, {name: number})
        assert not is_looser(name, getattr(self.life.policy_of_today(), name), number), "at once"

    @rule(scope=SCOPE, name=NAME)
    def loosen(self, scope, name):
        """Not before the next day; then as far as whoever is strictest lets it."""
        before = self.life.policy_of_today()
        self.life.wait(1)
        tomorrow = turn_after(self.life.today, self.life.zone)
        if self.life.policy_of_today() != before:
            return  # that second was the turn
        self.life.say(scope, {name: getattr(CEILING, name)})
        today = self.life.policy_of_today()
        assert not [each for each in NUMBERS if is_looser(each, getattr(today, each), getattr(before, each))]
        later = deepcopy(self.life)
        later.wait_for(tomorrow)
        if later.zone == self.life.zone:  # else that day began elsewhere, hours ago: it may take one more
            for each in NUMBERS:
                assert getattr(later.policy_of_today(), each) == later.limit_at(each, later.now)

    @rule(points=st.integers(0, 90_000), minutes=st.integers(0, 200), worse=st.integers(0, 4))
    def more_exposure_is_never_answered_milder(self, points, minutes, worse):
        now = self.life.locked()
        assert not is_milder(decide(exposed_more(now, points, minutes, worse)), decide(now))

    @rule()
    def a_spent_budget_opens_at_the_turn_that_is_named_and_not_before(self):
        seen = exposure_at(self.life.locked())
        if not seen.is_spent:
            return
        later = deepcopy(self.life)
        if seen.opens_at is None:
            later.wait(28 * 24 * 3600)
            assert exposure_at(later.read()).is_spent
            return
        later.wait_for(seen.opens_at - timedelta(seconds=1))
        assert exposure_at(later.read()).is_spent
        later.wait(1)
        assert not exposure_at(later.read()).is_spent

    @rule()
    def there_is_always_a_next_thing(self):
        """A refusal says until when; then work is cleared, and what is cleared can be shown."""
        next_life = deepcopy(self.life)
        next_life.conceal()
        answer = next_life.claim()
        for _ in range(2):  # while somebody rests for one break, the other can fall due
            if isinstance(answer, Refusal):
                assert answer.code is RefusalCode.BREAK_DUE
                assert answer.until > next_life.now
                next_life.wait_for(answer.until)
                answer = next_life.claim()
        assert isinstance(answer, Clearance)
        assert answer.confirmed_benign_only == (answer.max_severity == 0)
        stimulus = (
            benign()
            if answer.confirmed_benign_only
            else Stimulus(Modality.TEXT, answer.max_severity, words=PART_WORDS)
        )
        shown = next_life.reveal("lease:next", stimulus, LONG_PART)
        assert isinstance(shown, ViewRecord), shown

    @invariant()
    def today_is_held_to_its_strictest_version(self):
        now = self.life.read()
        for name in NUMBERS:
            assert getattr(now.policy, name) == self.life.strictest_of_today(name, now.ramp)

    @invariant()
    def one_view_is_open_at_most(self):
        assert sum(view.closed_at is None for view in self.life.views.values()) <= 1

    @invariant()
    def a_pause_in_any_seventy_minutes(self):
        start = end = None
        for opened, closed in sorted(self.life.windows.values()):
            if end is None or between_ms(end, opened) >= PAUSE_MS:
                start = opened
            end = closed if end is None else max(end, closed)
            assert between_ms(start, end) <= HARD_STRETCH_MS


RandomLives.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestRandomLives = pytest.mark.slow(RandomLives.TestCase)
