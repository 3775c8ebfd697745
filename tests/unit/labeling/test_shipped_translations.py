"""The translations that ship: each is whole, says what its originals say now, and names keys and buttons as pages do."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.utils.translation import gettext, override

from labeling.demo.projects import PROJECTS
from labeling.domain.schema import Schema, parse, read_translation, texts_of
from labeling.schema_templates import TEMPLATES, shipped_texts, template

LANGUAGES = [code for code, _ in settings.LANGUAGES if code != "en"]
SHIPPED = [
    pytest.param(schema, document, id=f"{name}-{document['language']}")
    for name, schema, documents in (
        *((one.key, one.schema, one.translations) for one in TEMPLATES),
        *((one.slug, parse(one.schema), one.schema_translations) for one in PROJECTS),
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
def test_a_demo_of_its_own_schema_is_translated_beside_it(one: Any) -> None:
    languages = sorted(document["language"] for document in one.schema_translations)
    assert languages == (
        [] if parse(one.schema) == template("openai_moderation").schema else sorted(LANGUAGES)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_sent_to_a_button_finds_it_under_that_name(language: str) -> None:
    with override(language):
        button = gettext("Problem with the item")
    for key, name in (("openai_moderation", "harm/S3"), ("mlcommons_hazards", "hazard/S4")):
        assert button in shipped_texts(template(key).schema)[language][f"{name}/definition"]


def test_words_that_only_look_alike_bring_nothing() -> None:
    document = json.loads(json.dumps(template("openai_moderation").document))
    document["questions"][0]["id"] = "found"
    assert shipped_texts(parse(document)) == {}
    document = {**template("openai_moderation").document, "language": "fr"}
    assert shipped_texts(parse(document)) == {}
