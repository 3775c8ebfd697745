"""The officer's list of people and their experience."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import AuditEvent, Team, User
from people.permissions import Role
from tests.factories.people import newcomer, person
from tests.factories.wellbeing import advance, label
from wellbeing.interface import looks_at
from wellbeing.models import RampStep

pytestmark = pytest.mark.django_db

Browsers = Callable[..., Client]


def read(browser: Client, **query: str) -> str:
    return browser.get(reverse("wellbeing:experience"), query).content.decode()


def recognise(browser: Client, someone: User, step: str):
    return browser.post(reverse("wellbeing:experience_of", args=[someone.pk]), {"step": step}, follow=True)


def test_where_people_stand_in_words(browser_of: Browsers, officer: User, labeler: User, team: Team) -> None:
    newcomer("nia", Role.LABELER, team)
    page = read(browser_of(officer))
    assert "Week 1 of 4: a quarter of the daily limit, nothing above moderate. The first week begins" in page
    assert "Past the first weeks" in page


def test_an_absence_shows_before_the_next_task(browser_of: Browsers, officer: User, labeler: User) -> None:
    label(labeler, "lease:1")
    advance(days=15)
    assert "Week 3 of 4" in read(browser_of(officer), q=labeler.username)


def test_search_by_name(browser_of: Browsers, officer: User, labeler: User, second_labeler: User) -> None:
    page = read(browser_of(officer), q="LEN")
    assert labeler.username in page
    assert second_labeler.username not in page
    assert "Nobody has that name" in read(browser_of(officer), q="%")


def test_recognised_at_once_and_audited(browser_of: Browsers, officer: User, team: Team) -> None:
    beginner = newcomer("nia", Role.LABELER, team)
    assert "Saved for nia." in recognise(browser_of(officer), beginner, "3").content.decode()
    assert RampStep.objects.get(pk=beginner.pk).step == 3
    assert AuditEvent.objects.get().action == "wellbeing.experience_recognised"
    for nonsense in ("0", "5", "", "x"):
        page = recognise(browser_of(officer), beginner, nonsense).content.decode()
        assert "Nothing was saved for nia." in page
    assert RampStep.objects.get(pk=beginner.pk).step == 3


def test_only_people_of_ones_own_teams(
    browser_of: Browsers, labeler: User, outsider: User, team: Team
) -> None:
    of_team = person("olga", Role.OFFICER, team)
    of_team.memberships.create(role=Role.LABELER, team=team)
    page = read(browser_of(of_team))
    assert labeler.username in page
    assert outsider.username not in page
    for someone in (outsider, of_team):
        assert recognise(browser_of(of_team), someone, "4").status_code == 404


def test_who_looked_can_be_read(browser_of: Browsers, officer: User, labeler: User) -> None:
    read(browser_of(officer))
    (look,) = looks_at(person_id=labeler.pk)
    assert look.what == "your first weeks"
    assert look.looked_by == officer.get_full_name()


def test_others_have_no_such_page(browser_of: Browsers, lead: User, admin: User, labeler: User) -> None:
    for someone in (lead, admin, labeler):
        assert browser_of(someone).get(reverse("wellbeing:experience")).status_code == 403
        assert recognise(browser_of(someone), labeler, "4").status_code == 403


def test_twenty_people_cost_as_many_statements_as_two(
    browser_of: Browsers, officer: User, team: Team
) -> None:
    browser = browser_of(officer)

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse("wellbeing:experience"))
        return len(asked)

    for number in range(2):
        person(f"early{number}", Role.LABELER, team)
    few = statements()
    for number in range(18):
        person(f"late{number}", Role.LABELER, team)
    assert statements() == few


def test_the_search_stays_on_the_next_page(browser_of: Browsers, officer: User, team: Team) -> None:
    for number in range(26):
        person(f"dora & {number:02d}".replace(" & ", "_"), Role.LABELER, team)
    assert 'href="?q=dora_&amp;page=2"' in read(browser_of(officer), q="dora_")
    assert "Nobody labels in your teams yet" not in read(browser_of(officer), q="dora_", page="2")
