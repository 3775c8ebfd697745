"""What somebody chose for themself, and how new they are, decides what they are handed."""

from datetime import time

import pytest

from labeling.models import Lease
from labeling.operations.claim import claim
from labeling.operations.outcomes import NothingToLabel
from labeling.operations.reveal import conceal, reveal
from labeling.operations.submit import submit
from labeling.queries.workbench import LeaseCard
from people.permissions import Role
from tests.factories.labeling import add_tasks, project_for, rude
from tests.factories.people import newcomer
from tests.factories.wellbeing import fill
from wellbeing import interface
from wellbeing.interface import Shift
from wellbeing.models import CategoryDay, HarmCategory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def project(team, lead):
    return project_for(team, lead)


def test_publishing_a_schema_names_its_categories(project):
    assert dict(HarmCategory.objects.values_list("code", "name")) == {"rude": "Rude", "threat": "Threat"}


def test_a_category_opted_out_of_is_not_handed_out(project, labeler):
    add_tasks(project, scores={"rude": 1.0})
    other = add_tasks(project, scores={"threat": 1.0})
    interface.choose_category(person_id=labeler.pk, category="rude", refused=True)
    card = claim(project=project, by=labeler)
    assert isinstance(card, LeaseCard)
    assert card.task_id in [task.pk for task in other]


def test_a_lease_opted_out_of_ends_without_a_mark(project, labeler):
    add_tasks(project, scores={"rude": 1.0})
    card = claim(project=project, by=labeler)
    interface.choose_category(person_id=labeler.pk, category="rude", refused=True)
    assert reveal(lease_id=card.lease_id, by=labeler).code == "not_cleared"
    assert Lease.objects.get().outcome == Lease.Outcome.UNCLEARED
    interface.choose_category(person_id=labeler.pk, category="rude", refused=False)
    assert isinstance(claim(project=project, by=labeler), LeaseCard), "and comes back once they opt in again"


def test_what_was_opened_goes_too_once_its_category_is_refused(project, labeler):
    add_tasks(project, scores={"rude": 1.0})
    other = add_tasks(project, scores={"threat": 1.0})
    card = claim(project=project, by=labeler)
    reveal(lease_id=card.lease_id, by=labeler)
    conceal(lease_id=card.lease_id, by=labeler)
    interface.choose_category(person_id=labeler.pk, category="rude", refused=True)
    assert reveal(lease_id=card.lease_id, by=labeler).code == "not_cleared"
    again = claim(project=project, by=labeler)
    assert isinstance(again, LeaseCard)
    assert again.task_id in [task.pk for task in other]


def test_the_unknown_waits_for_the_experienced_on_shift(project, team, labeler):
    add_tasks(project, severity=None)
    beginner = newcomer("nia", Role.LABELER, team)
    held = claim(project=project, by=beginner)
    assert isinstance(held, LeaseCard), "nobody is on shift: others are asked"
    interface.set_shifts(
        person=labeler, shifts=[Shift(day, time(0), time(0)) for day in range(7)], by=labeler
    )
    fill(labeler)
    assert isinstance(claim(project=project, by=beginner), NothingToLabel)
    assert isinstance(claim(project=project, by=labeler), LeaseCard)


def test_an_answer_tells_rotation_what_was_found(project, labeler):
    add_tasks(project)
    card = claim(project=project, by=labeler)
    reveal(lease_id=card.lease_id, by=labeler)
    submit(lease_id=card.lease_id, by=labeler, answers=rude(2))
    assert list(CategoryDay.objects.values_list("category", flat=True)) == ["rude"]
