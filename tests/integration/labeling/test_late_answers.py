"""Answers that come late: never lost, and counted once."""

import pytest

from labeling.models import Annotation, FinalLabel, Lease, Slot
from labeling.operations.claim import claim
from labeling.operations.errors import (
    AlreadySubmitted,
)
from labeling.operations.outcomes import NothingToLabel
from labeling.operations.skip import release_lease
from labeling.operations.submit import submit
from tests.factories.labeling import (
    BENIGN,
    add_tasks,
    answered,
    claimed,
    rude,
    shown,
)
from tests.factories.people import person
from tests.factories.wellbeing import advance

pytestmark = pytest.mark.django_db


def test_a_late_answer_fills_its_own_slot_if_that_is_free(project, labeler):
    add_tasks(project, 1)
    card = shown(project, labeler).card
    advance(minutes=60)

    outcome = submit(lease_id=card.lease_id, by=labeler, answers=BENIGN)

    assert not outcome.is_extra
    assert Annotation.objects.get().slot_id == card.slot_id


def test_a_late_answer_takes_another_free_slot(project, labeler, second_labeler):
    add_tasks(project, 1, slots=2)
    card = shown(project, labeler).card
    spare = Slot.objects.exclude(pk=card.slot_id)
    spare.update(available_at="9999-01-01T00:00:00Z")  # two free slots of one task stand at the same place
    advance(minutes=16)
    other = claimed(project, second_labeler)
    spare.update(available_at="2026-01-01T00:00:00Z")

    outcome = submit(lease_id=card.lease_id, by=labeler, answers=BENIGN)

    assert other.slot_id == card.slot_id
    assert not outcome.is_extra
    assert Annotation.objects.get().slot_id == spare.get().pk


def test_a_late_answer_without_room_is_an_extra_and_counts_once(project, labeler, second_labeler, team):
    (task,) = add_tasks(project, 1)
    card = shown(project, labeler).card
    advance(minutes=16)
    answered(project, second_labeler, rude())
    third = claimed(project, person("third", "labeler", team))

    outcome = submit(lease_id=card.lease_id, by=labeler, answers=rude())

    assert outcome.is_extra
    assert outcome.decision == "decided"
    assert FinalLabel.objects.get(task=task).votes == 2
    assert Slot.objects.get(pk=third.slot_id).withdrawn_at is not None


def test_an_answer_to_a_task_decided_meanwhile_is_kept_and_counted(project, labeler, second_labeler, team):
    (task,) = add_tasks(project, 1, slots=3)
    card = shown(project, labeler).card
    third = person("third", "labeler", team)
    claimed(project, third)
    answered(project, second_labeler, rude())
    answered(project, third, rude())

    outcome = submit(lease_id=card.lease_id, by=labeler, answers=BENIGN)

    assert outcome.is_extra
    assert outcome.decision == "decided"
    label = FinalLabel.objects.get(task=task)
    assert (label.votes, label.answers) == (3, rude())


def test_an_answer_after_signing_out_is_taken(project, labeler):
    add_tasks(project, 1)
    card = shown(project, labeler).card
    release_lease(by=labeler)

    assert not submit(lease_id=card.lease_id, by=labeler, answers=BENIGN).is_extra


def test_an_answer_ends_a_newer_lease_of_the_same_task(project, labeler):
    add_tasks(project, 1)
    first = shown(project, labeler).card
    advance(minutes=16)
    second = shown(project, labeler).card

    submit(lease_id=first.lease_id, by=labeler, answers=BENIGN)

    assert second.task_id == first.task_id
    assert Lease.objects.get(pk=second.lease_id).outcome == Lease.Outcome.RELEASED
    assert isinstance(claim(project=project, by=labeler), NothingToLabel)
    with pytest.raises(AlreadySubmitted):
        submit(lease_id=second.lease_id, by=labeler, answers=rude())
