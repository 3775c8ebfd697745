"""A lease keeps the schema and guideline that were in force when it was claimed, whatever is published after it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from labeling.models import Annotation, FinalLabel, Lease, Project, Slot
from labeling.operations.errors import AnswersInvalid
from labeling.operations.projects import publish_guideline, publish_schema
from labeling.operations.revise import revise
from labeling.operations.submit import submit
from labeling.queries.workbench import lease_card, live_card
from people.models import User
from tests.factories.labeling import (
    BENIGN,
    MILD,
    add_tasks,
    answered,
    claimed,
    project_for,
    rude,
    schema_document,
    shown,
    threat,
)
from tests.factories.people import agree_everybody, person
from tests.factories.wellbeing import advance

pytestmark = pytest.mark.django_db


def with_spam(*, without: str = "") -> dict[str, Any]:
    """The next version: one category more, and perhaps one less."""
    document = schema_document()
    categories = document["questions"][0]["categories"]
    categories.append({"id": "spam", "name": "Spam", "key": "s", "definition": "Adverts."})
    document["questions"][0]["categories"] = [each for each in categories if each["id"] != without]
    return document


def spam(severity: int = 1) -> dict[str, dict[str, int]]:
    return {"categories": {"spam": severity}}


def test_an_answer_fits_and_keeps_the_versions_of_its_claim(team, lead, labeler):
    project = project_for(team, lead, guideline="Be fair.")
    add_tasks(project, 1)
    card = shown(project, labeler).card
    publish_schema(project=project, document=with_spam(without="rude"), by=lead)
    agree_everybody()
    publish_guideline(project=project, body="Be fairer.", by=lead)

    with pytest.raises(AnswersInvalid):
        submit(lease_id=card.lease_id, by=labeler, answers=spam())
    outcome = submit(lease_id=card.lease_id, by=labeler, answers=rude())

    annotation = Annotation.objects.get(pk=outcome.annotation_id)
    assert (annotation.schema.version, annotation.guideline.version) == (1, 1)
    assert annotation.answers == rude()


def test_the_next_claim_is_under_the_new_versions(project, labeler, lead):
    add_tasks(project, 2)
    before = claimed(project, labeler)
    publish_schema(project=project, document=with_spam(), by=lead)
    agree_everybody()
    publish_guideline(project=project, body="Be fair.", by=lead)

    again = claimed(project, labeler)
    submit(lease_id=shown(project, labeler).card.lease_id, by=labeler, answers=BENIGN)
    after = claimed(project, labeler)

    assert (before.schema_version, before.guideline_version) == (1, None)
    assert (again.lease_id, again.schema_id, again.guideline_id) == (before.lease_id, before.schema_id, None)
    assert (after.schema_version, after.guideline_version) == (2, 1)


def test_a_late_answer_is_under_the_old_version_too(project, labeler, lead):
    add_tasks(project, 1)
    card = shown(project, labeler).card
    publish_schema(project=project, document=with_spam(without="rude"), by=lead)
    agree_everybody()
    advance(minutes=60)

    outcome = submit(lease_id=card.lease_id, by=labeler, answers=rude())

    assert Annotation.objects.get(pk=outcome.annotation_id).schema_id == card.schema_id


def test_a_lease_from_before_versions_were_kept_goes_by_the_newest(project, labeler, lead):
    add_tasks(project, 1)
    lease_id = shown(project, labeler).card.lease_id
    Lease.objects.update(schema=None, guideline=None)
    schema = publish_schema(project=project, document=with_spam(), by=lead)
    agree_everybody()
    guideline = publish_guideline(project=project, body="Be fair.", by=lead)

    card = lease_card(lease_id=lease_id, person_id=labeler.pk)
    outcome = submit(lease_id=lease_id, by=labeler, answers=spam())

    annotation = Annotation.objects.get(pk=outcome.annotation_id)
    assert (card.schema_id, card.guideline_id) == (schema.pk, guideline.pk)
    assert (annotation.schema_id, annotation.guideline_id) == (schema.pk, guideline.pk)


def test_a_version_that_does_not_exist_cannot_be_kept(project, labeler):
    add_tasks(project, 1)
    claimed(project, labeler)

    for column in ("schema_id", "guideline_id"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE labeling_lease SET {column} = 0; SET CONSTRAINTS ALL IMMEDIATE"  # noqa: S608 - one of two
            )


@pytest.fixture
def two_versions(project: Project, labeler: User, second_labeler: User, lead: User) -> Callable[..., Any]:
    """One task: the first person under version 1, the second under version 2; returns the second outcome."""

    def answer(first: dict[str, Any], second: dict[str, Any], *, without: str = "") -> Any:
        add_tasks(project, 1)
        old = shown(project, labeler).card
        publish_schema(project=project, document=with_spam(without=without), by=lead)
        agree_everybody()
        new = shown(project, second_labeler).card
        submit(lease_id=new.lease_id, by=second_labeler, answers=second)
        return submit(lease_id=old.lease_id, by=labeler, answers=first)

    return answer


def test_the_newest_schema_among_the_answers_decides_whichever_comes_last(two_versions, project, team):
    outcome = two_versions(BENIGN, spam(3))
    third = answered(project, person("third", "labeler", team), spam(2))

    assert outcome.decision == "open"
    assert third.decision == "decided"
    label = FinalLabel.objects.get()
    assert label.answers == spam(3)
    assert label.soft == {"categories": {"rude": 0.0, "threat": 0.0, "spam": 1.0}}


def test_a_category_that_one_of_two_was_asked_about_makes_room_for_a_third(two_versions):
    assert two_versions(BENIGN, BENIGN).decision == "open"
    assert Slot.objects.filter(filled_at=None, withdrawn_at=None).count() == 1


def test_a_category_that_is_gone_does_not_break_the_decision(two_versions, project, team):
    outcome = two_versions(rude(2), threat(2), without="rude")
    third = answered(project, person("third", "labeler", team), threat(1))

    assert outcome.decision == "open"
    assert third.decision == "decided"
    label = FinalLabel.objects.get()
    assert label.answers == threat(2)
    assert set(label.soft["categories"]) == {"threat", "spam"}


def test_a_revision_keeps_its_version_and_the_newest_decides(two_versions, project, team, labeler):
    two_versions(BENIGN, spam(2))
    answered(project, person("third", "labeler", team), spam(2))
    mine = Annotation.objects.get(person=labeler)

    with pytest.raises(AnswersInvalid):
        revise(annotation_id=mine.pk, by=labeler, answers=spam())
    outcome = revise(annotation_id=mine.pk, by=labeler, answers=rude())

    assert Annotation.objects.get(pk=outcome.annotation_id).schema_id == mine.schema_id
    assert outcome.decision == "decided"
    assert FinalLabel.objects.get().answers == spam(2)


def test_the_open_page_stays_valid(
    project: Project, labeler: User, lead: User, browser_of: Callable[[User], Client]
) -> None:
    publish_guideline(project=project, body="The first guideline.", by=lead)
    add_tasks(project, 2)
    me = browser_of(labeler)
    lease_id = shown(project, labeler).card.lease_id
    publish_schema(project=project, document=with_spam(without="rude"), by=lead)
    agree_everybody()
    publish_guideline(project=project, body="The second guideline.", by=lead)
    bench, guideline = (reverse(f"labeling:{name}", args=[project.pk]) for name in ("workbench", "guideline"))

    page = me.get(bench).content.decode()
    assert "categories:rude" in page
    assert "categories:spam" not in page
    assert "Whole guideline, version 1" in page
    assert "The first guideline." in me.get(guideline).content.decode()
    draft = me.post(reverse("labeling:draft", args=[lease_id]), {"category": "categories:rude"})
    assert draft.status_code == 204
    assert live_card(person_id=labeler.pk).draft["categories"].keys() == {"rude"}
    saved = me.post(
        reverse("labeling:submit", args=[lease_id]),
        {"category": "categories:rude", "severity:categories:rude": "2"},
    )
    assert MILD not in saved.content.decode()
    assert Annotation.objects.get().answers == rude(2)
    assert '<summary dir="auto">Spam</summary>' in me.get(bench).content.decode()
    assert "The second guideline." in me.get(guideline).content.decode()
