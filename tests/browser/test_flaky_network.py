"""A bad line loses no answer and gives none twice."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import ConsoleMessage, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from labeling.models import Annotation, Lease, Project
from people.models import User
from tests.browser.conftest import look_back, show_task, take_task

# The browser's own words for it, and those of htmx, which logs each event of a request that failed.
LINE_IS_DOWN = (
    "net::ERR_FAILED",
    "net::ERR_INTERNET_DISCONNECTED",
    "status of 503",
    "htmx:afterRequest",
    "htmx:sendError",
    "Response Status Error Code 503",
)


@pytest.fixture
def flaky(new_context, project: Project, labeler: User, sign_in, live_server: LiveServer) -> Iterator[Page]:
    """The workbench with the card of a task shown. Its console may say that the line is down, and nothing else."""
    page = new_context().new_page()
    problems: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(known in message.text for known in LINE_IS_DOWN):
            problems.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: problems.append(f"page error: {error}"))
    page.clock.install()
    sign_in(page, labeler)
    page.goto(f"{live_server.url}/projects/{project.pk}/label/")
    take_task(page)
    show_task(page)
    yield page
    assert problems == []


def answer(page: Page, *keys: str) -> str:
    """Violence, moderate, and Enter, or these keys. Gives the task's own address, to wait for another one."""
    task = page.get_attribute("#stimulus", "data-conceal-url")
    for key in keys or ("3", "2", "Enter"):
        page.keyboard.press(key)
    return task or ""


def wait_for_next(page: Page, task: str) -> None:
    expect(page.locator("#stimulus")).not_to_have_attribute("data-conceal-url", task)
    expect(page.locator("#save-state")).to_be_hidden()


def assert_saved_once(person: User) -> None:
    assert list(Annotation.objects.filter(person=person).values_list("answers", "revision")) == [
        ({"harm": {"V": 2}}, 1)
    ]
    assert Lease.objects.filter(person=person, ended_at=None).count() == 1


def test_a_dropped_reply_is_asked_for_again_with_the_same_answer(flaky: Page, labeler: User) -> None:
    sent: list[str] = []

    def drop_first(route: Route) -> None:
        sent.append(route.request.post_data or "")
        if len(sent) == 1:
            route.fetch()  # the server has it
            route.abort()
        elif len(sent) == 2:
            route.fulfill(status=503)
        else:
            route.continue_()

    flaky.route("**/submit/", drop_first)
    task = answer(flaky)
    expect(flaky.get_by_text("Not saved yet. Trying again")).to_be_visible()
    assert "referee" not in flaky.content()
    assert flaky.evaluate("document.querySelector('#answers').inert")
    flaky.keyboard.press("0")  # what is being saved cannot change under way
    flaky.clock.run_for(2_100)
    expect(flaky.get_by_text("Not saved yet. Trying again")).to_be_visible()
    flaky.clock.run_for(4_100)
    wait_for_next(flaky, task)
    assert len(sent) == 3
    assert len(set(sent)) == 1
    assert_saved_once(labeler)


def test_a_strength_that_is_asked_for_again_cannot_change_under_way(flaky: Page, labeler: User) -> None:
    flaky.route("**/submit/", lambda route: route.abort())
    flaky.keyboard.press("3")
    flaky.keyboard.press("2")
    task = answer(flaky, "3", "Enter")
    expect(flaky.get_by_text("Not saved yet. Trying again")).to_be_visible()
    flaky.keyboard.press("4")
    flaky.unroute("**/submit/")
    flaky.clock.run_for(2_100)
    wait_for_next(flaky, task)
    assert_saved_once(labeler)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_what_is_not_saved_is_seen_while_answering(flaky: Page, width: int, height: int) -> None:
    flaky.set_viewport_size({"width": width, "height": height})
    flaky.route("**/submit/", lambda route: route.abort())
    flaky.evaluate("document.querySelector('#answers').style.minHeight = '2000px'")  # as many questions do
    flaky.evaluate("document.querySelector('#answers').scrollIntoView({ block: 'end' })")
    answer(flaky)
    line = flaky.get_by_text("Not saved yet. Trying again")
    expect(line).to_be_in_viewport(ratio=1)
    flaky.evaluate("document.querySelector('#answers').scrollIntoView({ block: 'end' })")
    expect(line).to_be_in_viewport(ratio=1)
    flaky.unroute("**/submit/")
    task = flaky.get_attribute("#stimulus", "data-conceal-url") or ""
    flaky.clock.run_for(2_100)
    wait_for_next(flaky, task)
    expect(flaky.locator("#stimulus .chips")).to_be_in_viewport(ratio=1)


def test_the_same_save_sent_twice_counts_once(flaky: Page, labeler: User) -> None:
    def twice(route: Route) -> None:
        first = route.fetch()
        second = route.fetch()
        assert (first.status, second.status) == (200, 200)
        route.fulfill(response=second)

    flaky.route("**/submit/", twice)
    wait_for_next(flaky, answer(flaky))
    assert_saved_once(labeler)
    show_task(flaky)


def test_twenty_seconds_without_a_line(flaky: Page, labeler: User) -> None:
    flaky.context.set_offline(True)
    task = answer(flaky)
    expect(flaky.get_by_text("Not saved yet. Trying again")).to_be_visible()
    flaky.clock.run_for(20_000)
    expect(flaky.get_by_text("Not saved yet. Trying again")).to_be_visible()
    assert not Annotation.objects.exists()
    flaky.context.set_offline(False)
    flaky.clock.run_for(15_000)
    wait_for_next(flaky, task)
    assert_saved_once(labeler)


def test_a_reload_in_the_middle_of_an_answer(flaky: Page) -> None:
    flaky.route("**/draft/", lambda route: route.abort())
    flaky.keyboard.press("3")
    flaky.keyboard.press("2")
    flaky.clock.run_for(1_000)
    flaky.unroute("**/draft/")
    flaky.reload()  # the page that comes gives the server the draft, and comes again with it
    chosen = flaky.get_by_role("radiogroup", name="Violence: how strong?", exact=True).get_by_label(
        "moderate"
    )
    expect(chosen).to_be_checked()
    assert not Annotation.objects.exists()


def test_what_waits_in_the_tab_is_gone_on_any_other_page(flaky: Page, live_server: LiveServer) -> None:
    flaky.route("**/draft/", lambda route: route.abort())
    flaky.keyboard.press("3")
    flaky.goto(f"{live_server.url}/me/exposure/")
    expect(flaky.get_by_role("heading", level=1)).to_be_visible()
    assert flaky.evaluate("() => sessionStorage.getItem('respite-draft')") is None


def test_two_tabs_of_one_person_give_one_answer(flaky: Page, labeler: User) -> None:
    second = flaky.context.new_page()
    second.goto(flaky.url)
    look_back(second)
    show_task(second)
    for key in ("4", "1"):
        second.keyboard.press(key)
    task = answer(flaky)
    wait_for_next(flaky, task)
    second.keyboard.press("Enter")
    expect(second.locator("#stimulus")).not_to_have_attribute("data-conceal-url", task)
    expect(second.get_by_text("already")).to_be_visible()
    assert_saved_once(labeler)
    second.close()
