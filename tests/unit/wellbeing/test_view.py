from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.wellbeing.pretend import MORNING, PART, WHOLE, opened_view
from wellbeing.domain.stimulus import Disclosure, Modality
from wellbeing.domain.view import (
    EntryKind,
    Holding,
    ViewState,
    closed,
    corrected,
    extended,
    holding,
    reopened,
    settled,
    stepped,
    topped_up,
)


def after(seconds):
    return MORNING + timedelta(seconds=seconds)


def test_a_first_reveal_reserves_its_whole_window():
    view = opened_view(disclosure=PART)
    assert (view.window_ends_at, view.window, view.share) == (after(35), 1, 500)
    # 0.5 · (0.25 + 35/60) at S2
    assert holding(view) == Holding(points_reserved=417, open_ms_reserved=35_000, policy_points_reserved=417)


def test_concealing_gives_back_what_was_not_reached_but_not_below_reading_speed():
    view = opened_view()  # 60 words: at least 18 s
    early = closed(view, after(5)).after
    assert (early.open_ms, early.closed_at) == (18_000, after(5))
    usual = closed(view, after(40)).after
    assert usual.open_ms == 40_000
    late = closed(view, after(4_000)).after
    assert (late.open_ms, late.closed_at) == (50_000, view.window_ends_at)
    assert holding(late) == holding(view)


def test_the_least_time_is_never_more_than_the_window():
    view = opened_view(disclosure=Disclosure(2_000, 2_000))
    assert closed(view, after(1)).after.open_ms == 180_000


def test_reopening_adds_a_window_and_no_second_base_charge():
    view = closed(opened_view(), after(40)).after
    again = reopened(view, severity=2, disclosure=PART, words_per_minute=120, now=after(100)).after
    assert (again.window, again.opened_at, again.first_opened_at) == (2, after(100), MORNING)
    assert again.window_ends_at == after(150), "all 60 words are on the screen again"
    assert again.reserved == 250 + 1_500, "a quarter once, 40 s and 50 s"
    assert again.share == 1_000, "the highest of the view counts"
    assert again.closed_at is None


def test_an_expectation_that_rose_counts_from_the_next_reveal_on_and_never_falls():
    view = closed(opened_view(severity=3), after(40)).after
    raised = reopened(view, severity=4, disclosure=WHOLE, words_per_minute=120, now=after(60)).after
    assert raised.severity == 4
    assert holding(raised).extreme == raised.reserved
    assert (
        reopened(view, severity=1, disclosure=WHOLE, words_per_minute=120, now=after(60)).after.severity == 3
    )


def test_a_step_adds_share_and_reading_time_and_the_same_step_nothing():
    view = opened_view(disclosure=PART)
    change = stepped(view, disclosure=WHOLE, words_per_minute=120)
    assert change is not None
    assert change.kind is EntryKind.EXTEND
    assert (change.after.share, change.after.words_disclosed) == (1_000, 60)
    assert change.after.window_ends_at == after(50)
    assert stepped(change.after, disclosure=WHOLE, words_per_minute=120) is None
    assert stepped(change.after, disclosure=PART, words_per_minute=120) is None


def test_showing_an_image_whole_is_a_step_without_words():
    view = opened_view(disclosure=Disclosure(10, 100), modality=Modality.IMAGE)
    change = stepped(view, disclosure=Disclosure(10, 100, full=True), words_per_minute=120)
    assert change is not None
    assert change.after.share == 1_000
    assert change.after.window_ends_at == view.window_ends_at


def test_more_lengthens_the_window_by_a_minute():
    view = opened_view()
    change = extended(view)
    assert (change.after.window, change.after.window_ends_at) == (2, after(110))
    assert change.difference.points == 1_000


@pytest.mark.parametrize("verdict", [None, 0, 1, 2, 3, 4])
def test_settling_charges_the_verdict_or_what_was_expected(verdict):
    view = closed(opened_view(severity=2), after(45)).after
    done = settled(view, verdict=verdict, now=after(60)).after
    severity = 2 if verdict is None else verdict
    weight = (0, 0.5, 1, 2, 4)[severity]
    assert (done.charged, done.reserved) == (1_000 * weight, 0)
    assert holding(done) == Holding(
        points_charged=done.charged,
        extreme_charged=done.charged if severity == 4 else 0,
        open_ms_charged=45_000,
        policy_points_charged=done.charged,
    )
    assert done.verdict == verdict


def test_settling_an_open_view_closes_it():
    done = settled(opened_view(), verdict=2, now=after(45)).after
    assert (done.closed_at, done.open_ms, done.charged) == (after(45), 45_000, 1_000)


def test_a_top_up_raises_the_charge_and_only_raises_it():
    done = settled(opened_view(severity=2), verdict=2, now=after(45)).after
    change = topped_up(done, 4)
    assert change is not None
    assert change.difference == Holding(
        points_charged=3_000, extreme_charged=4_000, policy_points_charged=3_000
    )
    assert change.after.charged == 1_000, "what breaks go by is left as it was"
    assert topped_up(change.after, 4) is None
    assert topped_up(change.after, 3) is None
    assert topped_up(opened_view(), 4) is None, "what is not settled is not topped up"


def test_an_answer_of_nothing_gives_back_points_and_no_time():
    change = settled(closed(opened_view(severity=2), after(45)).after, verdict=0, now=after(60))
    assert (change.difference.points, change.difference.open_ms) == (-1_000, 0)
    assert holding(change.after) == Holding(open_ms_charged=45_000)


def test_a_top_up_of_what_was_expected_to_be_worse_adds_points_alone():
    done = settled(opened_view(severity=2), verdict=0, now=after(45)).after
    change = topped_up(done, 1)
    assert change is not None
    assert change.difference == Holding(points_charged=500, policy_points_charged=500)


def test_a_top_up_of_what_was_surely_benign_adds_its_open_time():
    done = settled(opened_view(severity=0), verdict=0, now=after(45)).after
    assert holding(done) == Holding()
    change = topped_up(done, 1)
    assert change is not None
    assert change.difference == Holding(points_charged=500, open_ms_charged=45_000, policy_points_charged=500)


@pytest.mark.parametrize("severity", [0, 1, 3, 4])
def test_a_correction_charges_anew_up_or_down(severity):
    done = settled(opened_view(severity=2), verdict=2, now=after(45)).after
    topped = topped_up(done, 3)
    assert topped is not None
    change = corrected(topped.after, severity)
    if severity == 3:
        assert change is None
        return
    assert change is not None
    assert change.kind is EntryKind.CORRECTION
    assert holding(change.after) == holding(
        settled(opened_view(severity=2), verdict=severity, now=after(45)).after
    )
    assert corrected(opened_view(), 3) is None, "what is not settled is not corrected"


def test_what_is_benign_takes_nothing():
    view = opened_view(severity=0)
    assert holding(view) == holding(closed(view, after(20)).after) == Holding()


def test_nothing_holds_nothing():
    assert holding(None) == Holding()


def test_states():
    view = opened_view()
    shut = closed(view, after(10)).after
    assert view.state_at(after(49)) is ViewState.OPEN
    assert view.state_at(after(50)) is ViewState.OVERDUE
    assert shut.state_at(after(500)) is ViewState.CLOSED
    assert settled(shut, verdict=1, now=after(20)).after.state_at(after(500)) is ViewState.SETTLED


def test_the_outside_sees_seconds_left_of_an_open_view_only():
    view = opened_view()
    assert view.seen_at(after(49.5)).seconds_left == 1
    assert view.seen_at(after(60)).seconds_left == 0
    assert view.seen_at(MORNING).milli_points == view.reserved


@given(
    severity=st.integers(0, 4),
    verdict=st.none() | st.integers(0, 4),
    steps=st.lists(st.sampled_from(["step", "more", "close", "reopen"]), max_size=8),
    pause=st.lists(st.integers(0, 200), min_size=9, max_size=9),
    pace=st.integers(1, 500),
)
def test_no_life_of_a_view_costs_more_than_was_reserved_at_its_severity(
    severity, verdict, steps, pause, pace
):
    view = opened_view(severity=severity, disclosure=PART, pace=pace)
    now, total = MORNING, holding(view)
    for step, seconds in zip(steps, pause, strict=False):
        now += timedelta(seconds=seconds)
        change = None
        if view.closed_at is None and step == "step":
            change = stepped(view, disclosure=WHOLE, words_per_minute=pace)
        elif view.closed_at is None and step == "more":
            change = extended(view)
        elif view.closed_at is None and step == "close":
            change = closed(view, now)
        elif view.closed_at is not None and step == "reopen":
            change = reopened(view, severity=severity, disclosure=PART, words_per_minute=pace, now=now)
        if change is not None:
            total = total.plus(change.difference)
            assert total == holding(change.after), "what a day holds is the sum of the differences"
            if change.kind is EntryKind.CLOSE:
                assert change.difference.points <= 0
                assert change.difference.open_ms <= 0
            else:
                assert change.difference.points >= 0
            view = change.after
    end = settled(view, verdict=severity, now=now)
    assert end.after.charged <= view.reserved or view.severity == 0
    other = settled(view, verdict=verdict, now=now).after
    assert other.open_ms == end.after.open_ms, "a verdict changes no time"
    if severity:
        assert holding(other).open_ms == holding(end.after).open_ms == other.open_ms, (
            "nor what the day holds of it"
        )
        assert holding(other).open_ms <= total.open_ms, "only time that was not reached is given back"
