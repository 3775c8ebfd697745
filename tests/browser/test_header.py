"""The one quiet line on every page."""

import re

import pytest
from playwright.sync_api import Page, expect

from config.languages import LANGUAGES
from people.models import User
from people.operations.settings import set_page_language
from tests.browser.conftest import show_task, take_task


def test_a_theme_holds_at_once_and_stays(bench: Page) -> None:
    bench.get_by_label("Your account").click()
    with bench.expect_response("**/theme/"):
        bench.locator(".account").get_by_label("Dark").check()
    root = bench.locator("html")
    expect(root).to_have_attribute("data-theme", "dark")
    bench.reload()
    expect(root).to_have_attribute("data-theme", "dark")
    assert bench.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 26, 26)"


def test_at_390_pixels_the_header_is_one_row_with_a_menu(bench: Page) -> None:
    bench.set_viewport_size({"width": 390, "height": 844})
    tops = [
        bench.locator(name).bounding_box()
        for name in (".top .gauge", ".top [data-stop]", ".top .only-narrow")
    ]
    assert all(box is not None and box["y"] + box["height"] < 90 for box in tops)
    expect(bench.get_by_role("link", name="My exposure", exact=True)).to_be_hidden()
    bench.get_by_text("Menu", exact=True).click()
    bench.get_by_role("link", name="My exposure", exact=True).click()
    bench.wait_for_url("**/me/exposure/")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1024, 560), (390, 844)])
def test_stop_is_in_sight_wherever_one_has_scrolled(bench: Page, width: int, height: int) -> None:
    bench.set_viewport_size({"width": width, "height": height})
    take_task(bench)
    show_task(bench)
    bench.evaluate("document.body.style.minHeight = '3000px'; scrollTo(0, 1500)")
    expect(bench.locator(".top [data-stop] button")).to_be_in_viewport(ratio=1)
    before = bench.url
    bench.locator(".top [data-stop] button").click()
    bench.wait_for_url(lambda url: url != before)
    expect(bench).to_have_url(re.compile(r"/break/$"))


def test_it_fits_in_every_language(bench: Page, labeler: User) -> None:
    """With a task open, when the most stands in it."""
    take_task(bench)
    show_task(bench)
    too_wide = []
    for language in LANGUAGES:
        set_page_language(person=labeler, language=language.code)
        bench.reload()
        for width in (1600, 1481, 1280, 1271, 1024, 901, 900, 600, 390):
            bench.set_viewport_size({"width": width, "height": 900})
            if bench.evaluate("document.documentElement.scrollWidth > innerWidth"):
                too_wide.append((language.code, width))
    assert not too_wide, str(too_wide)


def test_the_keyboard_reaches_the_page_past_the_header(bench: Page) -> None:
    bench.keyboard.press("Tab")
    expect(bench.get_by_role("link", name="Skip to the page")).to_be_focused()
    bench.keyboard.press("Enter")
    expect(bench.locator("#main")).to_be_focused()


def test_the_gauge_speaks_in_words(bench: Page, labeler: User) -> None:
    expect(bench.locator("#gauge")).to_contain_text("Nothing yet of today's limit")


def test_a_page_is_light(bench: Page) -> None:
    """What a first visit of the workbench brings besides the fonts, unpacked; benchmarks/slow_line.py weighs all of it."""
    sizes: list[int] = []
    bench.on("response", lambda answer: sizes.append(len(answer.body())))
    bench.context.clear_cookies(name="csrftoken")
    bench.goto(bench.url)
    bench.wait_for_load_state("networkidle")
    assert sum(sizes) < 150_000


@pytest.mark.parametrize(
    "size", [(390, 844), (844, 390), (667, 330)], ids=["upright", "lying", "lying-small"]
)
def test_the_button_that_stops_stays_on_a_phone(bench: Page, size: tuple[int, int]) -> None:
    take_task(bench)
    show_task(bench)
    bench.set_viewport_size({"width": size[0], "height": size[1]})
    bench.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    expect(bench.locator(".top [data-stop] button")).to_be_in_viewport(ratio=1)
