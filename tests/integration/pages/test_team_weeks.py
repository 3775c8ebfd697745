"""The page of weeks: figures of five or more, each with why others are hidden, for one's own teams alone."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.models import Team, User
from people.permissions import Role
from tests.factories.groups import crew, saw
from tests.factories.people import person
from wellbeing import interface
from wellbeing.domain.groups import week_of
from wellbeing.models import HarmCategory
from wellbeing.operations.group_weeks import publish_group_weeks

Browsers = Callable[..., Client]


@pytest.fixture
def week(db: None) -> date:
    """The last week that is over for certain."""
    return week_of((interface.now() - timedelta(days=8)).date())


def test_points_minutes_and_shares_of_a_team(
    browser_of: Browsers, lead: User, team: Team, week: date
) -> None:
    HarmCategory.objects.create(code="threats", name="Threats")
    people = crew(team, 6)
    for severity in (1, 2, 3, 4):
        saw(people, week, severity=severity, minutes=10, categories=["threats"])
    publish_group_weeks()

    page = browser_of(lead).get("/team/weeks/").content.decode()

    assert f"Week of {week:%-d %B %Y}" in page
    assert '<td class="number">246</td>' in page  # 6 people × 4 × 10.25 minutes
    assert '<th scope="row">Threats</th><td class="number">100 %</td>' in page
    assert "Too few people to show: other categories." in page
    assert page.count('<svg class="chart') == page.count("<caption") == 3


def test_too_few_people_are_words_and_never_nought(
    browser_of: Browsers, lead: User, team: Team, week: date
) -> None:
    saw(crew(team, 4), week, severity=3)
    publish_group_weeks()

    page = browser_of(lead).get("/team/weeks/").content.decode()

    assert "Too few people to show: mild, moderate, severe, extreme." in page
    assert "<td" not in page


def test_a_lead_sees_their_own_teams_and_representatives_all(
    browser_of: Browsers, lead: User, outsider: User, team: Team, other_team: Team, week: date
) -> None:
    saw(crew(team, 6), week)
    saw(crew(other_team, 6, called="others"), week)
    publish_group_weeks()
    representative = person("rosa", Role.REPRESENTATIVE)

    def named(user: User) -> list[bool]:
        page = browser_of(user).get("/team/weeks/").content.decode()
        return [f">{one.name}</h2>" in page for one in (team, other_team)]

    assert named(lead) == [True, False]
    assert named(outsider) == [False, True]
    assert named(representative) == [True, True]


def test_labelers_and_admins_are_refused(browser_of: Browsers, labeler: User, admin: User) -> None:
    assert browser_of(labeler).get("/team/weeks/").status_code == 403
    assert browser_of(admin).get("/team/weeks/").status_code == 403


def test_before_the_first_week_it_says_when_figures_come(browser_of: Browsers, lead: User) -> None:
    page = browser_of(lead).get("/team/weeks/").content.decode()

    assert "No week yet" in page


def test_a_week_on_each_page(browser_of: Browsers, lead: User, team: Team, week: date) -> None:
    people = crew(team, 6)
    saw(people, week)
    saw(people, week - timedelta(days=7))
    publish_group_weeks()
    browser = browser_of(lead)

    assert f"Week of {week:%-d %B}" in browser.get("/team/weeks/").content.decode()
    older = browser.get("/team/weeks/?page=2").content.decode()
    assert f"Week of {week - timedelta(days=7):%-d %B}" in older
    assert (
        f"Week of {week - timedelta(days=7):%-d %B}" in browser.get("/team/weeks/?page=99").content.decode()
    )


def test_statements_do_not_grow_with_teams(browser_of: Browsers, officer: User, week: date) -> None:
    for number in range(12):
        people = crew(Team.objects.create(name=f"Quay {number}"), 5, called=f"quay{number}-")
        saw(people, week)
        if number < 2:
            saw(people, week - timedelta(days=7))
    publish_group_weeks()
    browser = browser_of(officer)

    def statements(page: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"/team/weeks/?page={page}")
        return len(asked)

    assert statements(1) == statements(2)


def test_only_the_page_one_is_on_is_marked(browser_of: Browsers, lead: User) -> None:
    page = browser_of(lead).get("/team/weeks/").content.decode()

    assert 'href="/team/weeks/" aria-current="page"' in page
    assert 'href="/team/" aria-current="page"' not in page
