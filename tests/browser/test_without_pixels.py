"""From signing in to the end of the day by the accessibility tree alone: roles, names and what is announced.

Nothing here looks at an element, a class or a place on the screen: what this test can do, a screen reader's user can.
"""

import re

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from labeling.models import Annotation, Project
from people.models import User
from tests.browser.conftest import SENTENCE
from tests.factories.people import PASSWORD


def test_a_day_by_the_accessibility_tree_alone(
    page: Page, project: Project, labeler: User, live_server: LiveServer
) -> None:
    # Signing in
    page.goto(live_server.url)
    page.get_by_role("textbox", name="Username").fill(labeler.username)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()

    # The first page says what is waiting
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("heading", name=project.name)).to_be_visible()
    page.get_by_role("link", name=re.compile("^Start")).first.click()
    page.wait_for_url("**/label/")  # with its scripts

    # A card says what to expect before anything of the item is in the tree
    page.get_by_role("button", name=re.compile("^Next task")).click()
    task = page.get_by_role("article", name="The task")
    expect(task.get_by_role("heading", name="Nothing is shown yet")).to_be_focused()
    assert "referee" not in task.aria_snapshot()
    assert "expected: moderate" in task.aria_snapshot()
    for number in range(2):
        task.get_by_role("button", name=re.compile("^Show all")).click()
        expect(task.get_by_label("The item")).to_be_focused()
        assert SENTENCE.format(number)[:20] in task.aria_snapshot()
        question = page.get_by_role("group", name="Which of these does it contain?")
        question.get_by_role("checkbox", name="Violence", exact=True).press("Space")
        strength = question.get_by_role("radiogroup", name="Violence: how strong?", exact=True)
        strength.get_by_role("radio", name="moderate").press("Space")
        page.get_by_role("button", name=re.compile("^Save and go on")).click()
        expect(task.get_by_role("heading", name="Nothing is shown yet")).to_be_focused()
    assert list(Annotation.objects.filter(person=labeler).values_list("verdict", flat=True)) == [2, 2]

    # Skipping needs no reason, and a break is one button away
    task.get_by_role("button", name=re.compile("^Skip")).click()
    expect(task.get_by_role("heading", name="Nothing is shown yet")).to_be_focused()
    page.get_by_role("banner").get_by_role("button", name=re.compile("^Break")).click()
    expect(page.get_by_role("heading", level=1, name="A break")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Go on now")).click()

    # One's own record
    page.get_by_role("navigation", name="Main").get_by_role("link", name="My exposure").click()
    expect(page.get_by_role("heading", level=1, name="Your exposure")).to_be_visible()
    entries = page.get_by_role("region", name="Table of entries").get_by_role("row")
    expect(entries).to_have_count(1 + 2 * 2)  # a head, and for each entry its explanation

    # The end of the day
    page.get_by_role("banner").get_by_role("button", name="Stop").click()
    page.get_by_role("button", name="End the day").click()
    expect(page.get_by_role("heading", level=1, name="Sign in")).to_be_visible()
