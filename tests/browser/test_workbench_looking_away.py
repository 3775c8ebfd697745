"""Content is on the page only while somebody looks, and what was typed survives everything."""

from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from labeling.models import Annotation, Project
from people.models import User
from tests.browser.conftest import look_away, look_back, save, show_task, take_task
from wellbeing.models import ExposureView


def is_open(person: User) -> bool:
    return ExposureView.objects.filter(dosimeter_id=person.pk, closed_at=None).exists()


def test_a_hidden_tab_conceals_at_once(bench: Page, labeler: User) -> None:
    take_task(bench)
    show_task(bench)
    bench.keyboard.press("0")
    assert is_open(labeler)
    with bench.expect_response("**/conceal/"):
        look_away(bench)
        assert "referee" not in bench.content()
    assert not is_open(labeler)
    expect(bench.locator("[data-none]")).to_be_checked()
    look_back(bench)
    show_task(bench)
    assert "referee" in bench.content()
    expect(bench.locator("[data-none]")).to_be_checked()


def test_another_window_conceals_too(bench: Page, labeler: User) -> None:
    take_task(bench)
    show_task(bench)
    with bench.expect_response("**/conceal/"):
        bench.evaluate("window.dispatchEvent(new Event('blur'))")
    assert "referee" not in bench.content()
    assert not is_open(labeler)


def test_a_reply_that_comes_too_late_is_not_shown(bench: Page, labeler: User) -> None:
    take_task(bench)
    look_away(bench)
    with bench.expect_response("**/conceal/"):
        bench.keyboard.press("Space")
    assert "referee" not in bench.content()
    assert not is_open(labeler)


def test_time_is_offered_quietly_and_ends(bench: Page, labeler: User) -> None:
    bench.clock.install()
    bench.reload()
    take_task(bench)
    show_task(bench)
    more = bench.get_by_role("button", name="more time")
    expect(more).to_be_hidden()
    bench.clock.run_for(22_000)
    expect(bench.get_by_text("Seconds left: 8")).to_be_visible()
    with bench.expect_response("**/more/"):
        bench.keyboard.press("Space")
    expect(more).to_be_hidden()
    with bench.expect_response("**/conceal/"):
        bench.clock.run_for(100_000)
    assert "referee" not in bench.content()
    expect(bench.get_by_role("heading", name="Hidden again")).to_be_visible()


def test_a_draft_survives_a_reload(bench: Page) -> None:
    take_task(bench)
    show_task(bench)
    with bench.expect_response("**/draft/"):
        bench.keyboard.press("3")
        bench.keyboard.press("2")
    bench.reload()
    assert "referee" not in bench.content()
    expect(bench.get_by_role("checkbox", name="Violence", exact=True)).to_be_checked()
    expect(
        bench.get_by_role("radiogroup", name="Violence: how strong?", exact=True).get_by_label("moderate")
    ).to_be_checked()


def test_a_save_that_did_not_get_through_is_sent_again(
    browser: Browser, project: Project, labeler: User, sign_in, live_server: LiveServer
) -> None:
    page = browser.new_context().new_page()  # its console may complain: the line is down
    sign_in(page, labeler)
    page.goto(f"{live_server.url}/projects/{project.pk}/label/")
    take_task(page)
    show_task(page)
    page.keyboard.press("0")
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Not saved yet. Trying again")).to_be_visible()
    assert "referee" not in page.content()
    expect(page.locator("[data-none]")).to_be_checked()
    task = page.get_attribute("#stimulus", "data-conceal-url")
    page.context.set_offline(False)
    page.wait_for_function("u => document.querySelector('#stimulus').dataset.concealUrl !== u", arg=task)
    assert Annotation.objects.filter(person=labeler).count() == 1
    page.context.close()


def test_two_windows_show_one_item(bench: Page, labeler: User) -> None:
    take_task(bench)
    show_task(bench)
    second = bench.context.new_page()
    second.goto(bench.url)
    assert "referee" not in second.content()
    second.close()
    bench.keyboard.press("0")
    save(bench)
    assert Annotation.objects.filter(person=labeler).count() == 1
