"""A table that is wider than a phone says where there is more of it, from whichever side one reads."""

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from people.models import User
from tests.factories.wellbeing import label


@pytest.fixture
def box(page: Page, labeler: User, sign_in, live_server: LiveServer) -> Locator:
    """The entries of a labeler who opened something, on a phone."""
    label(labeler, "lease:1", severity=2)
    sign_in(page, labeler)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/me/exposure/")
    return page.locator(".table-scroll", has=page.locator("tr.entry"))


def to_the_end(box: Locator) -> None:
    box.evaluate(
        "box => { box.scrollLeft = box.scrollWidth * (getComputedStyle(box).direction === 'rtl' ? -1 : 1) }"
    )


def test_an_edge_with_more_behind_it_is_marked(box: Locator) -> None:
    expect(box).to_have_attribute("data-more", "after")
    to_the_end(box)
    expect(box).to_have_attribute("data-more", "before")
    box.page.set_viewport_size({"width": 1280, "height": 844})
    expect(box).to_have_attribute("data-more", "")


def test_from_right_to_left_the_rest_lies_on_the_left(box: Locator, live_server: LiveServer) -> None:
    page = box.page
    page.goto(f"{live_server.url}/help/")
    page.select_option("#page-language", "ar")
    page.locator("form:has(#page-language) button").press("Enter")
    page.locator("html[lang=ar]").wait_for()
    page.goto(f"{live_server.url}/me/exposure/")
    expect(box).to_have_attribute("data-more", "before")
    to_the_end(box)
    expect(box).to_have_attribute("data-more", "after")
