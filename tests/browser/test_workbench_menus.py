"""The menus of a task by keyboard: what is behind them rests, and nothing is reported that was not chosen."""

import pytest
from playwright.sync_api import Page, expect

from labeling.models import ItemProblem
from tests.browser.conftest import show_task, take_task
from wellbeing.models import RiskReport

OPEN = "details[data-choices][open]"


@pytest.fixture
def shown(bench: Page) -> Page:
    """The workbench, wide, with an item on the screen."""
    bench.set_viewport_size({"width": 1280, "height": 800})
    take_task(bench)
    show_task(bench)
    return bench


def test_no_key_answers_the_task_behind_a_menu(shown: Page) -> None:
    for key in ("p", "d"):
        shown.keyboard.press(key)
        shown.locator(OPEN).wait_for()
        shown.keyboard.press("3")
        shown.keyboard.press("0")
        expect(shown.locator("#answers :checked")).to_have_count(0)
        shown.keyboard.press("Escape")
        expect(shown.locator(OPEN)).to_have_count(0)
        expect(shown.locator("#stimulus [data-focus]")).to_be_focused()
    shown.keyboard.press("3")
    expect(shown.locator("#answers :checked")).to_have_count(1)


def test_a_menu_that_is_left_with_tab_closes(shown: Page) -> None:
    shown.keyboard.press("d")
    expect(shown.locator(f"{OPEN} summary")).to_be_focused()
    shown.keyboard.press("Tab")
    shown.locator(f"{OPEN} button:focus").wait_for()
    shown.keyboard.press("Tab")
    expect(shown.locator(OPEN)).to_have_count(0)


def test_words_typed_outside_a_field_tell_nobody_of_danger(shown: Page) -> None:
    """ "…kind and short", begun before the field has the keyboard: the key D, and the space after it."""
    for key in ("Space", "Enter"):
        shown.keyboard.press("d")
        expect(shown.locator(f"{OPEN} summary")).to_be_focused()
        shown.keyboard.press(key)
        expect(shown.locator(OPEN)).to_have_count(0)
    assert shown.locator("#notice .note").count() == 0
    assert not RiskReport.objects.exists()


def test_a_problem_is_reported_only_when_it_was_chosen(shown: Page) -> None:
    choices = shown.locator(f"{OPEN} form button")
    shown.keyboard.press("p")
    expect(shown.locator(f"{OPEN} summary")).to_be_focused()
    shown.keyboard.press("Enter")
    expect(shown.locator(OPEN)).to_have_count(0)
    assert not ItemProblem.objects.exists()

    shown.keyboard.press("p")
    expect(shown.locator(f"{OPEN} summary")).to_be_focused()
    before = shown.evaluate("scrollY")
    for key, number in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", -1), ("Home", 0)):
        shown.keyboard.press(key)
        expect(choices.nth(number)).to_be_focused()
    assert shown.evaluate("scrollY") == before
    shown.keyboard.press("ArrowDown")
    wanted = choices.nth(1).get_attribute("value")
    with shown.expect_response("**/problem/"):
        shown.keyboard.press("Enter")
    assert list(ItemProblem.objects.values_list("kind", flat=True)) == [wanted]


def test_after_someone_in_danger_the_card_has_the_keyboard_and_it_is_said(shown: Page) -> None:
    shown.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    shown.keyboard.press("d")
    expect(shown.locator(f"{OPEN} summary")).to_be_focused()
    shown.keyboard.press("ArrowDown")
    with shown.expect_response("**/risk/"):
        shown.keyboard.press("Enter")
    said = shown.locator("#notice").get_by_text("The wellbeing officer has it now.")
    expect(said).to_be_in_viewport()
    expect(shown.locator("#announcer")).to_contain_text("The wellbeing officer has it now.")
    expect(shown.locator(OPEN)).to_have_count(0)
    expect(shown.locator("#stimulus [data-focus]")).to_be_focused()
    assert RiskReport.objects.count() == 1
    shown.keyboard.press("0")
    expect(shown.locator("[data-none]")).to_be_checked()
