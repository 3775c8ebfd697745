"""Somebody types on where no field has the keyboard, and `s` skips a finished answer: it is taken back by keyboard alone."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from labeling.models import Annotation, Lease
from tests.browser.conftest import axe_findings, show_task

pytestmark = pytest.mark.slow

CHOICE = {
    "id": "fit",
    "kind": "choice",
    "prompt": "What is it?",
    "options": [{"id": "fine", "name": "Fine"}, {"id": "bad", "name": "Bad"}],
}
WHY = {"id": "why", "kind": "rationale", "prompt": "Why?"}
TAKE_BACK = "Take it back"


def skip_by_a_slip(page: Page) -> None:
    """Answer, give a reason, leave the field, and press the key; no draft has reached the server."""
    page.route("**/draft/", lambda route: route.fulfill(status=204))
    page.keyboard.press("1")
    field = page.locator("#answers textarea")
    field.focus()
    page.keyboard.type("Turnip is meant kindly")
    page.keyboard.press("Escape")
    expect(field).not_to_be_focused()
    task = page.get_attribute("#stimulus", "data-conceal-url")
    page.keyboard.press("s")
    page.wait_for_function(
        "before => document.querySelector('#stimulus').dataset.concealUrl !== before", arg=task
    )


def test_a_slip_is_taken_back_and_sent(opened: Any) -> None:
    page = opened(CHOICE, WHY)
    skip_by_a_slip(page)

    expect(page.locator("#bench").get_by_text("Skipped. You had begun an answer.")).to_be_visible()
    expect(page.locator("#announcer")).to_have_text(re.compile("^Skipped. You had begun an answer. "))
    expect(page.locator("#stimulus [data-focus]")).to_be_focused()
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert axe_findings(page) == [], width
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width

    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("link", name=TAKE_BACK)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/unsent/")
    expect(page.get_by_text("You skipped this task.")).to_be_visible()
    page.get_by_role("button", name="Send it").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Your answer is saved.")).to_be_visible()
    annotation = Annotation.objects.get()
    assert annotation.answers["fit"] == "fine"
    assert annotation.lease.outcome == "submitted"


def test_who_goes_on_typing_still_finds_the_way_back(opened: Any) -> None:
    page = opened(CHOICE, WHY)
    skip_by_a_slip(page)
    show_task(page)  # the next Space
    expect(page.get_by_role("link", name=TAKE_BACK)).to_be_visible()
    page.keyboard.press("s")
    page.wait_for_selector("#stimulus[data-state=closed]")
    expect(page.get_by_role("link", name=TAKE_BACK)).to_be_visible()
    begun = Lease.objects.exclude(draft={}).get()
    assert (page.get_by_role("link", name=TAKE_BACK).get_attribute("href") or "").endswith(
        f"/{begun.pk}/unsent/"
    )


def test_a_plain_skip_before_and_after_the_item_was_shown(opened: Any) -> None:
    page = opened(CHOICE, WHY)
    for _ in range(2):  # of an open task, then of a closed one
        task = page.get_attribute("#stimulus", "data-conceal-url")
        page.keyboard.press("s")
        page.wait_for_function(
            "before => document.querySelector('#stimulus').dataset.concealUrl !== before", arg=task
        )
        expect(page.locator("#bench").get_by_text("Skipped.", exact=True)).to_be_visible()
        expect(page.get_by_role("link", name=TAKE_BACK)).to_have_count(0)
    assert not Lease.objects.exclude(draft={}).exists()
