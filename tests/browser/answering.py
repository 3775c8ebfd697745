"""What the tests of answers share: questions, presses, and what was stored."""

from typing import Any

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from labeling.models import Annotation, Lease
from tests.browser.conftest import show_task
from tests.factories.wellbeing import advance

ARABIC_PAIR = {"prompt": "كيف أحيي جاري؟", "completions": ["قل مرحبا وابتسم.", "لوح بيدك."]}
CHOICE = {
    "id": "fit",
    "kind": "choice",
    "prompt": "What is it?",
    "options": [{"id": "fine", "name": "Fine"}, {"id": "bad", "name": "Bad"}],
}


def stored() -> list[Any]:
    return list(
        Annotation.objects.filter(superseded_at=None).order_by("pk").values_list("answers", flat=True)
    )


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def at_question(page: Page, name: str) -> None:
    expect(page.locator("[data-here]")).to_have_attribute("data-question", name)


def begun_and_not_sent(page: Page, live_server: LiveServer) -> None:
    lease = Lease.objects.get(ended_at=None)
    page.goto(live_server.url)
    advance(minutes=40)
    page.goto(f"{live_server.url}/leases/{lease.pk}/unsent/")
    page.wait_for_load_state("networkidle")  # what its questions need comes after the page


def to_the_last_answer(page: Page) -> None:
    show_task(page)
    page.keyboard.press("u")
    page.wait_for_url("**/answers/")
    page.keyboard.press("1")
    page.wait_for_url("**/answers/*/")
    page.wait_for_load_state("networkidle")
