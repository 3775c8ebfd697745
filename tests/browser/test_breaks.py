"""A due break holds whatever one tries; a stop is at once."""

import re

from django.db import connection
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from labeling.models import Annotation, Lease, Project
from people.models import User
from tests.browser.conftest import lean_back, save, show_task, take_task
from wellbeing.models import BreakTaken, ExposureView

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
    expect(bench.get_by_role("heading", name="A break")).to_be_visible()
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
    bench.get_by_role("button", name="Ten minutes later").click()
    bench.wait_for_url(re.compile(r"/$"))
    bench.go_back()
    lean_back(labeler, minutes=61)
    bench.goto(bench.url)
    expect(bench.get_by_role("button", name="Ten minutes later")).to_be_hidden()


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
    bench.keyboard.press("Escape")
    bench.keyboard.press("Escape")
    bench.wait_for_url(BREAK)
    taken = BreakTaken.objects.get()
    assert (taken.kind, taken.paid) == ("micro", True)
    bench.wait_for_function("document.readyState === 'complete'")
    assert Lease.objects.get().draft == {"harm": {"V": 0}}


def test_slow_presses_of_escape_stop_nothing(bench: Page) -> None:
    take_task(bench)
    show_task(bench)
    bench.keyboard.press("Escape")
    bench.wait_for_timeout(700)
    bench.keyboard.press("Escape")
    expect(bench.locator("#stimulus")).to_have_attribute("data-state", "open")


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
    expect(bench.get_by_text("You have a task open")).to_be_visible()
    bench.wait_for_load_state("networkidle")  # keys work once the page's script has run
    bench.keyboard.press("Space")
    bench.wait_for_url("**/label/")
    bench.wait_for_load_state("networkidle")
    bench.keyboard.press("s")  # the task can always be left; what comes next is the limit page again
    bench.wait_for_url(re.compile(r"/limit/$"))
