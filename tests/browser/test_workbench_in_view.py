"""What comes is on the screen, wherever one has scrolled while answering."""

import pytest
from playwright.sync_api import Page, expect

from labeling.models import Project
from tests.browser.conftest import covered_above, look_away, look_back, save, show_task, take_task
from tests.factories.labeling import add_tasks

SIZES = [pytest.param(1280, 800, id="wide"), pytest.param(390, 844, id="narrow")]


def to_the_end(page: Page) -> int:
    """Scroll to the end of the page, as answering does. Gives how far that was."""
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    return int(page.evaluate("scrollY"))


def is_seen(page: Page, selector: str) -> bool:
    """Whether all of it is on the screen, below what stays at its top."""
    box = page.locator(selector).first.bounding_box()
    size = page.viewport_size
    return bool(
        box and size and box["y"] >= covered_above(page) and box["y"] + box["height"] <= size["height"]
    )


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
        assert is_seen(bench, ".bench-title")
        assert is_seen(bench, "#stimulus .chips")
        assert bench.evaluate("document.activeElement.matches('#stimulus [data-focus]')")
        to_the_end(bench)


def test_a_laptop_shows_an_ordinary_task_with_all_that_is_asked_about_it(bench: Page) -> None:
    bench.set_viewport_size({"width": 1280, "height": 800})
    take_task(bench)
    expect(bench.get_by_role("button", name="Skip, no reason needed")).to_be_visible()
    show_task(bench)
    bench.keyboard.press("4")
    bench.keyboard.press("2")
    for part in ("#stimulus .chips", ".ways-out", "form[data-answers] legend", "form[data-answers] .foot"):
        assert is_seen(bench, part), part
    middles = "ways => ways.map(way => { const box = way.getBoundingClientRect(); return Math.round(box.top + box.height / 2); })"
    assert len(set(bench.locator(".ways-out > *").evaluate_all(middles))) == 1, "one row of ways out"


def test_what_is_missing_is_said_on_the_screen(bench: Page) -> None:
    bench.set_viewport_size({"width": 390, "height": 844})
    take_task(bench)
    show_task(bench)
    to_the_end(bench)
    bench.keyboard.press("Enter")
    bench.get_by_text("Something is missing").wait_for()
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
    assert covered_above(bench) <= third["y"] + second["height"] <= 400


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_what_is_hidden_out_of_sight_and_shown_again_is_on_the_screen(
    bench: Page, width: int, height: int
) -> None:
    bench.set_viewport_size({"width": width, "height": height})
    take_task(bench)
    show_task(bench)
    bench.evaluate("document.querySelector('#answers').style.minHeight = '3000px'")  # as many questions do
    to_the_end(bench)
    look_away(bench)
    look_back(bench)
    bench.keyboard.press("Space")
    bench.wait_for_selector("#stimulus[data-state=open]")
    assert is_seen(bench, ".turn-text")


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


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_head_that_begins_to_speak_does_not_cover_what_has_the_keyboard(
    bench: Page, width: int, height: int
) -> None:
    bench.set_viewport_size({"width": width, "height": height})
    bench.clock.install()
    bench.reload()
    take_task(bench)
    show_task(bench)
    bench.evaluate("document.querySelector('#answers').style.paddingBottom = '2000px'")
    bench.locator("#answers .answer input").first.focus()
    bench.evaluate(
        "by => scrollBy(0, document.activeElement.getBoundingClientRect().top - by)",
        covered_above(bench) + 30,
    )
    bench.clock.run_for(22_000)
    expect(bench.get_by_text("Seconds left: 8")).to_be_visible()
    assert bench.evaluate("document.activeElement.getBoundingClientRect().top") >= covered_above(bench)


def test_a_small_window_at_400_percent_has_room_to_read_and_to_answer(bench: Page) -> None:
    """WCAG 1.4.10 and 2.4.11, while the last seconds run and an answer is not saved yet."""
    bench.set_viewport_size({"width": 320, "height": 256})
    bench.clock.install()
    bench.reload()
    take_task(bench)
    show_task(bench)
    bench.evaluate(
        "document.querySelector('#save-state').textContent = 'Not saved yet. Trying again … ' .repeat(3)"
    )
    bench.evaluate("document.querySelector('#save-state').hidden = false")
    bench.clock.run_for(22_000)
    left = bench.get_by_text("Seconds left: 8")
    bench.evaluate("window.scrollTo(0, 0)")
    bench.evaluate("document.querySelector('.turn-text').scrollIntoView()")
    expect(left).to_be_in_viewport(ratio=1)
    foot = bench.locator("#window").bounding_box()
    assert foot
    text = bench.locator(".turn-text").bounding_box()
    assert text
    assert covered_above(bench) <= text["y"] < 60
    assert foot["y"] - covered_above(bench) >= 160
    hidden = []
    for _ in range(30):
        bench.keyboard.press("Tab")
        hidden += bench.evaluate(
            """() => {
                const on = document.activeElement;
                const { left, top, width, height } = (on.closest("label") ?? on).getBoundingClientRect();
                const found = document.elementFromPoint(left + width / 2, top + height / 2);
                return on === document.body || found?.contains(on) || on.contains(found) || on.labels?.[0]?.contains(found)
                    ? [] : [on.outerHTML.slice(0, 90)];
            }"""
        )
    assert not hidden
    assert bench.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
