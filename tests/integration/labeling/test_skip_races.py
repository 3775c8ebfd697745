"""A skip and the answer that takes it back, when they and others meet. The order is made, not hoped for."""

from functools import partial

import pytest

from labeling.models import Annotation, Lease, Slot
from labeling.operations.claim import claim
from labeling.operations.outcomes import Ended, Submitted
from labeling.operations.skip import skip
from labeling.operations.submit import submit
from labeling.queries.workbench import LeaseCard
from tests.factories.labeling import add_tasks, rude, shown
from tests.integration.labeling.together import together
from tests.integration.overlapping import overlapping

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def card(project, labeler) -> LeaseCard:
    """The only place of a task, shown."""
    add_tasks(project, 1, slots=1)
    return shown(project, labeler).card


def counted(card: LeaseCard) -> tuple[int, int, str]:
    """Answers, filled places, and what became of the lease."""
    return (
        Annotation.objects.filter(task_id=card.task_id, superseded_at=None).count(),
        Slot.objects.filter(task_id=card.task_id).exclude(filled_at=None).count(),
        Lease.objects.get(pk=card.lease_id).outcome,
    )


def test_an_answer_that_meets_its_skip_is_stored(card, labeler):
    lease = {"lease_id": card.lease_id, "by": labeler}
    skipped, sent = overlapping(
        partial(skip, **lease, begun=rude()), partial(submit, **lease, answers=rude())
    )
    assert isinstance(skipped, Ended)
    assert isinstance(sent, Submitted), sent
    assert counted(card) == (1, 1, "submitted")


def test_a_skip_that_meets_its_answer_changes_nothing_and_says_so(card, labeler):
    lease = {"lease_id": card.lease_id, "by": labeler}
    _, skipped = overlapping(partial(submit, **lease, answers=rude()), partial(skip, **lease, begun=rude(2)))
    assert (skipped.outcome, skipped.begun) == ("submitted", False)
    assert counted(card) == (1, 1, "submitted")
    assert Lease.objects.get(pk=card.lease_id).draft == {}


def test_two_skips_at_once_both_lead_back(card, labeler):
    both = overlapping(*[partial(skip, lease_id=card.lease_id, by=labeler, begun=rude())] * 2)
    assert [(each.outcome, each.begun) for each in both] == [("skipped", True)] * 2


def test_taken_back_twice_at_once_it_is_one_answer(card, labeler):
    skip(lease_id=card.lease_id, by=labeler, begun=rude())
    send = partial(submit, lease_id=card.lease_id, by=labeler, answers=rude())
    first, second = overlapping(send, send)
    assert first.annotation_id == second.annotation_id
    assert (first.repeated, second.repeated) == (False, True)
    assert counted(card) == (1, 1, "submitted")


def test_taken_back_while_somebody_else_fills_the_place(card, project, labeler, second_labeler):
    skip(lease_id=card.lease_id, by=labeler, begun=rude())
    theirs = shown(project, second_labeler).card.lease_id
    answers = overlapping(
        partial(submit, lease_id=theirs, by=second_labeler, answers=rude()),
        partial(submit, lease_id=card.lease_id, by=labeler, answers=rude()),
    )
    assert [answer.is_extra for answer in answers] == [False, True]
    assert counted(card) == (2, 1, "submitted")


def test_taken_back_while_somebody_else_takes_the_place(card, project, labeler, second_labeler):
    skip(lease_id=card.lease_id, by=labeler, begun=rude())
    held, sent = overlapping(
        partial(claim, project=project, by=second_labeler),
        partial(submit, lease_id=card.lease_id, by=labeler, answers=rude()),
    )
    assert sent.is_extra
    assert counted(card) == (1, 0, "submitted")
    assert Lease.objects.get(pk=held.lease_id).ended_at is None


@pytest.mark.slow
def test_all_at_once_it_is_stored_once(card, project, labeler, second_labeler):
    lease = {"lease_id": card.lease_id, "by": labeler}
    skip(**lease, begun=rude())
    theirs = shown(project, second_labeler).card.lease_id
    outcomes = together(
        [
            *[partial(submit, **lease, answers=rude())] * 3,
            *[partial(skip, **lease, begun=rude(2))] * 2,
            partial(submit, lease_id=theirs, by=second_labeler, answers=rude()),
        ]
    )
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    # Who comes second decides whether there is a place for the other: their answer makes room for one more, ours,
    # being beside the place, does not. Either way both answers stand, and no place is left open.
    answers, filled, outcome = counted(card)
    assert (answers, outcome) == (2, "submitted")
    stored = Annotation.objects.filter(task_id=card.task_id)
    assert set(stored.values_list("person_id", flat=True)) == {labeler.pk, second_labeler.pk}
    assert stored.exclude(slot=None).values("slot").distinct().count() == filled
    assert not Slot.objects.filter(task_id=card.task_id, filled_at=None, withdrawn_at=None).exists()
