"""A signed-in browser at a project with mild, invented items."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from labeling.models import Project
from labeling.operations.projects import publish_guideline
from people.models import User
from tests.factories.labeling import add_tasks, openai_schema, project_for
from tests.factories.words import example_of, masked_term_of

AXE = Path(settings.BASE_DIR) / "tests" / "vendor" / "axe-core" / "axe.min.js"
PAIR = {
    "prompt": "How do I greet a neighbour?",
    "completions": ["You old turnip, work it out.", "Say hello and smile."],
}
RULES = "Read all of it.\n\n## Harassment\n\n- a sneer counts\n\n## Violence\n\nOnly what is meant."
SENTENCE = "Team {} lost the match and blamed the referee, the grass and the moon."


@pytest.fixture
def project(live_server: LiveServer, labeler: User, lead: User) -> Project:
    """Eight short items that nobody has labeled."""
    project = project_for(labeler.memberships.get().team, lead, name="Match reports", schema=openai_schema())
    for number in range(8):
        add_tasks(project, body={"text": SENTENCE.format(number)})
    return project


@pytest.fixture
def guided(project: Project, lead: User) -> Project:
    """The same with a guideline, an example and a masked term."""
    publish_guideline(project=project, body=RULES, by=lead)
    example_of(project, lead, expected={}, kind="no")
    masked_term_of(project, lead)
    return project


@pytest.fixture
def sign_in(live_server: LiveServer) -> Callable[[Page, User], None]:
    """`sign_in(page, person)`: gives the browser that person's session."""

    def give(page: Page, person: User) -> None:
        client = Client()
        client.force_login(person)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )

    return give


@pytest.fixture
def bench(page: Page, project: Project, labeler: User, sign_in: Any, live_server: LiveServer) -> Page:
    """The labeler's browser on the workbench, before the first task."""
    sign_in(page, labeler)
    page.goto(f"{live_server.url}/projects/{project.pk}/label/")
    return page


@pytest.fixture
def opened(page: Page, labeler: User, lead: User, sign_in: Any, live_server: LiveServer) -> Any:
    """`opened(*questions)`: a shown pair of completions, in a project that asks these about each."""

    def at(*questions: dict[str, Any], tasks: int = 3, body: dict[str, Any] = PAIR) -> Page:
        schema = {"name": "Test", "version": 1, "questions": list(questions)}
        project = project_for(labeler.memberships.get().team, lead, name="Replies", schema=schema)
        add_tasks(project, tasks, kind="pair", body=body)
        sign_in(page, labeler)
        page.goto(f"{live_server.url}/projects/{project.pk}/label/")
        take_task(page)
        show_task(page)
        return page

    return at


def take_task(page: Page) -> None:
    page.keyboard.press("Space")
    page.wait_for_selector("#stimulus[data-state=closed]")


def show_task(page: Page) -> None:
    page.keyboard.press("Space")
    page.wait_for_selector("#stimulus[data-state=open]")


def wait_for_picture(page: Page) -> None:
    """Wait until the picture is drawn and its keys work."""
    page.wait_for_function(
        """() => document.querySelector("[data-picture-tools]:not([hidden])")
            && [...document.querySelectorAll(".picture img")].every(image => image.complete && image.naturalWidth > 0)"""
    )


def covered_above(page: Page) -> float:
    """How far down the screen lies what stays at its top: the header, and the workbench's head while it speaks."""
    return float(
        page.evaluate(
            """() => {
                let covered = 0;
                for (const each of document.querySelectorAll(".top, .bench-head")) {
                    const { top, bottom } = each.getBoundingClientRect();
                    if (getComputedStyle(each).position === "sticky" && top <= covered + 1) covered = bottom;
                }
                return document.fullscreenElement ? 0 : covered;
            }"""
        )
    )


def save(page: Page) -> None:
    """Press Enter and wait for the next card."""
    task = page.get_attribute("#stimulus", "data-conceal-url")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "before => (document.querySelector('#stimulus')?.dataset.concealUrl ?? '') !== before", arg=task
    )


def lean_back(person: User, *, minutes: int) -> None:
    """As if the person had worked without a pause for so long, and had been active just now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE dosimeter SET stretch_started_at = respite_now() - make_interval(mins => %s),"
            " long_stretch_started_at = respite_now() - make_interval(mins => %s), last_activity_at = respite_now()"
            " WHERE person_id = %s",
            [minutes, minutes, person.pk],
        )


def look_away(page: Page) -> None:
    """What a browser does when another tab comes to the front."""
    _hidden(page, hidden=True)


def look_back(page: Page) -> None:
    _hidden(page, hidden=False)


def _hidden(page: Page, *, hidden: bool) -> None:
    page.evaluate(
        """hidden => {
            Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


def check(page: Page) -> None:
    """No finding of axe, and nothing wider than the screen."""
    assert axe_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def axe_findings(page: Page, only: str = "") -> list[str]:
    """What axe-core finds on the page as it stands, with the element it means; `only` by one rule.

    The rule of WCAG 2.2 on the size of targets is off by default.
    """
    # A colour on its way from light to dark is neither; contrast is measured on what a person will read.
    # Brought to its end rather than waited for: a page that is not painted never gets there by itself.
    page.evaluate(
        "document.getAnimations().forEach(moving => {"
        " if (moving.effect.getComputedTiming().endTime !== Infinity) moving.finish(); })"
    )
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    rules = {"runOnly": [only]} if only else {"rules": {"target-size": {"enabled": True}}}
    found = page.evaluate("rules => axe.run(document, { resultTypes: ['violations'], ...rules })", rules)
    return [
        f"{violation['id']}: {node['html'][:120]} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
