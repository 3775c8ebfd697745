"""Questions to the lead and doubts about decisions, by keyboard, with their outcomes."""

import pytest
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from labeling.models import Project
from people.models import User
from tests.browser.conftest import RULES, check, show_task, take_task
from tests.factories.labeling import project_for
from tests.factories.words import decided_task, example_of, masked_term_of

SIZES = [pytest.param("light", 1280, id="day"), pytest.param("dark", 390, id="night-narrow")]


def test_a_question_that_was_refused_is_not_thrown_away(guided: Project, bench: Page) -> None:
    take_task(bench)
    drawer = bench.locator("#guideline")
    question = drawer.get_by_label("Your question")
    bench.keyboard.press("q")
    question.fill("Does irony count?")
    drawer.get_by_role("button", name="Send and keep the task").click()
    drawer.get_by_text("Your lead has your question").wait_for()
    drawer.get_by_role("link", name="Close").click()
    bench.keyboard.press("q")
    question.fill("And sarcasm?")
    drawer.get_by_role("button", name="Send and keep the task").click()
    drawer.get_by_text("You have asked about this task").first.wait_for()
    bench.keyboard.press("Escape")
    bench.keyboard.press("q")
    expect(question).to_be_focused()
    expect(question).to_have_value("And sarcasm?")
    bench.evaluate("document.activeElement.blur()")
    bench.keyboard.press("g")
    drawer.get_by_text("a sneer counts").wait_for()
    bench.keyboard.press("q")
    expect(question).to_have_value("And sarcasm?")


def test_a_question_that_arrives_after_something_covered_it_is_not_brought_back(
    guided: Project, bench: Page
) -> None:
    take_task(bench)
    drawer = bench.locator("#guideline")
    bench.keyboard.press("q")
    drawer.get_by_label("Your question").fill("Does irony count?")
    held: list[Route] = []
    bench.route("**/question/", lambda route: held.append(route))
    drawer.get_by_role("button", name="Send and keep the task").click()
    bench.evaluate("document.activeElement.blur()")
    bench.keyboard.press("g")
    drawer.get_by_text("a sneer counts").wait_for()
    held[0].continue_()
    drawer.get_by_text("Your lead has your question").wait_for()
    bench.unroute("**/question/")
    bench.keyboard.press("g")
    drawer.get_by_text("a sneer counts").wait_for()
    bench.keyboard.press("q")
    expect(drawer.get_by_label("Your question")).to_have_value("")


@pytest.mark.slow
@pytest.mark.parametrize(("theme", "width"), SIZES)
def test_a_question_to_the_lead_and_its_reply(
    guided: Project,
    bench: Page,
    labeler: User,
    lead: User,
    sign_in,
    live_server: LiveServer,
    theme: str,
    width: int,
) -> None:
    bench.emulate_media(color_scheme=theme, reduced_motion="reduce")
    bench.set_viewport_size({"width": width, "height": 844})
    take_task(bench)
    show_task(bench)
    bench.keyboard.press("q")
    box = bench.get_by_label("Your question")
    expect(box).to_be_focused()
    check(bench)
    bench.keyboard.type("Does the second half count?")
    bench.get_by_role("button", name="Send and keep the task").click()
    bench.get_by_text("Your lead has your question").wait_for()
    assert bench.get_attribute("#stimulus", "data-state") == "open"

    sign_in(bench, lead)
    bench.goto(f"{live_server.url}/questions/")
    check(bench)
    bench.get_by_text("Does the second half count?").wait_for()
    bench.get_by_label("Your reply").fill("Yes, all of it.")
    bench.get_by_role("button", name="Send the reply").click()
    bench.get_by_text("No questions").wait_for()

    sign_in(bench, labeler)
    bench.goto(live_server.url)
    check(bench)
    bench.set_viewport_size({"width": 1280, "height": 800})
    expect(bench.get_by_role("link", name="News for you")).to_be_visible()
    longest = "About three quarters of today's limit"
    bench.locator(".top .gauge-words").evaluate(
        "(words, longest) => { words.textContent = longest; }", longest
    )
    assert bench.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    bench.get_by_role("link", name="Your lead replied").click()
    bench.get_by_text("Yes, all of it.").wait_for()
    expect(bench.locator("#mark-read")).to_have_count(0)
    check(bench)
    bench.goto(live_server.url)
    assert bench.get_by_role("link", name="News for you").count() == 0


def test_what_was_sent_is_not_said_beside_the_next_task_and_the_guideline_stays(
    guided: Project, bench: Page
) -> None:
    take_task(bench)
    show_task(bench)
    beside = bench.locator("#guideline")
    bench.keyboard.press("q")
    bench.get_by_label("Your question").fill("Does the second half count?")
    bench.get_by_role("button", name="Send and keep the task").click()
    expect(beside).to_contain_text("Your lead has your question")
    with bench.expect_response("**/skip/"):
        bench.keyboard.press("s")
    expect(beside).to_be_hidden()
    show_task(bench)  # the next one has the keys
    bench.keyboard.press("g")
    expect(beside).to_be_visible()
    with bench.expect_response("**/skip/"):
        bench.keyboard.press("s")
    expect(bench.locator("#stimulus")).to_have_attribute("data-state", "closed")
    expect(beside).to_be_visible()


@pytest.mark.slow
def test_sending_a_question_and_skipping_brings_the_next_card(guided: Project, bench: Page) -> None:
    take_task(bench)
    before = bench.get_attribute("#stimulus", "data-conceal-url")
    bench.keyboard.press("q")
    bench.get_by_label("Your question").fill("Is this the right language?")
    bench.get_by_role("button", name="Send and skip it").click()
    bench.wait_for_function(
        "before => document.querySelector('#stimulus').dataset.concealUrl !== before", arg=before
    )
    expect(bench.locator("#guideline")).to_be_hidden()
    expect(bench.locator("#notice")).to_contain_text("Your lead has your question")


@pytest.mark.slow
@pytest.mark.parametrize(("theme", "width"), SIZES)
def test_doubting_a_decision_and_its_outcome(
    page: Page,
    live_server: LiveServer,
    labeler: User,
    second_labeler: User,
    lead: User,
    sign_in,
    theme: str,
    width: int,
) -> None:
    project = project_for(labeler.memberships.get().team, lead, guideline=RULES)
    decided_task(project, labeler, second_labeler, disagree=False)
    example_of(project, lead)
    masked_term_of(project, lead)
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 844})
    sign_in(page, labeler)
    page.goto(f"{live_server.url}/projects/{project.pk}/answers/")
    page.keyboard.press("a")
    page.get_by_role("heading", name="Decisions on my tasks").wait_for()
    check(page)
    page.keyboard.press("a")
    page.get_by_label("What should have counted").fill("It is a joke between friends.")
    check(page)
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("No answer yet.").wait_for()
    for address in ("guideline/", "guideline/versions/", "glossary/"):
        page.goto(f"{live_server.url}/projects/{project.pk}/{address}")
        check(page)

    sign_in(page, lead)
    page.goto(f"{live_server.url}/appeals/")
    check(page)
    page.get_by_label("It is to be changed").check()
    page.get_by_label("In a sentence").fill("You are right.")
    page.get_by_role("button", name="Send the answer").click()
    page.get_by_text("No appeals").wait_for()
    for address in ("guideline/translations/", "guideline/examples/", "glossary/"):
        page.goto(f"{live_server.url}/projects/{project.pk}/{address}")
        check(page)

    sign_in(page, labeler)
    page.goto(live_server.url)
    page.get_by_role("link", name="A decision that you doubted").click()
    page.get_by_text("You were heard").wait_for()
    check(page)
