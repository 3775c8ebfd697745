"""Whole days of a pretended person who does anything in any order, and what must hold throughout."""

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.unit.wellbeing.pretend import MORNING, PART, WHOLE, Pretended, benign
from wellbeing.domain.clearance import Clearance, Refusal, RefusalCode
from wellbeing.domain.day import day_of
from wellbeing.domain.policy import DEFAULTS, HARD_STRETCH_MS, PAUSE_MS
from wellbeing.domain.stimulus import Disclosure, Modality, Stimulus
from wellbeing.domain.view import Holding, holding

pytestmark = pytest.mark.slow

SEVERITY = st.integers(0, 4)


class DaysOfWork(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.person = Pretended()
        self.count = 0

    @property
    def current(self):
        return f"lease:{self.count}"

    @rule(seconds=st.sampled_from([1, 10, 30, 70, 200, 310, 905]))
    def wait(self, seconds):
        self.person.wait(seconds)

    @rule(hours=st.integers(4, 30))
    def go_home(self, hours):
        self.person.wait(hours * 3_600)

    @rule()
    def claim(self):
        was_due = self.person.locked().due_break
        answer = self.person.claim()
        assert isinstance(answer, Refusal) == (was_due is not None), (
            "a due break is never missed, nor made up"
        )

    @rule(severity=SEVERITY, modality=st.sampled_from([Modality.TEXT, Modality.IMAGE]), whole=st.booleans())
    def reveal_next(self, severity, modality, whole):
        self.count += 1
        stimulus = benign() if severity == 0 else Stimulus(modality, severity, words=60)
        due = self.person.locked().due_break
        answer = self.person.reveal(self.current, stimulus, WHOLE if whole else PART)
        if due is not None:
            assert answer is None or (isinstance(answer, Refusal) and answer.code is RefusalCode.BREAK_DUE)
        if isinstance(answer, Refusal) and answer.until is not None:
            assert answer.until > self.person.now, "asking again then can succeed"

    @rule(severity=SEVERITY, times=st.integers(1, 40), finds_nothing=st.booleans())
    def work_through_a_batch(self, severity, times, finds_nothing):
        """Twenty seconds each, answered as expected or as benign: how budgets get spent."""
        for _ in range(times):
            self.count += 1
            stimulus = benign() if severity == 0 else Stimulus(Modality.TEXT, severity, words=30)
            if isinstance(self.person.reveal(self.current, stimulus, WHOLE), Refusal):
                return
            self.person.wait(20)
            self.person.settle(self.current, 0 if finds_nothing else severity)
            self.check_budgets()

    @rule()
    def reveal_again(self):
        self.person.reveal(self.current)

    @rule()
    def step(self):
        self.person.step()

    @rule()
    def more(self):
        self.person.more()

    @rule()
    def conceal(self):
        self.person.conceal()

    @rule(verdict=st.none() | SEVERITY)
    def settle(self, verdict):
        self.person.settle(self.current, verdict)

    @precondition(lambda self: self.person.locked().due_break is not None)
    @rule()
    def rest(self):
        """Nobody is stuck: after the break that is due, something can be claimed again."""
        due = self.person.locked().due_break
        self.person.conceal()
        due = self.person.locked().due_break or due
        self.person.now = max(self.person.now, due.until)
        assert isinstance(self.person.claim(), Clearance)

    @invariant()
    def check_budgets(self):
        """What is reserved never passes a limit; what verdicts charged may, by what they cost beyond it."""
        now = self.person.read()
        reserved = sum(view.reserved for view in self.person.views.values())
        charged_over = sum(
            max(0, view.charged - view.cost(view.severity, view.open_ms))
            for view in self.person.views.values()
        )
        for day, held in now.sums.days.items():
            views = [view for view in self.person.views.values() if view.day == day]
            unknown_ms = sum(view.held_ms() for view in views if view.severity > 0)
            found_ms = sum(view.open_ms for view in views if view.severity == 0 and view.charged_severity)
            assert held.points <= DEFAULTS.day_points + charged_over
            assert held.open_ms == unknown_ms + found_ms, "no answer gives time back"
            assert unknown_ms <= DEFAULTS.day_open_ms
        assert now.sums.week_points <= DEFAULTS.week_points + charged_over
        assert reserved >= 0

    @invariant()
    def one_view_is_open_at_most(self):
        assert sum(view.closed_at is None for view in self.person.views.values()) <= 1

    @invariant()
    def days_are_the_sums_of_their_views(self):
        total = Holding()
        for view in self.person.views.values():
            total = total.plus(holding(view))
        assert sum(held.points for held in self.person.read().sums.days.values()) == total.points
        assert min(total.points_reserved, total.extreme_reserved, total.open_ms_reserved) >= 0

    @invariant()
    def a_pause_in_any_seventy_minutes(self):
        start = end = None
        for opened, closed in sorted(self.person.windows.values()):
            if end is None or opened - end >= timedelta(milliseconds=PAUSE_MS):
                start = opened
            end = closed if end is None else max(end, closed)
            assert end - start <= timedelta(milliseconds=HARD_STRETCH_MS)

    @invariant()
    def time_runs_forward(self):
        assert self.person.now >= MORNING


@pytest.mark.parametrize("severity", [1, 2, 3])
def test_a_day_in_front_of_unknown_content_ends_after_four_hours_whatever_is_answered(severity):
    long = Stimulus(Modality.TEXT, severity, words=200)
    whole = Disclosure(200, 200, full=True)
    person, count, answer = Pretended(), 0, None
    while not (isinstance(answer, Refusal) and answer.code is not RefusalCode.BREAK_DUE):
        assert count < 1_000, "the day never ends"
        if isinstance(answer, Refusal):
            person.now = answer.until
        count += 1
        answer = person.reveal(f"lease:{count}", long, whole)
        if not isinstance(answer, Refusal):
            person.wait(110)
            person.settle(f"lease:{count}", 0)

    (held,) = person.read().sums.days.values()
    assert answer.code is RefusalCode.BUDGET_SPENT
    assert held.points == 0, "everything was answered with nothing"
    assert held.open_ms == 110_000 * sum(view.settled_at is not None for view in person.views.values())
    assert DEFAULTS.day_open_ms - 120_000 <= held.open_ms <= DEFAULTS.day_open_ms
    assert person.read().sums.today == day_of(MORNING, "UTC"), "it ended by its limit, not by the next day"


DaysOfWork.TestCase.settings = settings(max_examples=20, stateful_step_count=30, deadline=None)
TestDaysOfWork = DaysOfWork.TestCase
