import pytest
from django.urls import reverse

from labeling.models import Annotation, FinalLabel, Slot, Task
from labeling.operations.errors import AnswerChanged, AnswersInvalid, NotUndoable, NotYours
from labeling.operations.revise import revise
from labeling.queries.undo import last_answers
from tests.factories.labeling import BENIGN, add_tasks, answered, rude, threat
from wellbeing.models import ExposureView

pytestmark = pytest.mark.django_db


def test_the_last_ten_answers_are_offered_latest_first(project, labeler):
    add_tasks(project, 12, severity=1)
    ids = [answered(project, labeler).annotation_id for _ in range(12)]

    assert [row.annotation_id for row in last_answers(person_id=labeler.pk)] == ids[:1:-1]


def test_a_page_without_rows_says_whether_anything_was_ever_saved_there(
    browser_of, project, other_project, labeler, second_labeler
):
    for each in (project, other_project):
        add_tasks(each, 10, severity=1)
    page, address = browser_of(labeler), reverse("labeling:undo", args=[project.pk])
    answered(project, second_labeler)
    assert "No answers yet" in page.get(address).text

    answered(project, labeler)
    for _ in range(10):
        answered(other_project, labeler)

    said = page.get(address).text
    assert "Your answers here are saved" in said
    assert "They are no longer among your last ten." in said
    assert "No answers yet" not in said
    assert "are saved" not in page.get(reverse("labeling:undo", args=[other_project.pk])).text


def test_the_list_leads_to_the_rest_of_the_ten_in_other_projects(
    browser_of, project, other_project, labeler, team
):
    add_tasks(project, 11, severity=1)
    add_tasks(other_project, 1, severity=1)
    here, there = (reverse("labeling:undo", args=[each.pk]) for each in (project, other_project))
    page = browser_of(labeler)
    answered(other_project, labeler)
    answered(project, labeler)
    assert f'href="{there}"' in page.get(here).text
    assert f'href="{here}"' in page.get(there).text
    assert f'href="{here}"' not in page.get(here).text

    for _ in range(10):
        answered(project, labeler)
    assert f'href="{there}"' not in page.get(here).text, "it is none of the last ten any more"


def test_a_revision_replaces_the_answer_and_keeps_the_old_row(project, labeler):
    add_tasks(project, 1)
    first = answered(project, labeler, rude())

    revised = revise(annotation_id=first.annotation_id, by=labeler, answers=threat())

    old, new = Annotation.objects.order_by("revision")
    assert (old.pk, old.answers) == (first.annotation_id, rude())
    assert old.superseded_at is not None
    assert (new.pk, new.revision, new.answers) == (revised.annotation_id, 2, threat())
    assert (new.slot_id, new.lease_id, new.submitted_at) == (old.slot_id, old.lease_id, old.submitted_at)


def test_the_same_revision_twice_is_one(project, labeler):
    add_tasks(project, 1)
    first = answered(project, labeler, rude())
    once = revise(annotation_id=first.annotation_id, by=labeler, answers=threat())

    again = revise(annotation_id=first.annotation_id, by=labeler, answers=threat())

    assert again.annotation_id == once.annotation_id
    assert again.repeated
    assert Annotation.objects.count() == 2


def test_a_different_revision_of_an_old_answer_is_refused(project, labeler):
    add_tasks(project, 1)
    first = answered(project, labeler, rude())
    revise(annotation_id=first.annotation_id, by=labeler, answers=threat())

    with pytest.raises(AnswerChanged):
        revise(annotation_id=first.annotation_id, by=labeler, answers=BENIGN)


def test_a_revision_can_only_raise_the_charge(project, labeler):
    add_tasks(project, 1)
    first = answered(project, labeler, rude(2))
    view = ExposureView.objects.get()

    lower = revise(annotation_id=first.annotation_id, by=labeler, answers=rude(1))
    after_lower = ExposureView.objects.get()
    revise(annotation_id=lower.annotation_id, by=labeler, answers=rude(3))

    assert (after_lower.charged, after_lower.topped_up) == (view.charged, 0)
    assert ExposureView.objects.get().topped_up > 0


def test_a_revision_can_reopen_a_decided_task(project, labeler, second_labeler):
    (task,) = add_tasks(project, 1)
    first = answered(project, labeler, rude())
    answered(project, second_labeler, rude())

    outcome = revise(annotation_id=first.annotation_id, by=labeler, answers=BENIGN)

    task.refresh_from_db()
    assert outcome.decision == task.state == "open"
    assert not FinalLabel.objects.exists()
    assert Slot.objects.get(task=task, number=3).filled_at is None


def test_a_revision_can_decide_an_open_task_and_withdraws_its_room(project, labeler, second_labeler):
    (task,) = add_tasks(project, 1)
    first = answered(project, labeler, rude())
    answered(project, second_labeler, BENIGN)

    outcome = revise(annotation_id=first.annotation_id, by=labeler, answers=BENIGN)

    assert outcome.decision == "decided"
    assert Slot.objects.get(task=task, number=3).withdrawn_at is not None
    assert Task.objects.get(pk=task.pk).state == "decided"


def test_room_that_was_withdrawn_is_used_again(project, labeler, second_labeler):
    (task,) = add_tasks(project, 1)
    first = answered(project, labeler, rude())
    answered(project, second_labeler, BENIGN)
    second = revise(annotation_id=first.annotation_id, by=labeler, answers=BENIGN)

    revise(annotation_id=second.annotation_id, by=labeler, answers=rude())

    assert [slot.number for slot in Slot.objects.filter(task=task).order_by("number")] == [1, 2, 3]
    assert Slot.objects.get(task=task, number=3).withdrawn_at is None


def test_an_older_answer_cannot_be_changed(project, labeler):
    add_tasks(project, 11, severity=1)
    oldest = answered(project, labeler)
    for _ in range(10):
        answered(project, labeler)

    with pytest.raises(NotUndoable):
        revise(annotation_id=oldest.annotation_id, by=labeler, answers=rude())


def test_somebody_elses_answer_does_not_exist(project, labeler, second_labeler):
    add_tasks(project, 1)
    mine = answered(project, labeler)

    with pytest.raises(NotYours):
        revise(annotation_id=mine.annotation_id, by=second_labeler, answers=rude())


def test_an_answer_that_does_not_fit_is_refused(project, labeler):
    add_tasks(project, 1)
    mine = answered(project, labeler)

    with pytest.raises(AnswersInvalid):
        revise(annotation_id=mine.annotation_id, by=labeler, answers={"categories": {"sad": 1}})
