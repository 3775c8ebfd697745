"""The lead's board shows exposure against the policy, and nothing that is the person's own."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.models import Team, User
from people.permissions import Role
from tests.factories.people import person
from tests.factories.wellbeing import fill
from wellbeing import interface
from wellbeing.models import ExposureLook, PolicyVersion, WeeklyShift

Browsers = Callable[..., Client]


def test_each_look_can_be_read_by_whom_it_was_at(browser_of: Browsers, labeler: User, lead: User) -> None:
    browser_of(lead).get("/team/")

    assert ExposureLook.objects.get(person=labeler).looked_by == lead
    assert interface.looks_at(person_id=labeler.pk)[0].what == "team"


def test_only_ones_own_team_by_name(
    browser_of: Browsers, lead: User, second_labeler: User, labeler: User, outsider: User
) -> None:
    page = browser_of(lead).get("/team/").content.decode()

    assert page.index(labeler.username) < page.index(second_labeler.username)
    assert outsider.username not in page


def test_a_persons_own_limit_does_not_show(browser_of: Browsers, labeler: User, lead: User) -> None:
    fill(labeler, points_charged=30_000)
    PolicyVersion.objects.create(
        scope="person",
        person=labeler,
        numbers={"day_points": 60_000},
        valid_from="2026-01-01T00:00:00Z",
        by=labeler,
        reason="",
    )

    page = browser_of(lead).get("/team/").content.decode()

    assert interface.exposure_of(person_id=labeler.pk, looked_by=labeler.pk).points.limit == 60_000
    assert "30 of 120" in page
    assert "of 60" not in page


def test_nothing_about_speed_skips_stops_or_breaks(browser_of: Browsers, labeler: User, lead: User) -> None:
    interface.stop(person_id=labeler.pk)
    quiet = browser_of(lead).get("/team/")
    interface.stop(person_id=labeler.pk)

    assert list(quiet.context["page"]) == list(browser_of(lead).get("/team/").context["page"])


def test_the_board_asks_one_statement_a_person_at_most(
    browser_of: Browsers, labeler: User, lead: User, team: Team
) -> None:
    def statements() -> int:
        browser = browser_of(lead)
        browser.get("/team/")
        with CaptureQueriesContext(connection) as asked:
            browser.get("/team/")
        return len(asked)

    for number in range(1, 4):
        person(f"early{number}", Role.LABELER, team)
    few = statements()
    for number in range(4, 40):
        person(f"late{number}", Role.LABELER, team)

    assert statements() <= few + 2 * (25 - 4)


LINE = "Capacity is low today"


def test_low_capacity_of_a_team_is_one_line_with_what_is_left(
    browser_of: Browsers, lead: User, team: Team
) -> None:
    for number in range(5):
        fill(person(f"crew{number}", Role.LABELER, team), points_charged=90_000)

    page = browser_of(lead).get("/team/").content.decode()

    assert f"{LINE}: about 51 moderate tasks are left for today." in page


def test_low_capacity_of_a_few_is_words_alone(browser_of: Browsers, lead: User, labeler: User) -> None:
    fill(labeler, points_charged=90_000)

    page = browser_of(lead).get("/team/").content.decode()

    assert f"{LINE}: little is left to plan with." in page


def test_a_rested_team_has_no_such_line(browser_of: Browsers, lead: User, labeler: User) -> None:
    assert LINE not in browser_of(lead).get("/team/").content.decode()


def test_whoever_is_not_at_work_is_not_planned_with(
    browser_of: Browsers, lead: User, labeler: User, second_labeler: User
) -> None:
    fill(labeler, points_charged=95_000)
    for weekday in range(7):
        WeeklyShift.objects.create(person=labeler, weekday=weekday, starts="00:00", ends="00:00")

    assert LINE in browser_of(lead).get("/team/").content.decode()
