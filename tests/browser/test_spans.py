"""Marking words by keys and by mouse; a finger does it in test_touch.py."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.answering import ARABIC_PAIR, CHOICE, press, stored
from tests.browser.conftest import look_away, look_back, save, show_task
from tests.unit.labeling.schemas import kinds


def test_the_word_that_keys_are_at_is_on_the_screen(opened: Any) -> None:
    page = opened({"id": "kept", "kind": "constraint"}, kinds()[6])
    page.set_viewport_size({"width": 390, "height": 400})
    press(page, "1")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
        top, bottom, height = page.evaluate(
            """() => {
                const box = [...CSS.highlights.get("span-taken")][0].getBoundingClientRect();
                return [box.top - document.querySelector(".top").getBoundingClientRect().bottom, box.bottom, innerHeight];
            }"""
        )
        assert top >= 0, key
        assert bottom <= height, key


@pytest.mark.parametrize("key", ["1", "ArrowRight"])
def test_where_the_text_is_hidden_again_it_says_that_this_comes_first(opened: Any, key: str) -> None:
    page = opened(kinds()[6], CHOICE)
    look_away(page)
    look_back(page)
    press(page, key)
    expect(page.get_by_text("The text is hidden. Show it again first.")).to_be_visible()
    show_task(page)
    press(page, "ArrowRight", "1")
    expect(page.get_by_text("Show it again first.")).to_be_hidden()
    expect(page.locator("[data-span-list] li")).to_have_count(1)


def test_words_are_marked_by_mouse_as_well(opened: Any) -> None:
    page = opened({"id": "kept", "kind": "constraint"}, kinds()[6])
    press(page, "1")
    page.locator("[data-block='2']").dblclick(position={"x": 8, "y": 12})
    page.get_by_role("button", name="Insult").click()
    expect(page.locator("[data-span-list]")).to_contain_text("Text 3, words 1 to 1: Insult")
    page.locator("[data-block='2']").dblclick(position={"x": 8, "y": 12})
    press(page, "0")
    expect(page.locator("[data-span-list] li")).to_have_count(0)
    save(page)
    assert stored() == [{"kept": "followed", "spans": []}]


def test_a_click_after_words_were_dragged_over_leaves_them_chosen(opened: Any) -> None:
    page = opened(kinds()[6], CHOICE)
    text = page.locator("[data-block='1']")
    left, right, y = text.evaluate(
        """text => {
            const range = new Range();
            range.setStart(text.firstChild, 0);
            range.setEnd(text.firstChild, text.textContent.indexOf(" out"));
            const { left, right, top, height } = range.getBoundingClientRect();
            return [left, right, top + height / 2];
        }"""
    )
    page.mouse.move(left + 1, y)
    page.mouse.down()
    page.mouse.move(right, y, steps=5)
    page.mouse.up()
    taken = "() => [...CSS.highlights.get('span-taken')].map(String)"
    page.wait_for_function(f"({taken})().length === 5")
    dragged = page.evaluate(taken)
    page.mouse.click(right + 20, y)
    assert page.evaluate("getSelection().isCollapsed")
    assert page.evaluate(taken) == dragged
    press(page, "1")
    expect(page.locator("[data-span-list]")).to_contain_text("Text 2, words 1 to 5: Insult")

    text.dblclick(position={"x": 8, "y": 12})
    page.get_by_role("button", name="Insult").click()
    page.locator("[data-block='2']").click(
        position={"x": 8, "y": 12}
    )  # nothing is selected: this click chooses
    assert page.evaluate(taken) == ["Say"]


def test_arrows_go_the_way_that_they_point_in_a_text_from_right_to_left(opened: Any) -> None:
    page = opened(kinds()[6], CHOICE, body=ARABIC_PAIR)
    press(page, "ArrowLeft", "ArrowLeft", "Shift+ArrowLeft", "1")
    expect(page.locator("[data-span-list]")).to_contain_text("Text 2, words 2 to 3: Insult")
    press(page, "ArrowRight", "ArrowRight", "1")
    expect(page.locator("[data-span-list]")).to_contain_text("Text 2, words 1 to 1: Insult")
