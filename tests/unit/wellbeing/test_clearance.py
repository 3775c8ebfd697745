from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.wellbeing.pretend import MORNING, WHOLE, ZONE, benign, holding_today, opened_view, situation
from wellbeing.domain.breaks import BreakClock
from wellbeing.domain.budget import Sums
from wellbeing.domain.choices import Choices
from wellbeing.domain.clearance import (
    Clearance,
    Refusal,
    RefusalCode,
    affordable_severity,
    decide,
    disclosure_refusal,
    reveal_refusal,
)
from wellbeing.domain.day import day_of, turn_after
from wellbeing.domain.policy import DEFAULTS
from wellbeing.domain.stimulus import Modality, Stimulus
from wellbeing.domain.view import Change, EntryKind, Holding, closed, extended, reopened

MINUTE = timedelta(minutes=1)


def working_for(minutes, **changed):
    start = MORNING - minutes * MINUTE
    return situation(clock=BreakClock(MORNING, start, start), **changed)


def test_what_a_limit_alone_keeps_is_known_while_anything_fits() -> None:
    def at(points: int) -> Clearance:
        answer = decide(situation(sums=holding_today(points=points), extreme_opt_in=False))
        assert isinstance(answer, Clearance)
        return answer

    free, nearly, spent = at(0), at(119_300), at(120_000)
    assert (free.max_severity, free.severity_with_room, free.with_room()) == (3, None, free)
    assert (nearly.max_severity, nearly.severity_with_room, nearly.with_room().max_severity) == (1, 3, 3)
    assert (spent.max_severity, spent.severity_with_room, spent.with_room()) == (0, None, spent)


def test_somebody_fresh_may_take_anything_but_extreme():
    assert decide(situation()) == Clearance(max_severity=3)
    assert decide(situation(extreme_opt_in=True)) == Clearance(max_severity=4)


@pytest.mark.parametrize(
    ("left", "severity"),
    # A first window of 80 words at 120 a minute is 60 s: S1 625, S2 1,250, S3 2,500, S4 5,000 milli-EP.
    [
        (5_000, 4),
        (4_999, 3),
        (2_500, 3),
        (2_499, 2),
        (1_250, 2),
        (1_249, 1),
        (625, 1),
        (624, 0),
        (0, 0),
        (-9, 0),
    ],
)
def test_the_most_severe_that_still_fits_the_day(left, severity):
    someone = situation(sums=holding_today(DEFAULTS.day_points - left), extreme_opt_in=True)
    assert affordable_severity(someone) == severity
    answer = decide(someone)
    assert isinstance(answer, Clearance)
    assert answer.max_severity == severity
    assert answer.confirmed_benign_only == (severity == 0)


def test_a_slower_pace_needs_more_room():
    tight = situation(sums=holding_today(DEFAULTS.day_points - 1_300))
    assert affordable_severity(tight) == 2
    assert affordable_severity(replace(tight, words_per_minute=40)) == 1


def test_extreme_content_has_a_budget_of_its_own_and_open_time_too():
    assert affordable_severity(situation(sums=holding_today(extreme=29_000))) == 3
    assert affordable_severity(situation(sums=holding_today(open_ms=DEFAULTS.day_open_ms - 59_999))) == 0


def test_weeks_and_months_count():
    for sums in (
        replace(holding_today(), week_points=DEFAULTS.week_points),
        replace(holding_today(), month_points=DEFAULTS.month_points),
    ):
        assert affordable_severity(situation(sums=sums)) == 0


def test_a_due_break_refuses_and_says_until_when():
    answer = decide(working_for(50))
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.until) == (RefusalCode.BREAK_DUE, MORNING + 5 * MINUTE)
    assert "five minutes" in answer.why


def test_late_in_the_day_nothing_above_moderate():
    for minutes, severity in ((239.9, 3), (240, 2)):
        answer = decide(situation(first_claim_at=MORNING - minutes * MINUTE))
        assert isinstance(answer, Clearance)
        assert answer.max_severity == severity


@pytest.mark.parametrize(
    ("verdicts", "preferred"),
    [
        ((), None),
        ((1, 2, 3), None),
        ((1, 2, 3, 1), 0),
        ((1, 2, 3, 0), None),
        ((0, 2, 3, 1), None),
        ((0, 4, 1, 1), 1),
        ((4,), 1),
        ((1, 1, 4), 1),
        ((1, 1, 0, 4), None),
        ((4, 1, 1, 1), 0),
    ],
)
def test_what_is_tried_first(verdicts, preferred):
    answer = decide(situation(verdicts=verdicts))
    assert isinstance(answer, Clearance)
    assert answer.preferred_max_severity == preferred


def test_a_preference_that_says_nothing_is_left_out():
    someone = situation(verdicts=(0, 4), sums=holding_today(DEFAULTS.day_points - 700))
    assert decide(someone) == Clearance(max_severity=1, severity_with_room=3)


@pytest.mark.parametrize(
    ("verdicts", "rested", "seconds_ago", "waits"),
    [
        ((3, 3, 3), (False, False, False), 0, True),
        ((3, 4, 3), (False, False, True), 59, True),
        ((3, 3, 3), (False, False, False), 60, False),
        ((3, 3, 2), (False, False, False), 0, False),
        ((3, 3), (False, False), 0, False),
        ((3, 3, 3, 3), (False, False, True, False), 0, True),
        ((3, 3, 3, 3), (True, False, False, False), 0, False),
        ((3, 3, 3, 3), (False, True, False, False), 0, False),
    ],
)
def test_after_three_severe_ones_a_milder_one_or_a_minute_off_screen(verdicts, rested, seconds_ago, waits):
    last = MORNING - timedelta(seconds=seconds_ago)
    someone = situation(verdicts=verdicts, rested=rested, last_closed_at=last, extreme_opt_in=True)
    answer = decide(someone)
    assert isinstance(answer, Clearance)
    if waits:
        assert (answer.max_severity, answer.wait_until, answer.wait_max_severity) == (2, last + MINUTE, 4)
    else:
        assert (answer.max_severity, answer.wait_until, answer.wait_max_severity) == (4, None, None)


def test_waiting_promises_nothing_when_no_more_is_left_anyway():
    late = situation(verdicts=(3, 3, 3), last_closed_at=MORNING, first_claim_at=MORNING - 241 * MINUTE)
    answer = decide(late)
    assert isinstance(answer, Clearance)
    assert (answer.max_severity, answer.wait_until) == (2, None)
    never_closed = situation(verdicts=(3, 3, 3))
    assert decide(never_closed) == Clearance(max_severity=3)


def reveal(someone, stimulus=None, view=None):
    stimulus = stimulus or Stimulus(Modality.TEXT, 2, words=60)
    if view is None:
        opened = opened_view(severity=stimulus.severity, modality=stimulus.modality)
        change = Change(EntryKind.RESERVE, None, opened)
    else:
        change = reopened(
            view, severity=stimulus.severity, disclosure=WHOLE, words_per_minute=120, now=someone.now
        )
    found = reveal_refusal(someone, stimulus, view, change)
    return None if found is None else found.code


def test_reveals_pass_when_nothing_speaks_against_them():
    assert reveal(situation()) is None


def test_a_due_break_refuses_a_reveal_new_or_again():
    view = closed(opened_view(now=MORNING - MINUTE), MORNING).after
    assert reveal(working_for(50)) is RefusalCode.BREAK_DUE
    assert reveal(working_for(50), view=view) is RefusalCode.BREAK_DUE
    assert reveal(working_for(50), benign()) is RefusalCode.BREAK_DUE


def test_what_the_clearance_did_not_cover_is_not_shown():
    extreme = Stimulus(Modality.TEXT, 4)
    assert reveal(situation(), extreme) is RefusalCode.NOT_CLEARED
    assert reveal(situation(extreme_opt_in=True), extreme) is None
    late = situation(first_claim_at=MORNING - 240 * MINUTE)
    assert reveal(late, Stimulus(Modality.TEXT, 3)) is RefusalCode.NOT_CLEARED


def test_what_somebody_refuses_is_not_shown_nor_shown_again():
    opted_out = situation(choices=Choices(refused=frozenset({"threat"})))
    stimulus = Stimulus(Modality.TEXT, 2, categories=frozenset({"threat", "insult"}), words=60)
    view = opened_view()
    again = reopened(view, severity=2, disclosure=WHOLE, words_per_minute=120, now=MORNING)
    fresh = Change(EntryKind.RESERVE, None, view)

    assert reveal_refusal(opted_out, stimulus, None, fresh).code is RefusalCode.NOT_CLEARED
    assert reveal_refusal(opted_out, stimulus, view, again).code is RefusalCode.NOT_CLEARED
    # What rests by rotation alone may be finished.
    resting = situation(resting=frozenset({"threat"}))
    assert reveal_refusal(resting, stimulus, None, fresh).code is RefusalCode.NOT_CLEARED
    assert reveal_refusal(resting, stimulus, view, again) is None


def test_what_was_seen_already_may_be_seen_again_unless_it_turned_out_worse():
    view = closed(opened_view(severity=3, now=MORNING - MINUTE), MORNING).after
    late = situation(first_claim_at=MORNING - 240 * MINUTE)
    assert reveal(late, Stimulus(Modality.TEXT, 3), view) is None
    assert reveal(late, Stimulus(Modality.TEXT, 4), view) is RefusalCode.NOT_CLEARED


def test_a_spent_budget_lets_only_confirmed_benign_things_pass():
    spent = situation(sums=holding_today(DEFAULTS.day_points))
    assert reveal(spent) is RefusalCode.BUDGET_SPENT
    assert reveal(spent, Stimulus(Modality.TEXT, 1)) is RefusalCode.BUDGET_SPENT
    assert reveal(spent, Stimulus(Modality.TEXT, 0)) is RefusalCode.BUDGET_SPENT
    assert reveal(spent, benign()) is None
    assert reveal(situation(), Stimulus(Modality.TEXT, 0)) is None


def test_a_benign_thing_seen_already_may_be_seen_again_on_a_spent_budget():
    view = closed(opened_view(severity=0, now=MORNING - MINUTE), MORNING).after
    assert (
        reveal(situation(sums=holding_today(DEFAULTS.day_points)), Stimulus(Modality.TEXT, 0), view) is None
    )


def refused_for(sums, severity=2):
    """The refusal of something new."""
    change = Change(EntryKind.RESERVE, None, opened_view(severity=severity))
    return reveal_refusal(situation(sums=sums), Stimulus(Modality.TEXT, severity, words=60), None, change)


def test_a_spent_budget_says_when_something_new_fits_again():
    today = day_of(MORNING, ZONE)
    refusal = refused_for(holding_today(DEFAULTS.day_points))
    assert (refusal.code, refusal.until) == (RefusalCode.BUDGET_SPENT, turn_after(today, ZONE))
    assert "today's share" in refusal.why

    week = Sums(today)
    for ago in range(1, 6):
        week = week.plus(today - timedelta(days=ago), Holding(points_charged=96_000))
    for severity in (0, 2):  # what nobody has confirmed to be harmless waits as long
        refusal = refused_for(week, severity)
        assert refusal.until == turn_after(today + timedelta(days=1), ZONE)
        assert "seven days" in refusal.why


def test_more_of_a_view_never_fits_into_its_own_day_again():
    """It goes on counting to the day on which it was opened, so no turn of the day helps."""
    refusal = disclosure_refusal(situation(sums=holding_today(DEFAULTS.day_points)), extended(opened_view()))
    assert refusal is not None
    assert (refusal.code, refusal.until) == (RefusalCode.BUDGET_SPENT, None)


def test_nothing_is_extended_past_seventy_minutes():
    standing = working_for(69)
    refusal = disclosure_refusal(standing, extended(opened_view()))
    assert refusal is not None
    assert refusal.code is RefusalCode.BREAK_DUE
    assert disclosure_refusal(working_for(60), extended(opened_view())) is None


def test_a_pause_starts_the_seventy_minutes_anew():
    start = MORNING - 90 * MINUTE
    rested = situation(clock=BreakClock(MORNING - 6 * MINUTE, start, start))
    assert reveal(rested) is None


def strictness(answer):
    """A refusal is stricter than any clearance; of two clearances the one with the lower maximum."""
    return 99 if isinstance(answer, Refusal) else -answer.max_severity


@given(
    points=st.integers(0, 130_000),
    extreme=st.integers(0, 31_000),
    open_ms=st.integers(0, 15_000_000),
    week=st.integers(0, 500_000),
    stretch=st.integers(0, 70_000),
    minutes=st.integers(0, 75),
    more=st.tuples(*[st.integers(0, 40_000)] * 6),
)
def test_more_exposure_never_gives_a_milder_decision(points, extreme, open_ms, week, stretch, minutes, more):
    def someone(points, extreme, open_ms, week, stretch, minutes):
        sums = replace(holding_today(points, extreme, open_ms), week_points=week, month_points=week)
        return working_for(
            minutes, sums=sums, stretch_points=stretch, long_points=stretch, extreme_opt_in=True
        )

    less = (points, extreme, open_ms, week, stretch, minutes)
    many = [amount + added for amount, added in zip(less[:5], more, strict=False)]
    first = decide(someone(*less))
    then = decide(someone(*many, minutes + more[5] // 2_000))
    assert strictness(then) >= strictness(first)


@pytest.mark.parametrize(
    ("cleared", "severity", "tightened"),
    [
        (Clearance(3), 3, Clearance(3)),
        (Clearance(3), 4, Clearance(3)),
        (Clearance(3, 0), 2, Clearance(2, 0)),
        (Clearance(3, 1), 1, Clearance(1, takes_unrated=False)),
        (Clearance(3, takes_unrated=False), 2, Clearance(2, takes_unrated=False)),
        # Waiting is worth it only for what is wanted.
        (Clearance(2, wait_until=MORNING, wait_max_severity=4), 1, Clearance(1, takes_unrated=False)),
        (Clearance(2, wait_until=MORNING, wait_max_severity=4), 2, Clearance(2)),
        (
            Clearance(2, wait_until=MORNING, wait_max_severity=4),
            3,
            Clearance(2, wait_until=MORNING, wait_max_severity=3),
        ),
    ],
)
def test_at_most_only_tightens(cleared, severity, tightened):
    assert cleared.at_most(severity) == tightened
