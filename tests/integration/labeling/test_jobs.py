import pytest

from labeling import jobs
from labeling.models import Lease, Slot
from labeling.operations.submit import submit
from tests.factories.labeling import add_tasks, claimed, rude, shown
from tests.factories.wellbeing import advance
from wellbeing import interface
from wellbeing.models import ExposureView

pytestmark = pytest.mark.django_db


def test_expiring_ends_what_ran_out_and_settles_what_was_seen(project, labeler, second_labeler):
    add_tasks(project, 2)
    seen = shown(project, labeler).card
    unseen = claimed(project, second_labeler)
    advance(minutes=30)

    ended = jobs.expire_leases()

    assert ended == 2
    assert set(Lease.objects.values_list("outcome", flat=True)) == {Lease.Outcome.EXPIRED}
    assert ExposureView.objects.get(occasion=seen.occasion).settled_at is not None
    assert not Slot.objects.filter(
        pk__in=[seen.slot_id, unseen.slot_id], available_at__gt=interface.now()
    ).exists()


def test_expiring_leaves_what_is_live(project, labeler):
    add_tasks(project, 1)
    claimed(project, labeler)

    assert jobs.expire_leases() == 0
    assert Lease.objects.get().ended_at is None


def test_expiring_again_and_again_changes_nothing_more(project, labeler):
    add_tasks(project, 1)
    shown(project, labeler)
    advance(minutes=30)
    jobs.expire_leases()
    once = (list(Lease.objects.values()), list(ExposureView.objects.values()))

    for _ in range(2):
        assert jobs.expire_leases(sent_by="a newer version") == 0

    assert (list(Lease.objects.values()), list(ExposureView.objects.values())) == once


def test_a_late_answer_that_is_worse_than_expected_is_charged_after_all(project, labeler):
    add_tasks(project, 1, severity=2)
    card = shown(project, labeler).card
    advance(minutes=30)
    jobs.expire_leases()

    submit(lease_id=card.lease_id, by=labeler, answers=rude(3))

    view = ExposureView.objects.get(occasion=card.occasion)
    assert view.charged_severity == 3
    assert view.topped_up > 0


def test_beat_knows_every_job_by_its_name():
    assert {entry["task"] for entry in jobs.BEAT.values()} == {
        jobs.expire_leases.name,
        jobs.refresh_expectations.name,
        jobs.resend_lost.name,
        jobs.end_old_looks.name,
        jobs.forget_answered.name,
        jobs.forget_drafts.name,
        jobs.sweep_imports.name,
    }
