"""Who begins from a template, or publishes its words, has the translations that ship with it."""

import copy
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from labeling.demo.projects import BOARD, CHAT, FERRY, LETTERS, LIBRARY, PROJECTS, DemoProject
from labeling.domain.schema import texts_of
from labeling.models import Project, SchemaTranslation
from labeling.operations.projects import publish_guideline, publish_schema
from labeling.operations.schema_words import translate_schema
from labeling.queries.projects import current_schema
from labeling.queries.schema_words import read_schema
from labeling.queries.workbench import live_card
from labeling.schema_templates import template
from people.models import AuditEvent, User
from people.operations.settings import set_page_language
from tests.factories.labeling import openai_schema, project_for, schema_document

pytestmark = pytest.mark.django_db
LANGUAGES = {code for code, _ in settings.LANGUAGES} - {"en"}
GERMAN = next(one for one in template("openai_moderation").translations if one["language"] == "de")


@pytest.fixture
def moderated(team, lead):
    """A project that begins from the template."""
    return project_for(team, lead, schema=openai_schema())


def edited(**changed):
    """The template; of its category of hate these fields are others."""
    document = copy.deepcopy(openai_schema())
    hate = next(one for one in document["questions"][0]["categories"] if one["id"] == "H")
    hate.update(changed)
    return document


def in_german(project):
    return SchemaTranslation.objects.filter(schema=current_schema(project), language="de").latest("revision")


def test_a_template_comes_in_every_language_and_nobody_has_read_it(moderated):
    schema = moderated.schemas.get()
    for language in LANGUAGES:
        read = read_schema(schema.pk, language=language)
        assert (read.language, read.is_whole, read.is_reviewed) == (language, True, False)
    events = AuditEvent.objects.filter(action="labeling.schema_translated")
    assert {event.details["language"] for event in events} == LANGUAGES


def test_a_definition_that_was_edited_loses_only_its_own_translation(team, lead, moderated):
    first = project_for(team, lead, schema=edited(definition="Words of hate."))
    publish_schema(project=moderated, document=edited(definition="Words of hate."), by=lead)
    without = {name: text for name, text in GERMAN["texts"].items() if name != "harm/H/definition"}
    assert in_german(first).texts == in_german(moderated).texts == without


def test_words_of_ones_own_bring_none(project, lead):
    assert not SchemaTranslation.objects.exists()
    publish_schema(project=project, document=openai_schema(), by=lead)  # a template, later on
    assert set(current_schema(project).translations.values_list("language", flat=True)) == LANGUAGES


def test_a_translation_of_the_projects_own_is_never_replaced(moderated, lead):
    own = {"harm/H/name": "Menschenfeindlichkeit"}
    document = {"language": "de", "texts": own}
    translate_schema(project=moderated, document=document, by=lead)
    publish_schema(project=moderated, document=edited(definition="Words of hate."), by=lead)
    publish_schema(project=moderated, document=openai_schema(), by=lead)
    assert in_german(moderated).texts == own


def test_the_page_of_translations_says_where_they_come_from(moderated, lead, browser_of):
    page = reverse("labeling:schema_translations", args=[moderated.pk])

    def said():
        return browser_of(lead).get(page).text.count("Comes with Respite. Not read through by a person yet.")

    assert said() == len(LANGUAGES)
    corrected = {**GERMAN, "texts": {**GERMAN["texts"], "harm/H/name": "Hassrede"}}
    translate_schema(project=moderated, document=corrected, by=lead)
    assert said() == len(LANGUAGES) - 1


def test_the_demo_asks_in_german(settings, capsys, browser_of):
    call_command("demo_project")
    capsys.readouterr()
    amara = User.objects.get(username="amara")
    set_page_language(person=amara, language="de")
    browser = browser_of(amara)
    project = Project.objects.get(slug=LIBRARY.slug)
    browser.post(reverse("labeling:claim", args=[project.pk]))
    browser.post(reverse("labeling:reveal", args=[live_card(person_id=amara.pk).lease_id]))
    page = browser.get(reverse("labeling:workbench", args=[project.pk])).text
    assert "Wie klingt es für die Person, die es liest?" in page
    assert "How does it sound" not in page

    guideline = browser.get(reverse("labeling:guideline", args=[project.pk])).text
    assert "Kurze Nachrichten an eine Stadtbücherei." in guideline

    chat = current_schema(Project.objects.get(slug=CHAT.slug))
    read = read_schema(chat.pk, language="de")
    assert read.is_whole
    assert "Belästigung" in texts_of(read.schema).values()


@pytest.mark.parametrize("is_from_before", [False, True])
def test_each_project_of_the_demo_asks_all_it_asks_in_every_language(settings, capsys, is_from_before):
    """Also where some of its words came with a template, and where that is all that an older demo has."""
    if is_from_before:
        with patch.object(DemoProject, "schema_translations", []):
            call_command("demo_project")
    call_command("demo_project")
    capsys.readouterr()
    whole = {
        (demo.slug, language): read_schema(
            current_schema(Project.objects.get(slug=demo.slug)).pk, language=language
        ).is_whole
        for demo in PROJECTS
        for language in LANGUAGES
    }
    assert [place for place, is_whole in whole.items() if not is_whole] == []


def test_a_demo_from_before_is_translated_and_one_that_was_changed_is_left(settings, capsys, lead):
    def translated():
        return {
            project.slug: (
                current_schema(project).translations.count(),
                project.guidelines.latest("version").translations.count(),
            )
            for project in Project.objects.all()
        }

    with (
        patch.object(DemoProject, "schema_translations", []),
        patch.object(DemoProject, "guideline_translations", {}),
    ):
        call_command("demo_project")
    assert translated()[LETTERS.slug] == (0, 0)
    publish_guideline(project=Project.objects.get(slug=LETTERS.slug), body="Be kind.", by=lead)
    publish_schema(project=Project.objects.get(slug=FERRY.slug), document=schema_document(), by=lead)
    call_command("demo_project")
    capsys.readouterr()
    every = len(LANGUAGES)
    assert translated() == {
        CHAT.slug: (every, every),
        BOARD.slug: (every, every),
        LIBRARY.slug: (every, every),
        LETTERS.slug: (every, 0),
        FERRY.slug: (0, every),
    }
