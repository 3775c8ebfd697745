"""Arabic, from right to left: at 200 % zoom and on a phone nothing is cut, nothing scrolls sideways, axe finds nothing."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from labeling.models import Project
from people.models import User
from people.operations.settings import set_page_language
from tests.browser.conftest import axe_findings, show_task, take_task
from tests.factories.wellbeing import fill, label
from wellbeing.interface import name_categories

PAGES = (
    "/me/exposure/",
    "/me/exposure/days/",
    "/me/choices/",
    "/me/display/",
    "/me/calendar/",
    "/me/statements/",
    "/me/leaving/",
    "/me/day-note/",
    "/policy/",
    "/support/",
    "/break/",
    "/limit/",
)
# A laptop of 1280 at 200 % zoom, and a phone.
SIZES = ({"width": 640, "height": 450}, {"width": 390, "height": 844})

# Text that sticks out of a box that hides or clips it. What is for screen readers alone is clipped on purpose.
CUT = """() => [...document.querySelectorAll("body *")].filter(element => {
  if (element.closest(".sr-only, svg, .table-scroll, .ghost, dialog, template") || !element.offsetParent) return false;
  const style = getComputedStyle(element);
  if (style.overflowX === "visible" && style.overflowY === "visible") return false;
  return element.scrollWidth > element.clientWidth + 1 && element.innerText?.trim();
}).map(element => element.outerHTML.slice(0, 120))"""
# Line, letter and word spacing as WCAG 1.4.12 asks a page to bear.
SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
    + " p { margin-block-end: 2em !important }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
NO_SPACING = "() => { document.adoptedStyleSheets = [] }"


def check(page: Page) -> None:
    for size in SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert axe_findings(page) == [], (page.url, size)
        assert _sideways(page) <= 0, (page.url, size)
        assert page.evaluate(CUT) == [], (page.url, size)
        page.evaluate(SPACING)
        assert _sideways(page) <= 0, (page.url, size, "spaced")
        assert page.evaluate(CUT) == [], (page.url, size, "spaced")
        page.evaluate(NO_SPACING)


def _sideways(page: Page) -> int:
    found: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return found


@pytest.fixture
def arabic(page: Page, project: Project, labeler: User, sign_in: Any) -> Page:
    name_categories(categories=[("V", "Violence", [])])
    for severity in (1, 2, 3):
        label(labeler, f"lease:{severity}", severity=severity)
    fill(labeler, days_ago=3, points_charged=110_000)
    set_page_language(person=labeler, language="ar")
    page.emulate_media(reduced_motion="reduce")
    sign_in(page, labeler)
    return page


@pytest.mark.slow
def test_arabic_at_200_percent_and_on_a_phone(
    arabic: Page, project: Project, live_server: LiveServer
) -> None:
    page = arabic
    for address in PAGES:
        page.goto(live_server.url + address)
        assert page.get_attribute("html", "dir") == "rtl"
        assert page.get_attribute("html", "lang") == "ar"
        assert re.search(r"[\u0600-\u06ff]", page.inner_text("h1")), address
        check(page)


@pytest.mark.slow
def test_a_task_in_arabic(
    page: Page, project: Project, labeler: User, sign_in: Any, live_server: LiveServer
) -> None:
    set_page_language(person=labeler, language="ar")
    sign_in(page, labeler)
    page.goto(f"{live_server.url}/projects/{project.pk}/label/")
    check(page)
    take_task(page)
    check(page)
    show_task(page)
    # English content keeps its own direction on a page that goes the other way.
    assert page.evaluate("getComputedStyle(document.querySelector('.turn-text')).direction") == "ltr"
    check(page)


def test_bars_grow_from_the_right(arabic: Page, live_server: LiveServer) -> None:
    page = arabic
    page.set_viewport_size({"width": 1280, "height": 844})
    page.goto(f"{live_server.url}/me/exposure/")

    places = page.evaluate(
        """() => {
          const bar = document.querySelector("main .dose"), filled = bar.querySelector("rect");
          const name = document.querySelector("main .chart text");
          const [outer, inner] = [bar.getBoundingClientRect(), filled.getBoundingClientRect()];
          return [outer.right - inner.right, inner.left - outer.left, new DOMMatrix(getComputedStyle(name).transform).a];
        }"""
    )
    assert abs(places[0]) < 2 < places[1]
    assert places[2] == -1  # the picture is mirrored, so its words are mirrored back
