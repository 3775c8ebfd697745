"""Guideline, glossary, questions and appeals as pages: whose they are, and that nothing hidden is on them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from labeling.models import TaskQuestion
from labeling.operations.guidelines import publish_translation
from labeling.operations.projects import publish_guideline, publish_schema
from labeling.operations.questions import reply_to_question
from labeling.queries.guidelines import guideline_in
from tests.factories.labeling import MILD, add_tasks, claimed, project_for, schema_document, shown
from tests.factories.words import (
    EXAMPLE,
    WORD,
    decided_task,
    example_of,
    masked_term_of,
    question_of,
)
from wellbeing.models import ExposureView

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
GUIDELINE = "Be kind.\n\n## Rude\n\n- a *sneer* is rude\n\n## Threat\n\nA threat announces harm. <b>No</b>"


@pytest.fixture
def project(team, lead):
    project = project_for(team, lead, name="Match reports", guideline=GUIDELINE)
    add_tasks(project, 3)
    return project


@pytest.fixture
def page(project, labeler, browser_of):
    """`page("glossary")`: the labeler's page about the project, as text."""
    client = browser_of(labeler)

    def get(name, *args, htmx=False, **query):
        address = reverse(f"labeling:{name}", args=args or [project.pk])
        return client.get(address, query, headers=HTMX if htmx else {}).text

    page = get
    page.client = client
    return page


def test_the_guideline_is_structured_escaped_and_searched(page, project):
    text = page("guideline")
    assert "<li><p>a <em>sneer</em> is rude</p></li>".replace(" ", "") in "".join(text.split())
    assert "&lt;b&gt;No&lt;/b&gt;" in text
    found = page("guideline", q="ANNOUNCES")
    assert "One place found" in found
    assert "<mark>" in found
    assert 'href="#part-threat"' in found
    assert "0 places found" in page("guideline", q="zebra")


def test_what_is_what_points_at_its_place_in_the_drawer_and_on_the_page(page, project):
    beside = page("guideline", category="threat", htmx=True)
    assert '<section id="part-threat" tabindex="-1" data-focus data-scroll>' in beside
    assert "<html" not in beside
    address = reverse("labeling:guideline", args=[project.pk])
    answer = page.client.get(address, {"category": "threat"})
    assert (answer.status_code, answer["Location"]) == (302, f"{address}#part-threat")
    assert page.client.get(address, {"category": "nothing"}).status_code == 200
    assert f"{address}?category=threat" in page("workbench")


def test_a_reader_gets_their_language_or_is_told_and_offered_the_older_text(page, project, lead):
    first = project.guidelines.get()
    publish_translation(guideline=first, language="sw", body="Kuwa mpole.", by=lead)
    assert "Kuwa mpole." in page("guideline", language="sw-KE")
    assert "Be kind." in page("guideline")

    second = publish_guideline(project=project, body="Be kinder.", by=lead)
    missing = page("guideline", language="sw")
    assert "Be kinder." in missing
    assert "This version has no text in Kiswahili yet" in missing
    older = page("guideline", language="sw", older="1")
    assert "Kuwa mpole." in older
    assert "It is older" in older
    with translation.override("de"):
        assert guideline_in(second, language=translation.get_language()).missing == "de"
    never = page("guideline", language="de", older="1")
    assert "Be kinder." in never
    assert "older translation" not in never


def test_examples_and_words_are_absent_until_they_are_looked_at(page, project, lead):
    example, term = example_of(project, lead), masked_term_of(project, lead)
    assert EXAMPLE not in page("guideline")
    assert "It is aimed at somebody." in page("guideline")
    assert WORD not in page("glossary")

    look = reverse("labeling:example_look", args=[example.pk])
    beside = page.client.post(look, headers=HTMX)
    assert EXAMPLE in beside.text
    hide = beside["Respite-Shown"]
    assert beside["Cache-Control"] == "no-store"
    assert page.client.post(hide).status_code == 204
    plain = page.client.post(reverse("labeling:word_look", args=[term.pk]))
    assert WORD in plain.text
    assert plain["Refresh"].endswith(f"url={reverse('labeling:glossary', args=[project.pk])}")
    assert page.client.post(plain["Respite-Shown"], {"next": "https://example.org/"}).status_code == 204
    assert ExposureView.objects.filter(closed_at=None).count() == 0


def test_with_an_item_open_an_example_says_to_hide_it_first(page, project, lead, labeler):
    example = example_of(project, lead)
    shown(project, labeler)
    look = reverse("labeling:example_look", args=[example.pk])
    assert "hide the item first" in page.client.post(look, headers=HTMX).text
    assert page.client.post(look).status_code == 409
    assert ExposureView.objects.get().closed_at is None


def test_what_changed_stands_above_the_task_until_it_is_acknowledged(page, project, lead, labeler):
    page.client.post(reverse("labeling:claim", args=[project.pk]))
    assert "What changed" not in page("workbench")
    page.client.post(reverse("labeling:skip", args=[1_000_000]))

    publish_guideline(project=project, body=GUIDELINE.replace("a *sneer*", "a jibe"), by=lead)
    document = schema_document()
    document["questions"][0]["categories"][0]["definition"] = "Unkind words."
    publish_schema(project=project, document=document, by=lead)
    assert "What changed" not in page("workbench")  # the task that is held has the rules it was claimed under
    assert "A guideline has changed" in page.client.get("/").text
    held = claimed(project, labeler)
    page.client.post(reverse("labeling:skip", args=[held.lease_id]))

    above = page("workbench")
    assert 'id="rules-news"' in above
    assert "a jibe is rude" in above
    assert "Unkind words." in above
    assert (
        page.client.post(reverse("labeling:reveal", args=[claimed(project, labeler).lease_id])).status_code
        == 200
    )
    read = reverse("labeling:rules_read", args=[project.pk])
    assert page.client.post(read, {"versions": "x"}).status_code == 404
    assert page.client.post(read, {"versions": "99999/2"}, headers=HTMX).text == ""
    assert 'id="rules-news"' not in page("workbench")
    assert "A guideline has changed" not in page.client.get("/").text
    everything = page("guideline_versions")
    assert everything.count("The first version.") == 2
    assert "<del>" in everything


def test_a_question_keeps_or_skips_the_task_and_the_reply_is_marked_until_read(
    page, project, lead, labeler, browser_of
):
    item = shown(project, labeler)
    ask = reverse("labeling:question", args=[item.card.lease_id])
    form = page.client.get(ask, headers=HTMX)
    assert "Please do not copy the words of the item" in form.text
    number = form.context["form"].initial.get("id") or form.context["form"]["id"].value()
    sent = page.client.post(ask, {"id": number, "text": "Is this one?", "then": "keep"}, headers=HTMX)
    assert "Your lead has your question" in sent.text
    assert ExposureView.objects.get().closed_at is None
    empty = page.client.post(ask, {"id": number, "text": " "}, headers=HTMX)
    assert empty.status_code == 422

    leads = browser_of(lead)
    waiting = leads.get("/questions/").text
    assert "Is this one?" in waiting
    assert "lena" in waiting
    assert MILD not in waiting
    question = TaskQuestion.objects.get()
    leads.post(reverse("labeling:question_reply", args=[question.pk]), {"text": "Yes, it is."})
    assert "No questions" in leads.get("/questions/").text

    assert "News for you" in page("workbench")
    mine = page.client.get("/me/questions/").text
    assert "Yes, it is." in mine
    page.client.post("/me/questions/read/")
    assert "News for you" not in page("workbench")

    skipped = page.client.post(
        ask, {"id": "8b0d4f7e-0000-4000-8000-000000000001", "text": "And?", "then": "skip"}
    )
    assert skipped.status_code == 200
    assert claimed(project, labeler).task_id != item.card.task_id


def test_only_ones_own_questions_and_those_of_ones_teams(
    page, project, labeler, second_labeler, outsider, lead, browser_of
):
    asked = question_of(claimed(project, labeler).lease_id, labeler, "heliotrope")
    for other in (second_labeler, outsider):
        assert "heliotrope" not in browser_of(other).get("/me/questions/").text
    assert "heliotrope" not in browser_of(outsider).get("/questions/").text
    reply = reverse("labeling:question_reply", args=[asked.pk])
    assert browser_of(outsider).post(reply, {"text": "No."}).status_code == 404
    assert browser_of(second_labeler).get("/questions/").status_code == 403
    assert browser_of(lead).post(reply, {"text": ""}, follow=True).status_code == 200
    turned = browser_of(lead).post(reply, {"text": "Rude \u202eto her."}, follow=True)
    assert "turns the direction of writing" in turned.content.decode()
    reply_to_question(question_id=asked.pk, by=lead, text="marzipan")
    assert "marzipan" in page.client.get("/me/questions/").text


def test_an_appeal_goes_from_the_decision_to_its_outcome(
    page, project, labeler, second_labeler, lead, outsider, browser_of
):
    task = decided_task(project, labeler, second_labeler)
    home = page.client.get("/").text
    assert f'href="{reverse("labeling:decisions", args=[project.pk])}" data-key="A"' in home
    listed = page("decisions")
    assert reverse("labeling:appeal", args=[task.pk]) in listed
    assert "Rude: mild" in listed
    form = reverse("labeling:appeal", args=[task.pk])
    assert browser_of(second_labeler).get(form).status_code == 404
    assert browser_of(outsider).post(form, {"reason": "x"}).status_code == 404
    page.client.post(form, {"reason": "It is a joke."})
    assert "You doubted it" in page("decisions")

    leads = browser_of(lead)
    waiting = leads.get("/appeals/").text
    assert "It is a joke." in waiting
    assert "lena" not in waiting
    assert "No appeals" in browser_of(outsider).get("/appeals/").text
    answer = reverse("labeling:appeal_answer", args=[task.pk])
    leads.post(answer, {"outcome": "sideways"})
    leads.post(answer, {"outcome": "changed", "answer": "You are right."})
    mine = page.client.get("/me/questions/").text
    assert "You were heard: the decision should change" in mine
    assert "You are right." in mine
    assert "A decision that you doubted was looked at" in page.client.get("/").text


def test_a_lead_adds_translations_examples_and_terms(project, lead, labeler, browser_of, page):
    leads = browser_of(lead)
    extras = {
        name: reverse(f"labeling:{name}", args=[project.pk])
        for name in ("translations", "examples", "glossary")
    }
    assert leads.post(extras["translations"], {"language": "sw", "body": "Kuwa mpole."}).status_code == 302
    again = leads.post(extras["translations"], {"language": "sw", "body": "Kuwa mkali."})
    assert again.status_code == 422
    assert "A published text never changes" in again.text
    given = {"text": EXAMPLE, "kind": "edge", "category": "rude", "severity": "3", "note": "Close."}
    assert leads.post(extras["examples"], given).status_code == 302
    assert leads.post(extras["examples"], {**given, "text": ""}).status_code == 422
    assert EXAMPLE not in leads.get(extras["examples"]).text
    assert "A close call" in page("guideline")

    page.client.post(extras["glossary"], {"term": "word 1", "word": WORD, "meaning": "A loud person."})
    assert "a lead looks at it" in page("glossary")
    proposed = leads.get(extras["glossary"]).text
    assert "hidden word" in proposed
    assert WORD not in proposed
    term = project.terms.get()
    leads.post(reverse("labeling:term_decide", args=[term.pk]), {"accept": "yes"})
    leads.post(
        reverse("labeling:term_translate", args=[term.pk]), {"language": "sw", "meaning": "Mtu wa kelele."}
    )
    assert page.client.post(reverse("labeling:term_decide", args=[term.pk])).status_code == 403
    page.client.post(reverse("labeling:term_note", args=[term.pk]), {"text": "like the market"}, headers=HTMX)
    assert "like the market" in page("glossary", htmx=True)
    assert "like the market" not in leads.get(extras["glossary"]).text
    assert page.client.post(extras["glossary"], {"term": "word 1", "meaning": "Other."}).status_code == 422


def test_pages_of_questions_do_not_ask_more_with_more_rows(project, lead, labeler, browser_of):
    def statements() -> tuple[int, int]:
        found = []
        for one, address in ((labeler, "/me/questions/"), (lead, "/questions/")):
            client = browser_of(one)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            found.append(len(captured))
        return found[0], found[1]

    def ask() -> None:
        held = claimed(project, labeler).lease_id
        question_of(held, labeler)
        browser_of(labeler).post(reverse("labeling:skip", args=[held]))

    ask()
    before = statements()
    for _ in range(2):
        ask()
    assert statements() == before
