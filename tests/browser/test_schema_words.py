"""Questions and categories in the reader's language: a task in German and in Arabic, and the lead's file for it."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from labeling.models import Annotation, Project, SchemaTranslation
from people.models import User
from people.operations.settings import set_page_language
from tests.browser.conftest import check, save, show_task, take_task
from tests.factories.labeling import add_tasks
from tests.factories.schema_words import translated

GERMAN = {
    "harm/prompt": "Was davon steht im Text?",
    "harm/V/name": "Gewalt",
    "harm/V/definition": "Wirbt für Gewalt oder feiert sie.",
    "harm/1": "Leicht: unfreundlich, ohne jemanden zu treffen.",
}
ARABIC = {"harm/prompt": "ما الذي يحتويه النص؟", "harm/V/name": "عنف", "harm/V/definition": "يمجّد العنف."}
DIRECTION = "selector => getComputedStyle(document.querySelector(selector)).direction"


def at_work(page: Page, live_server: LiveServer, project: Project, person: User, language: str) -> None:
    add_tasks(
        project,
        body={"text": "The referee fell over."},
        scores={"V": 0.8},
        first_position=-1_000_000,
        severity=1,
    )
    set_page_language(person=person, language=language)
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{live_server.url}/projects/{project.pk}/label/")


def test_a_task_in_german(
    page: Page, project: Project, labeler: User, lead: User, sign_in: Any, live_server: LiveServer
) -> None:
    translated(project, lead, texts=GERMAN)
    page.set_viewport_size({"width": 1280, "height": 900})
    sign_in(page, labeler)
    at_work(page, live_server, project, labeler, "de")
    take_task(page)
    expect(page.locator(".chips bdi[lang=de]")).to_have_text("Gewalt")
    show_task(page)
    expect(page.locator("legend h2[lang=de]")).to_have_text("Was davon steht im Text?")
    violence = page.locator("[data-category=Gewalt]")
    expect(violence.locator("[lang=de]").first).to_have_text("Gewalt")
    expect(page.locator(".answer-row span[lang=en]", has_text="Harassment").first).to_be_visible()
    expect(page.locator("#rules")).to_contain_text("4 ")
    expect(page.locator("#rules dd[lang=de]")).to_have_text("Unfreundlich, ohne jemanden zu treffen.")
    check(page)
    page.keyboard.press("3")
    page.keyboard.press("1")
    save(page)
    assert Annotation.objects.get().answers == {"harm": {"V": 1}}
    page.goto(f"{live_server.url}/projects/{project.pk}/answers/")
    expect(page.locator("td bdi[lang=de]")).to_have_text("Gewalt")
    check(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_task_in_arabic_keeps_each_text_in_its_own_direction(
    page: Page,
    project: Project,
    labeler: User,
    lead: User,
    sign_in: Any,
    live_server: LiveServer,
    width: int,
) -> None:
    translated(project, lead, language="ar", texts=ARABIC)
    page.set_viewport_size({"width": width, "height": 844})
    sign_in(page, labeler)
    at_work(page, live_server, project, labeler, "ar")
    take_task(page)
    expect(page.locator(".chips bdi[lang=ar]")).to_have_text("عنف")
    show_task(page)
    assert page.evaluate(DIRECTION, "legend h2[lang=ar]") == "rtl"
    assert page.evaluate(DIRECTION, ".answer span[lang=ar]") == "rtl"
    assert page.evaluate(DIRECTION, ".answer span[lang=en]") == "ltr"
    assert page.evaluate(DIRECTION, "#rules summary[lang=en]") == "ltr"
    check(page)
    page.goto(f"{live_server.url}/me/choices/")
    assert page.evaluate(DIRECTION, "table.choices [lang=ar]") == "rtl"
    check(page)


def test_a_lead_takes_the_file_and_sends_it_back(
    page: Page, project: Project, lead: User, sign_in: Any, live_server: LiveServer, tmp_path: Path
) -> None:
    sign_in(page, lead)
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{live_server.url}/projects/{project.pk}/schema/")
    page.get_by_role("link", name="Translations").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Deutsch").click()
    document = json.loads(taken.value.path().read_text(encoding="utf-8"))
    filled = tmp_path / taken.value.suggested_filename
    for name, heading in (("  ", "1 place in the document needs another look"), ("Gewalttat", "")):
        document["texts"]["harm/V/name"] = name
        filled.write_text(json.dumps(document), encoding="utf-8")
        page.set_input_files("input[type=file]", filled)
        page.get_by_role("button", name="Check and publish").click()
        if heading:
            expect(page.get_by_role("heading", name=heading)).to_be_visible()
            expect(page.locator("code", has_text="texts.harm/V/name")).to_be_visible()
            check(page)
    expect(page.locator("li", has_text="Deutsch").first).to_contain_text("Revision 2")
    check(page)
    sent = SchemaTranslation.objects.get(language="de", revision=2)
    assert sent.texts == document["texts"]  # the rest is what ships
    assert sent.texts["harm/V/name"] == "Gewalttat"
