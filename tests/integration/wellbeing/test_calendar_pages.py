"""Shifts and leave: one's own and one's team's; and what the board makes of them."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import Team, User
from people.permissions import Role
from tests.factories.people import person
from tests.factories.wellbeing import advance_to
from wellbeing import interface
from wellbeing.domain.calendar import Shift
from wellbeing.interface import now, team_exposure
from wellbeing.models import LeavePeriod
from wellbeing.queries.calendar import shifts_of

pytestmark = pytest.mark.django_db

Browsers = Callable[..., Client]
MINE = "/me/calendar/"
ALL_DAYS = [Shift(weekday, time(8), time(17)) for weekday in range(7)]


def send(browser: Client, address: str = MINE, save: str = "shifts", **typed: str):
    return browser.post(address, {"save": save, **typed}, follow=True)


def of(someone: User) -> str:
    return reverse("wellbeing:calendar", args=[someone.pk])


def shift(weekday: int, starts: str, ends: str, number: int = 0) -> dict[str, str]:
    return {f"starts-{weekday}-{number}": starts, f"ends-{weekday}-{number}": ends}


def test_a_person_keeps_their_own_week(browser_of: Browsers, labeler: User) -> None:
    typed = {**shift(0, "08:00", "12:00"), **shift(0, "13:00", "17:30", 1), **shift(4, "22:00", "06:00")}
    page = send(browser_of(labeler), **typed).content.decode()
    assert shifts_of(labeler.pk) == [
        Shift(0, time(8), time(12)),
        Shift(0, time(13), time(17, 30)),
        Shift(4, time(22), time(6)),
    ]
    assert page.count("<details open>") == 1, "only where there is a second shift"
    assert 'value="17:30"' in page


def test_the_same_week_twice_is_one(browser_of: Browsers, labeler: User) -> None:
    for _ in range(2):
        send(browser_of(labeler), **shift(0, "08:00", "12:00"))
    assert len(shifts_of(labeler.pk)) == 1


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        (shift(2, "08:00", ""), "id_ends-2-0", "Write both times, or neither."),
        (shift(2, "", "08:00"), "id_starts-2-0", "Write both times, or neither."),
        (shift(2, "08:00", "08:00"), "id_ends-2-0", "From and to are the same time."),
        (shift(2, "8 o'clock", "12:00"), "id_starts-2-0", "Enter a valid time."),
        (
            {**shift(2, "08:00", "12:00"), **shift(2, "11:00", "15:00", 1)},
            "id_starts-2-1",
            "This begins before the shift before it is over.",
        ),
        (
            {**shift(6, "22:00", "06:00"), **shift(0, "05:00", "09:00")},
            "id_starts-0-0",
            "This begins before the shift before it is over.",
        ),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_is_lost(
    browser_of: Browsers, labeler: User, typed: dict[str, str], field: str, said: str
) -> None:
    interface.set_shifts(person=labeler, shifts=ALL_DAYS, by=labeler)
    answer = send(browser_of(labeler), **{**typed, **shift(5, "07:07", "09:09")})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert f'href="#{field}"' in page
    assert 'value="07:07"' in page
    assert shifts_of(labeler.pk) == ALL_DAYS


def test_leave_is_added_and_taken_back(browser_of: Browsers, labeler: User) -> None:
    first = now().date() + timedelta(days=3)
    days = {"first_day": first.isoformat(), "last_day": (first + timedelta(days=4)).isoformat()}
    for _ in range(2):
        page = send(browser_of(labeler), save="leave", **days).content.decode()
    leave = LeavePeriod.objects.get(person=labeler)
    assert f"{first:%B}" in page
    send(browser_of(labeler), save="", remove=str(leave.pk))
    assert not LeavePeriod.objects.exists()


def test_leave_the_wrong_way_round(browser_of: Browsers, labeler: User) -> None:
    answer = send(browser_of(labeler), save="leave", first_day="2027-05-04", last_day="2027-05-03")
    assert answer.status_code == 422
    assert "The last day is before the first." in answer.content.decode()
    assert 'value="2027-05-04"' in answer.content.decode()


def test_a_lead_keeps_the_calendar_of_the_own_team(
    browser_of: Browsers, lead: User, labeler: User, outsider: User
) -> None:
    page = send(browser_of(lead), of(labeler), **shift(0, "08:00", "12:00")).content.decode()
    assert f"Shifts and leave of {labeler.get_full_name()}" in page
    assert shifts_of(labeler.pk) == [Shift(0, time(8), time(12))]
    assert browser_of(lead).get(of(outsider)).status_code == 404
    assert send(browser_of(outsider), of(labeler), **shift(0, "01:00", "02:00")).status_code == 404
    assert send(browser_of(labeler), of(labeler)).status_code == 403
    assert shifts_of(labeler.pk) == [Shift(0, time(8), time(12))]


def test_a_lead_removes_only_leave_of_the_person_on_the_page(
    browser_of: Browsers, lead: User, labeler: User, outsider: User
) -> None:
    theirs = interface.add_leave(
        person=outsider, first_day=date(2027, 1, 4), last_day=date(2027, 1, 4), by=outsider
    )
    send(browser_of(lead), of(labeler), save="", remove=str(theirs.pk))
    assert LeavePeriod.objects.filter(pk=theirs.pk).exists()


def test_the_board_says_who_is_on_shift(
    browser_of: Browsers, lead: User, labeler: User, second_labeler: User, team: Team
) -> None:
    away = person("wanda", Role.LABELER, team)
    interface.set_shifts(person=labeler, shifts=ALL_DAYS, by=labeler)
    interface.set_shifts(person=away, shifts=ALL_DAYS, by=away)
    today = now().date()
    interface.add_leave(person=away, first_day=today, last_day=today + timedelta(days=1), by=lead)
    seen = team_exposure(person_ids=[labeler.pk, second_labeler.pk, away.pk], looked_by=lead.pk)
    assert [one.on_shift for one in seen] == [True, None, False]
    page = browser_of(lead).get("/team/").content.decode()
    assert f'aria-label="yes: the calendar of {labeler.username}"' in page
    assert f'aria-label="not known: the calendar of {second_labeler.username}"' in page
    assert f'aria-label="no: the calendar of {away.username}"' in page
    advance_to(20)
    assert team_exposure(person_ids=[labeler.pk], looked_by=lead.pk)[0].on_shift is False


def test_a_shift_is_by_the_persons_own_clock(labeler: User, lead: User) -> None:
    interface.set_shifts(person=labeler, shifts=ALL_DAYS, by=labeler)
    labeler.time_zone = "Pacific/Auckland"  # nine in the morning in UTC is late in the evening there
    labeler.save(update_fields=["time_zone"])
    assert team_exposure(person_ids=[labeler.pk], looked_by=lead.pk)[0].on_shift is False
    User.objects.filter(pk=labeler.pk).update(time_zone="Somewhere/Else")
    assert team_exposure(person_ids=[labeler.pk], looked_by=lead.pk)[0].on_shift is None


def test_the_calendars_of_many_cost_one_statement(lead: User, team: Team) -> None:
    people = [person(f"one{number}", Role.LABELER, team) for number in range(20)]
    for one in people:
        interface.set_shifts(person=one, shifts=ALL_DAYS, by=one)
    with CaptureQueriesContext(connection) as asked:
        team_exposure(person_ids=[one.pk for one in people], looked_by=lead.pk)
    assert sum("FROM weekly_shift s WHERE s.person_id = u.id" in query["sql"] for query in asked) == 1
