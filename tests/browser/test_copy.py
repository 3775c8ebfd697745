"""What is shown once is copied with one press, and stays within reach where no page may copy."""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from people.models import User
from tests.browser.conftest import axe_findings

SignIn = Callable[[Page, User], None]


@pytest.fixture
def engineers(page: Page, live_server: LiveServer, engineer: User, sign_in: SignIn) -> Page:
    """The page of an engineer's tokens."""
    sign_in(page, engineer)
    page.goto(f"{live_server.url}/tokens/")
    return page


@pytest.fixture
def admins(page: Page, live_server: LiveServer, admin: User, sign_in: SignIn) -> Page:
    """The page that invites somebody."""
    sign_in(page, admin)
    page.goto(f"{live_server.url}/people/invite/")
    return page


def make_token(page: Page) -> None:
    page.get_by_label("Name").fill("nightly")
    page.locator("input[name=scopes]").first.check()
    page.get_by_role("button", name="Make a token").click()


def invite(page: Page) -> None:
    page.get_by_label("E-mail").fill("nora@example.org")
    page.get_by_label("Role").select_option("officer")
    page.locator("main form").get_by_role("button").click()


@pytest.mark.parametrize(("where", "make"), [("engineers", make_token), ("admins", invite)])
def test_one_press_copies_and_says_so(
    request: pytest.FixtureRequest, where: str, make: Callable[[Page], None]
) -> None:
    page: Page = request.getfixturevalue(where)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    make(page)
    button = page.get_by_role("button", name="Copy")
    field = page.locator("input[readonly]")
    expect(button).to_be_visible()
    page.wait_for_load_state()  # each script has run then

    for _ in range(2):
        button.focus()
        page.keyboard.press("Enter")

        expect(page.locator("main [role=status]")).to_have_text("Copied")
        expect(button).to_be_focused()
    assert page.evaluate("navigator.clipboard.readText()") == field.input_value() != ""
    assert axe_findings(page) == []


def test_where_no_page_may_copy_the_text_is_marked(engineers: Page) -> None:
    page = engineers
    make_token(page)
    expect(page.get_by_role("button", name="Copy")).to_be_visible()
    page.wait_for_load_state()
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.get_by_role("button", name="Copy").click()

    field = page.locator("input[readonly]")
    expect(page.locator("main [role=status]")).to_have_text("Marked: copy it now.")
    expect(field).to_be_focused()
    assert page.evaluate("getSelection().toString()") == field.input_value() != ""


def test_without_scripts_there_is_no_button(
    engineers: Page, browser: Browser, live_server: LiveServer
) -> None:
    session = next(
        cookie for cookie in engineers.context.cookies() if cookie["name"] == settings.SESSION_COOKIE_NAME
    )
    with browser.new_context(java_script_enabled=False) as context:
        context.add_cookies([{"name": session["name"], "value": session["value"], "url": live_server.url}])
        page = context.new_page()
        page.goto(f"{live_server.url}/tokens/")
        make_token(page)
        expect(page.locator("input[readonly]")).to_be_visible()
        expect(page.locator("[data-copy]")).to_be_hidden()
