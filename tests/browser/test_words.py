"""Guideline and glossary by keyboard, with an item open and left where it is."""

import re

import pytest
from playwright.sync_api import Page, expect

from labeling.models import Project
from labeling.operations.projects import publish_guideline
from people.models import User
from tests.browser.conftest import RULES, check, look_away, show_task, take_task
from tests.factories.words import EXAMPLE, WORD, masked_term_of
from wellbeing.models import ExposureView


def test_the_guideline_and_the_glossary_open_beside_an_open_item(guided: Project, bench: Page) -> None:
    take_task(bench)
    show_task(bench)
    drawer = bench.locator("#guideline")

    bench.keyboard.press("g")
    drawer.get_by_text("a sneer counts").wait_for()
    bench.keyboard.press("/")
    bench.keyboard.type("SNEER")
    bench.keyboard.press("Enter")
    expect(drawer.locator("mark")).to_have_text("sneer")
    check(bench)
    drawer.get_by_role("button", name="Show this example").click()
    drawer.get_by_text("hide the item first").wait_for()
    bench.keyboard.press("w")
    drawer.get_by_text("Said of somebody who talks too loudly.").wait_for()
    check(bench)
    drawer.get_by_text("Propose a term").click()
    drawer.get_by_label("Term", exact=False).first.fill("Moon landing")
    drawer.get_by_label("What it means").fill("A far-fetched excuse.")
    check(bench)
    drawer.get_by_role("button", name="Send").click()
    drawer.get_by_text("“Moon landing”: a lead looks at it.").wait_for()
    bench.keyboard.press("w")
    expect(drawer).to_be_hidden()
    bench.locator("#rules details", has=bench.locator("[data-drawer=place-HR]")).locator("summary").click()
    expect(bench.locator("[data-drawer^=place-]")).to_have_count(2)  # as many as have a part there
    bench.locator("[data-drawer=place-HR]").click()
    expect(bench.locator("#part-harassment")).to_be_focused()
    assert bench.get_attribute("#stimulus", "data-state") == "open"


def test_escape_closes_what_opened_beside_and_twice_it_stops(guided: Project, bench: Page) -> None:
    drawer = bench.locator("#guideline")
    take_task(bench)
    show_task(bench)
    bench.keyboard.press("g")
    drawer.get_by_text("a sneer counts").wait_for()
    bench.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(bench.locator("#stimulus [data-focus]")).to_be_focused()  # where Enter saves
    bench.locator("[data-guideline]").focus()
    bench.keyboard.press("Enter")
    drawer.get_by_text("a sneer counts").wait_for()
    bench.keyboard.press("Escape")
    expect(bench.locator("[data-guideline]")).to_be_focused()
    bench.keyboard.press("g")
    drawer.get_by_text("a sneer counts").wait_for()
    bench.keyboard.press("/")
    expect(drawer.get_by_role("searchbox")).to_be_focused()
    bench.keyboard.press("Escape")
    expect(drawer).to_be_hidden()

    # What is on top goes first.
    bench.keyboard.press("g")
    drawer.get_by_text("a sneer counts").wait_for()
    bench.keyboard.press("p")
    bench.keyboard.press("Escape")
    expect(bench.locator("details[data-menu][open]")).to_have_count(0)
    expect(drawer).to_be_visible()

    # What was written is not thrown away.
    bench.keyboard.press("q")
    drawer.get_by_role("textbox").fill("Does irony count?")
    bench.keyboard.press("Escape")
    expect(drawer).to_be_focused()
    expect(drawer.get_by_role("textbox")).to_have_value("Does irony count?")
    bench.keyboard.press("q")
    expect(drawer.get_by_role("textbox")).to_be_focused()
    expect(drawer.get_by_role("textbox")).to_have_value("Does irony count?")
    bench.keyboard.press("Escape")
    expect(drawer).to_be_focused()
    assert bench.get_attribute("#stimulus", "data-state") == "open"

    bench.keyboard.press("g")
    drawer.get_by_text("a sneer counts").wait_for()
    bench.keyboard.press("q")
    expect(drawer.get_by_role("textbox")).to_have_value("Does irony count?")
    bench.keyboard.press("Escape")
    bench.keyboard.press("g")
    drawer.get_by_text("a sneer counts").wait_for()
    bench.wait_for_timeout(700)  # so that the next two presses are the pair
    bench.keyboard.press("Escape")
    bench.keyboard.press("Escape")
    bench.wait_for_url(re.compile(r"/break/"))


def test_the_next_slow_escape_closes_what_is_written_and_keeps_it(guided: Project, bench: Page) -> None:
    take_task(bench)
    show_task(bench)
    drawer = bench.locator("#guideline")
    bench.keyboard.press("q")
    question = drawer.get_by_label("Your question")
    expect(question).to_be_focused()
    bench.keyboard.type("Does irony count?")
    bench.keyboard.press("Escape")
    expect(drawer).to_be_focused()
    expect(question).to_have_value("Does irony count?")
    bench.wait_for_timeout(700)  # two presses sooner than that are a stop
    bench.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(bench.locator("#stimulus [data-focus]")).to_be_focused()
    bench.keyboard.press("q")
    expect(question).to_be_focused()
    expect(question).to_have_value("Does irony count?")
    bench.keyboard.press("Escape")

    bench.keyboard.press("w")
    drawer.get_by_text("Propose a term").click()
    word, meaning = drawer.get_by_label("Term", exact=False).first, drawer.get_by_label("What it means")
    word.fill("Moon landing")
    meaning.fill("A far-fetched excuse.")
    bench.keyboard.press("Escape")
    expect(drawer).to_be_focused()
    bench.wait_for_timeout(700)
    bench.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    bench.keyboard.press("w")
    expect(word).to_be_visible()
    expect(word).to_have_value("Moon landing")
    expect(meaning).to_have_value("A far-fetched excuse.")
    assert bench.get_attribute("#stimulus", "data-state") == "open"


@pytest.mark.parametrize("typed", ["Does irony count?", ""], ids=["written", "empty"])
def test_escape_twice_in_a_field_beside_the_task_stops(guided: Project, bench: Page, typed: str) -> None:
    take_task(bench)
    show_task(bench)
    bench.keyboard.press("q")
    expect(bench.get_by_label("Your question")).to_be_focused()
    bench.keyboard.type(typed)
    bench.keyboard.press("Escape")
    bench.keyboard.press("Escape")
    bench.wait_for_url(re.compile(r"/break/"))


def test_escape_twice_in_a_search_stops_and_once_does_not(guided: Project, bench: Page) -> None:
    take_task(bench)
    show_task(bench)
    drawer = bench.locator("#guideline")
    for presses in (1, 2):
        bench.keyboard.press("g")
        drawer.get_by_text("a sneer counts").wait_for()
        bench.keyboard.press("/")
        expect(drawer.get_by_role("searchbox")).to_be_focused()
        bench.keyboard.type("sneer")
        for _ in range(presses):
            bench.keyboard.press("Escape")
        if presses == 1:
            expect(drawer).to_be_hidden()
            bench.wait_for_timeout(700)
            assert bench.get_attribute("#stimulus", "data-state") == "open"
    bench.wait_for_url(re.compile(r"/break/"))


def test_a_note_that_something_else_covered_comes_back_where_it_was_written(
    guided: Project, bench: Page, lead: User
) -> None:
    second = masked_term_of(guided, lead, term="word 2")
    take_task(bench)
    drawer = bench.locator("#guideline")
    bench.keyboard.press("w")
    term = drawer.locator(f"#term-{second.pk}")
    term.get_by_text("My note").click()
    term.get_by_role("textbox").fill("Our captain says it.")
    bench.keyboard.press("Escape")  # leaves the field
    bench.keyboard.press("g")
    drawer.get_by_text("a sneer counts").wait_for()
    bench.keyboard.press("w")
    expect(term.get_by_role("textbox")).to_be_visible()
    expect(term.get_by_role("textbox")).to_have_value("Our captain says it.")
    expect(drawer.locator("textarea[name=text]").first).to_have_value("")

    # A search that leaves it out, and a press of the key where it was folded away.
    bench.keyboard.press("/")
    bench.keyboard.type("nothing of the kind")
    bench.keyboard.press("Enter")
    drawer.get_by_text("No term fits.").wait_for()
    drawer.get_by_role("searchbox").fill("")
    bench.keyboard.press("Enter")
    expect(term.get_by_role("textbox")).to_have_value("Our captain says it.")
    term.get_by_text("My note").click()
    expect(term.get_by_role("textbox")).to_be_hidden()
    bench.evaluate("document.activeElement.blur()")
    bench.keyboard.press("w")
    expect(term.get_by_role("textbox")).to_be_focused()


def test_two_things_that_are_written_beside_do_not_cost_each_other(guided: Project, bench: Page) -> None:
    take_task(bench)
    drawer = bench.locator("#guideline")
    question, word = drawer.get_by_label("Your question"), drawer.get_by_label("Term", exact=False).first
    bench.keyboard.press("q")
    question.fill("Does irony count?")
    bench.keyboard.press("Escape")
    bench.keyboard.press("w")
    drawer.get_by_text("Propose a term").click()
    word.fill("Moon landing")
    drawer.get_by_label("What it means").fill("A far-fetched excuse.")
    bench.keyboard.press("Escape")
    bench.keyboard.press("q")
    expect(question).to_have_value("Does irony count?")
    bench.evaluate("document.activeElement.blur()")
    bench.keyboard.press("w")
    expect(word).to_have_value("Moon landing")
    expect(drawer.get_by_label("What it means")).to_have_value("A far-fetched excuse.")
    drawer.get_by_role("link", name="Close").click()
    bench.keyboard.press("w")
    expect(word).to_have_value("Moon landing")
    assert bench.evaluate("JSON.stringify([{ ...sessionStorage }, { ...localStorage }])").count("Moon") == 0

    # What has arrived is not brought back.
    drawer.get_by_role("button", name="Send").click()
    drawer.get_by_text("“Moon landing”: a lead looks at it.").wait_for()
    drawer.get_by_text("Propose a term").click()
    expect(word).to_have_value("")
    bench.keyboard.press("q")
    drawer.get_by_role("button", name="Send and keep the task").click()
    drawer.get_by_text("Your lead has your question").wait_for()
    bench.keyboard.press("g")
    drawer.get_by_text("a sneer counts").wait_for()
    bench.keyboard.press("q")
    expect(question).to_have_value("")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_what_opens_beside_is_on_the_screen_wherever_one_has_scrolled(
    guided: Project, bench: Page, width: int, height: int
) -> None:
    bench.set_viewport_size({"width": width, "height": height})
    take_task(bench)
    show_task(bench)
    bench.evaluate("document.querySelector('#answers').style.minHeight = '3000px'")  # as many questions do
    for key in ("g", "w"):
        bench.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
        bench.keyboard.press(key)
        heading = bench.locator("#guideline h2").first
        heading.wait_for()
        expect(heading).to_be_in_viewport(ratio=1)
        bench.keyboard.press("Escape")
        expect(bench.locator("#guideline")).to_be_hidden()
        bench.wait_for_timeout(700)  # Esc twice stops


def test_an_example_and_a_masked_word_leave_the_page_when_nobody_looks(guided: Project, bench: Page) -> None:
    bench.keyboard.press("g")
    drawer = bench.locator("#guideline")
    assert EXAMPLE not in bench.content()
    drawer.get_by_role("button", name="Show this example").click()
    drawer.get_by_text(EXAMPLE).wait_for()
    check(bench)
    look_away(bench)
    expect(drawer.get_by_text(EXAMPLE)).to_have_count(0)
    assert EXAMPLE not in bench.content()
    drawer.get_by_role("button", name="Show it again").wait_for()

    bench.reload()
    bench.keyboard.press("w")
    drawer.get_by_role("button", name="Show the word").click()
    drawer.get_by_text(WORD).wait_for()
    with bench.expect_response("**/hide/"):
        drawer.get_by_role("button", name="Hide it").click()
    drawer.get_by_role("button", name="Show it again").wait_for()
    assert WORD not in bench.content()
    assert not ExposureView.objects.filter(closed_at=None).exists()


def test_a_changed_guideline_is_told_above_the_task_and_put_away_by_one_key(
    guided: Project, bench: Page, lead: User
) -> None:
    take_task(bench)
    publish_guideline(project=guided, body=RULES.replace("a sneer", "a jibe"), by=lead)
    bench.keyboard.press("s")
    news = bench.locator("#rules-news")
    news.wait_for()
    news.get_by_text("Show the differences").click()
    expect(news.locator("ins")).to_contain_text("a jibe counts")
    check(bench)
    bench.locator("#stimulus h2").focus()
    show_task(bench)
    expect(news).to_be_visible()
    bench.keyboard.press("k")
    expect(news).to_have_count(0)
    assert bench.get_attribute("#stimulus", "data-state") == "open"
    bench.reload()
    assert news.count() == 0
