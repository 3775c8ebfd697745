"""One's own days and weeks as pictures and tables, month by month; and who looked, page by page."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import User
from tests.factories import wellbeing as do
from wellbeing import interface
from wellbeing.models import ExposureLook
from wellbeing.queries.days import Day, days_of, first_day_of
from wellbeing.views.day_rows import day_rows, sum_row
from wellbeing.views.days_chart import days_chart, each_fifth, each_monday, weekday

pytestmark = pytest.mark.django_db

OPENED_IN_A_DAY = 40


@pytest.fixture
def me(browser_of: Callable[..., Client], labeler: User) -> Client:
    return browser_of(labeler)


def read(client: Client, name: str, **query: object) -> str:
    return client.get(reverse(f"wellbeing:{name}"), query).content.decode()


def rest(person: User, *, days_ago: int, minutes: int) -> None:
    do.sql(
        "INSERT INTO break_taken (person_id, kind, started_at, ends_at, paid) VALUES (%s, 'micro',"
        " respite_now() - make_interval(days => %s), respite_now() - make_interval(days => %s, mins => %s), true)",
        person.pk,
        days_ago,
        days_ago,
        -minutes,
    )


def four_busy_weeks(person: User) -> None:
    for number in range(OPENED_IN_A_DAY):
        do.label(person, f"lease:{number}", severity=1 + number % 2, seconds=15)
    for days_ago in range(1, 28):
        do.fill(person, days_ago=days_ago, points_charged=90_000 + days_ago, open_ms_charged=12_000_000)
        rest(person, days_ago=days_ago, minutes=45)


def test_four_busy_weeks_are_a_light_page(me: Client, labeler: User, lead: User) -> None:
    four_busy_weeks(labeler)
    for _ in range(30):
        interface.team_exposure(person_ids=[labeler.pk], looked_by=lead.pk)

    answer = me.get("/me/exposure/")

    page = answer.content.decode()
    assert len(answer.content) < 150_000
    assert page.count('<svg class="chart') == 3
    assert page.count('<th scope="row">') == 28
    assert "Seven days: exposure by day, most of it on" in page
    assert page.count(f"{lead.get_full_name()} saw") == 5
    assert reverse("wellbeing:my_looks") in page


def test_words_come_before_numbers(me: Client, labeler: User) -> None:
    do.fill(labeler, points_charged=60_000)
    do.fill(labeler, days_ago=3, points_charged=180_000)
    page = read(me, "my_exposure")
    assert "About half of today&#x27;s limit" in page
    assert "About half of this limit. 240 of 480 points." in page
    assert "Almost nothing of" not in page
    assert "About a tenth of this limit" in page


def test_somebody_new_has_no_pictures_and_no_empty_table(me: Client) -> None:
    page = read(me, "my_exposure")
    assert '<svg class="chart"' not in page
    assert "<table" not in page
    assert "Nothing yet of this limit" in page
    assert "Nothing was opened in" in read(me, "my_days")


def test_a_month_on_a_page_and_the_one_before(me: Client, labeler: User) -> None:
    today = interface.now().date()
    last_month = today.replace(day=1) - timedelta(days=1)
    do.fill(labeler, days_ago=(today - last_month).days, points_charged=30_000, open_ms_charged=600_000)
    do.label(labeler, "lease:1")
    interface.start_break(person_id=labeler.pk, kind=interface.BreakKind.MICRO)
    do.advance(minutes=3)

    page = read(me, "my_days")
    assert f"<h1>{today:%B %Y}</h1>" in page
    assert f"?month={last_month:%Y-%m}" in page
    assert f"/me/statements/{today:%Y-%m}.pdf" in page
    before = read(me, "my_days", month=f"{last_month:%Y-%m}")
    assert f"{last_month:%a %-d %b}" in before
    assert '<td class="number">30.0</td><td class="number">0.0</td><td class="number">10</td>' in before
    assert f"?month={today:%Y-%m}" in before
    assert 'rel="next"' not in before
    assert "/me/statements/" not in before, "a day row without a ledger row is no statement"
    for odd in ("2026-13", "9999-12", "1;", f"{today.year + 1}-01"):
        assert f"<h1>{today:%B %Y}</h1>" in read(me, "my_days", month=odd)


def test_days_hold_breaks_up_to_now_and_nobody_elses(labeler: User, second_labeler: User) -> None:
    interface.start_break(person_id=labeler.pk, kind=interface.BreakKind.LONG)
    do.advance(minutes=4)
    do.fill(second_labeler, points_charged=1)
    rest(labeler, days_ago=1, minutes=9)
    today = interface.now().date()

    def days(person: User, since: date = today - timedelta(days=5)) -> list[Day]:
        return days_of(person_id=person.pk, since=since, before=today + timedelta(days=1), time_zone="UTC")

    yesterday, now = days(labeler)
    assert (yesterday.breaks, yesterday.break_seconds) == (1, 540)
    assert now.breaks == 1
    assert 240 <= now.break_seconds < 260
    assert days(labeler, today + timedelta(days=1)) == []
    assert [(day.points, day.breaks) for day in days(second_labeler)] == [(1, 0)]
    assert first_day_of(person_id=labeler.pk) == yesterday.day


def test_rows_and_their_sum() -> None:
    days = [
        Day(date(2026, 11, 1), 1_460, 90_000, 1_000, 1, 290),
        Day(date(2026, 11, 2), 100, 40_000, 0, 2, 40),
    ]
    assert [(row.name, row.points, row.minutes, row.paid) for row in day_rows(days)] == [
        ("Mon 2 Nov", "0.1", 1, 1),
        ("Sun 1 Nov", "1.5", 2, 5),
    ]
    whole = sum_row(days)
    assert (whole.points, whole.extreme, whole.minutes, whole.breaks, whole.paid) == ("1.6", "1.0", 2, 3, 6)


@pytest.mark.parametrize(
    ("count", "name", "names"),
    [
        (7, weekday, ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]),
        (28, each_monday, ["2 Nov", "9 Nov", "16 Nov", "23 Nov"]),
        (30, each_fifth, ["5", "10", "15", "20", "25", "30", "1"]),
    ],
)
def test_a_bar_for_each_day_within_the_picture(
    count: int, name: Callable[[date], str], names: list[str]
) -> None:
    since = date(2026, 11, 2)
    days = [Day(since, 500), Day(since + timedelta(days=2), 1_000), Day(since + timedelta(days=4), 0)]
    chart = days_chart(days, since=since, count=count, span="All", name=name)
    assert len(chart.bars) == count
    assert [bar.name for bar in chart.bars if bar.name] == names
    assert chart.bars[2].height == 2 * chart.bars[0].height == 104
    assert {bar.height for bar in chart.bars[3:]} == {2}
    assert all(a.x + a.width < b.x for a, b in zip(chart.bars, chart.bars[1:], strict=False))
    assert chart.bars[-1].x + chart.bars[-1].width <= 640
    assert chart.label == "All: exposure by day, most of it on 4 November"
    nothing = days_chart([Day(since, 0)], since=since, count=count, span="All", name=name)
    assert (nothing.bars, nothing.label) == ((), "All: nothing opened")


def test_everybody_who_looked_page_by_page(
    me: Client, labeler: User, lead: User, second_labeler: User
) -> None:
    for _ in range(60):
        ExposureLook.objects.create(person=labeler, looked_by=lead, what="team")
    theirs = ExposureLook.objects.create(person=second_labeler, looked_by=lead, what="team")
    ExposureLook.objects.create(person=labeler, looked_by=lead, what="correction")

    page = read(me, "my_looks")
    assert page.count("leyla saw ") == 50
    assert "saw an entry of yours, and corrected it" in page
    older = page.split("?before=")[1].split('"')[0]
    assert read(me, "my_looks", before=older).count("leyla saw ") == 11
    assert "Nobody looked before that" in read(me, "my_looks", before=theirs.pk)
    assert read(me, "my_looks", before="x").count("leyla saw ") == 50


def test_the_page_asks_as_much_of_the_database_for_many_days_as_for_one(me: Client, labeler: User) -> None:
    def statements() -> int:
        me.get("/me/exposure/")
        with CaptureQueriesContext(connection) as asked:
            me.get("/me/exposure/")
        return len(asked)

    do.label(labeler, "lease:1", 1)
    few = statements()
    for days_ago in range(1, 28):
        do.fill(labeler, days_ago=days_ago, points_charged=1_000)
        rest(labeler, days_ago=days_ago, minutes=5)
    assert statements() == few


@pytest.mark.parametrize("name", ["my_days", "my_looks", "my_exposure"])
def test_they_are_for_people_who_are_signed_in(
    name: str, browser_of: Callable[..., Client], nobody: User
) -> None:
    address = reverse(f"wellbeing:{name}")
    assert Client().get(address)["Location"].startswith("/accounts/sign-in/")
    assert browser_of(nobody).get(address).status_code == 200
