"""Choosing the milder work for a sitting, from the first page to the card and back."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from labeling.models import Lease, Project
from people.models import User
from tests.browser.conftest import axe_findings, save, show_task, take_task
from tests.factories.labeling import SourceFactory, add_tasks, openai_schema, project_for
from wellbeing import interface


@pytest.fixture
def mixed(live_server: LiveServer, labeler: User, lead: User) -> Project:
    """A severe item first and a mild one behind it, of a source that proved right."""
    project = project_for(
        labeler.memberships.get().team, lead, name="Match reports", schema=openai_schema(), strategy="fixed_1"
    )
    source = SourceFactory(project=project, confirmed_at=interface.now())
    add_tasks(project, severity=3, source=source)
    add_tasks(project, severity=1, source=source)
    return project


def start(page: Page) -> None:
    page.get_by_role("link", name="Start").click()
    page.wait_for_url("**/label/")
    take_task(page)


def test_a_mild_sitting_by_keyboard(
    page: Page, mixed: Project, labeler: User, sign_in, live_server: LiveServer
) -> None:
    sign_in(page, labeler)
    page.goto(live_server.url)
    amounts = page.get_by_role("list", name="Waiting, by what to expect")
    expect(amounts).to_contain_text("mild")
    expect(amounts).to_contain_text("severe")

    page.get_by_role("button", name="mild", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="mild", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(amounts).not_to_contain_text("severe")
    assert axe_findings(page) == []

    # The severe item stands first in the order; what is handed out is the mild one.
    start(page)
    expect(page.locator("#stimulus")).to_contain_text("expected: mild")
    show_task(page)
    page.keyboard.press("0")
    save(page)
    expect(page.get_by_role("heading", name="Nothing mild just now")).to_be_visible()
    assert Lease.objects.filter(ended_at=None).count() == 0
    assert axe_findings(page) == []

    page.goto(live_server.url)
    expect(page.get_by_text("Nothing mild is waiting here.")).to_be_visible()
    expect(page.get_by_role("link", name="Start")).to_have_count(0)
    page.get_by_role("button", name="all that is open to me").click()
    start(page)
    expect(page.locator("#stimulus")).to_contain_text("expected: severe")
