"""What comes is on the screen, wherever one has scrolled while answering."""

import pytest
from playwright.sync_api import Page, expect

from labeling.models import Project
from tests.browser.conftest import save, show_task, take_task
from tests.factories.labeling import add_tasks

SIZES = [pytest.param(1280, 800, id="wide"), pytest.param(390, 844, id="narrow")]


def to_the_end(page: Page) -> int:
    """Scroll to the end of the page, as answering does. Gives how far that was."""
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    return int(page.evaluate("scrollY"))


def is_seen(page: Page, selector: str) -> bool:
    """Whether all of it is on the screen."""
    box = page.locator(selector).first.bounding_box()
    size = page.viewport_size
    return bool(box and size and box["y"] >= 0 and box["y"] + box["height"] <= size["height"])


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_next_card_and_its_item_are_on_the_screen(bench: Page, width: int, height: int) -> None:
    bench.set_viewport_size({"width": width, "height": height})
    take_task(bench)
    for _ in range(2):
        show_task(bench)
        assert is_seen(bench, ".turn-text")
        bench.keyboard.press("0")
        assert to_the_end(bench) > 200
        assert not is_seen(bench, "#stimulus .chips")
        save(bench)
        assert is_seen(bench, "#stimulus .chips")
        assert bench.evaluate("document.activeElement.matches('#stimulus [data-focus]')")
        to_the_end(bench)


def test_what_is_missing_is_said_on_the_screen(bench: Page) -> None:
    bench.set_viewport_size({"width": 390, "height": 844})
    take_task(bench)
    show_task(bench)
    to_the_end(bench)
    bench.keyboard.press("Enter")
    bench.get_by_text("Not saved yet").wait_for()
    assert is_seen(bench, "#answer-problems")


def test_the_next_part_of_an_item_is_on_the_screen(bench: Page, project: Project) -> None:
    long = " ".join(f"On day {day} the harbour was quiet and gulls sat on the wall." for day in range(1, 40))
    add_tasks(project, body={"text": long}, first_position=-1_000_000)
    bench.set_viewport_size({"width": 390, "height": 600})
    take_task(bench)
    show_task(bench)
    bench.keyboard.press("n")
    bench.get_by_text("Part 2 of").wait_for()
    to_the_end(bench)
    second = bench.locator(".content").bounding_box()
    assert second
    assert second["y"] + second["height"] < 0
    bench.keyboard.press("n")
    bench.get_by_text("Part 3 of").wait_for()
    third = bench.locator(".content").bounding_box()
    assert third
    assert 0 <= third["y"] + second["height"] <= 400


def assert_focus_is_never_covered(page: Page) -> None:
    """Backwards through the form: what has the keyboard is below the head that stands at the top of the screen."""
    seen = set()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        at = page.evaluate(
            """() => {
                const on = document.activeElement;
                const box = (on.closest("label") ?? on).getBoundingClientRect();
                const head = document.querySelector(".bench-head").getBoundingClientRect();
                return [on.outerHTML.slice(0, 90), box.top - head.bottom];
            }"""
        )
        seen.add(at[0])
        assert at[1] >= 0, at
    assert len(seen) > 8


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_last_seconds_are_seen_while_answering(bench: Page, width: int, height: int) -> None:
    bench.set_viewport_size({"width": width, "height": height})
    bench.clock.install()
    bench.reload()
    take_task(bench)
    show_task(bench)
    to_the_end(bench)
    bench.get_by_role("link", name="Look at them").focus()
    before = bench.locator("#answers").bounding_box()
    bench.clock.run_for(22_000)
    expect(bench.get_by_text("Seconds left: 8")).to_be_in_viewport(ratio=1)
    expect(bench.get_by_role("button", name="more time")).to_be_in_viewport(ratio=1)
    assert bench.locator("#answers").bounding_box() == before  # nothing moves
    assert_focus_is_never_covered(bench)
