"""The day turns at 04:00 in the person's own zone; a change of zone waits two turns."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from people.errors import SettingNotPossible
from tests.factories.wellbeing import advance, advance_to, claim, clear, fill, label, reveal, settle
from wellbeing.domain.day import day_of, turn_after
from wellbeing.interface import View, exposure_of, now
from wellbeing.models import DoseDay, Dosimeter, ExposureView
from wellbeing.operations.time_zone import choose_time_zone
from wellbeing.queries.hours import hours_of

pytestmark = pytest.mark.django_db


def exposure(person):
    return exposure_of(person_id=person.pk, looked_by=person.pk)


@pytest.mark.parametrize(
    "zone", ["UTC", "Africa/Nairobi", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"]
)
def test_sql_and_the_rules_agree_on_the_day(zone, labeler):
    labeler.time_zone = zone
    labeler.save()
    for _ in range(8):
        clear(labeler)
        seen = exposure(labeler)
        assert seen.day == day_of(seen.now, zone)
        assert seen.turns_at == turn_after(seen.day, zone) > seen.now
        advance(hours=3, minutes=7)


def test_a_new_day_has_a_new_budget(labeler):
    advance_to(3, 50)
    fill(labeler, points_charged=120_000)
    assert clear(labeler).confirmed_benign_only
    advance_to(4, 0, 1)
    assert not clear(labeler).confirmed_benign_only
    assert exposure(labeler).points.used == 0
    assert exposure(labeler).week_points.used == 120_000


def test_a_view_that_is_opened_again_after_the_turn_belongs_to_its_first_day(labeler):
    advance_to(3, 59)
    reveal(labeler)
    first = DoseDay.objects.get().day
    advance_to(4, 5)
    assert isinstance(reveal(labeler), View)
    settle(labeler)
    label(labeler, "lease:2")
    days = DoseDay.objects.order_by("day")
    assert [day.day for day in days] == [first, first + timedelta(days=1)]
    assert ExposureView.objects.get(occasion="lease:1").day == first
    assert days[0].points_charged > days[1].points_charged


def test_what_a_view_gives_back_stands_in_the_hour_in_which_it_opened(labeler):
    advance_to(10, 59, 50)
    label(labeler, "lease:1", seconds=1)
    reveal(labeler, "lease:2")
    advance_to(11, 0, 10)
    settle(labeler, "lease:2", verdict=0)  # nothing of what was reserved is charged

    day = exposure(labeler).day
    (hour,) = hours_of(person_id=labeler.pk, day=day, time_zone="UTC")
    assert (hour.hour, hour.opened) == (10, 2)
    assert hour.points == DoseDay.objects.get().points_charged > 0
    (elsewhere,) = hours_of(person_id=labeler.pk, day=day, time_zone="Africa/Nairobi")
    assert elsewhere.hour == 13


def test_a_full_day_does_not_open_a_view_of_it_again_but_the_next_day_is_free(labeler):
    advance_to(3, 59)
    reveal(labeler)
    day = DoseDay.objects.get()
    fill(labeler, points_charged=119_999 - day.points_reserved)
    advance_to(4, 5)
    assert reveal(labeler).code == "budget_spent"
    assert isinstance(reveal(labeler, "lease:2"), View)


@pytest.mark.parametrize(("zone", "is_later"), [("America/Los_Angeles", True), ("Asia/Tokyo", False)])
def test_what_opens_after_a_change_of_zone_opens_by_the_new_one(labeler, zone, is_later):
    """The second turn from now is the change itself: in the west that day begins hours later."""
    claim(labeler)
    labeler.time_zone = zone
    labeler.save()
    claim(labeler)
    for ago in range(1, 6):
        fill(labeler, days_ago=ago, points_charged=96_000)
    change = Dosimeter.objects.get().next_time_zone_from
    by_new_zone = turn_after(exposure(labeler).day + timedelta(days=1), zone)
    assert exposure(labeler).opens_at == max(change, by_new_zone)
    assert (by_new_zone > change) is is_later


@pytest.mark.parametrize("before", [(), ("Asia/Tokyo",), ("Asia/Tokyo", "UTC")])
def test_a_zone_chosen_before_anything_was_shown_holds_at_once(labeler, before):
    """Also after claims, and after other choices: no day of theirs has begun that they could have twice."""
    claim(labeler)
    for zone in (*before, "Africa/Nairobi"):
        choose_time_zone(person=labeler, time_zone=zone)
    row = Dosimeter.objects.get()
    assert (row.time_zone, row.next_time_zone, row.next_time_zone_from) == ("Africa/Nairobi", None, None)
    assert exposure(labeler).turns_at.astimezone(ZoneInfo("Africa/Nairobi")).hour == 4

    label(labeler, "lease:1")
    assert DoseDay.objects.get().day == day_of(now(), "Africa/Nairobi")


def test_after_one_exposure_a_chosen_zone_waits_two_turns(labeler):
    label(labeler, "lease:1")
    today = exposure(labeler).day
    choose_time_zone(person=labeler, time_zone="Asia/Tokyo")
    row = Dosimeter.objects.get()
    assert (row.time_zone, row.next_time_zone) == ("UTC", "Asia/Tokyo")
    assert row.next_time_zone_from == turn_after(today + timedelta(days=1), "UTC")
    assert exposure(labeler).day == today

    claim(labeler)
    assert Dosimeter.objects.get().next_time_zone_from == row.next_time_zone_from, "noticed once"
    choose_time_zone(person=labeler, time_zone="UTC")
    row = Dosimeter.objects.get()
    assert (row.time_zone, row.next_time_zone, row.next_time_zone_from) == ("UTC", None, None)


def test_a_zone_that_is_refused_changes_nothing(labeler):
    claim(labeler)
    with pytest.raises(SettingNotPossible):
        choose_time_zone(person=labeler, time_zone="Moon/Tranquillity")
    labeler.refresh_from_db()
    assert (labeler.time_zone, Dosimeter.objects.get().time_zone) == ("UTC", "UTC")


def test_a_change_of_zone_takes_effect_after_two_turns(labeler):
    claim(labeler)
    labeler.time_zone = "Asia/Tokyo"
    labeler.save()
    claim(labeler)
    row = Dosimeter.objects.get()
    today = exposure(labeler).day
    assert (row.time_zone, row.next_time_zone) == ("UTC", "Asia/Tokyo")
    wanted = datetime(today.year, today.month, today.day, 4, tzinfo=ZoneInfo("UTC")) + timedelta(days=2)
    assert row.next_time_zone_from == wanted
    advance_to(4, 1)
    claim(labeler)
    assert Dosimeter.objects.get().next_time_zone_from == wanted, (
        "one turn is not enough, and nothing starts anew"
    )
    assert exposure(labeler).turns_at.hour == 4
    advance_to(4, 1)
    assert exposure(labeler).turns_at == turn_after(day_of(now(), "Asia/Tokyo"), "Asia/Tokyo")
    claim(labeler)
    row = Dosimeter.objects.get()
    assert (row.time_zone, row.next_time_zone, row.next_time_zone_from) == ("Asia/Tokyo", None, None)


def test_a_change_of_zone_that_is_taken_back_does_nothing(labeler):
    claim(labeler)
    for zone in ("Asia/Tokyo", "UTC"):
        labeler.time_zone = zone
        labeler.save()
        claim(labeler)
    row = Dosimeter.objects.get()
    assert (row.time_zone, row.next_time_zone) == ("UTC", None)


def test_flying_around_the_world_gives_no_second_budget(labeler):
    """A new zone every hour: in any 24 hours at most two days begin, as at home."""
    started = now()
    zones = ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Tokyo", "America/New_York", "Europe/Berlin"]
    days = []
    for hour in range(72):
        labeler.time_zone = zones[hour % len(zones)]
        labeler.save()
        claim(labeler)
        days.append(exposure(labeler).day)
        advance(hours=1)
    assert len(set(days)) <= 72 // 24 + 1
    assert days == sorted(days)
    assert now() - started >= timedelta(hours=72)


def test_a_zone_that_the_database_does_not_know_is_left(labeler):
    labeler.time_zone = "Moon/Tranquillity"
    labeler.save()
    claim(labeler)
    assert Dosimeter.objects.get().time_zone == "UTC"
    claim(labeler)
    assert Dosimeter.objects.get().next_time_zone is None


def test_somebody_who_was_never_shown_anything_has_an_empty_day(labeler):
    seen = exposure(labeler)
    assert (seen.points.used, seen.due_break, seen.day) == (0, None, day_of(now().astimezone(UTC), "UTC"))
    assert not Dosimeter.objects.exists()
