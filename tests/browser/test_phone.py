"""What is on the screen of a phone that has no keyboard: no keys, and nothing too small for a finger."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from labeling.models import Project
from people.models import User
from tests.browser.conftest import show_task, take_task
from tests.unit.labeling.schemas import kinds

FINGER = 44  # px: what is needed within seconds
TARGET = 24  # px: WCAG 2.2 AA


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "has_touch": True,
        "is_mobile": True,
        "viewport": {"width": 390, "height": 844},
    }


def height_of(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["height"]


def test_more_time_is_a_button_for_a_finger(bench: Page) -> None:
    bench.clock.install()
    bench.reload()
    take_task(bench)
    show_task(bench)
    bench.clock.run_for(int(bench.get_attribute("#window", "data-seconds-left") or 0) * 1000 - 8_000)
    expect(bench.get_by_role("button", name="more time")).to_be_in_viewport(ratio=1)
    assert height_of(bench, "#window button") >= FINGER


def test_small_links_are_high_enough(bench: Page, live_server: LiveServer) -> None:
    take_task(bench)
    show_task(bench)
    for selector in ("[data-drawer=guideline]", "[data-drawer=glossary]", "#answers .foot a"):
        if bench.locator(selector).first.is_visible():
            assert height_of(bench, selector) >= TARGET
    assert height_of(bench, "#answers .foot a") >= TARGET
    bench.goto(f"{live_server.url}/")
    assert height_of(bench, ".quiet-links a") >= TARGET
    bench.goto(f"{live_server.url}/me/exposure/")
    assert height_of(bench, "tr.explain summary") >= TARGET


def test_no_key_is_printed_where_there_are_none(opened: Any) -> None:
    page = opened(*kinds())
    page.locator("[data-category] .answer").first.tap()
    expect(page.locator(".strengths").first).to_be_visible()
    assert page.locator("#bench kbd:visible").count() == 0
    page.locator("[data-drawer=glossary]").first.tap()
    expect(page.get_by_role("search")).to_be_visible()
    assert page.get_by_role("button", name="/", exact=True).count() == 0
    assert page.get_by_role("button", name="Search the glossary").count() == 0


def test_a_completion_without_a_place_fits_its_list(opened: Any) -> None:
    page = opened({"id": "order", "kind": "ranking"})
    first = page.locator(".rank-row select").first
    assert first.evaluate("select => select.selectedOptions[0].textContent") == "–"
    page.get_by_role("button", name="Reply A").tap()
    page.get_by_role("button", name="Reply A").tap()
    expect(page.locator("#announcer")).to_have_text("Reply A: no place yet")


def test_the_list_of_keys_can_be_closed_from_its_start(bench: Page) -> None:
    bench.locator(".top summary:visible").tap()
    bench.locator("[data-open-keys]:visible").tap()
    close = bench.locator("[data-close-keys]")
    expect(close).to_be_in_viewport(ratio=1)
    close.tap()
    expect(close).to_be_hidden()


def test_practice_speaks_of_what_a_finger_can_press(
    page: Page, labeler: User, sign_in: Any, live_server: LiveServer
) -> None:
    sign_in(page, labeler)
    page.goto(f"{live_server.url}/first-days/keys/")
    expect(page.get_by_text("Press a button.")).to_be_visible()
    expect(page.get_by_text("Press the key that stands on a button")).to_be_hidden()
    page.locator("main").get_by_role("button", name="Show").tap()
    page.get_by_role("button", name="None of these").tap()
    page.get_by_role("button", name="Save and go on").tap()
    expect(page.get_by_text("The button “Stop” at the top")).to_be_visible()
    expect(page.get_by_text("Esc twice")).to_be_hidden()


def test_telling_of_a_danger_is_a_button(bench: Page, project: Project) -> None:
    take_task(bench)
    show_task(bench)
    bench.locator(".ways-out summary[data-key=D]").tap()
    button = bench.get_by_role("button", name="Tell the wellbeing officer")
    plain = "element => getComputedStyle(element).backgroundColor"
    assert button.evaluate(plain) != button.evaluate(
        "element => getComputedStyle(element.closest('.sheet')).backgroundColor"
    )
    assert button.evaluate(plain) != "rgba(0, 0, 0, 0)"
