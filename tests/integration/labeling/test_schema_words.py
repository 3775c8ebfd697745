"""Translations of a schema's words: kept beside a version, read piece by piece, and no rule learns of them."""

from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from labeling.models import Annotation, LabelSchema, SchemaTranslation
from labeling.operations.draft import save_draft
from labeling.operations.errors import NoSchema, TranslationInvalid
from labeling.operations.projects import publish_schema
from labeling.operations.schema_words import translate_schema
from labeling.queries.schema_words import read_schema, read_schemas
from labeling.queries.workbench import live_card
from people.models import AuditEvent
from people.operations.settings import set_page_language
from people.tagged_text import TaggedText
from tests.factories.labeling import add_tasks, answered, claimed, project_for, rude, schema_document, shown
from tests.factories.schema_words import ARABIC, GERMAN, translated, words_in
from tests.factories.words import decided_task
from tests.integration.labeling.together import together
from wellbeing import interface
from wellbeing.queries.categories import own_categories

pytestmark = pytest.mark.django_db


def name_of_rude(project, language):
    schema = project.schemas.order_by("-version").first()
    category = read_schema(schema.pk, language=language).schema.category("rude")
    return category.name


def newer(project, by, **changed):
    """The next version; of its first category these fields are others."""
    document = schema_document()
    document["questions"][0]["categories"][0] |= changed
    return publish_schema(project=project, document=document, by=by)


def test_it_is_read_piece_by_piece_with_what_is_missing_said(project, lead):
    schema = project.schemas.get()
    none = read_schema(schema.pk, language="de")
    assert (none.missing, none.translated, none.is_original) == ("de", 0, True)
    assert none.schema.category("rude").name.language == "en"

    translated(project, lead, texts={"categories/rude/name": "Unhöflich"})
    some = read_schema(schema.pk, language="de-AT")
    assert (some.missing, some.translated, some.texts, some.is_whole) == ("", 1, 8, False)
    assert some.schema.category("rude").name == "Unhöflich"
    assert some.schema.category("threat").name == "Threat"

    translated(project, lead, is_reviewed=True)
    whole = read_schema(schema.pk, language="de")
    assert (whole.is_whole, whole.is_reviewed) == (True, True)


def test_readers_of_the_original_pay_nothing_and_get_it_without_marks(project, lead):
    translated(project, lead)
    schema = project.schemas.get()
    read_schema(schema.pk, language="de")
    with CaptureQueriesContext(connection) as asked:
        english = read_schema(schema.pk, language="en")
    assert len(asked) == 0
    assert not isinstance(english.schema.category("rude").name, TaggedText)
    with CaptureQueriesContext(connection) as asked:
        read_schemas([schema.pk], language="de")
    assert len(asked) == 1


def test_a_correction_is_the_next_revision_and_the_same_words_twice_are_one(project, lead):
    first = translated(project, lead)
    assert translated(project, lead).pk == first.pk
    second = translated(project, lead, texts={**GERMAN, "categories/rude/name": "Grob"})
    assert (first.revision, second.revision) == (1, 2)
    assert name_of_rude(project, "de") == "Grob"
    events = AuditEvent.objects.filter(action="labeling.schema_translated").order_by("pk")
    assert [event.details for event in events] == [
        {"version": 1, "language": "de", "revision": revision} for revision in (1, 2)
    ]


def test_a_project_without_a_schema_has_no_words(team, lead):
    project = project_for(team, lead, schema=None)
    with pytest.raises(NoSchema):
        translated(project, lead)


def test_a_revision_is_there_once_and_never_changes(project, lead):
    row = translated(project, lead)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        SchemaTranslation.objects.create(
            schema=row.schema, language="de", revision=1, texts={}, published_by=lead
        )
    assert refused.value.__cause__.diag.constraint_name == "labeling_schematranslation_once"
    with pytest.raises(DatabaseError), transaction.atomic():
        SchemaTranslation.objects.update(texts={})
    with pytest.raises(DatabaseError), transaction.atomic():
        SchemaTranslation.objects.all()._raw_delete("default")


@pytest.mark.django_db(transaction=True)
def test_the_trigger_refuses_even_the_owner(project, lead, owner_connection):
    translated(project, lead)
    for statement in ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"):
        with pytest.raises(Exception, match="is published and cannot be changed"):
            owner_connection.execute(statement.format("labeling_schematranslation"))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_leads_who_translate_and_publish_at_once_lose_nothing(project, lead, engineer):
    calls = [
        *[
            partial(translated, project, one, texts={**GERMAN, "categories/rude/name": name})
            for one, name in ((lead, "Grob"), (engineer, "Unhöflich"), (lead, "Rüde"))
        ],
        partial(newer, project, engineer, definition="Other words."),
        partial(translated, project, lead, language="ar", texts=ARABIC),
    ]

    outcomes = together(calls)

    lost = [one for one in outcomes if not isinstance(one, SchemaTranslation | LabelSchema)]
    # Whoever came after the new version had translated a text that it does not say any more.
    assert all(isinstance(one, TranslationInvalid) for one in lost), lost
    rows = SchemaTranslation.objects.filter(schema__version=1, language="de").order_by("revision")
    assert [row.revision for row in rows] == list(range(1, len(rows) + 1))
    for version in LabelSchema.objects.filter(project=project):
        read = read_schema(version.pk, language="de")
        assert read.schema.category("rude").name in {"Grob", "Unhöflich", "Rüde", "Rude"}


def test_a_new_version_keeps_what_it_says_in_the_same_words(project, lead, engineer):
    translated(project, lead, is_reviewed=True)
    second = newer(project, engineer, definition="Impolite words.")
    kept = second.translations.get()
    assert (kept.language, kept.revision, kept.published_by, kept.is_reviewed) == ("de", 1, lead, True)
    assert kept.texts == {name: text for name, text in GERMAN.items() if name != "categories/rude/definition"}
    first = project.schemas.get(version=1)
    assert read_schema(first.pk, language="de").is_whole


def test_a_translation_opens_no_version_no_consent_and_no_draft(project, lead, labeler, second_labeler):
    add_tasks(project, 2, severity=1)
    lease = shown(project, labeler).card
    save_draft(lease_id=lease.lease_id, by=labeler, answers=rude(2))
    translated(project, lead)

    held = live_card(person_id=labeler.pk)
    assert (held.schema_version, held.draft) == (1, rude(2))
    assert project.schemas.count() == 1
    assert interface.consent_of(labeler).stands
    assert interface.consent_of(second_labeler).stands
    answered(project, second_labeler, rude(2))
    assert Annotation.objects.get().answers == rude(2)


def test_pages_about_choices_and_consent_have_the_names_too(project, lead, labeler, engineer, team):
    translated(project, lead)
    assert {one.name for one in own_categories(labeler.pk, language="de")} >= {"Unhöflich", "Drohung"}
    assert {one.name for one in own_categories(labeler.pk, language="sw")} >= {"Rude", "Threat"}
    kinds = interface.consent_of(labeler, language="de").kinds
    assert [(kind.name, kind.definition) for kind in kinds] == [
        ("Drohung", "Kündigt Schaden an."),
        ("Unhöflich", "Unfreundliche Worte."),
    ]

    newer(project, engineer, name="Impolite", definition="Impolite words.")
    kinds = interface.kinds_for(team, language="de")
    assert [(kind.name, kind.definition) for kind in kinds] == [
        ("Drohung", "Kündigt Schaden an."),
        ("Impolite", "Impolite words."),
    ]


def test_another_project_cannot_translate_what_this_one_says(project, team, lead, labeler):
    other = project_for(team, lead)
    newer(other, lead, definition="Loud words.")
    with pytest.raises(TranslationInvalid):
        translated(other, lead, texts={"elsewhere/rude/name": "Grob"})
    translated(project, lead)  # the team's definition is that of the other project now
    kinds = {kind.code: kind.definition for kind in interface.kinds_for(team, language="de")}
    assert kinds == {"rude": "Loud words.", "threat": "Kündigt Schaden an."}


@pytest.fixture
def german(labeler, browser_of):
    """The labeler's browser, in German."""
    set_page_language(person=labeler, language="de")
    return browser_of(labeler)


def test_every_page_of_a_labeler_says_it_in_her_language(german, project, labeler, second_labeler, lead):
    translated(project, lead, texts={**GERMAN, "categories/rude/name": "Unhöflich & grob"})
    decided_task(project, labeler, second_labeler)
    add_tasks(project, 3, severity=1)
    answered(project, labeler, rude(1))
    german.post(reverse("labeling:claim", args=[project.pk]))
    bench = german.get(reverse("labeling:workbench", args=[project.pk])).text
    assert '<summary dir="auto" lang="de">Unhöflich &amp; grob</summary>' in bench
    assert '<p class="small" dir="auto" lang="de">Unfreundliche Worte.</p>' in bench
    german.post(reverse("labeling:reveal", args=[live_card(person_id=labeler.pk).lease_id]))
    form = german.get(reverse("labeling:workbench", args=[project.pk])).text
    assert '<span dir="auto" lang="de">Unhöflich &amp; grob</span>' in form
    assert 'data-category="Unhöflich &amp; grob"' in form  # no element inside an attribute
    for name in ("undo", "decisions"):
        page = german.get(reverse(f"labeling:{name}", args=[project.pk])).text
        assert '<bdi lang="de">Unhöflich &amp; grob</bdi>:' in page
        assert "Rude" not in page
    for address in ("/me/choices/", "/me/display/", "/first-days/"):
        page = german.get(address).text
        assert '<span dir="auto" lang="de">Unhöflich &amp; grob</span>' in page, address
        assert "Rude" not in page


def test_the_warning_card_names_the_category_as_it_is_written(german, project, labeler, lead):
    add_tasks(project, 1, severity=1, scores={"rude": 0.9}, language="de")
    labeler.languages = ["de", "en"]
    labeler.save()
    german.post(reverse("labeling:claim", args=[project.pk]))
    address = reverse("labeling:workbench", args=[project.pk])
    assert '<bdi lang="en">rude</bdi>' in german.get(address).text
    translated(project, lead)
    assert '<bdi lang="de">Unhöflich</bdi>' in german.get(address).text  # a noun keeps its capital


def test_the_form_says_how_far_it_is_translated_and_what_is_missing_in_it(german, project, labeler, lead):
    add_tasks(project, 1, severity=1)
    address = reverse("labeling:workbench", args=[project.pk])
    lines = german.get(address).context["translation_lines"]
    assert len(lines) == 1
    assert "Deutsch" in lines[0]
    translated(project, lead, texts={"categories/rude/name": "Unhöflich"})
    lines = german.get(address).context["translation_lines"]
    assert len(lines) == 2
    assert "English" in lines[0]
    translated(project, lead, is_reviewed=True)
    assert german.get(address).context["translation_lines"] == []

    lease = shown(project, labeler).card
    wrong = german.post(
        reverse("labeling:submit", args=[lease.lease_id]),
        {"category": "categories:rude"},
        headers={"HX-Request": "true"},
    )
    assert "Unhöflich" in wrong.text


def test_a_list_asks_once_for_all_its_rows(german, project, labeler, lead):
    translated(project, lead)
    address = reverse("labeling:undo", args=[project.pk])

    def statements():
        with CaptureQueriesContext(connection) as asked:
            assert german.get(address).status_code == 200
        return len(asked)

    add_tasks(project, 4, severity=1)
    answered(project, labeler, rude(1))
    statements()
    few = statements()
    for _ in range(3):
        answered(project, labeler, rude(1))
    assert statements() == few


def test_leads_keep_the_original(project, labeler, second_labeler, lead, browser_of):
    set_page_language(person=lead, language="de")
    translated(project, lead)
    page = browser_of(lead).get(reverse("labeling:schema", args=[project.pk])).text
    assert "Unfriendly words." in page
    assert "Unfreundliche Worte." not in page
    assert "Deutsch" in page


def test_a_lead_downloads_fills_in_and_publishes(project, lead, labeler, outsider, browser_of):
    leads = browser_of(lead)
    page = reverse("labeling:schema_translations", args=[project.pk])
    file = reverse("labeling:schema_translation_file", args=[project.pk])
    assert "No translation of this version yet" in leads.get(page).text
    given = leads.get(file, {"language": "de"})
    assert given["Content-Disposition"] == f'attachment; filename="{project.slug}-schema-1-de.json"'
    document = given.json()
    assert document["original"]["categories/rude/name"] == "Rude"
    assert set(document["texts"].values()) == {""}
    assert leads.get(file, {"language": "en"}).status_code == 404

    document["texts"] |= {"categories/rude/name": "Unhöflich"}
    sent = leads.post(page, {"document": str(document).replace("'", '"').replace("False", "false")})
    assert sent.status_code == 302
    text = leads.get(page).text
    assert "1 of 8 texts" in text
    assert leads.get(file, {"language": "de"}).json()["texts"]["categories/rude/name"] == "Unhöflich"
    for other, status in ((labeler, 403), (outsider, 403)):
        assert browser_of(other).post(page, {"document": "{}"}).status_code in {status, 404}


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ("{", "line 1"),
        ('{"language": "de", "texts": {"categories/rude/name": " "}}', "texts.categories/rude/name"),
        ('{"language": "de", "texts": {"\\ud800": "x"}}', "texts.?"),
        ('{"language": "tlh", "texts": {"categories/1": "x"}}', "language"),
    ],
)
def test_a_mistake_is_named_at_its_place_and_the_text_stays(project, lead, browser_of, document, place):
    page = reverse("labeling:schema_translations", args=[project.pk])
    answer = browser_of(lead).post(page, {"document": document})
    assert answer.status_code == 422
    assert f"<code>{place}</code>" in answer.text
    assert SchemaTranslation.objects.count() == 0


def test_who_starts_under_the_old_version_reads_its_words(german, project, labeler, lead, engineer):
    add_tasks(project, 1, severity=1)
    translated(project, lead)
    claimed(project, labeler)
    newer(project, engineer, name="Impolite")
    bench = german.get(reverse("labeling:workbench", args=[project.pk])).text
    assert "Unhöflich" in bench
    assert "Impolite" not in bench


def test_words_are_refused_with_every_mistake_at_once(project, lead):
    document = words_in("xx", {"a": "b", "categories/1": "\u202e"})
    with pytest.raises(TranslationInvalid) as refused:
        translate_schema(project=project, document=document, by=lead)
    assert {place for place, _ in refused.value.places} == {"language", "texts.a", "texts.categories/1"}
