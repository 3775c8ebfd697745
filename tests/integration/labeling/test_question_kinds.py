"""Kinds of questions against the database: counted completions, drafts that end with their lease, undo without scripts."""

from importlib import import_module

import pytest
from django.db import connection
from django.urls import reverse

from labeling.models import Annotation, Item, Lease
from labeling.operations.draft import save_draft
from labeling.operations.skip import report_problem
from tests.factories.labeling import add_tasks, project_for, shown

pytestmark = pytest.mark.django_db(transaction=True)

PAIR = {"prompt": "Well?", "completions": ["You old turnip.", "Hello there."]}


def test_completions_of_items_from_before_are_counted(project):
    add_tasks(project, body=PAIR, kind="pair")
    add_tasks(project, body={"prompt": "Well?", "completion": "Yes."}, kind="pair")
    add_tasks(project)
    Item.objects.update(completions=0)
    migration = import_module("labeling.migrations.0015_count_completions")

    with connection.schema_editor() as editor:
        migration.count(None, editor)

    assert list(Item.objects.order_by("pk").values_list("completions", flat=True)) == [2, 1, 0]


def test_a_draft_ends_with_a_report(project, labeler):
    add_tasks(project)
    lease_id = shown(project, labeler).card.lease_id
    save_draft(lease_id=lease_id, by=labeler, answers={"because": {"text": "He said turnip."}})

    report_problem(lease_id=lease_id, by=labeler, kind="garbled")

    assert Lease.objects.get(pk=lease_id).draft == {}


def test_own_words_and_marks_without_scripts_and_taken_up_again(browser_of, team, lead, labeler):
    questions = [
        {"id": "kept", "kind": "constraint"},
        {"id": "marks", "kind": "spans", "labels": [{"id": "insult", "name": "Insult"}]},
        {"id": "because", "kind": "rationale", "when": {"question": "kept", "is": "ignored"}},
    ]
    project = project_for(team, lead, schema={"name": "Test", "version": 1, "questions": questions})
    add_tasks(project, body=PAIR, kind="pair")
    me, lease = browser_of(labeler), shown(project, labeler).card.lease_id
    form = {
        "choice:kept": "ignored",
        "span-block:marks": "2",
        "span-first:marks": "3",
        "span-last:marks": "3",
        "span-label:marks": "insult",
        "text:because": "He said turnip.",
    }
    assert "Give" not in me.post(reverse("labeling:submit", args=[lease]), form).content.decode()
    first = Annotation.objects.get()
    mark = {"block": 1, "start": 8, "end": 15, "label": "insult"}
    assert first.answers == {"kept": "ignored", "marks": [mark], "because": {"text": "He said turnip."}}

    listed = me.get(reverse("labeling:undo", args=[project.pk])).content.decode()
    page = me.get(reverse("labeling:revise", args=[first.pk])).content.decode()
    assert "3 words written" in listed
    assert "turnip" not in listed + page
    refused = me.post(reverse("labeling:revise", args=[first.pk]), {"keep": "because"})
    assert refused.status_code == 422
    assert "turnip" not in refused.content.decode()
    same = {"choice:kept": "ignored", "span:marks": "c:1:8:15:insult", "keep": "because"}
    assert me.post(reverse("labeling:revise", args=[first.pk]), same).status_code == 302
    assert Annotation.objects.count() == 1

    other = {"choice:kept": "followed", "keep": "because"}
    assert me.post(reverse("labeling:revise", args=[first.pk]), other).status_code == 302
    assert Annotation.objects.get(superseded_at=None).answers == {"kept": "followed", "marks": []}
