"""Breaks on the clock of the database: due, taken, moved, and never skipped (I4)."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from people.speech import in_language
from tests.factories.wellbeing import (
    advance,
    claim,
    clear,
    conceal,
    label,
    more,
    reveal,
    settle,
    sql,
    step,
)
from wellbeing import interface
from wellbeing.interface import BreakKind, Clearance, NoSuchPerson, Refusal, View, exposure_of
from wellbeing.models import BreakTaken, Dosimeter

pytestmark = pytest.mark.django_db


def work_until(person, minutes, *, every=4):
    """A benign view every few minutes: a stretch that the clock ends, not the points."""
    label(person, "start", severity=0, seconds=5)
    passed = 0.0
    while passed < minutes:
        step_ = min(every, minutes - passed)
        advance(minutes=step_)
        passed += step_
        if passed < minutes:
            claim(person)
    return passed


def exposure(person):
    return exposure_of(person_id=person.pk, looked_by=person.pk)


def test_fifty_minutes_by_the_clock_make_a_break_due(labeler):
    work_until(labeler, 49.8)
    assert isinstance(claim(labeler), Clearance)
    advance(seconds=15)
    refused = claim(labeler)
    assert isinstance(refused, Refusal)
    assert refused.code == "break_due"
    assert reveal(labeler, "lease:9", severity=0).code == "break_due"


def test_a_due_break_is_over_when_nothing_happened_for_its_length(labeler):
    work_until(labeler, 49.9)
    claim(labeler)
    advance(seconds=30)
    refused = claim(labeler)
    for _ in range(5):
        advance(seconds=50)
        assert claim(labeler).until == refused.until, "asking in vain does not prolong it"
    advance(seconds=30)
    assert isinstance(claim(labeler), Clearance)
    assert exposure(labeler).next_break is None, "a stretch begins with the next reveal"


def test_a_lunch_counts_without_a_click(labeler):
    work_until(labeler, 49)
    advance(minutes=30)
    assert isinstance(claim(labeler), Clearance)
    label(labeler, "after", severity=0)
    seen = exposure(labeler)
    assert seen.next_break.kind is BreakKind.MICRO
    assert 49 * 60 < seen.next_break_seconds <= 50 * 60
    assert BreakTaken.objects.count() == 0


def test_claims_and_answers_are_activity_and_skips_are_not(labeler):
    label(labeler, "start", severity=0, seconds=1)
    started = Dosimeter.objects.get().stretch_started_at
    reveal(labeler, "late", severity=0)
    conceal(labeler)
    advance(minutes=4)
    settle(labeler, "late", verdict=0)
    advance(minutes=4)
    claim(labeler)
    label(labeler, "next", severity=0, seconds=1)
    assert Dosimeter.objects.get().stretch_started_at == started
    reveal(labeler, "skipped", severity=0)
    conceal(labeler)
    advance(minutes=4)
    settle(labeler, "skipped", verdict=None)
    advance(minutes=2)
    label(labeler, "again", severity=0, seconds=1)
    assert Dosimeter.objects.get().stretch_started_at > started


def test_a_pause_that_a_claim_ends_is_not_forgotten(labeler):
    work_until(labeler, 30)
    advance(minutes=6)
    claim(labeler)
    assert Dosimeter.objects.get().stretch_started_at is None
    advance(minutes=1)
    label(labeler, "after", severity=0)
    assert exposure(labeler).next_break_seconds > 48 * 60


def spend_points(person, points):
    """Severe views of a minute each until this much has been charged in the stretch."""
    number = 0
    while exposure(person).points.used < points:
        label(person, f"severe:{number}", severity=3, seconds=45)
        number += 1


def test_thirty_points_make_a_break_due_and_a_top_up_does_not(labeler):
    # Each of these charges 2,000 milli-points; 15 of them are 30 EP in under twelve minutes.
    spend_points(labeler, 28_000)
    assert isinstance(claim(labeler), Clearance)
    interface.owe_top_up(person_id=labeler.pk, occasion="severe:0", severity=4)
    from wellbeing.jobs import apply_top_ups

    assert apply_top_ups() == 1
    assert exposure(labeler).points.used >= 30_000
    assert isinstance(claim(labeler), Clearance)
    label(labeler, "one more", severity=3, seconds=45)
    assert claim(labeler).code == "break_due"


def test_what_is_open_may_be_finished(labeler):
    work_until(labeler, 49.6)
    shown = reveal(labeler, "lease:9", severity=1)
    advance(seconds=30)
    assert exposure(labeler).due_break is not None
    assert isinstance(more(labeler, "lease:9", window=shown.window), View)
    assert settle(labeler, "lease:9", verdict=1).state == "settled"
    assert claim(labeler).code == "break_due"


def test_nothing_is_extended_past_seventy_minutes(labeler):
    work_until(labeler, 49.6)
    reveal(labeler, "lease:9", severity=0)
    window, answer = 1, None
    for _ in range(40):
        answer = more(labeler, "lease:9", window=window)
        if isinstance(answer, Refusal):
            break
        window = answer.window
        advance(seconds=55)
    assert answer.code == "break_due"
    started = Dosimeter.objects.get().stretch_started_at
    end = sql("SELECT window_ends_at FROM exposure_view WHERE occasion = 'lease:9'")[0][0]
    assert (end - started).total_seconds() <= 70 * 60


def test_a_due_break_moves_once_by_ten_minutes(labeler):
    work_until(labeler, 50.1, every=4)
    assert exposure(labeler).can_move_break
    moved = interface.move_break(person_id=labeler.pk)
    assert not isinstance(moved, Refusal)
    assert isinstance(claim(labeler), Clearance)
    for _ in range(3):
        advance(minutes=3.4)
        last = claim(labeler)
    assert last.code == "break_due"
    assert interface.move_break(person_id=labeler.pk).why == (
        "This break cannot be moved any more. Take it now, please."
    )
    assert not exposure(labeler).can_move_break
    advance(minutes=6)
    label(labeler, "after", severity=0)
    assert Dosimeter.objects.get().micro_moved_at is None, "the next stretch has its own move"


def test_there_is_nothing_to_move_before_a_break_is_due(labeler):
    refused = interface.move_break(person_id=labeler.pk)
    assert refused.code == "not_open"
    with translation.override("es"):
        assert in_language(refused.why) == "Ahora no toca ningún descanso, así que no hay nada que mover."


def test_a_long_break_after_two_hours_of_stretches_with_short_ones(labeler):
    for number in range(3):
        work_until_free(labeler, f"part{number}", 38)
        advance(minutes=5.1)
    refused = claim(labeler)
    assert refused.code == "break_due"
    assert "longer break" in refused.why
    assert 0 < (refused.until - interface.now()).total_seconds() < 15 * 60
    started = interface.start_break(person_id=labeler.pk, kind=BreakKind.MICRO)
    assert started.kind is BreakKind.LONG, "the one that is due is the one that begins"
    assert started.free_at == refused.until
    advance(minutes=10)
    assert isinstance(claim(labeler), Clearance)
    assert Dosimeter.objects.get().long_stretch_started_at is None


def work_until_free(person, name, minutes):
    label(person, name, severity=0, seconds=5)
    for _ in range(int(minutes // 4)):
        advance(minutes=4)
        claim(person)
    advance(minutes=minutes % 4)
    claim(person)


def test_a_break_conceals_and_is_paid(labeler):
    reveal(labeler)
    advance(seconds=25)
    started = interface.start_break(person_id=labeler.pk, kind=BreakKind.LONG)
    row = BreakTaken.objects.get()
    assert (row.kind, row.paid, row.started_at, row.ends_at) == (
        "long",
        True,
        started.started_at,
        started.ends_at,
    )
    assert (started.ends_at - started.started_at).total_seconds() == 900
    assert sql("SELECT closed_at IS NOT NULL FROM exposure_view") == [(True,)]
    assert exposure(labeler).break_ends_at == started.ends_at


def test_a_stop_is_kept_exactly_like_a_short_break(labeler, second_labeler):
    interface.stop(person_id=labeler.pk)
    interface.start_break(person_id=second_labeler.pk, kind=BreakKind.MICRO)
    stop, chosen = BreakTaken.objects.order_by("started_at").values("kind", "paid")
    assert stop == chosen


def test_starting_twice_is_one_break_and_a_longer_one_makes_it_longer(labeler):
    first = interface.stop(person_id=labeler.pk)
    assert interface.stop(person_id=labeler.pk) == first
    longer = interface.start_break(person_id=labeler.pk, kind=BreakKind.LONG)
    assert (longer.started_at, longer.kind) == (first.started_at, BreakKind.LONG)
    assert (longer.ends_at - longer.started_at).total_seconds() == 900
    assert interface.stop(person_id=labeler.pk).ends_at == longer.ends_at
    assert BreakTaken.objects.count() == 1


def test_coming_back_early_ends_a_break_that_was_wished_for(labeler):
    interface.stop(person_id=labeler.pk)
    interface.end_break(person_id=labeler.pk)
    row = BreakTaken.objects.get()
    assert (row.ends_at - row.started_at).total_seconds() < 5


@pytest.mark.parametrize("was_begun", [True, False])
def test_a_break_that_is_due_goes_on_and_is_paid_when_somebody_would_come_back_early(labeler, was_begun):
    work_until(labeler, 50)
    claim(labeler)
    if was_begun:
        interface.start_break(person_id=labeler.pk, kind=BreakKind.MICRO)
    interface.end_break(person_id=labeler.pk)
    row = BreakTaken.objects.get()
    assert (row.ends_at - row.started_at).total_seconds() == 300
    assert claim(labeler).code == "break_due"
    advance(minutes=6)
    interface.end_break(person_id=labeler.pk)
    assert BreakTaken.objects.get() == row


def test_a_short_break_during_which_the_longer_one_comes_due_is_paid_to_its_end(labeler):
    """Nobody is at the page to begin the second part."""
    work_until(labeler, 50)
    sql(
        "UPDATE dosimeter SET long_stretch_started_at = respite_now() - interval '117 minutes',"
        " stretch_started_at = respite_now() - interval '10 minutes' WHERE person_id = %s",
        labeler.pk,
    )
    began = interface.start_break(person_id=labeler.pk, kind=BreakKind.MICRO)
    assert (began.kind, began.free_at) == (BreakKind.LONG, None)
    assert (began.ends_at - began.started_at).total_seconds() == 900
    advance(minutes=1)
    interface.end_break(person_id=labeler.pk)  # before it is due, by one's own wish
    row = BreakTaken.objects.get()
    assert 60 <= (row.ends_at - row.started_at).total_seconds() < 65


def test_a_reveal_ends_a_break_that_was_not_due(labeler):
    interface.stop(person_id=labeler.pk)
    advance(minutes=1)
    assert isinstance(reveal(labeler), View)
    row = BreakTaken.objects.get()
    assert 60 <= (row.ends_at - row.started_at).total_seconds() < 65
    assert exposure(labeler).break_ends_at is None
    interface.stop(person_id=labeler.pk)
    assert BreakTaken.objects.count() == 2


def test_breaks_of_one_person_never_overlap(labeler, second_labeler):
    clear(labeler)
    clear(second_labeler)
    insert = """
        INSERT INTO break_taken (person_id, kind, started_at, ends_at, paid)
        VALUES (%s, 'micro', '2026-03-02 09:00+00', '2026-03-02 09:05+00', true)
    """
    sql(insert, labeler.pk)
    sql(insert, second_labeler.pk)
    with pytest.raises(IntegrityError, match="never_overlaps"), transaction.atomic():
        sql(insert, labeler.pk)


def test_a_break_of_nobody_is_refused():
    with pytest.raises(NoSuchPerson):
        interface.start_break(person_id=987_654, kind=BreakKind.MICRO)


def test_a_lost_conceal_counts_as_activity_until_its_windows_end_only(labeler):
    reveal(labeler)
    advance(seconds=50 + 299)
    assert exposure(labeler).next_break is not None
    advance(seconds=2)
    assert exposure(labeler).next_break is None
    assert step(labeler).code == "window_over"
