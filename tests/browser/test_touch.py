"""What a labeler with a phone does: tapping, and a page that stays where it is."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from labeling.models import Annotation, Project
from people.models import User
from tests.browser.conftest import (
    covered_above,
    look_away,
    look_back,
    save,
    show_task,
    take_task,
    wait_for_picture,
)
from tests.factories.labeling import add_tasks
from tests.factories.pictures import add_picture

RUDE = {
    "id": "rude",
    "kind": "choice",
    "prompt": "Rude?",
    "options": [{"id": "yes", "name": "Yes"}, {"id": "no", "name": "No"}],
}
SPANS = {
    "id": "words",
    "kind": "spans",
    "prompt": "Which words?",
    "labels": [{"id": "insult", "name": "Insult"}],
}
TAKEN = "() => [...CSS.highlights.get('span-taken')].map(String)"


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "has_touch": True, "viewport": {"width": 390, "height": 844}}


def point(page: Page, block: int, word: str) -> tuple[float, float]:
    """The middle of a word on the screen."""
    page.locator(f"[data-block='{block}']").scroll_into_view_if_needed()
    x, y = page.evaluate(
        """([block, word]) => {
            const text = document.querySelector(`[data-block='${block}']`).firstChild;
            const range = new Range();
            range.setStart(text, text.data.indexOf(word));
            range.setEnd(text, text.data.indexOf(word) + word.length);
            const box = range.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
        }""",
        [block, word],
    )
    return x, y


def tap(page: Page, block: int, word: str) -> list[str]:
    """Tap on a word. Gives the words that are chosen then."""
    page.touchscreen.tap(*point(page, block, word))
    return list(page.evaluate(TAKEN))


def test_a_finger_brings_up_no_keyboard_unasked(opened: Any) -> None:
    page = opened(RUDE, {"id": "why", "kind": "rationale"})
    page.get_by_text("Yes").tap()
    expect(page.locator("[data-here]")).to_have_attribute("data-question", "why")
    field = page.get_by_label("In your own words")
    expect(field).not_to_be_focused()
    page.get_by_role("button", name="Save and go on").tap()
    expect(page.get_by_text("Please write something")).to_be_visible()
    expect(field).not_to_be_focused()
    field.tap()
    page.keyboard.type("so")
    expect(field).to_have_value("so")


TWICE = """far => {
    const press = (element, x) =>
        element.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, clientX: x, clientY: 300, pointerType: "touch" }));
    document.addEventListener("htmx:beforeSwap", () => press(document.body, 100), { once: true });
    document.addEventListener("htmx:afterSettle", () => {
        const button = document.querySelector("#stimulus [data-key='Space']");
        press(button, far ? 300 : 100);
        button.click();
        window.tapped = true;
    }, { once: true });
}"""


def test_a_second_tap_that_was_meant_for_an_answer_shows_nothing(opened: Any) -> None:
    """The answer is saved, and the next card comes under the finger while it taps once more."""
    page = opened(RUDE, tasks=4)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 2)[1]))
    page.evaluate(TWICE, False)
    page.keyboard.press("1")
    page.wait_for_function("() => window.tapped")
    expect(page.locator("#stimulus")).to_have_attribute("data-state", "closed")
    page.wait_for_load_state("networkidle")
    assert "submit" in asked
    assert "reveal" not in asked

    show_task(page)
    page.evaluate(TWICE, True)  # as quick, but elsewhere: that is meant
    with page.expect_request("**/reveal/"):
        page.keyboard.press("1")
    expect(page.locator("#stimulus")).to_have_attribute("data-state", "open")


def test_words_are_marked_by_tapping(opened: Any) -> None:
    page = opened(RUDE, SPANS)
    page.get_by_text("Yes").tap()
    said = page.locator("#announcer")
    assert tap(page, 1, "turnip") == ["turnip,"]
    expect(said).to_have_text("turnip,")
    assert tap(page, 1, "turnip") == []
    expect(said).to_have_text("")
    assert tap(page, 1, "turnip") == ["turnip,"]
    assert tap(page, 1, "You") == ["You", "old", "turnip,"]  # the last may stand before the first
    expect(said).to_have_text("You old turnip,")
    page.get_by_role("button", name="Insult").tap()
    expect(page.locator("[data-span-list]")).to_contain_text("Text 2, words 1 to 3: Insult")
    expect(page.locator("[data-span-list] q")).to_have_text("You old turnip,")
    assert tap(page, 2, "hello") == ["hello"]
    assert tap(page, 1, "work") == ["work"]  # another text: a new choice
    page.get_by_role("button", name="Insult").tap()
    expect(page.locator("[data-span-list]")).to_contain_text("Text 2, words 4 to 4: Insult")
    page.get_by_role("button", name="Take the last mark back").tap()
    expect(page.locator("[data-span-list] li")).to_have_count(1)
    page.get_by_role("button", name="Insult").tap()  # nothing is chosen any more
    expect(page.get_by_text("Choose words in the text first")).to_be_visible()
    expect(page.locator("[data-span-list] li")).to_have_count(1)
    save(page)
    (answer,) = Annotation.objects.values_list("answers", flat=True)
    assert answer == {"rude": "yes", "words": [{"block": 1, "start": 0, "end": 15, "label": "insult"}]}


def test_a_word_that_was_hit_by_mistake_goes_with_the_next_press_but_one(opened: Any) -> None:
    page = opened(SPANS, RUDE)
    tap(page, 1, "You")  # the neighbour of the word that was meant
    tap(page, 1, "old")
    assert tap(page, 1, "old") == ["old"]  # a whole choice gives way to a new one
    assert tap(page, 1, "turnip") == ["old", "turnip,"]
    assert tap(page, 1, "work") == ["work"]
    assert tap(page, 1, "work") == []


def test_escape_lets_go_of_what_is_chosen_and_nothing_else(opened: Any, live_server: LiveServer) -> None:
    page = opened(SPANS, RUDE)
    tap(page, 1, "old")
    page.get_by_role("button", name="Insult").tap()
    tap(page, 1, "turnip")
    page.keyboard.press("w")
    expect(page.locator("#guideline")).to_be_visible()
    page.keyboard.press("Escape")  # closes what is open beside
    expect(page.locator("#guideline")).to_be_hidden()
    assert page.evaluate(TAKEN) == ["turnip,"]
    page.wait_for_timeout(700)  # two quick ones stop
    page.keyboard.press("Escape")
    assert page.evaluate(TAKEN) == []
    expect(page.locator("#announcer")).to_have_text("")
    assert tap(page, 1, "work") == ["work"]  # as the first of a new choice
    assert tap(page, 1, "it") == ["work", "it"]
    expect(page.locator("[data-span-list] li")).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page).to_have_url(f"{live_server.url}/break/")


def test_marked_words_stand_in_the_list_only_while_the_item_is_shown(opened: Any) -> None:
    page = opened(RUDE, SPANS)
    tap(page, 1, "old")
    tap(page, 1, "turnip")
    with page.expect_response("**/draft/"):
        page.get_by_role("button", name="Insult").tap()
    quoted = page.locator("[data-span-list] q")
    expect(quoted).to_have_text("old turnip,")
    tap(page, 1, "work")
    look_away(page)
    assert page.evaluate("/turnip|work/.test(document.body.textContent)") is False
    look_back(page)
    page.reload()
    expect(page.locator("[data-span-list]")).to_contain_text("Text 2, words 2 to 3: Insult")
    expect(quoted).to_have_count(0)
    show_task(page)
    expect(quoted).to_have_text("old turnip,")


def test_tapping_goes_with_arrow_keys_a_selection_and_a_plain_click(opened: Any) -> None:
    page = opened(RUDE, SPANS)
    page.keyboard.press("1")
    tap(page, 1, "old")
    page.keyboard.press("Shift+ArrowRight")
    assert page.evaluate(TAKEN) == ["old", "turnip,"]
    assert tap(page, 1, "work") == ["work"]  # the arrow keys' choice is theirs: a tap begins anew
    page.mouse.dblclick(*point(page, 1, "You"))
    page.wait_for_function("() => String([...CSS.highlights.get('span-taken')].map(String)) === 'You'")
    page.mouse.click(*point(page, 1, "out"))  # ends the selection
    assert page.evaluate(TAKEN) == ["You"]
    page.mouse.click(*point(page, 1, "turnip"))
    page.mouse.click(*point(page, 1, "work"))
    assert page.evaluate(TAKEN) == ["turnip,", "work"]
    page.keyboard.press("1")
    expect(page.locator("[data-span-list]")).to_contain_text("Text 2, words 3 to 4: Insult")


def test_a_tap_goes_to_the_question_and_a_click_while_reading_does_not(opened: Any) -> None:
    page = opened(RUDE, SPANS)
    page.mouse.click(*point(page, 1, "turnip"))
    assert page.evaluate(TAKEN) == []
    expect(page.locator("[data-here]")).to_have_attribute("data-kind", "choice")
    assert tap(page, 1, "turnip") == ["turnip,"]
    expect(page.locator("[data-here]")).to_have_attribute("data-kind", "spans")


def test_a_label_without_words_says_what_comes_first(opened: Any) -> None:
    page = opened(SPANS, RUDE)
    first = page.get_by_text("Choose words in the text first.")
    page.get_by_role("button", name="Insult").tap()
    expect(first).to_be_visible()
    expect(page.locator("[data-span-list] li")).to_have_count(0)
    tap(page, 1, "old")
    page.get_by_role("button", name="Insult").tap()
    expect(first).to_be_hidden()
    expect(page.locator("[data-span-list] li")).to_have_count(1)


def test_a_click_goes_back_to_the_question_that_was_passed(opened: Any) -> None:
    page = opened(SPANS, RUDE)
    page.keyboard.press(".")
    expect(page.locator("[data-here]")).to_have_attribute("data-kind", "choice")
    page.mouse.click(*point(page, 1, "turnip"))
    assert page.evaluate(TAKEN) == ["turnip,"]
    expect(page.locator("[data-here]")).to_have_attribute("data-kind", "spans")


def top_of(page: Page, selector: str) -> float:
    """Where it begins on the screen, after the browser has drawn twice."""
    return float(
        page.evaluate(
            """selector => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(
                () => done(document.querySelector(selector).getBoundingClientRect().top))))""",
            selector,
        )
    )


def middle_of(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.parametrize("scrolled", [0, 60, 200, 400, 5000])
@pytest.mark.parametrize(
    "text", ["Short.", "On a day in May the harbour was quiet and gulls sat on the wall. " * 8]
)
def test_the_form_stays_where_it_is_when_the_view_ends(
    page: Page,
    project: Project,
    labeler: User,
    sign_in: Any,
    live_server: LiveServer,
    text: str,
    scrolled: int,
) -> None:
    add_tasks(project, body={"text": text}, first_position=-1_000_000)
    sign_in(page, labeler)
    page.goto(f"{live_server.url}/projects/{project.pk}/label/")
    take_task(page)
    show_task(page)
    page.evaluate("by => window.scrollTo(0, by)", scrolled)
    before = top_of(page, "#answers")
    look_away(page)
    look_back(page)
    expect(page.get_by_role("heading", name="Hidden again")).to_be_attached()
    if before < 844:
        assert abs(top_of(page, "#answers") - before) <= 2
    else:
        assert covered_above(page) <= top_of(page, "#stimulus") < 422


def test_the_card_stays_where_it_is_when_it_is_shown_again(bench: Page) -> None:
    take_task(bench)
    show_task(bench)
    look_away(bench)
    look_back(bench)
    bench.evaluate("window.scrollTo(0, 141)")
    before = top_of(bench, "#stimulus")
    bench.get_by_role("button", name="Show again").tap()
    bench.wait_for_selector("#stimulus[data-state=open]")
    assert abs(top_of(bench, "#stimulus") - before) <= 2


def test_a_picture_stays_where_it_is_when_its_tiles_are_sharpened(
    page: Page, project: Project, labeler: User, sign_in: Any, live_server: LiveServer
) -> None:
    add_picture(project, first_position=-1_000_000)
    sign_in(page, labeler)
    page.goto(f"{live_server.url}/projects/{project.pk}/label/")
    take_task(page)
    show_task(page)
    wait_for_picture(page)
    for scrolled in (0, 150):
        page.evaluate("by => window.scrollTo(0, by)", scrolled)
        before = top_of(page, ".picture-box"), top_of(page, "#answers")
        with page.expect_response("**/step/"):
            page.touchscreen.tap(*middle_of(page, ".tiles button"))
        wait_for_picture(page)
        assert (top_of(page, ".picture-box"), top_of(page, "#answers")) == pytest.approx(before, abs=2)


@pytest.mark.parametrize("size", [(390, 844), (844, 390)], ids=["upright", "lying"])
def test_a_picture_on_the_whole_screen(
    page: Page,
    project: Project,
    labeler: User,
    sign_in: Any,
    live_server: LiveServer,
    size: tuple[int, int],
) -> None:
    add_picture(project, first_position=-1_000_000)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    sign_in(page, labeler)
    page.clock.install()
    page.goto(f"{live_server.url}/projects/{project.pk}/label/")
    take_task(page)
    show_task(page)
    wait_for_picture(page)
    whole = page.get_by_role("button", name="Full screen")
    whole.tap()
    page.wait_for_function("() => document.fullscreenElement !== null")
    expect(whole).to_be_in_viewport(ratio=1)
    expect(whole).to_have_accessible_name("Leave full screen")
    expect(page.get_by_role("button", name="Larger")).to_be_enabled()
    expect(page.get_by_role("button", name="Smaller")).to_be_disabled()
    expect(page.locator(".picture-paper")).to_be_in_viewport(ratio=1)
    page.touchscreen.tap(*middle_of(page, ".tiles button"))
    page.wait_for_selector(".tiles img")
    wait_for_picture(page)
    assert page.evaluate("document.fullscreenElement !== null")
    expect(page.locator(".picture-paper")).to_be_in_viewport(ratio=1)

    page.clock.run_for(int(page.get_attribute("#window", "data-seconds-left") or 0) * 1000 - 8_000)
    more = page.get_by_role("button", name="more time")
    expect(more).to_be_in_viewport(ratio=1)
    x, y = middle_of(page, "#window button")
    assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).closest('#window') !== null", [x, y])
    with page.expect_response("**/more/"):
        page.keyboard.press("Space")
    expect(more).to_be_hidden()
    assert page.evaluate("document.fullscreenElement !== null")
    with page.expect_response("**/conceal/"):
        page.clock.run_for(100_000)
    page.wait_for_function("() => document.fullscreenElement === null")
    expect(page.get_by_role("heading", name="Hidden again")).to_be_in_viewport(ratio=1)

    page.keyboard.press("Space")
    page.wait_for_selector("#stimulus[data-state=open]")
    wait_for_picture(page)
    stop = page.locator(".picture-tools").get_by_role("button", name="Stop")
    expect(stop).to_be_hidden()
    whole.tap()
    page.wait_for_function("() => document.fullscreenElement !== null")
    expect(stop).to_be_in_viewport(ratio=1)
    stop.tap()
    page.wait_for_url("**/break/")
    assert page.locator(".picture").count() == 0
