"""Every time that a page shows is by the clock of whoever reads it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from labeling.models import Annotation, Project, TaskQuestion
from people.models import User
from people.operations.settings import set_time_zone
from tests.factories.labeling import add_tasks, answered, claimed, project_for
from tests.factories.words import question_of
from wellbeing.interface import set_policy, stop

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)  # 01:30 the next day in Nairobi, 04:15 in Kathmandu


@pytest.fixture
def project(team, lead) -> Project:
    project = project_for(team, lead)
    add_tasks(project, 3)
    return project


@pytest.fixture
def page(browser_of: Callable[..., Client], project: Project, labeler: User) -> Client:
    set_time_zone(person=labeler, time_zone="Africa/Nairobi")
    labeler.refresh_from_db()
    return browser_of(labeler)


def test_last_answers(page: Client, project: Project, labeler: User) -> None:
    answered(project, labeler)
    Annotation.objects.update(submitted_at=LATE)

    said = page.get(f"/projects/{project.pk}/answers/").text

    assert "01:30" in said
    assert "22:30" not in said


def test_questions_by_the_clock_of_each_reader(
    page: Client, project: Project, labeler: User, lead: User, browser_of: Callable[..., Client]
) -> None:
    question_of(claimed(project, labeler).lease_id, labeler, "Is this one mild?")
    TaskQuestion.objects.update(asked_at=LATE)
    set_time_zone(person=lead, time_zone="Asia/Kathmandu")
    lead.refresh_from_db()

    assert "25 Nov, 01:30" in page.get("/me/questions/").text
    assert "25 Nov, 04:15" in browser_of(lead).get("/questions/").text
    # The one before leaves nothing behind.
    assert "25 Nov, 01:30" in page.get("/me/questions/").text


def test_a_zone_that_is_not_known_any_more_is_as_utc_and_breaks_no_page(
    page: Client, project: Project, labeler: User, officer: User
) -> None:
    """Known when it was chosen; another image or database server may do without the older names."""
    answered(project, labeler)
    Annotation.objects.update(submitted_at=LATE)
    stop(person_id=labeler.pk)
    set_policy(numbers={"day_points": 100_000}, by=officer, reason="a calmer spring")
    User.objects.filter(pk=labeler.pk).update(time_zone="Moon/Tranquility")

    assert "22:30" in page.get(f"/projects/{project.pk}/answers/").text
    assert "Limits changed on" in page.get("/").text
    for address in (
        "/me/exposure/",
        "/me/exposure/days/",
        "/limit/",
        "/me/choices/",
        "/me/calendar/",
        "/policy/",
    ):
        assert page.get(address).status_code == 200, address
    assert User.objects.get(pk=labeler.pk).zone.key == "UTC"
