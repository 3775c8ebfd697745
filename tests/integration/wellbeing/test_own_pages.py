"""One's own pages: the record in plain words, the break page, the limit."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from people.models import Team, User
from people.permissions import Role
from tests.factories import wellbeing as do
from tests.factories.people import newcomer
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


def test_in_the_first_weeks_extreme_content_waits_and_the_pages_say_so(
    browser_of: Callable[..., Client], team: Team
) -> None:
    beginner = newcomer("nia", Role.LABELER, team)
    mine = browser_of(beginner)
    do.label(beginner, "lease:1", severity=1)
    waits = "Extreme content waits until your first weeks are over, in 21 days. Now: nothing above moderate."
    assert waits in read(mine, "my_exposure")
    assert waits not in read(mine, "my_choices"), "there it is said of who agreed"
    answer = mine.post(reverse("wellbeing:extreme"), {"opt_in": "yes"}, follow=True)
    assert f"Saved. {waits}" in answer.text
    assert "from now on" not in answer.text
    for name in ("my_exposure", "my_choices"):
        assert "You said that you may be given content" in read(mine, name)
        assert waits in read(mine, name)
    assert do.clear(beginner).max_severity == 2
    do.advance(days=7)
    assert "in 14 days. Now: nothing above severe." in read(mine, "my_choices")


def test_after_the_first_weeks_extreme_content_comes_at_once(me: Client) -> None:
    answer = me.post(reverse("wellbeing:extreme"), {"opt_in": "yes"}, follow=True)
    assert "Saved. You may be given extreme content from now on." in answer.text
    for name in ("my_exposure", "my_choices"):
        assert "Extreme content waits" not in read(me, name)


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
    assert not re.search(r"(minutes?|tasks) later", page)


def _lean_back(person: User, minutes: int) -> None:
    do.claim(person)
    do.reveal(person, severity=1)
    do.conceal(person)
    do.sql(
        "UPDATE dosimeter SET stretch_started_at = respite_now() - make_interval(mins => %s),"
        " long_stretch_started_at = respite_now() - make_interval(mins => %s), last_activity_at = respite_now()"
        " WHERE person_id = %s",
        minutes,
        minutes,
        person.pk,
    )


def test_a_break_that_is_due_says_so_and_one_that_was_chosen_does_not(me: Client, labeler: User) -> None:
    me.post(reverse("wellbeing:start_break"))
    assert "<h1>A break</h1>" in read(me, "break_")
    me.post(reverse("wellbeing:end_break"))
    _lean_back(labeler, 50)
    page = read(me, "break_")
    assert "<h1>Time for a break</h1>" in page
    assert "<title>Time for a break" in page
    _lean_back(labeler, 200)
    assert "<h1>Time for a longer break</h1>" in read(me, "break_")


def test_a_break_that_outlasts_its_due_part_says_so_before_and_after(me: Client, labeler: User) -> None:
    """Four of its five minutes were rested before anybody asked for it; the five from then on are paid."""
    coming = "At zero you can go on, or rest on. A new clock then shows what is still paid."
    _lean_back(labeler, 50)
    me.post(reverse("wellbeing:end_break"))  # it begins at once: nothing outlasts it
    assert coming not in read(me, "break_")

    do.advance(minutes=60)
    _lean_back(labeler, 50)
    do.advance(minutes=4)
    page = me.post(reverse("wellbeing:start_break"), follow=True).text
    assert "<h1>Time for a break</h1>" in page
    assert coming in page
    assert "Go on now" not in page
    do.advance(seconds=61)
    page = read(me, "break_")
    assert "<h1>A break</h1>" in page
    assert "You can go on now, or rest until the clock is at zero." in page
    assert coming not in page


def test_a_moved_break_says_when_it_comes(me: Client, labeler: User) -> None:
    _lean_back(labeler, 50)
    answer = me.post(reverse("wellbeing:move_break"), follow=True)
    assert "The break comes in ten minutes, or sooner after a few more tasks." in answer.text


def _put_off_the_longer_break(person: User, seconds: int) -> None:
    """As if the longer break had been put off, and were due again in so many seconds."""
    _lean_back(person, 20)
    do.sql(
        "UPDATE dosimeter SET long_moved_at = respite_now() - interval '5 minutes',"
        " long_stretch_started_at = respite_now() - interval '130 minutes' + make_interval(secs => %s)"
        " WHERE person_id = %s",
        seconds,
        person.pk,
    )


def test_a_longer_break_that_comes_due_during_a_short_one_is_told_before_and_after(
    me: Client, labeler: User
) -> None:
    _put_off_the_longer_break(labeler, 280)
    page = me.post(reverse("wellbeing:start_break"), follow=True).text
    assert "Go on now" in page
    coming = (
        "During this break the longer one comes due: fifteen minutes in all, and what you have rested counts."
    )
    assert coming in page
    do.advance(seconds=275)
    assert "Go on now" in read(me, "break_")
    do.advance(seconds=10)
    page = read(me, "break_")
    assert "<h1>Time for a longer break</h1>" in page
    assert "Go on now" not in page
    assert "4 of 15 minutes were done already. They count." in page
    assert coming not in page
    do.advance(seconds=60)
    assert "5 of 15 minutes were done already. They count." in read(me, "break_")


def test_a_longer_break_that_comes_later_is_not_told_on_the_page_of_a_short_one(
    me: Client, labeler: User
) -> None:
    _put_off_the_longer_break(labeler, 400)
    page = me.post(reverse("wellbeing:start_break"), follow=True).text
    assert "Go on now" in page
    assert "the longer one comes due" not in page
    assert "done already" not in page


def test_a_short_break_that_is_due_tells_of_the_longer_one_too(me: Client, labeler: User) -> None:
    _lean_back(labeler, 117)
    do.sql(
        "UPDATE dosimeter SET stretch_started_at = respite_now() - interval '51 minutes' WHERE person_id = %s",
        labeler.pk,
    )
    page = read(me, "break_")
    assert "<h1>Time for a break</h1>" in page
    assert "During this break the longer one comes due: fifteen minutes in all" in page


def test_a_longer_break_moved_after_a_short_rest_says_when_it_comes(me: Client, labeler: User) -> None:
    """No short stretch runs then: with today's limit reached, the first page said "No break due"."""
    _lean_back(labeler, 122)
    do.fill(labeler, points_charged=120_000)
    do.advance(minutes=6)
    assert "<h1>Time for a longer break</h1>" in read(me, "break_")
    answer = me.post(reverse("wellbeing:move_break"), follow=True)
    assert "The break comes in 2 minutes, or sooner after a few more tasks." in answer.text
    assert "Break in 2 minutes." in answer.text
    assert "No break due" not in answer.text


@pytest.mark.parametrize(
    ("minutes", "button", "told"),
    [(50, "Ten minutes later", "ten minutes"), (53, "7 minutes later", "7 minutes")],
)
def test_the_button_gives_what_it_says(
    me: Client, labeler: User, minutes: int, button: str, told: str
) -> None:
    _lean_back(labeler, minutes)
    assert re.search(rf'<button class="btn " type="submit">{button}\s', read(me, "break_"))
    answer = me.post(reverse("wellbeing:move_break"), follow=True)
    assert f"The break comes in {told}, or sooner after a few more tasks." in answer.text


def test_a_break_that_is_due_by_points_alone_moves_by_a_few_tasks(me: Client, labeler: User) -> None:
    for number in range(15):
        do.label(labeler, f"severe:{number}", severity=3, seconds=45)
    page = read(me, "break_")
    assert "A few tasks later" in page
    assert "minutes later" not in page
    answer = me.post(reverse("wellbeing:move_break"), follow=True)
    assert "The break comes after a few more tasks." in answer.text


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
