"""A closed card speaks of what it covers: a picture has no worst words, and two completions are no single text."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from labeling.domain.lexicon import bundled
from labeling.models import Lease, Project
from labeling.operations.reveal import reveal
from people.operations.settings import set_page_language
from tests.factories.labeling import add_tasks, claimed
from tests.factories.pictures import add_picture
from wellbeing.interface import DECIDE_MS, FirstPicture, FirstText, choose_display

pytestmark = pytest.mark.django_db

MASKED, PARTS, FULL = FirstText
LOW, WHOLE = FirstPicture
OF_WORDS = ("words", "text", "read")


@pytest.fixture
def me(labeler):
    client = Client()
    client.force_login(labeler)
    return client


def card(me, project):
    page = me.get(reverse("labeling:workbench", args=[project.pk])).content.decode()
    return page.partition('<article id="stimulus"')[2].partition('<div class="row small ways-out">')[0]


@pytest.mark.parametrize(
    ("text", "picture", "keeps_grey", "said", "buttons"),
    [
        (MASKED, LOW, True, "The picture comes small and grey until you ask for more.", ["Show, small and grey", "Show all"]),
        (FULL, LOW, False, "The picture comes small and grey until you ask for more.", ["Show, small and grey", "Show all"]),
        (MASKED, WHOLE, True, "The picture comes grey until you ask for its colours.", ["Show all, grey", "Show, small and grey"]),
        (MASKED, WHOLE, False, "Time to look at it: 10 seconds, and 20 seconds more to decide.", ["Show all", "Show, small and grey"]),
    ],
)  # fmt: skip
def test_a_picture_alone_has_no_words(me, project, labeler, text, picture, keeps_grey, said, buttons):
    choose_display(person_id=labeler.pk, text=text, picture=picture, keeps_grey=keeps_grey)
    add_picture(project)
    claimed(project, labeler)

    found = card(me, project)

    assert said in found
    assert [found.count(f">{button} ") for button in buttons] == [1, 1]
    assert found.index(f">{buttons[0]} ") < found.index(f">{buttons[1]} ")
    said_of_it = found.partition('class="closed-words"')[2].partition("<form")[0]
    assert [word for word in OF_WORDS if word in said_of_it.partition('class="small basis"')[0]] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (4, "Time to read: 10 seconds, and 20 seconds more to decide."),
        (60, "Time to read: 30 seconds, and 20 seconds more to decide."),
        (240, "Time to read: 2 minutes in 3 parts, and 20 seconds more to decide."),
    ],
)
def test_a_card_counts_the_time_to_decide_to_that_of_reading(me, project, labeler, words, said):
    """Together they are what it stays open for, once all of it was asked for."""
    add_tasks(project, body={"text": "Tea. " * words})
    lease_id = claimed(project, labeler).lease_id

    assert said in card(me, project)

    minutes = {"10 seconds": 10, "30 seconds": 30, "2 minutes": 120}
    reading = next(seconds for time, seconds in minutes.items() if f": {time}" in said)
    opened = reveal(lease_id=lease_id, by=labeler, show="full")
    assert reading + DECIDE_MS // 1000 - opened.view.seconds_left in (0, 1)


def test_what_is_written_beside_a_picture_comes_first(me, project, labeler):
    add_picture(project, caption="A bowl of fruit, drawn in a hurry.")
    claimed(project, labeler)

    found = card(me, project)
    assert "What is written comes first, its worst words hidden. Then comes the picture." in found
    assert ">Show, words hidden " in found

    choose_display(person_id=labeler.pk, text=PARTS, picture=LOW)
    assert "What is written comes first. Then comes the picture." in card(me, project)
    shown = me.post(reverse("labeling:reveal", args=[Lease.objects.get().pk]), {"show": "own"})
    assert ">Show the picture " in shown.content.decode()


@pytest.mark.parametrize(
    ("full_view", "severity", "is_said"),
    [("never", 1, False), ("up_to_moderate", 2, True), ("up_to_moderate", 3, False), ("always", 3, True)],
)
def test_a_card_says_first_that_all_of_it_is_wanted(me, project, labeler, full_view, severity, is_said):
    Project.objects.filter(pk=project.pk).update(full_view=full_view)
    add_tasks(project, severity=severity)
    claimed(project, labeler)

    said = "This project asks you to see all of it before you answer."
    assert (said in card(me, project)) is is_said


def test_hidden_words_are_named_in_the_readers_language(me, project, labeler, monkeypatch):
    words = bundled().with_words("self_harm", ["turnip"])
    monkeypatch.setattr("labeling.queries.content.bundled", lambda: words)
    set_page_language(person=labeler, language="fr")
    add_tasks(project, 1, body={"text": "You old turnip."})
    lease_id = claimed(project, labeler).lease_id

    page = me.post(reverse("labeling:reveal", args=[lease_id]), {"show": "masked"}).content.decode()

    assert "un mot caché, automutilation" in page
    assert "1 mot caché\N{NO-BREAK SPACE}: automutilation" in page


@pytest.mark.parametrize(
    ("text", "line", "button"),
    [
        ("You old turnip.", "1 word hidden: self-harm", "Show it"),
        ("You turnip, you turnip.", "2 words hidden: self-harm", "Show them"),
    ],
)
def test_the_button_beside_hidden_words_counts_them_too(
    me, project, labeler, monkeypatch, text, line, button
):
    words = bundled().with_words("self_harm", ["turnip"])
    monkeypatch.setattr("labeling.queries.content.bundled", lambda: words)
    add_tasks(project, 1, body={"text": text})
    lease_id = claimed(project, labeler).lease_id

    page = me.post(reverse("labeling:reveal", args=[lease_id]), {"show": "masked"}).text

    beside = page.partition(f"<span>{line}</span>")[2].partition("</form>")[0]
    assert re.search(r'value="words"[^>]*>(.*?) <kbd', beside)[1] == button


@pytest.mark.parametrize(
    ("completions", "said"), [(["Yes."], "prompt and reply, a few words"), (["Yes.", "No."], "prompt and 2 replies, a few words")]
)  # fmt: skip
def test_a_card_counts_what_stands_side_by_side(me, project, labeler, completions, said):
    add_tasks(project, 1, kind="pair", body={"prompt": "Is it late?", "completions": completions})
    claimed(project, labeler)

    found = card(me, project)

    assert said in found
    assert "The worst words stay hidden until you ask for them." in found


def test_usual_names_of_blocks_are_said_in_the_readers_language(me, project, labeler):
    """Those of the data's own stay as they are."""
    set_page_language(person=labeler, language="de")
    roles = ("system", "user", "tool", "assistant", "ana")
    context = {"use_case": "Ferry", "system_prompt": "Be brief.", "weather": "Rain."}
    messages = [{"role": role, "content": "The boat is late."} for role in roles]
    add_tasks(project, 1, body={"messages": messages, "context": context}, kind="conversation")
    lease = claimed(project, labeler)

    page = me.post(reverse("labeling:reveal", args=[lease.lease_id]), {"show": "full"}).content.decode()

    found = re.findall(r'<div class="turn [a-z ]*"><b>([^<]*)</b>', page)
    of_context = ["Zusammenhang · Weather", "Zusammenhang · Einsatzort", "Zusammenhang · Systemvorgabe"]
    assert found == [*of_context, "System", "Mensch", "Werkzeug", "Assistent", "Ana"]
