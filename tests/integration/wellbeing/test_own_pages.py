"""One's own pages: the record in plain words, the break page, the limit."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from people.models import User
from tests.factories import wellbeing as do
from wellbeing import interface

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def me(browser_of: Callable[..., Client], labeler: User) -> Client:
    return browser_of(labeler)


def read(me: Client, name: str, **query: object) -> str:
    return me.get(reverse(f"wellbeing:{name}"), query).content.decode()


def test_the_record_of_somebody_new(me: Client) -> None:
    page = read(me, "my_exposure")
    assert "You have not opened anything today." in page
    assert "Nobody but you has looked." in page


def test_every_view_is_an_entry_that_is_explained(me: Client, labeler: User) -> None:
    do.claim(labeler)
    do.reveal(labeler, severity=2)
    do.alone(interface.settle, person_id=labeler.pk, occasion="lease:1", verdict=3)
    page = read(me, "my_exposure")
    assert "severe" in page
    assert "Opened: +" in page
    assert "Answered: " in page
    assert "You opened something once today" in page


def test_entries_come_in_pages(me: Client, labeler: User) -> None:
    for number in range(26):
        do.reveal(labeler, occasion=f"lease:{number}", severity=1)
        do.alone(interface.settle, person_id=labeler.pk, occasion=f"lease:{number}", verdict=0)
    page = read(me, "my_exposure")
    assert page.count("<summary>Explain") == 25
    older = page.split("?before=")[1].split("#")[0]
    assert read(me, "my_exposure", before=older).count("<summary>Explain") == 1


def test_who_looked_is_told(me: Client, labeler: User, lead: User) -> None:
    interface.team_exposure(person_ids=[labeler.pk], looked_by=lead.pk)
    assert f"{lead.get_full_name()} saw your totals of the day" in read(me, "my_exposure")


def test_extreme_content_is_a_choice_that_can_be_taken_back(me: Client, labeler: User) -> None:
    me.post(reverse("wellbeing:extreme"), {"opt_in": "yes"})
    assert interface.exposure_of(person_id=labeler.pk, looked_by=labeler.pk).extreme_opt_in
    me.post(reverse("wellbeing:extreme"), {"opt_in": "no"})
    assert not interface.exposure_of(person_id=labeler.pk, looked_by=labeler.pk).extreme_opt_in


def test_a_break_begins_ends_and_is_counted(me: Client) -> None:
    me.post(reverse("wellbeing:start_break"))
    assert 'role="timer"' in read(me, "break_")
    assert me.post(reverse("wellbeing:end_break"))["Location"] == "/"
    assert "Your break is over" in read(me, "break_")
    assert "One break today" in read(me, "my_exposure")


def test_a_due_break_cannot_be_ended(me: Client, labeler: User) -> None:
    do.claim(labeler)
    do.reveal(labeler, severity=1)
    do.conceal(labeler)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE dosimeter SET stretch_started_at = respite_now() - interval '51 minutes',"
            " micro_moved_at = respite_now() - interval '20 minutes', last_activity_at = respite_now()"
            " WHERE person_id = %s",
            [labeler.pk],
        )
        cursor.execute(
            "UPDATE dosimeter SET stretch_started_at = respite_now() - interval '61 minutes' WHERE person_id = %s",
            [labeler.pk],
        )
    assert me.post(reverse("wellbeing:end_break"))["Location"] == reverse("wellbeing:break_")
    page = read(me, "break_")
    assert "Go on now" not in page
    assert "Ten minutes later" not in page


def test_who_chose_the_limit_is_said(me: Client, labeler: User) -> None:
    do.fill(labeler, points_charged=50_000)
    for name in ("limit", "my_exposure"):
        assert "The limit is a choice of your organisation" in read(me, name)
    interface.set_own_limits(person=labeler, numbers={"day_points": 50_000})
    for name in ("limit", "my_exposure"):
        page = read(me, name)
        assert "You chose this limit yourself" in page
        assert "The limit is a choice of your organisation" not in page


def test_the_limit_page_never_reproaches(me: Client) -> None:
    assert "You have not reached a limit" in read(me, "limit")
