from dataclasses import replace
from datetime import timedelta

from tests.unit.wellbeing.pretend import MORNING, holding_today, opened_view, situation
from wellbeing.domain.breaks import BreakClock
from wellbeing.domain.situation import as_if_closed, overdue_change
from wellbeing.domain.view import closed, holding, settled

MINUTE = timedelta(minutes=1)


def with_open(minutes_ago=0.0, **changed):
    view = opened_view(now=MORNING - minutes_ago * MINUTE)
    held = holding(view)
    sums = holding_today()
    sums = replace(sums, days={view.day: held}, week_points=held.points, month_points=held.points)
    clock = BreakClock(view.opened_at, view.opened_at, view.opened_at)
    defaults = {"clock": clock, "stretch_points": held.points, "long_points": held.points}
    return situation(sums=sums, open_view=view, **{**defaults, **changed}), view


def test_an_open_view_is_activity_until_its_windows_end():
    standing, view = with_open(0.5)
    assert standing.break_clock.last_activity_at == MORNING
    assert standing.overdue is None
    late, view = with_open(4)
    assert late.break_clock.last_activity_at == view.window_ends_at
    assert late.overdue == view


def test_reads_show_an_overdue_view_as_closed():
    standing, view = with_open(4)
    after = as_if_closed(standing)
    assert after.open_view is None
    assert after.last_closed_at == view.window_ends_at
    change = overdue_change(standing)
    assert change is not None
    held = holding(change.after)
    assert after.sums.of(view.day) == held
    assert (after.stretch_points, after.long_points) == (held.points, held.points)
    assert overdue_change(after) is None
    assert as_if_closed(after) == after


def test_the_view_that_began_a_stretch_counts_in_it():
    standing, view = with_open(0.5)
    change = closed(view, MORNING)
    after = standing.after(change)
    assert after.stretch_points == after.long_points == holding(change.after).points < holding(view).points


def test_after_a_pause_the_points_of_the_stretch_are_gone():
    standing = situation(
        clock=BreakClock(MORNING - 5 * MINUTE, MORNING - 55 * MINUTE, MORNING - 55 * MINUTE),
        stretch_points=29_000,
        long_points=29_000,
    )
    assert standing.points_since_pause == (0, 29_000)
    assert replace(standing, now=MORNING + 10 * MINUTE).points_since_pause == (0, 0)


def test_a_change_moves_only_what_it_belongs_to():
    standing, view = with_open(0.5)
    standing = replace(
        standing, occasion_view=view, clock=BreakClock(MORNING), stretch_points=0, long_points=0
    )
    change = closed(view, MORNING)
    after = standing.after(change)
    assert (after.open_view, after.occasion_view) == (None, change.after)
    assert (after.stretch_points, after.long_points) == (0, 0), "it was opened before any stretch began"
    other = opened_view(now=MORNING)
    elsewhere = after.after(settled(other, verdict=1, now=MORNING))
    assert elsewhere.occasion_view == change.after
    reopened = after.after(closed(other, MORNING))
    assert reopened.last_closed_at == MORNING
    opened = replace(standing, open_view=None, occasion_view=None)
    assert opened.after(type(change)(change.kind, None, other)).open_view == other
    assert standing.after(settled(closed(other, MORNING).after, verdict=None, now=MORNING)).open_view == view


def test_revealing_and_activity_start_from_the_rested_clock():
    tired = situation(clock=BreakClock(MORNING - 6 * MINUTE, MORNING - 50 * MINUTE, MORNING - 50 * MINUTE))
    assert tired.with_activity(MORNING).clock == BreakClock(MORNING, None, MORNING - 50 * MINUTE)
    assert tired.with_reveal().clock == BreakClock(MORNING, MORNING, MORNING - 50 * MINUTE)
    assert tired.due_break is None
