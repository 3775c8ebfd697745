"""Decisions on one's own tasks say the answers to every kind of question, as the list of one's last answers does."""

import pytest
from django.urls import reverse

from labeling.models import Task
from labeling.operations.projects import publish_schema
from labeling.queries.undo import UNDOABLE
from people.operations.settings import set_page_language
from tests.factories.labeling import add_tasks, answered, project_for
from tests.factories.schema_words import translated
from tests.factories.words import appeal_of

pytestmark = pytest.mark.django_db

KINDS = [
    {
        "id": "tone",
        "kind": "choice",
        "deciding": True,
        "options": [
            {"id": "kind", "name": "Kind", "severity": 0},
            {"id": "cross", "name": "Cross", "severity": 1},
        ],
    },
    {"id": "how", "kind": "rating", "points": [{"value": n, "text": f"Level {n}"} for n in (1, 2, 3)]},
    {"id": "kept", "kind": "constraint"},
    {"id": "where", "kind": "spans", "labels": [{"id": "insult", "name": "Insult"}]},
    {"id": "why", "kind": "rationale"},
]
GERMAN = {"tone/cross/name": "Barsch", "how/2": "Stufe 2"}
PLACES = ("labeling:undo", "labeling:decisions")


def asking(questions):
    return {"name": "Kinds", "version": 1, "questions": questions}


def says(tone="cross"):
    mark = {"block": 0, "start": 0, "end": 3, "label": "insult"}
    return {
        "tone": tone,
        "how": 2,
        "kept": "followed",
        "where": [mark],
        "why": {"text": "A secret thing."},
    }


def decided(project, answers, *people):
    """A task that they answered alike, so long ago that the first of them cannot change it."""
    (task,) = add_tasks(project, 1, severity=1, first_position=1)
    for one in people:
        answered(project, one, answers)
    add_tasks(project, UNDOABLE, severity=1, first_position=100)
    for _ in range(UNDOABLE):
        answered(project, people[0], answers)
    task.refresh_from_db()
    assert task.state == Task.State.DECIDED
    return task


@pytest.fixture
def kinds(team, lead):
    project = project_for(team, lead, schema=asking(KINDS))
    translated(project, lead, texts=GERMAN)
    return project


def test_every_kind_of_answer_is_said_in_the_words_of_the_reader(
    kinds, labeler, second_labeler, lead, browser_of
):
    task = decided(kinds, says(), labeler, second_labeler)
    set_page_language(person=labeler, language="de")
    german, english = browser_of(labeler), browser_of(lead)
    own = '<bdi lang="de">Barsch</bdi> · <bdi lang="de">Stufe 2</bdi> · Eingehalten · 1 Teil markiert'
    in_list = german.get(reverse("labeling:undo", args=[kinds.pk])).text
    assert own in in_list

    for address in (
        reverse("labeling:decisions", args=[kinds.pk]),
        reverse("labeling:appeal", args=[task.pk]),
    ):
        page = german.get(address).text
        assert page.count(own) == 2, address  # one's own answer and the decision
        assert "nichts davon" not in page
        assert "A secret thing." not in page
        assert page.count("3 Wörter geschrieben") == 1  # nobody decides about words of one's own

    appeal_of(task, labeler)
    page = english.get("/appeals/").text
    assert "Cross · Level 2 · Followed · 1 part marked" in page
    assert "none of these" not in page


def test_a_decision_is_said_under_the_version_that_it_was_made_under(
    kinds, labeler, second_labeler, lead, browser_of
):
    """The own answer was given under an older one, in which the same question was of another kind."""
    (task,) = add_tasks(kinds, 1, severity=1, first_position=1)
    answered(kinds, labeler, says())
    changed = [
        *KINDS[:2],
        {"id": "kept", "kind": "choice", "deciding": False, "options": KINDS[0]["options"]},
        *KINDS[3:],
    ]
    publish_schema(project=kinds, document=asking(changed), by=lead)
    answered(kinds, second_labeler, {**says(), "kept": "kind"})
    add_tasks(kinds, UNDOABLE, severity=1, first_position=100)
    for _ in range(UNDOABLE):
        answered(kinds, labeler, {**says(), "kept": "kind"})

    page = browser_of(labeler).get(reverse("labeling:appeal", args=[task.pk])).text

    assert "Cross · Level 2 · Followed · 1 part marked" in page
    assert "Cross · Level 2 · Kind · 1 part marked" in page


@pytest.mark.parametrize(("strategy", "waits"), [("two_plus_one", True), ("fixed_1", False)])
def test_who_has_none_yet_is_told_what_a_decision_waits_for(
    team, lead, labeler, browser_of, strategy: str, waits: bool
):
    project = project_for(team, lead, strategy=strategy)
    page = browser_of(labeler).get(reverse("labeling:decisions", args=[project.pk])).text
    assert "Your last ten answers can still be changed, so they are not listed here." in page
    assert ("A decision comes when others have answered the same task too." in page) is waits
