from functools import partial

import pytest

from labeling.models import Annotation, ItemProblem, Lease, Slot
from labeling.operations.claim import claim
from labeling.operations.draft import MOST_BYTES, save_draft
from labeling.operations.errors import AnswersInvalid, LeaseEnded
from labeling.operations.outcomes import NothingToLabel
from labeling.operations.skip import release_lease, report_problem, skip
from labeling.operations.submit import submit
from labeling.queries.workbench import live_card
from tests.factories.labeling import BENIGN, add_tasks, claimed, rude, shown
from tests.factories.wellbeing import advance
from wellbeing import interface
from wellbeing.models import ExposureView

pytestmark = pytest.mark.django_db


def test_skip_frees_the_slot_at_once_and_never_comes_back(project, labeler, second_labeler):
    (task,) = add_tasks(project, 1, slots=1)
    card = claimed(project, labeler)

    skip(lease_id=card.lease_id, by=labeler)

    assert Slot.objects.get(pk=card.slot_id).available_at <= interface.now()
    assert isinstance(claim(project=project, by=labeler), NothingToLabel)
    assert claimed(project, second_labeler).task_id == task.pk


def test_skip_settles_an_open_view_as_expected(project, labeler):
    add_tasks(project, 1, severity=2)
    card = shown(project, labeler).card

    skip(lease_id=card.lease_id, by=labeler)

    view = ExposureView.objects.get(occasion=card.occasion)
    assert (view.verdict, view.charged_severity) == (None, 2)
    assert not Annotation.objects.exists()


def test_skip_twice_is_one_skip(project, labeler):
    add_tasks(project, 2)
    card = claimed(project, labeler)
    skip(lease_id=card.lease_id, by=labeler)
    claimed(project, labeler)

    again = skip(lease_id=card.lease_id, by=labeler)

    assert again.repeated
    assert live_card(person_id=labeler.pk) is not None


def test_skip_of_a_task_that_ran_out_keeps_it_away_too(project, labeler):
    add_tasks(project, 1)
    card = claimed(project, labeler)
    advance(minutes=16)

    skip(lease_id=card.lease_id, by=labeler)

    assert isinstance(claim(project=project, by=labeler), NothingToLabel)


def test_skip_after_an_answer_changes_nothing(project, labeler):
    add_tasks(project, 1)
    card = shown(project, labeler).card
    submit(lease_id=card.lease_id, by=labeler, answers=BENIGN)

    assert skip(lease_id=card.lease_id, by=labeler).outcome == "submitted"
    assert Lease.objects.get(pk=card.lease_id).outcome == "submitted"


def test_a_problem_is_kept_with_the_task_and_ends_the_lease(project, labeler):
    (task,) = add_tasks(project, 1)
    card = shown(project, labeler).card

    report_problem(lease_id=card.lease_id, by=labeler, kind="garbled")
    report_problem(lease_id=card.lease_id, by=labeler, kind="language")

    problem = ItemProblem.objects.get()
    assert (problem.task_id, problem.kind) == (task.pk, "garbled")
    assert Lease.objects.get(pk=card.lease_id).outcome == "problem"
    assert isinstance(claim(project=project, by=labeler), NothingToLabel)


def test_a_problem_of_no_known_kind_is_refused(project, labeler):
    add_tasks(project, 1)

    with pytest.raises(ValueError, match="sad"):
        report_problem(lease_id=claimed(project, labeler).lease_id, by=labeler, kind="sad")


def test_signing_out_gives_the_task_back(project, labeler, second_labeler, browser_of):
    (task,) = add_tasks(project, 1, slots=1)
    card = shown(project, labeler).card

    released = release_lease(by=labeler)

    assert released is not None
    assert Lease.objects.get(pk=card.lease_id).outcome == "released"
    assert ExposureView.objects.get(occasion=card.occasion).settled_at is not None
    assert claimed(project, second_labeler).task_id == task.pk
    assert release_lease(by=labeler) is None


def test_the_sign_out_page_gives_the_task_back(project, labeler, browser_of):
    add_tasks(project, 1)
    card = claimed(project, labeler)

    browser_of(labeler).logout()

    assert Lease.objects.get(pk=card.lease_id).outcome == "released"


def test_a_draft_is_kept_with_the_lease_and_renews_it(project, labeler):
    add_tasks(project, 1)
    card = shown(project, labeler).card
    advance(minutes=10)

    expires_at = save_draft(lease_id=card.lease_id, by=labeler, answers=rude(2))

    kept = live_card(person_id=labeler.pk)
    assert kept is not None
    assert kept.draft == rude(2)
    assert kept.expires_at == expires_at > card.expires_at


def test_a_draft_that_is_no_object_or_too_long_is_refused(project, labeler):
    add_tasks(project, 1)
    card = shown(project, labeler).card

    for wrong in ([], {"note": "x" * MOST_BYTES}):
        with pytest.raises(AnswersInvalid):
            save_draft(lease_id=card.lease_id, by=labeler, answers=wrong)


def test_a_draft_after_an_answer_or_a_skip_is_refused(project, labeler):
    add_tasks(project, 2)
    for leave in (partial(submit, answers=BENIGN), skip):
        card = shown(project, labeler).card
        leave(lease_id=card.lease_id, by=labeler)

        with pytest.raises(LeaseEnded):
            save_draft(lease_id=card.lease_id, by=labeler, answers=rude())
        assert Lease.objects.get(pk=card.lease_id).draft == {}
