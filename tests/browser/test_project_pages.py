"""The pages of engineers and leads in a real browser, in both themes and on a narrow screen."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from labeling.models import Project
from labeling.operations.releases import publish_release
from people.models import Membership, User
from tests.browser.conftest import axe_findings
from tests.factories.labeling import answered
from tests.factories.wellbeing import fill

SHOTS = os.environ.get("RESPITE_SHOTS")
ITEMS = '{"id": "a", "text": "The sea is calm."}\n{"id": "b"}\n'
NONE = {"harm": {}}
HATE = {"harm": {"H": 2}}

SignIn = Callable[[Page, User], None]


@pytest.fixture
def worked_on(project: Project, labeler: User, second_labeler: User, engineer: User) -> Project:
    """A project with a few decided tasks and a release."""
    for number in range(4):
        answered(project, labeler, HATE if number % 2 else NONE)
        answered(project, second_labeler, HATE if number == 1 else NONE)
    publish_release(project=project, by=engineer)
    return project


def look(page: Page, name: str) -> None:
    """Axe finds nothing, nothing sticks out sideways; with RESPITE_SHOTS a picture each."""
    for theme in ("light", "dark"):
        for width in (1280, 390):
            page.emulate_media(color_scheme=theme)
            page.set_viewport_size({"width": width, "height": 900})
            assert axe_findings(page) == [], (name, theme, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
            if SHOTS:
                page.screenshot(path=Path(SHOTS) / f"{name}-{theme}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("projects", "/projects/"),
        ("new", "/projects/new/"),
        ("project", "/projects/{project}/"),
        ("settings", "/projects/{project}/settings/"),
        ("schema", "/projects/{project}/schema/"),
        ("guideline", "/projects/{project}/guideline/edit/"),
        ("import", "/projects/{project}/imports/new/"),
    ],
)
def test_engineers_pages_are_clean(
    page: Page,
    live_server: LiveServer,
    worked_on: Project,
    engineer: User,
    sign_in: SignIn,
    name: str,
    path: str,
) -> None:
    sign_in(page, engineer)
    page.goto(live_server.url + path.format(project=worked_on.pk))

    look(page, name)


def test_a_check_then_an_import(
    page: Page, live_server: LiveServer, project: Project, engineer: User, sign_in: SignIn, tmp_path: Path
) -> None:
    file = tmp_path / "items.jsonl"
    file.write_text(ITEMS)
    sign_in(page, engineer)
    for button, word in (("Check only", "would be new"), ("Import", "items are new")):
        page.goto(f"{live_server.url}/projects/{project.pk}/imports/new/")
        page.set_input_files("input[type=file]", file)
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.get_by_role("heading", name="Done")).to_be_visible()
        expect(page.locator(".fact", has_text=word)).to_contain_text("1")
        expect(page.get_by_role("cell", name="2", exact=True)).to_be_visible()
        assert "sea" not in page.content()
    look(page, "imported")


def test_a_release_from_the_button_to_the_file(
    page: Page, live_server: LiveServer, worked_on: Project, engineer: User, sign_in: SignIn
) -> None:
    sign_in(page, engineer)
    page.goto(f"{live_server.url}/projects/{worked_on.pk}/")
    page.get_by_text("Publish a release").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", name="Files")).to_be_visible()
    look(page, "release")
    with page.expect_download() as taken:
        page.get_by_role("link", name="manifest.json").or_(
            page.get_by_role("link", name="README.md")
        ).first.click()
    assert taken.value.path().stat().st_size > 0


def test_a_project_is_paused_and_resumed(
    page: Page, live_server: LiveServer, project: Project, lead: User, sign_in: SignIn
) -> None:
    sign_in(page, lead)
    page.goto(f"{live_server.url}/projects/{project.pk}/")
    page.get_by_role("button", name="Pause").click()
    expect(page.locator(".chip", has_text="Paused")).to_be_visible()
    page.get_by_role("button", name="Resume").click()
    expect(page.locator(".chip", has_text="Active")).to_be_visible()


def test_the_leads_board(
    page: Page,
    live_server: LiveServer,
    project: Project,
    labeler: User,
    second_labeler: User,
    lead: User,
    sign_in: SignIn,
) -> None:
    fill(labeler, points_charged=109_000, open_ms_charged=4_000_000)
    fill(second_labeler, points_charged=40_000)
    sign_in(page, lead)
    page.goto(f"{live_server.url}/team/")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(Membership.objects.filter(team=project.team, role="labeler").count())
    expect(rows.first).to_contain_text("90 %")
    look(page, "team")
