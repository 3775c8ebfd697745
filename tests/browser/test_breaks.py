"""A due break holds whatever one tries; a stop is at once."""

import re
from datetime import timedelta
from typing import Any

from django.db import connection
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from labeling.models import Annotation, Lease, Project
from people.models import User
from tests.browser.answering import CHOICE
from tests.browser.conftest import lean_back, save, show_task, take_task
from wellbeing.models import BreakTaken, ExposureView
from wellbeing.operations.clock import move_clock

BREAK = re.compile(r"/break/$")


def test_nothing_gets_round_a_due_break(
    bench: Page, project: Project, labeler: User, live_server: LiveServer
) -> None:
    take_task(bench)
    show_task(bench)
    lean_back(labeler, minutes=51)
    bench.keyboard.press("0")
    bench.keyboard.press("Enter")
    bench.wait_for_url(BREAK)
    assert Annotation.objects.count() == 1  # the answer is taken all the same
    expect(bench.get_by_role("heading", name="Time for a break")).to_be_visible()
    bench.reload()
    expect(bench.get_by_role("timer")).to_be_visible()

    second = bench.context.new_page()
    second.goto(f"{live_server.url}/projects/{project.pk}/label/")
    second.keyboard.press("Space")
    second.wait_for_url(BREAK)
    second.close()

    token = bench.locator('meta[name="csrf-token"]').get_attribute("content") or ""
    answer = bench.request.post(
        f"{live_server.url}/api/v1/projects/{project.pk}/claim",
        headers={"X-CSRFToken": token, "Referer": live_server.url},
    )
    assert answer.json()["code"] == "break_due"
    assert not Lease.objects.filter(ended_at=None).exists()
    assert ExposureView.objects.count() == 1


def test_a_due_break_can_be_moved_once(bench: Page, labeler: User) -> None:
    take_task(bench)
    lean_back(labeler, minutes=51)
    bench.keyboard.press("Space")
    bench.wait_for_url(BREAK)
    bench.get_by_role("button", name="9 minutes later").click()
    bench.wait_for_url(re.compile(r"/$"))
    bench.go_back()
    lean_back(labeler, minutes=61)
    bench.goto(bench.url)
    expect(bench.get_by_role("timer")).to_be_visible()
    expect(bench.get_by_role("button", name=re.compile("later"))).to_be_hidden()


def test_moving_is_offered_only_while_it_can_work(bench: Page, labeler: User) -> None:
    take_task(bench)
    lean_back(labeler, minutes=57)
    bench.clock.install()
    bench.keyboard.press("Space")
    bench.wait_for_url(BREAK)
    offer = bench.get_by_role("button", name=re.compile("later"))
    words = bench.get_by_text("move this break")
    expect(offer).to_have_text("3 minutes later")
    bench.clock.run_for(70_000)
    expect(offer).to_have_text("2 minutes later")
    bench.clock.run_for(80_000)
    expect(offer).to_have_text("1 minute later")
    bench.clock.run_for(40_000)
    expect(offer).to_be_hidden()
    expect(words).to_be_hidden()
    expect(bench.get_by_role("timer")).to_be_visible()


def test_the_page_says_when_the_longer_break_has_come(bench: Page, labeler: User) -> None:
    """Its clock runs on through a short one that somebody wished for: nothing is offered then that does not lead on."""
    take_task(bench)
    lean_back(labeler, minutes=117)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dosimeter SET stretch_started_at = respite_now() - interval '10 minutes'")
    bench.clock.install()
    bench.keyboard.press("b")
    bench.wait_for_url(BREAK)
    expect(bench.get_by_text("the longer one comes due: fifteen minutes in all")).to_be_visible()
    go_on = bench.get_by_role("button", name="Go on now")
    expect(go_on).to_be_visible()
    move_clock(by=timedelta(seconds=181))
    bench.clock.run_for(181_000)
    expect(bench.get_by_role("heading", name="Time for a longer break")).to_be_visible()
    expect(bench.get_by_text("3 of 15 minutes were done already. They count.")).to_be_visible()
    expect(go_on).to_be_hidden()


def test_a_break_is_one_key_away_and_ends_when_one_wants(bench: Page, labeler: User) -> None:
    take_task(bench)
    show_task(bench)
    bench.keyboard.press("b")
    bench.wait_for_url(BREAK)
    assert not ExposureView.objects.filter(closed_at=None).exists()
    expect(bench.get_by_role("timer")).to_have_text(re.compile(r"[45]:\d\d"))
    bench.keyboard.press("Enter")  # Go on now
    bench.wait_for_url(re.compile(r"/$"))
    expect(bench.get_by_text("You have a task open")).to_be_visible()


def test_esc_esc_blanks_the_page_and_begins_a_break(bench: Page, labeler: User) -> None:
    take_task(bench)
    show_task(bench)
    bench.keyboard.press("3")
    bench.route("**/me/stop/", lambda route: None)  # the line is slow: nothing comes back
    bench.keyboard.press("Escape")
    bench.keyboard.press("Escape")
    assert "referee" not in bench.content()
    assert bench.inner_text("main h1") == "Stopped"
    bench.unroute("**/me/stop/")
    assert Lease.objects.get().ended_at is None


def test_a_stop_keeps_the_draft(bench: Page, labeler: User, project: Project) -> None:
    take_task(bench)
    show_task(bench)
    bench.keyboard.press("3")
    bench.keyboard.press("2")
    bench.keyboard.press("Escape")
    bench.keyboard.press("Escape")
    bench.wait_for_url(BREAK)
    taken = BreakTaken.objects.get()
    assert (taken.kind, taken.paid) == ("micro", True)
    bench.wait_for_function("document.readyState === 'complete'")
    for _ in range(50):  # it goes its own way, beside the stop
        if Lease.objects.get().draft:
            break
        bench.wait_for_timeout(100)
    assert Lease.objects.get().draft == {"harm": {"V": 2}}


def test_slow_presses_of_escape_stop_nothing(bench: Page) -> None:
    take_task(bench)
    show_task(bench)
    bench.keyboard.press("Escape")
    bench.wait_for_timeout(700)
    bench.keyboard.press("Escape")
    expect(bench.locator("#stimulus")).to_have_attribute("data-state", "open")


def test_esc_esc_in_a_field_stops_and_what_was_typed_is_there_after_the_break(opened: Any) -> None:
    page = opened(CHOICE, {"id": "why", "kind": "rationale"})
    field = page.get_by_label("In your own words")
    page.keyboard.press("1")
    expect(field).to_be_focused()  # it has the keyboard by itself
    bench_address = page.url
    page.keyboard.type("Half a sen")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url(BREAK)
    assert not ExposureView.objects.filter(closed_at=None).exists()
    page.keyboard.press("Enter")  # Go on now
    expect(page.get_by_text("You have a task open")).to_be_visible()
    page.goto(bench_address)
    show_task(page)
    expect(field).to_have_value("Half a sen")


def test_one_escape_in_a_field_or_two_slow_ones_stop_nothing(opened: Any) -> None:
    page = opened(CHOICE, {"id": "why", "kind": "rationale"})
    field = page.get_by_label("In your own words")
    page.keyboard.press("e")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(field).not_to_be_focused()
    page.wait_for_timeout(700)
    page.keyboard.press("e")
    page.keyboard.press("Escape")
    page.keyboard.press("e")  # another key between the two
    page.keyboard.press("Escape")
    page.wait_for_timeout(700)
    expect(page.locator("#stimulus")).to_have_attribute("data-state", "open")
    assert not BreakTaken.objects.exists()


def test_an_escape_that_cancels_what_is_being_composed_is_not_counted(opened: Any) -> None:
    page = opened(CHOICE, {"id": "why", "kind": "rationale"})
    field = page.get_by_label("In your own words")
    page.keyboard.press("e")
    expect(field).to_be_focused()
    for sign in ({"isComposing": True}, {"keyCode": 229}):  # the second is Safari's
        press = {"key": "Escape", "bubbles": True, "cancelable": True, **sign}
        field.dispatch_event("keydown", press)
        field.dispatch_event("keydown", press)
        expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(field).not_to_be_focused()
    expect(page.locator("#stimulus")).to_have_attribute("data-state", "open")
    page.keyboard.press("Escape")
    page.wait_for_url(BREAK)


def test_leaving_the_list_of_keys_or_a_menu_is_the_first_of_the_two(bench: Page) -> None:
    take_task(bench)
    show_task(bench)
    for key, opened in (("?", "dialog[open]"), ("p", "details[data-menu][open]")):
        bench.keyboard.press(key)
        expect(bench.locator(opened)).to_be_visible()
        bench.keyboard.press("Escape")
        expect(bench.locator(opened)).to_have_count(0)
        bench.wait_for_timeout(700)
        assert bench.get_attribute("#stimulus", "data-state") == "open"
    bench.keyboard.press("?")
    expect(bench.locator("dialog[open]")).to_be_visible()
    bench.keyboard.press("Escape")
    bench.keyboard.press("Escape")
    bench.wait_for_url(BREAK)


def test_the_escape_that_leaves_the_whole_screen_is_the_first_of_the_two(bench: Page) -> None:
    """The browser keeps that press for itself: the page only sees that the whole screen is over."""
    take_task(bench)
    show_task(bench)
    bench.evaluate("() => { onclick = () => document.getElementById('bench').requestFullscreen(); }")
    bench.click("#stimulus [data-content]")
    bench.wait_for_function("() => document.fullscreenElement !== null")
    bench.wait_for_timeout(700)
    bench.evaluate("() => { onclick = null; document.exitFullscreen(); }")
    bench.wait_for_function("() => document.fullscreenElement === null")
    bench.keyboard.press("Escape")
    bench.wait_for_url(BREAK)


def test_a_key_that_leaves_the_whole_screen_is_not(bench: Page) -> None:
    take_task(bench)
    show_task(bench)
    bench.evaluate(
        "() => { onclick = () => document.fullscreenElement ? document.exitFullscreen()"
        " : document.getElementById('bench').requestFullscreen(); }"
    )
    bench.click("#stimulus [data-content]")
    bench.wait_for_function("() => document.fullscreenElement !== null")
    bench.wait_for_timeout(700)
    bench.click("#stimulus [data-content]")
    bench.wait_for_function("() => document.fullscreenElement === null")
    bench.keyboard.press("Escape")
    bench.wait_for_timeout(700)
    assert bench.get_attribute("#stimulus", "data-state") == "open"


def test_a_spent_day_leads_to_the_limit_page(bench: Page, labeler: User, project: Project) -> None:
    take_task(bench)
    show_task(bench)
    bench.keyboard.press("0")
    save(bench)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dose_day SET points_charged = 119900 WHERE person_id = %s", [labeler.pk])
    bench.keyboard.press("Space")
    bench.wait_for_url(re.compile(r"/limit/$"))
    expect(bench.get_by_role("heading", name="That is enough for today")).to_be_visible()
    bench.get_by_role("link", name="See what is left").click()
    expect(bench.get_by_text("You have done today's share")).to_be_visible()
    expect(bench.get_by_text("You have a task open")).to_have_count(0)  # its Show would lead here again
    bench.goto(f"{bench.url}projects/{project.pk}/label/")
    bench.wait_for_load_state("networkidle")  # keys work once the page's script has run
    bench.keyboard.press("s")  # the task can always be left; what comes next is the limit page again
    bench.wait_for_url(re.compile(r"/limit/$"))
