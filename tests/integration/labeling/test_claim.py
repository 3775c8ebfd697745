from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from labeling.models import Lease, Place, Slot, Source
from labeling.operations.claim import claim
from labeling.operations.errors import LeaseOpen, NoSchema, ProjectPaused
from labeling.operations.outcomes import NothingToLabel, Refused
from labeling.operations.projects import pause
from labeling.operations.reveal import reveal
from labeling.operations.skip import skip
from labeling.queries.workbench import LeaseCard
from tests.factories.labeling import SourceFactory, add_tasks, answered, claimed, project_for, rude, shown
from tests.factories.people import person
from tests.factories.wellbeing import advance, fill
from wellbeing import interface

pytestmark = pytest.mark.django_db


def statements(captured: CaptureQueriesContext) -> list[str]:
    around = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return [query["sql"] for query in captured if not query["sql"].startswith(around)]


def test_claim_hands_out_the_first_task_of_the_order(project, labeler):
    first, _ = add_tasks(project, 2)

    card = claim(project=project, by=labeler)

    assert isinstance(card, LeaseCard)
    assert card.task_id == first.pk
    assert card.expires_at - card.claimed_at == pytest.approx(timedelta(minutes=15), abs=timedelta(seconds=1))
    assert Slot.objects.get(pk=card.slot_id).available_at == card.expires_at


def test_claim_gives_the_live_lease_again_and_renews_it(project, labeler):
    add_tasks(project, 2)
    card = claimed(project, labeler)
    advance(minutes=10)

    again = claimed(project, labeler)

    assert again.lease_id == card.lease_id
    assert again.expires_at > card.expires_at + timedelta(minutes=9)
    assert Slot.objects.get(pk=card.slot_id).available_at == again.expires_at


def test_claim_hands_a_task_to_as_many_people_as_it_has_slots(project, labeler, second_labeler, team):
    add_tasks(project, 1)

    claimed(project, labeler)
    claimed(project, second_labeler)

    assert isinstance(claim(project=project, by=person("third", "labeler", team)), NothingToLabel)


def test_claim_never_hands_a_person_the_same_task_twice(project, labeler):
    add_tasks(project, 1)
    answered(project, labeler)

    assert isinstance(claim(project=project, by=labeler), NothingToLabel)


def test_claim_takes_at_most_six_statements(project, labeler):
    add_tasks(project, 5)
    answered(project, labeler)

    with CaptureQueriesContext(connection) as captured:
        claimed(project, labeler)

    assert len(statements(captured)) <= 6, statements(captured)


def test_claim_goes_on_from_the_persons_place_and_wraps_once(project, labeler):
    first, second, third = add_tasks(project, 3)
    Place.objects.create(person=labeler, stratum=first.stratum, position=second.position)

    order = [answered(project, labeler).task_id for _ in range(3)]

    assert order == [third.pk, first.pk, second.pk]


def test_claim_takes_an_expired_slot_without_any_job(project, labeler, second_labeler):
    (task,) = add_tasks(project, 1, slots=1)
    lost = claimed(project, labeler)
    advance(minutes=16)

    card = claimed(project, second_labeler)

    assert card.task_id == task.pk
    assert Lease.objects.get(pk=lost.lease_id).outcome == Lease.Outcome.EXPIRED


def test_claim_may_give_back_a_task_whose_lease_ran_out(project, labeler):
    (task,) = add_tasks(project, 1)
    lost = shown(project, labeler).card
    advance(minutes=16)

    card = claimed(project, labeler)

    assert card.task_id == task.pk
    assert card.lease_id != lost.lease_id
    assert Lease.objects.get(pk=lost.lease_id).settled_at is not None


def test_claim_ends_an_unopened_lease_elsewhere(project, other_project, labeler):
    add_tasks(project, 1)
    add_tasks(other_project, 1)
    elsewhere = claimed(other_project, labeler)

    claimed(project, labeler)

    assert Lease.objects.get(pk=elsewhere.lease_id).outcome == Lease.Outcome.RELEASED
    assert Slot.objects.get(pk=elsewhere.slot_id).available_at <= interface.now()


def test_claim_refuses_while_a_task_is_open_elsewhere(project, other_project, labeler):
    add_tasks(project, 1)
    add_tasks(other_project, 1)
    shown(other_project, labeler)

    with pytest.raises(LeaseOpen) as refused:
        claim(project=project, by=labeler)

    assert refused.value.code == "lease_open"
    assert other_project.name in refused.value.why


def test_claim_refuses_while_a_break_is_due(project, labeler):
    add_tasks(project, 3)
    shown(project, labeler)
    for _ in range(12):
        advance(minutes=4, seconds=50)
        card = claim(project=project, by=labeler)
        if isinstance(card, Refused):
            break
        reveal(lease_id=card.lease_id, by=labeler)

    assert isinstance(card, Refused)
    assert card.code == "break_due"
    assert card.until is not None


def test_claim_skips_what_the_clearance_does_not_admit(project, labeler):
    add_tasks(project, 1, severity=4)
    mild = add_tasks(project, 1, severity=1)[0]

    assert claimed(project, labeler).task_id == mild.pk


def test_claim_on_a_spent_budget_gives_only_confirmed_benign_items(project, labeler):
    add_tasks(project, 1, severity=0)
    add_tasks(project, 1, severity=1)
    known = SourceFactory(project=project, confirmed=True)
    benign = add_tasks(project, 1, severity=0, source=known)[0]
    fill(labeler, points_charged=120_000)

    card = claimed(project, labeler)

    assert card.task_id == benign.pk
    assert card.confirmed_benign
    skip(lease_id=card.lease_id, by=labeler)
    assert isinstance(claim(project=project, by=labeler), NothingToLabel)


def test_claim_prefers_a_benign_task_after_four_that_were_not(project, labeler):
    add_tasks(project, 6, severity=1)
    known = SourceFactory(project=project, confirmed=True)
    benign = add_tasks(project, 1, severity=0, source=known)[0]
    before = [answered(project, labeler, rude(1)).task_id for _ in range(4)]

    assert benign.pk not in before
    assert claimed(project, labeler).task_id == benign.pk


def test_claim_offers_a_breather_after_three_severe_answers(project, labeler):
    add_tasks(project, 5, severity=3)
    for _ in range(3):
        answered(project, labeler, rude(3))

    answer = claim(project=project, by=labeler)

    assert isinstance(answer, Refused)
    assert answer.code == "breather"
    assert answer.until is not None
    advance(minutes=1, seconds=1)
    assert isinstance(claim(project=project, by=labeler), LeaseCard)


def test_claim_gives_only_languages_that_the_person_reads(project, labeler):
    add_tasks(project, 1, language="sw")
    unknown = add_tasks(project, 1, language="")[0]
    british = add_tasks(project, 1, language="en-GB")[0]

    assert [answered(project, labeler).task_id for _ in range(2)] == [unknown.pk, british.pk]
    assert isinstance(claim(project=project, by=labeler), NothingToLabel)


def test_claim_knows_a_language_by_its_longer_code(project, labeler):
    """Kept before codes were kept in one form: "lao" is "lo", which is what items carry."""
    task = add_tasks(project, 1, language="lo")[0]
    labeler.languages = ["lao"]
    labeler.save(update_fields=["languages"])

    assert claimed(project, labeler).task_id == task.pk


def test_claim_in_a_paused_project_is_refused(project, labeler, lead):
    add_tasks(project, 1)
    pause(project=project, by=lead)

    with pytest.raises(ProjectPaused):
        claim(project=project, by=labeler)


def test_claim_without_a_schema_is_refused_and_leases_nothing(team, lead, labeler):
    project = project_for(team, lead, schema=None)
    add_tasks(project, 1)

    with pytest.raises(NoSchema):
        claim(project=project, by=labeler)

    assert not Lease.objects.exists()


def test_claim_ends_an_unopened_lease_that_is_no_longer_cleared(project, labeler):
    source = SourceFactory(project=project)
    add_tasks(project, 1, source=source, severity=None)
    other = add_tasks(project, 1)[0]
    card = claimed(project, labeler)
    Source.objects.filter(pk=source.pk).update(expected_severity=4, basis="find")

    assert claimed(project, labeler).task_id == other.pk
    assert Lease.objects.get(pk=card.lease_id).outcome == Lease.Outcome.UNCLEARED


def test_claim_gives_nothing_of_an_answered_task_to_a_third_person(project, labeler, second_labeler, team):
    add_tasks(project, 1)
    answered(project, labeler, rude())
    answered(project, second_labeler, rude())

    assert isinstance(claim(project=project, by=person("third", "labeler", team)), NothingToLabel)
    assert not Slot.objects.filter(filled_at=None, withdrawn_at=None).exists()
