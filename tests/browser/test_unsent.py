"""What was begun waits for a day: through a long break, after a sign-out, and while the page stays open."""

import contextlib
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from labeling.models import Annotation, Lease, Project
from people.models import User
from tests.browser.answering import CHOICE
from tests.browser.conftest import axe_findings, show_task, take_task
from tests.factories.wellbeing import advance

pytestmark = pytest.mark.slow


def begin(bench: Page) -> None:
    """Choose the first category and how strong it is, and wait until that is kept."""
    take_task(bench)
    show_task(bench)
    bench.keyboard.press("1")
    with bench.expect_response("**/draft/"):
        bench.keyboard.press("2")


def test_after_a_long_break_it_can_be_sent(bench: Page, labeler: User) -> None:
    begin(bench)
    bench.keyboard.press("b")
    bench.wait_for_url("**/break/")
    advance(minutes=40)
    bench.goto(bench.url.replace("/break/", "/"))
    bench.get_by_role("link", name="Send it, or drop it").click()

    expect(bench.get_by_role("heading", name="An answer that you began")).to_be_visible()
    for width in (1280, 390):
        bench.set_viewport_size({"width": width, "height": 844})
        assert axe_findings(bench) == [], width
        assert bench.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width
    bench.get_by_role("button", name="Send it").click()

    expect(bench.get_by_text("Your answer is saved.")).to_be_visible()
    assert Annotation.objects.get().verdict == 2
    expect(bench.get_by_role("link", name="Send it, or drop it")).to_have_count(0)


def test_a_page_that_stayed_open_leads_to_it(bench: Page, labeler: User, project: Project) -> None:
    begin(bench)
    with bench.expect_response("**/conceal/"):
        bench.evaluate("window.dispatchEvent(new Event('blur'))")
    bench.evaluate("window.dispatchEvent(new Event('focus'))")
    advance(minutes=40)
    bench.keyboard.press("3")  # another strength, typed when the time was over
    bench.get_by_role("button", name="Show again").click()

    expect(bench.get_by_text("Your time with this task is over.")).to_be_visible()
    bench.get_by_role("link", name="Send it, or drop it").click()
    drop(bench)
    assert not Annotation.objects.exists()


def drop(page: Page) -> None:
    page.get_by_text("Drop it", exact=True).click()
    page.get_by_role("button", name="Yes, drop it").click()
    expect(page.get_by_text("It is dropped.")).to_be_visible()


@pytest.fixture
def unsent(opened: Any, live_server: LiveServer) -> Page:
    """The page of an answer with a choice and three words, begun and not sent."""
    page: Page = opened(CHOICE, {"id": "why", "kind": "rationale"})
    page.keyboard.press("2")
    with page.expect_response("**/draft/"):
        page.get_by_label("In your own words").fill("Of old turnips.")
    lease = Lease.objects.get()
    page.goto(live_server.url)
    advance(minutes=40)
    page.goto(f"{live_server.url}/leases/{lease.pk}/unsent/")
    return page


def kept(page: Page) -> Locator:
    return page.get_by_role("checkbox", name="Keep what you wrote (3 words).")


def anew(page: Page) -> Locator:
    return page.get_by_label("Or write all of it anew; it then stands instead")


def draft() -> Any:
    return Lease.objects.get().draft


def later(page: Page) -> None:
    page.get_by_role("link", name="Later").click()
    page.wait_for_url("**/label/")


def come_back(page: Page) -> None:
    page.get_by_role("link", name="Send it, or drop it").click()
    page.wait_for_url("**/unsent/")


def eventually(page: Page, holds: Callable[[], bool]) -> None:
    """A draft that leaves with its page arrives a moment after the next one."""
    for _ in range(100):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError(draft())


def test_the_box_says_whether_the_old_words_stand(unsent: Page) -> None:
    expect(unsent.get_by_text("It may quote the item, so it is not shown without it.")).to_be_visible()
    expect(kept(unsent)).to_be_checked()
    with unsent.expect_response("**/draft/"):
        anew(unsent).press_sequentially("Half")
    expect(kept(unsent)).not_to_be_checked()
    expect(kept(unsent)).to_be_disabled()
    assert axe_findings(unsent) == []
    assert draft()["why"]["text"] == "Half"

    with unsent.expect_response("**/draft/"):
        anew(unsent).fill("")
    expect(kept(unsent)).to_be_checked()
    expect(kept(unsent)).to_be_enabled()
    assert draft() == {"fit": "bad", "why": {"text": "Of old turnips."}}
    unsent.get_by_role("button", name="Send it").click()
    expect(unsent.get_by_text("Your answer is saved.")).to_be_visible()
    assert Annotation.objects.get().answers == {"fit": "bad", "why": {"text": "Of old turnips."}}


@pytest.mark.parametrize("is_quick", [True, False], ids=["at once", "after a while"])
def test_what_is_changed_and_left_for_later_is_there_again(unsent: Page, is_quick: bool) -> None:
    with contextlib.nullcontext() if is_quick else unsent.expect_response("**/draft/"):
        unsent.get_by_text("Fine", exact=True).click()
    later(unsent)
    eventually(unsent, lambda: draft()["fit"] == "fine")
    come_back(unsent)
    expect(unsent.get_by_label("Fine")).to_be_checked()
    expect(kept(unsent)).to_be_checked()

    anew(unsent).fill("Rude to the cook.")
    later(unsent)
    eventually(unsent, lambda: draft()["why"]["text"] == "Rude to the cook.")
    come_back(unsent)
    expect(unsent.get_by_role("checkbox", name="Keep what you wrote (4 words).")).to_be_checked()
    expect(anew(unsent)).to_have_value("")
    unsent.get_by_role("button", name="Send it").click()
    expect(unsent.get_by_text("Your answer is saved.")).to_be_visible()
    assert Annotation.objects.get().answers == {"fit": "fine", "why": {"text": "Rude to the cook."}}


def test_a_reload_comes_back_with_what_was_changed(unsent: Page) -> None:
    unsent.get_by_text("Fine", exact=True).click()
    unsent.reload()
    expect(unsent.get_by_label("Fine")).to_be_checked()
    assert draft() == {"fit": "fine", "why": {"text": "Of old turnips."}}
    later(unsent)
    unsent.wait_for_function("() => !sessionStorage.getItem('respite-draft')")


@pytest.mark.parametrize("press", ["Send it", "Drop it"])
def test_nothing_is_sent_beside_an_answer_that_is_sent_or_dropped(unsent: Page, press: str) -> None:
    sent: list[str] = []
    unsent.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    if press == "Drop it":
        unsent.get_by_text("Drop it", exact=True).click()
        anew(unsent).evaluate(
            "field => { field.value = 'Half'; field.dispatchEvent(new Event('input', { bubbles: true })); }"
        )
        unsent.get_by_role("button", name="Yes, drop it").click()
        expect(unsent.get_by_text("It is dropped.")).to_be_visible()
    else:
        anew(unsent).fill("Half")
        unsent.get_by_role("button", name="Send it").click()
        expect(unsent.get_by_text("Your answer is saved.")).to_be_visible()
    assert [url.rsplit("/", 2)[1] for url in sent] == ["unsent"]
    assert draft() == {}


def test_it_is_dropped_after_one_question(unsent: Page) -> None:
    begun = draft()
    question = unsent.get_by_text("What you began is gone then, and nobody can bring it back.")
    for width in (1280, 390):
        unsent.set_viewport_size({"width": width, "height": 844})
        unsent.get_by_text("Drop it", exact=True).click()
        expect(question).to_be_visible()
        expect(unsent.get_by_role("button", name="Yes, drop it")).to_be_in_viewport(ratio=1)
        assert axe_findings(unsent) == [], width
        assert unsent.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width
        unsent.get_by_text("Drop it", exact=True).click()
        expect(question).to_be_hidden()
    assert draft() == begun

    unsent.get_by_text("Drop it", exact=True).focus()
    unsent.keyboard.press("Enter")
    expect(question).to_be_visible()
    for key in ("Tab", "Enter"):
        unsent.keyboard.press(key)
    expect(unsent.get_by_text("It is dropped.")).to_be_visible()
    assert draft() == {}


def test_without_scripts_it_asks_too_and_new_words_stand(unsent: Page, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        context.add_cookies(
            [
                {"name": each["name"], "value": each["value"], "url": unsent.url}
                for each in unsent.context.cookies()
            ]
        )
        page = context.new_page()
        page.goto(unsent.url)
        page.get_by_text("Drop it", exact=True).click()
        expect(page.get_by_role("button", name="Yes, drop it")).to_be_visible()
        anew(page).fill("Rude to the cook.")
        expect(kept(page)).to_be_checked()
        page.get_by_role("button", name="Send it").click()
        expect(page.get_by_text("Your answer is saved.")).to_be_visible()
    assert Annotation.objects.get().answers == {"fit": "bad", "why": {"text": "Rude to the cook."}}


def test_an_answer_that_is_changed_says_which_words_stand(unsent: Page, live_server: LiveServer) -> None:
    unsent.get_by_role("button", name="Send it").click()
    expect(unsent.get_by_text("Your answer is saved.")).to_be_visible()
    unsent.goto(f"{live_server.url}/answers/{Annotation.objects.get().pk}/")
    expect(unsent.get_by_text("It may quote the item, so it is not shown without it.")).to_be_visible()
    anew(unsent).fill("Half")
    expect(kept(unsent)).not_to_be_checked()
    anew(unsent).fill("")
    expect(kept(unsent)).to_be_checked()
    unsent.get_by_role("button", name="Save the change").click()
    unsent.wait_for_url("**/answers/")
    assert Annotation.objects.get(superseded_at=None).answers["why"] == {"text": "Of old turnips."}
