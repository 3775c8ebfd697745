"""What the schema itself refuses, however somebody comes to write it."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F

from labeling.models import (
    Annotation,
    Guideline,
    Item,
    ItemProblem,
    LabelSchema,
    Lease,
    Place,
    Project,
    Release,
    ReleaseRow,
    Slot,
    Source,
    Stratum,
    Task,
)
from labeling.operations.projects import publish_guideline
from tests.factories.labeling import add_slots, add_tasks, answered, claimed, rude
from wellbeing import interface

pytestmark = pytest.mark.django_db


def refused_by(name, write, /, *args, **kwargs):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        write(*args, **kwargs)
    assert refused.value.__cause__.diag.constraint_name == name


def test_a_slots_number_is_given_once_per_task_and_at_most_five(project):
    (task,) = add_tasks(project, 1, slots=1)
    slot = Slot.objects.get(task=task)

    refused_by("labeling_slot_number_once", add_slots, [task], 1)
    for number in (0, 6):
        refused_by("labeling_slot_number_range", Slot.objects.filter(pk=slot.pk).update, number=number)


def test_a_slot_is_not_both_filled_and_withdrawn(project):
    add_tasks(project, 1)

    refused_by(
        "labeling_slot_filled_or_withdrawn",
        Slot.objects.update,
        filled_at=interface.now(),
        withdrawn_at=interface.now(),
    )


def a_lease(project, labeler, **fields):
    card = claimed(project, labeler)
    lease = Lease.objects.filter(pk=card.lease_id).values(
        "slot_id", "task_id", "person_id", "claimed_at", "expires_at", "expected"
    )
    return Lease(**{**lease.get(), **fields})


def test_a_person_has_one_live_lease(project, labeler):
    add_tasks(project, 2)
    other = Slot.objects.order_by("-position", "number").first()
    second = a_lease(project, labeler, slot_id=other.pk, task_id=other.task_id)

    refused_by("labeling_lease_one_live_per_person", second.save)


def test_a_slot_has_one_live_lease(project, labeler, second_labeler):
    add_tasks(project, 1)
    second = a_lease(project, labeler, person_id=second_labeler.pk)

    refused_by("labeling_lease_one_live_per_slot", second.save)


def test_a_lease_that_ended_says_how_and_one_that_did_not_does_not(project, labeler):
    add_tasks(project, 1)
    claimed(project, labeler)

    refused_by("labeling_lease_ended_has_outcome", Lease.objects.update, ended_at=interface.now())
    refused_by("labeling_lease_ended_has_outcome", Lease.objects.update, outcome="skipped")
    refused_by("labeling_lease_expires_after_claim", Lease.objects.update, expires_at=F("claimed_at"))


def again(annotation_id, **fields):
    row = Annotation.objects.filter(pk=annotation_id).values().get()
    del row["id"], row["submitted_at"]
    return Annotation(**{**row, **fields})


def test_a_person_has_one_current_answer_per_task_and_a_slot_holds_one(project, labeler, second_labeler):
    add_tasks(project, 1)
    first = answered(project, labeler, rude()).annotation_id

    refused_by(
        "labeling_annotation_one_current_per_task_and_person", again(first, slot_id=None, revision=2).save
    )
    refused_by(
        "labeling_annotation_one_current_per_slot",
        again(first, person_id=second_labeler.pk, revision=2).save,
    )
    refused_by("labeling_annotation_revision_once", again(first, superseded_at=interface.now()).save)


@pytest.mark.parametrize(
    ("model", "name", "fields"),
    [
        (Annotation, "labeling_annotation_verdict_range", {"verdict": 5}),
        (Annotation, "labeling_annotation_share_range", {"disclosed_share": 1001}),
        (Item, "labeling_item_severity_range", {"severity": 5}),
        (Item, "labeling_item_kind_known", {"kind": "song"}),
        (Project, "labeling_project_status_known", {"status": "gone"}),
        (Project, "labeling_project_lease_minutes_range", {"lease_minutes": 1}),
        (Source, "labeling_source_severity_range", {"expected_severity": 5, "basis": "find"}),
        (Source, "labeling_source_expectation_has_basis", {"expected_severity": 3}),
        (Stratum, "labeling_stratum_declared_range", {"declared": -2}),
        (Task, "labeling_task_decided_has_time", {"state": "decided"}),
    ],
)
def test_a_value_outside_its_range_is_refused(project, labeler, model, name, fields):
    add_tasks(project, 1)
    answered(project, labeler, rude())

    refused_by(name, model.objects.update, **fields)


def test_each_thing_is_there_once(project, labeler):
    (task,) = add_tasks(project, 1)
    answered(project, labeler)
    ItemProblem.objects.create(task=task, person=labeler, kind="other")

    refused_by(
        "labeling_itemproblem_once", ItemProblem.objects.create, task=task, person=labeler, kind="garbled"
    )
    refused_by(
        "labeling_place_one_per_stratum",
        Place.objects.create,
        person=labeler,
        stratum=task.stratum,
        position=1,
    )
    stratum = {"project": project, "source": task.stratum.source, "declared": 2, "language": "en"}
    refused_by("labeling_stratum_once", Stratum.objects.create, **stratum, categories=[])
    refused_by("labeling_source_name_once", Source.objects.create, project=project, name="forum")


def test_published_rows_cannot_be_changed(project, lead):
    (task,) = add_tasks(project, 1)
    publish_guideline(project=project, body="Be fair.", by=lead)
    release = Release.objects.create(project=project, number=1, seed=1, pseudonym_key="k", created_by=lead)
    ReleaseRow.objects.create(release=release, task=task, external_id="item-1", state="decided", final={})

    for model, change in (
        (LabelSchema, {"version": 9}),
        (Guideline, {"body": "Be unfair."}),
        (ReleaseRow, {"final": {"other": 1}}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all()._raw_delete("default")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", ["labeling_labelschema", "labeling_guideline", "labeling_releaserow"])
def test_the_trigger_refuses_even_the_owner(project, lead, owner_connection, table):
    publish_guideline(project=project, body="Be fair.", by=lead)
    (task,) = add_tasks(project, 1)
    release = Release.objects.create(project=project, number=1, seed=1, pseudonym_key="k", created_by=lead)
    ReleaseRow.objects.create(release=release, task=task, external_id="item-1", state="decided", final={})

    for statement in ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"):
        with pytest.raises(Exception, match="is published and cannot be changed"):
            owner_connection.execute(statement.format(table))
