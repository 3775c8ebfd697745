"""How strong a category is: its key, the digits, the mouse and Esc."""

from typing import Any

from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from people.models import User
from people.operations.settings import set_keys
from tests.browser.answering import CHOICE, at_question, begun_and_not_sent, press, stored, to_the_last_answer
from tests.browser.conftest import axe_findings, save, show_task
from tests.unit.labeling.schemas import kinds

HARM = {**kinds()[0], "id": "harm"}
UNDER_WAY = "form[data-strength]"


def strength(page: Page, category: str, word: str) -> Locator:
    return page.get_by_role("radiogroup", name=f"{category}: how strong?", exact=True).get_by_label(word)


def test_the_key_of_a_chosen_category_asks_again_how_strong_it_is(opened: Any) -> None:
    page = opened(HARM, CHOICE)
    said, line = page.locator("#announcer"), page.get_by_text("Not this one:")
    press(page, "2", "2")
    expect(line).to_be_hidden()
    press(page, "2")
    expect(said).to_have_text("Threat: how strong, 1 to 4?")
    expect(line).to_be_visible()
    assert axe_findings(page) == []
    expect(strength(page, "Threat", "moderate")).to_be_checked()
    press(page, "3")
    expect(strength(page, "Threat", "severe")).to_be_checked()
    expect(page.locator(UNDER_WAY)).to_have_count(0)

    rude = page.get_by_role("checkbox", name="Rude")
    press(page, "1", "4", "1", "Escape")
    expect(said).to_have_text("Rude: extreme")
    expect(strength(page, "Rude", "extreme")).to_be_checked()
    expect(line).to_be_hidden()
    press(page, "1", "0")
    expect(rude).not_to_be_checked()
    press(page, "1", "Escape")  # it has just been chosen
    expect(rude).not_to_be_checked()
    expect(page.locator(UNDER_WAY)).to_have_count(0)
    press(page, "2", "Enter", "1")  # it stays severe, and the digit is the next question's
    save(page)
    assert stored() == [{"harm": {"threat": 3}, "fit": "fine"}]


def test_a_mouse_and_the_space_bar_untick_a_category(opened: Any) -> None:
    page = opened(HARM)
    press(page, "2", "2")
    page.locator("label.answer").get_by_text("Threat", exact=True).click()
    expect(page.get_by_role("checkbox", name="Threat", exact=True)).not_to_be_checked()
    press(page, "1", "1")
    page.get_by_role("checkbox", name="Rude").press("Space")
    expect(page.get_by_role("checkbox", name="Rude")).not_to_be_checked()


def test_escape_brings_none_of_these_back(opened: Any) -> None:
    page = opened(HARM)
    press(page, "0", "1")
    expect(page.get_by_label("None of these")).not_to_be_checked()
    press(page, "Escape")
    expect(page.get_by_label("None of these")).to_be_checked()
    save(page)
    assert stored() == [{"harm": {}}]


def test_escape_first_closes_what_is_open_beside(opened: Any) -> None:
    page = opened(HARM)
    rude = page.get_by_role("checkbox", name="Rude")
    press(page, "1", "w")
    expect(page.locator("#guideline")).to_be_visible()
    press(page, "Escape")
    expect(page.locator("#guideline")).to_be_hidden()
    expect(rude).to_be_checked()
    press(page, "?", "3")  # the list of keys is open: no answer
    expect(strength(page, "Rude", "severe")).not_to_be_checked()
    press(page, "Escape")
    expect(page.locator("#keys")).to_be_hidden()
    expect(rude).to_be_checked()
    press(page, "Shift", "Escape")  # a key between them: not Esc twice
    expect(rude).not_to_be_checked()


def test_escape_twice_stops_while_a_strength_is_asked_for(opened: Any) -> None:
    page = opened(HARM)
    press(page, "1", "Escape", "Escape")
    expect(page.locator("#answers")).to_have_count(0)


def test_the_digits_are_those_of_the_question_that_one_is_at(opened: Any) -> None:
    page = opened(HARM, CHOICE)
    press(page, "1", ".", "2")  # Rude has no strength yet
    expect(page.get_by_label("Bad")).to_be_checked()
    at_question(page, "harm")
    expect(page.locator(UNDER_WAY)).to_have_count(1)
    press(page, "3")
    save(page)
    assert stored() == [{"harm": {"rude": 3}, "fit": "bad"}]


def test_how_strong_it_is_can_be_changed_later(opened: Any, live_server: LiveServer) -> None:
    page = opened(HARM)
    press(page, "2", "2")
    save(page)
    to_the_last_answer(page)
    press(page, "2", "3", "Enter")
    page.wait_for_url("**/projects/*/answers/")
    assert stored() == [{"harm": {"threat": 3}}]

    page.goto(page.url.replace("/answers/", "/label/"))
    show_task(page)
    press(page, "1")
    with page.expect_response("**/draft/"):
        press(page, "1")
    begun_and_not_sent(page, live_server)
    press(page, "1", "4", "1", "Escape", "2", "Escape", "Enter")
    expect(page.get_by_text("Your answer is saved.")).to_be_visible()
    assert stored()[-1] == {"harm": {"rude": 4}}


def test_the_strengths_that_a_key_asks_for_are_on_the_screen(opened: Any) -> None:
    page = opened(kinds()[0], CHOICE)
    page.set_viewport_size({"width": 1280, "height": 500})
    label = page.locator("#answers").get_by_text("Rude", exact=True)
    label.evaluate("each => scrollBy(0, each.getBoundingClientRect().bottom - innerHeight + 4)")
    expect(label).to_be_in_viewport()
    press(page, "1")
    expect(page.locator(".strengths:visible").get_by_text("extreme")).to_be_in_viewport(ratio=1)
    expect(page.get_by_text("Leave it as it was:")).to_be_in_viewport(ratio=1)


def test_what_stands_below_the_strengths_prints_ones_own_key(opened: Any, labeler: User) -> None:
    set_keys(person=labeler, own={"none": "X"})
    page = opened(HARM)
    press(page, "1")
    expect(page.get_by_text("Not this one:")).to_have_text("Not this one: X")
    press(page, "x")
    expect(page.get_by_role("checkbox", name="Rude")).not_to_be_checked()
