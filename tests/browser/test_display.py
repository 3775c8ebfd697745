"""How things look: chosen beside a harmless example that follows at once, then found again on a task."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from labeling.models import Project
from people.models import User
from tests.browser.conftest import axe_findings, take_task
from tests.factories.labeling import SourceFactory, add_tasks, openai_schema, project_for
from wellbeing import interface

SIZE = "element => getComputedStyle(element).fontSize"


@pytest.fixture
def mild_then_severe(live_server: LiveServer, labeler: User, lead: User) -> Project:
    project = project_for(
        labeler.memberships.get().team, lead, name="Match reports", schema=openai_schema(), strategy="fixed_1"
    )
    source = SourceFactory(project=project, confirmed_at=interface.now())
    add_tasks(project, severity=1, source=source)
    add_tasks(project, severity=3, source=source)
    return project


def test_the_example_follows_and_the_task_looks_as_chosen(
    page: Page, mild_then_severe: Project, labeler: User, sign_in, live_server: LiveServer
) -> None:
    sign_in(page, labeler)
    page.goto(f"{live_server.url}/me/choices/")
    page.get_by_role("link", name="How things look when you open them").click()
    example = page.get_by_role("region", name="A harmless example")
    expect(example.get_by_text("salty")).to_be_hidden()
    expect(example.get_by_alt_text("too blurred")).to_be_visible()
    before = example.locator(".turn-text").evaluate(SIZE)

    # By keyboard, before anything is saved.
    page.get_by_label("The first part, listed words hidden").first.focus()
    page.keyboard.press("ArrowDown")
    expect(example.get_by_text("salty")).to_be_visible()
    expect(example.get_by_text("The second one was so good")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(example.get_by_text("The second one was so good")).to_be_visible()
    page.get_by_label("The whole picture at once").first.check()
    expect(example.get_by_alt_text("sharp and grey")).to_be_visible()
    page.get_by_label("A whole picture stays grey").uncheck()
    expect(example.get_by_alt_text("with its colours")).to_be_visible()
    expect(example.get_by_role("img")).to_have_count(1)
    page.get_by_role("group", name="Size of the words").get_by_label("Largest").check()
    assert example.locator(".turn-text").evaluate(SIZE) != before
    assert axe_findings(page) == []
    page.get_by_role("button", name="Save how things look").click()
    expect(page.get_by_text("Saved. It holds for the next thing that you open.")).to_be_visible()
    expect(example.get_by_alt_text("with its colours")).to_be_visible()
    assert axe_findings(page) == []

    page.goto(f"{live_server.url}/projects/{mild_then_severe.pk}/label/")
    take_task(page)
    expect(page.get_by_role("button", name="Show all")).to_be_visible()
    page.keyboard.press("Space")
    words = page.locator("#stimulus .turn-text").first
    expect(words).to_be_visible()
    assert words.evaluate(SIZE) == "23px"
    page.keyboard.press("0")
    page.keyboard.press("Enter")

    # What is expected to be severe begins under the floor, whatever was chosen.
    expect(page.locator("#stimulus")).to_contain_text("expected: severe")
    expect(page.get_by_role("button", name="Show, words hidden")).to_be_visible()
    expect(page.get_by_role("button", name="Show all")).to_have_count(0)
