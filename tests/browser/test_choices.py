"""My choices: a number of one's own and the list beside it never say different things."""

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from people.models import User
from tests.browser.conftest import axe_findings


def test_writing_a_number_chooses_it_and_moving_the_list_takes_it_back(
    page: Page, labeler: User, sign_in, live_server: LiveServer
) -> None:
    sign_in(page, labeler)
    page.goto(f"{live_server.url}/me/choices/")
    choice = page.locator("#id_day")
    number = page.locator("#id_day_number")
    expect(choice).to_have_value("1000")

    number.fill("12")
    expect(choice).to_have_value("own")
    number.fill("")
    expect(choice).to_have_value("1000")
    number.fill("12")
    choice.select_option("500")
    expect(number).to_have_value("")
    choice.select_option("own")
    expect(number).to_have_value("12")
    assert axe_findings(page) == []

    page.get_by_role("button", name="Save my limits").click()
    expect(page.get_by_text("The daily limit: 12 points. It holds now.")).to_be_visible()
    expect(page.locator("#id_day")).to_have_value("own")
