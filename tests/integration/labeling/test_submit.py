"""An answer: what is stored, what it decides, and what it makes room for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from labeling.models import Annotation, FinalLabel, Lease, Project, Slot, Source
from labeling.operations.errors import (
    AlreadySubmitted,
    AnswersInvalid,
    FullViewWanted,
    LeaseEnded,
    NotRevealed,
    NotYours,
)
from labeling.operations.projects import publish_guideline, publish_schema
from labeling.operations.reveal import conceal, reveal, step
from labeling.operations.skip import skip
from labeling.operations.submit import submit
from tests.factories.labeling import (
    BENIGN,
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
from tests.factories.wellbeing import advance, fill, sql
from tests.integration.labeling.conftest import of_three_kinds
from tests.integration.labeling.test_claim import statements
from tests.integration.labeling.test_reveal import LONG
from wellbeing import interface
from wellbeing.models import ExposureView, TopUpDue

pytestmark = pytest.mark.django_db


def test_submit_stores_the_answer_and_settles_the_view(project, labeler):
    (task,) = add_tasks(project, 1)
    card = shown(project, labeler).card

    outcome = submit(lease_id=card.lease_id, by=labeler, answers=rude(3))

    annotation = Annotation.objects.get(pk=outcome.annotation_id)
    assert outcome.decision == "open"
    assert (annotation.task_id, annotation.slot_id, annotation.person_id) == (
        task.pk,
        card.slot_id,
        labeler.pk,
    )
    assert annotation.answers == rude(3)
    assert annotation.verdict == 3
    assert annotation.disclosed_share == 1000
    assert annotation.seen == Annotation.Seen.MASKED
    assert Slot.objects.get(pk=card.slot_id).filled_at is not None
    assert Lease.objects.get(pk=card.lease_id).outcome == Lease.Outcome.SUBMITTED
    assert ExposureView.objects.get(occasion=card.occasion).charged_severity == 3


def test_an_answer_is_kept_with_the_versions_in_force(project, labeler, lead):
    add_tasks(project, 1)
    schema = publish_schema(project=project, document=schema_document() | {"name": "Next"}, by=lead)
    agree_everybody()
    guideline = publish_guideline(project=project, body="Be fair.", by=lead)

    outcome = answered(project, labeler)

    annotation = Annotation.objects.get(pk=outcome.annotation_id)
    assert (annotation.schema_id, annotation.guideline_id) == (schema.pk, guideline.pk)


def test_submit_notes_how_much_had_been_seen(project, labeler):
    add_tasks(project, 2, body=LONG)
    part = answered(project, labeler)
    lease_id = shown(project, labeler).card.lease_id
    step(lease_id=lease_id, by=labeler, to="full")
    whole = submit(lease_id=lease_id, by=labeler, answers=BENIGN)

    seen = {row.pk: (row.seen, row.disclosed_share) for row in Annotation.objects.all()}
    assert seen[part.annotation_id][0] == Annotation.Seen.PARTIAL
    assert seen[part.annotation_id][1] < 1000
    assert seen[whole.annotation_id] == (Annotation.Seen.FULL, 1000)


def test_submit_again_returns_the_first_outcome(project, labeler):
    add_tasks(project, 1)
    card = shown(project, labeler).card
    first = submit(lease_id=card.lease_id, by=labeler, answers=rude())

    again = submit(lease_id=card.lease_id, by=labeler, answers=rude())

    assert again.annotation_id == first.annotation_id
    assert again.repeated
    assert Annotation.objects.count() == 1


def test_submit_again_returns_it_although_the_project_wants_more_by_then(project, labeler):
    add_tasks(project, 1, body=LONG)
    first = answered(project, labeler)
    Project.objects.filter(pk=project.pk).update(full_view=Project.FullView.ALWAYS)

    again = submit(lease_id=Lease.objects.get().pk, by=labeler, answers=Annotation.objects.get().answers)

    assert (again.annotation_id, again.repeated) == (first.annotation_id, True)


def spend_today(labeler):
    fill(labeler, points_charged=120_000)


def spend_what_a_closed_view_needs(labeler):
    conceal(lease_id=Lease.objects.get().pk, by=labeler)
    spend_today(labeler)


def owe_a_break(labeler):
    conceal(lease_id=Lease.objects.get().pk, by=labeler)
    sql(
        "UPDATE dosimeter SET stretch_started_at = respite_now() - interval '51 min' WHERE person_id = %s",
        labeler.pk,
    )


def run_out(labeler):
    advance(minutes=30)


def leave(labeler):
    labeler.memberships.all().delete()


def refuse_what_it_is_about(labeler):
    conceal(lease_id=Lease.objects.get().pk, by=labeler)
    interface.choose_category(person_id=labeler.pk, category="rude", refused=True)


@pytest.mark.parametrize(
    "what_happens",
    [spend_today, spend_what_a_closed_view_needs, owe_a_break, run_out, leave, refuse_what_it_is_about],
)
def test_an_answer_is_taken_when_the_rest_cannot_be_shown_any_more(project, labeler, what_happens):
    """Also where the project wants all of it: the answer can always be given, and says how much was seen."""
    Project.objects.filter(pk=project.pk).update(full_view=Project.FullView.ALWAYS)
    add_tasks(project, 1, body=LONG, scores={"rude": 0.9})
    lease_id = shown(project, labeler).card.lease_id
    with pytest.raises(FullViewWanted):
        submit(lease_id=lease_id, by=labeler, answers=BENIGN)
    assert not Annotation.objects.exists()

    what_happens(labeler)

    submit(lease_id=lease_id, by=labeler, answers=BENIGN)
    assert Annotation.objects.get().seen == Annotation.Seen.PARTIAL


def test_an_answer_waits_for_the_rest_that_can_be_shown_again(project, labeler):
    Project.objects.filter(pk=project.pk).update(full_view=Project.FullView.ALWAYS)
    add_tasks(project, 1, body=LONG)
    lease_id = shown(project, labeler).card.lease_id
    conceal(lease_id=lease_id, by=labeler)

    with pytest.raises(FullViewWanted):
        submit(lease_id=lease_id, by=labeler, answers=BENIGN)

    reveal(lease_id=lease_id, by=labeler, show="full")
    submit(lease_id=lease_id, by=labeler, answers=BENIGN)
    assert Annotation.objects.get().seen == Annotation.Seen.FULL


def test_submit_of_another_answer_afterwards_is_refused(project, labeler):
    add_tasks(project, 1)
    card = shown(project, labeler).card
    submit(lease_id=card.lease_id, by=labeler, answers=rude())

    with pytest.raises(AlreadySubmitted):
        submit(lease_id=card.lease_id, by=labeler, answers=threat())

    assert Annotation.objects.get().answers == rude()


def test_submit_without_a_reveal_is_refused(project, labeler):
    add_tasks(project, 1)

    with pytest.raises(NotRevealed):
        submit(lease_id=claimed(project, labeler).lease_id, by=labeler, answers=BENIGN)

    assert not Annotation.objects.exists()


def test_submit_of_somebody_elses_lease_does_not_exist(project, labeler, outsider):
    add_tasks(project, 1)
    card = shown(project, labeler).card

    with pytest.raises(NotYours):
        submit(lease_id=card.lease_id, by=outsider, answers=BENIGN)


def test_submit_says_every_place_that_does_not_fit(project, labeler):
    add_tasks(project, 1)
    card = shown(project, labeler).card

    with pytest.raises(AnswersInvalid) as refused:
        submit(lease_id=card.lease_id, by=labeler, answers={"categories": {"rude": 9, "sad": 1}})

    assert [path for path, _ in refused.value.places] == ["categories.rude", "categories.sad"]
    assert Lease.objects.get(pk=card.lease_id).ended_at is None


def test_submit_is_possible_while_a_break_is_due(project, labeler):
    add_tasks(project, 1)
    card = shown(project, labeler).card
    advance(minutes=14)
    interface.stop(person_id=labeler.pk)

    assert submit(lease_id=card.lease_id, by=labeler, answers=BENIGN).decision == "open"


def test_submit_takes_few_statements(project, labeler, second_labeler):
    add_tasks(project, 3)
    answered(project, labeler)
    answered(project, second_labeler)
    card = shown(project, labeler).card
    with CaptureQueriesContext(connection) as first:
        submit(lease_id=card.lease_id, by=labeler, answers=BENIGN)
    card = shown(project, second_labeler).card
    with CaptureQueriesContext(connection) as deciding:
        submit(lease_id=card.lease_id, by=second_labeler, answers=BENIGN)

    assert len(statements(first)) <= 6, statements(first)
    assert len(statements(deciding)) <= 7, statements(deciding)


def test_two_equal_answers_decide(project, labeler, second_labeler):
    (task,) = add_tasks(project, 1)
    answered(project, labeler, rude(1))

    outcome = answered(project, second_labeler, rude(2))

    task.refresh_from_db()
    label = FinalLabel.objects.get(task=task)
    assert outcome.decision == task.state == "decided"
    assert task.decided_at is not None
    assert label.answers == rude(2)
    assert label.soft == {"categories": {"rude": 1.0, "threat": 0.0}}
    assert (label.votes, label.severity, label.method) == (2, 2, "two_plus_one")


def test_two_different_answers_make_room_for_a_third(project, labeler, second_labeler, team):
    (task,) = add_tasks(project, 1)
    answered(project, labeler, rude())
    outcome = answered(project, second_labeler, BENIGN)
    third_slot = Slot.objects.get(task=task, number=3)

    third = answered(project, person("third", "labeler", team), rude())

    assert outcome.decision == "open"
    assert third_slot.filled_at is None
    assert third.decision == "decided"
    assert FinalLabel.objects.get(task=task).answers == rude()


def test_the_third_slot_lies_ahead_of_everybody(project, labeler, second_labeler):
    tasks = add_tasks(project, 6)
    for _ in range(4):
        answered(project, labeler, rude())
    answered(project, second_labeler, BENIGN)

    third_slot = Slot.objects.get(task=tasks[0], number=3)
    assert tasks[3].position < third_slot.position < tasks[4].position


def test_an_item_that_stays_split_is_contested(project, labeler, second_labeler, team):
    (task,) = add_tasks(project, 1)
    of_three_kinds(project, labeler)
    answered(project, labeler, rude())
    answered(project, second_labeler, threat())

    outcome = answered(project, person("third", "labeler", team), {"categories": {"spam": 1}})

    assert outcome.decision == "contested"
    assert FinalLabel.objects.get(task=task).soft["categories"]["rude"] == pytest.approx(0.3333)
    assert not Slot.objects.filter(task=task, filled_at=None, withdrawn_at=None).exists()


def test_fixed_three_waits_for_three(team, lead, labeler, second_labeler):
    project = project_for(team, lead, strategy="fixed_3")
    add_tasks(project, 1)
    answered(project, labeler)

    assert answered(project, second_labeler).decision == "open"
    assert answered(project, person("third", "labeler", team)).decision == "decided"


def test_submit_after_a_skip_is_refused(project, labeler):
    add_tasks(project, 1)
    card = shown(project, labeler).card
    skip(lease_id=card.lease_id, by=labeler)

    with pytest.raises(LeaseEnded):
        submit(lease_id=card.lease_id, by=labeler, answers=BENIGN)


def test_a_more_severe_final_label_is_owed_to_whoever_judged_it_milder(project, labeler, second_labeler):
    add_tasks(project, 1)
    mild = answered(project, labeler, rude(1))
    answered(project, second_labeler, rude(4))

    owed = TopUpDue.objects.get()
    lease = Annotation.objects.get(pk=mild.annotation_id).lease_id
    assert owed.view.occasion == f"lease:{lease}"
    assert owed.severity == 3


def test_a_severe_find_raises_its_source_at_once(project, labeler):
    add_tasks(project, 1)

    answered(project, labeler, rude(3))

    source = Source.objects.get(project=project)
    assert (source.expected_severity, source.basis, source.confirmed_at) == (3, "find", None)


def test_a_moderate_answer_leaves_its_source(project, labeler):
    add_tasks(project, 1)

    answered(project, labeler, rude(2))

    assert Source.objects.get(project=project).expected_severity is None


def test_nothing_is_kept_when_the_decision_cannot_be_written(project, labeler, monkeypatch):
    add_tasks(project, 1)
    card = shown(project, labeler).card

    def fail(**_: object) -> str:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("labeling.operations.submit.reconsider", fail)
    with pytest.raises(RuntimeError):
        submit(lease_id=card.lease_id, by=labeler, answers=BENIGN)

    assert not Annotation.objects.exists()
    assert Slot.objects.get(pk=card.slot_id).filled_at is None
    assert ExposureView.objects.get(occasion=card.occasion).settled_at is None
