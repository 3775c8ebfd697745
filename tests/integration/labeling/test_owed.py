"""What a decision owes those who looked at the item, and what it does not."""

import pytest

from labeling.operations.skip import skip
from labeling.operations.submit import submit
from people.permissions import Role
from tests.factories.labeling import (
    add_tasks,
    answered,
    claimed,
    project_for,
    rude,
    shown,
    threat,
)
from tests.factories.people import person
from tests.integration.labeling.conftest import of_three_kinds
from wellbeing.jobs import apply_top_ups
from wellbeing.models import ExposureView, TopUpDue

pytestmark = pytest.mark.django_db


def test_who_looked_and_left_owes_what_it_turned_out_to_be(project, labeler, second_labeler, team):
    third = person("three", Role.LABELER, team)
    add_tasks(project, 1, severity=1)
    skip(lease_id=shown(project, labeler).card.lease_id, by=labeler)
    answered(project, second_labeler, threat(4))

    answered(project, third, threat(4))

    owed = TopUpDue.objects.get()
    assert (owed.view.dosimeter_id, owed.severity) == (labeler.pk, 4)


def test_a_contested_item_is_owed_up_to_the_middle_verdict(project, labeler, second_labeler, team, lead):
    third, left = person("third", Role.LABELER, team), person("left", Role.LABELER, team)
    of_three_kinds(project, lead)
    add_tasks(project, 1)
    skip(lease_id=shown(project, left).card.lease_id, by=left)
    answered(project, labeler, rude(1))
    answered(project, second_labeler, threat(4))

    outcome = answered(project, third, {"categories": {"spam": 3}})

    assert outcome.decision == "contested"
    assert {(due.view.dosimeter_id, due.severity) for due in TopUpDue.objects.all()} == {
        (labeler.pk, 3),
        (left.pk, 3),
    }


def test_a_contested_item_that_most_found_benign_owes_nothing(team, lead, labeler, second_labeler):
    project = project_for(team, lead, strategy="fixed_4")
    add_tasks(project, 1)
    third, fourth = person("third", Role.LABELER, team), person("fourth", Role.LABELER, team)
    answered(project, labeler, rude(4))
    answered(project, second_labeler, rude(4))
    answered(project, third)

    assert answered(project, fourth).decision == "contested"
    assert not TopUpDue.objects.exists()


def test_who_leaves_after_the_decision_owes_what_was_found(project, labeler, second_labeler, team):
    """Three look at once; two decide, and only then the third lets go."""
    third = person("third", Role.LABELER, team)
    add_tasks(project, 1, slots=3)
    held, *cards = [shown(project, one).card for one in (third, labeler, second_labeler)]
    for card, one in zip(cards, (labeler, second_labeler), strict=True):
        submit(lease_id=card.lease_id, by=one, answers=rude(4))

    skip(lease_id=held.lease_id, by=third)

    (owed,) = TopUpDue.objects.filter(view__dosimeter_id=third.pk)
    assert owed.severity == 4
    assert apply_top_ups() >= 1
    assert ExposureView.objects.get(dosimeter_id=third.pk).charged_severity == 4


def test_who_never_opened_it_owes_nothing(project, labeler, second_labeler, team):
    third = person("three", Role.LABELER, team)
    add_tasks(project, 1, severity=1)
    skip(lease_id=claimed(project, labeler).lease_id, by=labeler)
    answered(project, second_labeler, threat(4))

    answered(project, third, threat(4))

    assert not TopUpDue.objects.exists()
