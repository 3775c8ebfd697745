"""The translations that ship: each is whole, says what its originals say now, and names keys and buttons as pages do."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.utils.translation import gettext, override

from labeling.demo.projects import BOARD, CHAT, LETTERS, PROJECTS
from labeling.domain.guideline_text import sections_of
from labeling.domain.schema import Schema, parse, read_translation, texts_of
from labeling.schema_templates import TEMPLATES, shipped_texts, template

LANGUAGES = [code for code, _ in settings.LANGUAGES if code != "en"]
SHIPPED = [
    pytest.param(schema, document, id=f"{name}-{document['language']}")
    for name, schema, documents in (
        *((one.key, one.schema, one.translations) for one in TEMPLATES),
        *(
            (one.slug, parse(one.schema), one.schema_translations)
            for one in PROJECTS
            if one not in (CHAT, BOARD)
        ),
    )
    for document in documents
]


@pytest.mark.parametrize(("schema", "document"), SHIPPED)
def test_it_is_whole_and_fits_what_it_translates(schema: Schema, document: dict[str, Any]) -> None:
    read = read_translation(document, schema, languages=LANGUAGES)
    assert read.texts.keys() == texts_of(schema).keys()
    assert document["original"] == texts_of(schema)
    assert read.is_reviewed is False  # somebody who speaks the language and has read it may say so


@pytest.mark.parametrize("one", TEMPLATES, ids=lambda one: one.key)
def test_a_template_ships_in_every_language_of_the_pages(one: Any) -> None:
    assert sorted(document["language"] for document in one.translations) == sorted(LANGUAGES)


@pytest.mark.parametrize("one", PROJECTS, ids=lambda one: one.slug)
def test_the_demo_is_translated_beside_its_words(one: Any) -> None:
    assert sorted(document["language"] for document in one.schema_translations) == sorted(LANGUAGES)
    assert sorted(one.guideline_translations) == sorted(LANGUAGES)


@pytest.mark.parametrize("one", PROJECTS, ids=lambda one: one.slug)
def test_a_guideline_of_the_demo_has_the_same_parts_in_each_language(one: Any) -> None:
    def parts(body: str) -> list[tuple[int, list[tuple[str, int]]]]:
        return [
            (section.level, [(block.kind, len(block.items)) for block in section.blocks])
            for section in sections_of(body)
        ]

    for language, body in one.guideline_translations.items():
        assert parts(body) == parts(one.guideline), language


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guideline_of_the_demo_names_an_answer_as_the_page_does(language: str) -> None:
    with override(language):
        none, alike = gettext("none of these"), gettext("All alike")
    for one in (CHAT, BOARD):
        assert none in " ".join(one.guideline_translations[language].split())
    assert alike in LETTERS.guideline_translations[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_sent_to_a_button_finds_it_under_that_name(language: str) -> None:
    with override(language):
        button, kind = gettext("Problem with the item"), gettext("Something else")
    for key, name in (("openai_moderation", "harm/S3"), ("mlcommons_hazards", "hazard/S4")):
        said = shipped_texts(template(key).schema)[language][f"{name}/definition"]
        assert button in said
        assert kind in said


def test_words_that_only_look_alike_bring_nothing() -> None:
    document = json.loads(json.dumps(template("openai_moderation").document))
    document["questions"][0]["id"] = "found"
    assert shipped_texts(parse(document)) == {}
    document = {**template("openai_moderation").document, "language": "fr"}
    assert shipped_texts(parse(document)) == {}


def test_whoever_changes_their_copy_of_a_template_changes_nobody_elses() -> None:
    template("openai_moderation").document["questions"].clear()

    assert template("openai_moderation").document["questions"]
