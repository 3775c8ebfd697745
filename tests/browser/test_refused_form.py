"""A form that was refused: what is wrong has the keyboard and is on the screen, however far down it stands."""

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from people.models import User


def test_the_summary_is_where_one_goes_on(
    page: Page, live_server: LiveServer, labeler: User, sign_in
) -> None:
    sign_in(page, labeler)
    page.set_viewport_size({"width": 900, "height": 500})
    page.goto(f"{live_server.url}/me/choices/")
    page.get_by_label("Languages that you read").fill("Martian")
    page.get_by_role("button", name="Save both").click()
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport(ratio=1)
    assert page.evaluate("scrollY") > 0
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Languages that you read")).to_be_in_viewport()


def test_a_page_without_one_keeps_its_start(
    page: Page, live_server: LiveServer, labeler: User, sign_in
) -> None:
    sign_in(page, labeler)
    page.goto(f"{live_server.url}/me/choices/")
    expect(page.locator("body")).to_be_focused()
