"""axe-core finds nothing on any page, in both themes, wide and narrow; and no page scrolls sideways.

Each page is loaded once; theme and size change in place. 640 px is what a laptop of 1280 has left at 200 % zoom: there
only scrolling is looked at.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page
from pytest_django.live_server_helper import LiveServer

from labeling.models import Project
from people.models import Team, User
from people.permissions import Role
from tests.browser.conftest import axe_findings, look_away, save, show_task, take_task
from tests.factories.groups import crew, saw
from tests.factories.people import person as new_person
from tests.factories.wellbeing import fill, label, risk_report_of, support_request_of
from wellbeing import interface
from wellbeing.domain.erasing import ErasureReason
from wellbeing.domain.groups import week_of
from wellbeing.interface import choose_category, name_categories, propose_policy, set_policy
from wellbeing.operations.day_notes import note_day
from wellbeing.operations.disputes import dispute_entry
from wellbeing.operations.erasure_requests import ask_for_erasure
from wellbeing.operations.group_weeks import publish_group_weeks
from wellbeing.operations.support import answer_request

ZOOMED = 640
WIDTHS = (1280, ZOOMED, 390)
LABELER_PAGES = [
    "/",
    "/me/exposure/",
    "/me/choices/",
    "/me/display/",
    "/me/calendar/",
    "/first-days/",
    "/first-days/keys/",
    "/policy/",
    "/break/",
    "/limit/",
    "/support/",
    "/me/day-note/",
    "/me/data/",
    "/me/risks/",
    "/components/",
    "/settings/keys/",
    "/help/",
    "/projects/{}/guideline/",
    "/projects/{}/answers/",
]
RECORD_PAGES = [
    "/me/exposure/",
    "/me/exposure/days/",
    "/me/looks/",
    "/me/seen/",
    "/me/statements/",
    "/me/leaving/",
    "/statement-key/",
]
PROJECT_PAGES = [
    "/projects/",
    "/projects/new/",
    "/projects/{}/",
    "/projects/{}/settings/",
    "/projects/{}/schema/",
    "/projects/{}/guideline/edit/",
    "/projects/{}/imports/new/",
]


@pytest.fixture
def at_rest(page: Page) -> Page:
    """A browser of somebody who wants nothing to move."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size({"width": WIDTHS[0], "height": 844})
    return page


def follow(link: Locator) -> None:
    """Click it, and wait until the page that it leads to is there: a check looks at what it finds."""
    with link.page.expect_navigation():
        link.click()


def check(page: Page) -> None:
    """As it stands, in both themes at each width. Between the themes nothing but colours differs."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width
        if width == ZOOMED:
            continue
        assert axe_findings(page) == [], width
        page.emulate_media(color_scheme="dark")
        assert axe_findings(page, only="color-contrast") == [], width
        page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": WIDTHS[0], "height": 844})


def test_pages_for_everybody(at_rest: Page, live_server: LiveServer) -> None:
    page = at_rest
    page.goto(f"{live_server.url}/accounts/sign-in/")
    check(page)
    page.goto(f"{live_server.url}/statement-key/")
    check(page)


def test_pages_of_a_labeler(
    at_rest: Page, project: Project, labeler: User, sign_in, live_server: LiveServer
) -> None:
    page = at_rest
    sign_in(page, labeler)
    page.goto(f"{live_server.url}/projects/{project.pk}/label/")
    check(page)
    take_task(page)
    check(page)
    show_task(page)
    page.keyboard.press("3")
    check(page)
    page.keyboard.press("Enter")
    page.wait_for_selector(".error-summary")
    check(page)
    look_away(page)
    check(page)
    page.keyboard.press("2")
    save(page)
    page.keyboard.press("?")
    check(page)
    for address in LABELER_PAGES:
        page.goto(live_server.url + address.format(project.pk))
        check(page)
    follow(page.get_by_role("link", name="Change"))
    check(page)
    page.goto(f"{live_server.url}/settings/keys/")
    page.get_by_label("Skip", exact=True).fill("p")
    page.get_by_role("button", name="Save my keys").first.click()
    page.locator("#id_skip_error").wait_for()
    check(page)


def test_a_record_with_everything_in_it(
    at_rest: Page, labeler: User, officer: User, lead: User, sign_in, live_server: LiveServer
) -> None:
    for number in range(3):
        label(labeler, f"lease:{number}", severity=number + 1)
    dispute_entry(row=1, severity=0, by=labeler)
    fill(labeler, days_ago=3, points_charged=110_000)
    for _ in range(6):
        interface.team_exposure(person_ids=[labeler.pk], looked_by=lead.pk)
    page = at_rest
    sign_in(page, labeler)
    for address in (*RECORD_PAGES, "/me/exposure/entries/1/", "/me/exposure/entries/3/"):
        page.goto(live_server.url + address)
        for summary in page.query_selector_all("main summary"):
            summary.click()
        check(page)
    page.get_by_label("extreme").check()
    page.get_by_role("button", name="Send").click()
    page.wait_for_selector(".messages")
    check(page)
    sign_in(page, officer)
    page.goto(f"{live_server.url}/disputes/")
    check(page)
    follow(page.get_by_role("link", name="Decide").first)
    check(page)
    page.get_by_label("Words for the person").fill("Agreed.")
    page.get_by_role("button", name="Put it right").click()
    page.wait_for_selector(".messages")
    check(page)


def test_pages_of_a_project(
    at_rest: Page, project: Project, engineer: User, sign_in, live_server: LiveServer
) -> None:
    page = at_rest
    sign_in(page, engineer)
    for address in PROJECT_PAGES:
        page.goto(live_server.url + address.format(project.pk))
        check(page)


def test_pages_of_those_who_look_after_limits(
    at_rest: Page,
    project: Project,
    labeler: User,
    lead: User,
    officer: User,
    sign_in,
    live_server: LiveServer,
) -> None:
    page = at_rest
    set_policy(numbers={"day_points": 90_000}, by=officer, reason="a calmer spring", team=project.team)
    propose_policy(numbers={"day_points": 150_000}, by=officer, reason="a campaign")
    sign_in(page, officer)
    for address in (
        "/policy/",
        f"/policy/?team={project.team_id}",
        "/policy/change/",
        "/experience/",
        "/experience/?q=nobody",
    ):
        page.goto(live_server.url + address)
        check(page)
    page.goto(f"{live_server.url}/policy/change/")
    page.get_by_label("Why").fill("a calmer spring")
    page.get_by_role("button", name="Make it stricter now").click()
    page.wait_for_selector(".error-summary")
    check(page)
    page.get_by_label("The daily limit").fill("100")
    page.get_by_role("button", name="Show what it would mean").click()
    page.wait_for_selector("#days")
    check(page)
    sign_in(page, lead)
    page.goto(f"{live_server.url}/team/{labeler.pk}/calendar/")
    check(page)
    page.get_by_label("Monday: from").fill("09:00")
    page.get_by_role("button", name="Save the week").click()
    page.wait_for_selector(".error-summary")
    check(page)


def test_ones_own_choices_with_categories_and_a_mistake(
    at_rest: Page, labeler: User, sign_in, live_server: LiveServer
) -> None:
    page = at_rest
    name_categories(
        categories=[("V", "Violence", []), ("V/2", "Graphic violence", ["V"]), ("V/3", "War", ["V/2", "V"])]
    )
    choose_category(person_id=labeler.pk, category="V", refused=True)
    sign_in(page, labeler)
    page.goto(f"{live_server.url}/me/choices/")
    check(page)
    page.get_by_label("In a day:", exact=True).select_option("own")
    page.get_by_role("button", name="Save my limits").click()
    page.wait_for_selector(".error-summary")
    check(page)


def test_choices_are_made_with_the_keyboard_alone(
    page: Page, labeler: User, sign_in, live_server: LiveServer
) -> None:
    name_categories(categories=[("V", "Violence", [])])
    sign_in(page, labeler)
    page.goto(f"{live_server.url}/me/choices/")
    page.get_by_label("Never hand me Violence").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".messages")
    assert "Saved: Violence." in (page.text_content(".messages") or "")
    assert page.get_by_label("Never hand me Violence").is_checked()


@pytest.mark.parametrize("role", ["lead", "engineer", "officer", "counsellor", "admin"])
def test_every_page_in_the_navigation_of_a_role(
    at_rest: Page,
    project: Project,
    role: str,
    request: pytest.FixtureRequest,
    sign_in,
    live_server: LiveServer,
) -> None:
    page = at_rest
    sign_in(page, request.getfixturevalue(role))
    page.goto(f"{live_server.url}/me/exposure/")
    addresses = page.evaluate("[...document.querySelectorAll('nav.wide a')].map(link => link.href)")
    assert addresses
    for address in addresses:
        page.goto(address)
        check(page)


def test_private_pages_with_something_on_them(
    at_rest: Page,
    project: Project,
    labeler: User,
    second_labeler: User,
    counsellor: User,
    officer: User,
    sign_in,
    live_server: LiveServer,
) -> None:
    number = support_request_of(labeler, "I slept badly.\n\nCan we talk?")
    answer_request(request_id=number, by=counsellor, text="Gladly.", message_id=uuid4())
    note_day(person_id=labeler.pk, number=6)
    risk_report_of(labeler)
    ask_for_erasure(person_id=second_labeler.pk, by=second_labeler, reason=ErasureReason.ASKED)
    page = at_rest
    for person, addresses in (
        (labeler, ["/support/", "/me/day-note/", "/me/risks/"]),
        (second_labeler, ["/me/data/"]),
        (counsellor, ["/requests/", f"/requests/{number}/"]),
        (officer, ["/risks/", "/records/", "/display-floor/"]),
    ):
        sign_in(page, person)
        for address in addresses:
            page.goto(live_server.url + address)
            check(page)


def test_what_leads_and_representatives_see(
    at_rest: Page, team: Team, lead: User, sign_in, live_server: LiveServer
) -> None:
    week = week_of((interface.now() - timedelta(days=8)).date())
    people = crew(team, 6)
    for severity in range(1, 5):
        saw(people, week, severity=severity, categories=["threats"])
    saw(people[:2], week - timedelta(days=7))
    publish_group_weeks()
    for one in people:
        fill(one, points_charged=95_000)
    page = at_rest
    sign_in(page, lead)
    page.goto(f"{live_server.url}/team/")
    page.get_by_text("Capacity is low today").wait_for()
    check(page)
    page.goto(f"{live_server.url}/team/weeks/")
    assert page.locator("main svg.chart").count() >= 3
    check(page)
    page.get_by_role("link", name="Older").click()
    page.get_by_text("Too few people to show").first.wait_for()
    check(page)
    sign_in(page, new_person("rosa", Role.REPRESENTATIVE))
    page.goto(f"{live_server.url}/council/")
    check(page)


def test_saying_that_someone_may_be_in_danger(bench: Page) -> None:
    take_task(bench)
    show_task(bench)
    bench.keyboard.press("d")
    check(bench)
    bench.get_by_role("button", name="Tell the wellbeing officer").click()
    bench.locator("#notice").get_by_text("The wellbeing officer has it now").wait_for()
    assert bench.get_attribute("#stimulus", "data-state") == "open"
    check(bench)
