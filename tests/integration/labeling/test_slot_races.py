"""What keeps the slots of one task apart when two people answer it at one moment, and the same without it.

The order is made, not hoped for: the second answer is given while the first is written and not committed.
"""

from collections import Counter
from functools import partial

import pytest
from django.db import IntegrityError

from labeling.models import Annotation, Lease, Project, Slot
from labeling.operations import submit as submit_module
from labeling.operations.outcomes import Submitted
from labeling.operations.submit import submit
from people.models import User
from tests.factories.labeling import add_tasks, rude, shown
from tests.factories.wellbeing import advance
from tests.integration.overlapping import overlapping

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def lose(monkeypatch: pytest.MonkeyPatch, lock: str) -> None:
    assert submit_module._RECORD.count(lock) == 1
    monkeypatch.setattr(submit_module, "_RECORD", submit_module._RECORD.replace(lock, ""))


def answer_together(cards: dict[User, int]) -> tuple[object, object]:
    """Both answer under their leases, the first one first."""
    return overlapping(
        *(partial(submit, lease_id=lease_id, by=person, answers=rude()) for person, lease_id in cards.items())
    )


def constraint_that_refused(answer: object) -> str | None:
    assert isinstance(answer, IntegrityError), answer
    return answer.__cause__.diag.constraint_name


TASKS_LOCK = "FOR NO KEY UPDATE"


@pytest.fixture
def short_of_room(project: Project, labeler: User, second_labeler: User) -> dict[User, int]:
    """Leases of both places of a task whose project asks for three people: whoever answers first adds the third."""
    Project.objects.filter(pk=project.pk).update(strategy="fixed_3")
    add_tasks(project, 1, slots=2)
    return {person: shown(project, person).card.lease_id for person in (labeler, second_labeler)}


def numbers() -> list[int]:
    return list(Slot.objects.order_by("number").values_list("number", flat=True))


def test_two_deciders_at_once_add_one_place(short_of_room):
    answers = answer_together(short_of_room)

    assert [answer.decision for answer in answers] == ["open", "open"]
    assert numbers() == [1, 2, 3]


def test_without_the_tasks_lock_the_constraint_still_refuses_a_number_twice(short_of_room, monkeypatch):
    lose(monkeypatch, TASKS_LOCK)

    _, refused = answer_together(short_of_room)

    assert constraint_that_refused(refused) == "labeling_slot_number_once"
    assert numbers() == [1, 2, 3]


def test_without_lock_and_constraint_a_number_is_given_twice(short_of_room, monkeypatch, owner_connection):
    lose(monkeypatch, TASKS_LOCK)
    owner_connection.execute("ALTER TABLE labeling_slot DROP CONSTRAINT labeling_slot_number_once")

    answer_together(short_of_room)

    assert numbers() == [1, 2, 3, 3]


SLOTS_LOCK = "FOR UPDATE OF slot\n"


@pytest.fixture
def late_for_one_slot(project: Project, labeler: User, second_labeler: User) -> dict[User, int]:
    """Leases of the same slot, one after the other: both have run out, and nobody has answered."""
    add_tasks(project, 1, slots=1)
    cards = {}
    for person in (labeler, second_labeler):
        cards[person] = shown(project, person).card.lease_id
        advance(minutes=30)
    assert Lease.objects.values("slot").distinct().count() == 1
    return cards


def current_answers_per_slot() -> list[int]:
    """How many answers stand in each slot that has any; the extra ones are in none."""
    current = Annotation.objects.filter(superseded_at=None).exclude(slot=None)
    return list(Counter(current.values_list("slot_id", flat=True)).values())


def test_of_two_answers_into_one_slot_the_second_is_an_extra(late_for_one_slot):
    first, second = answer_together(late_for_one_slot)

    assert isinstance(first, Submitted)
    assert isinstance(second, Submitted)
    assert (first.is_extra, second.is_extra) == (False, True)
    assert current_answers_per_slot() == [1]


def test_without_the_slots_lock_the_constraint_still_refuses_a_second_answer_in_it(
    late_for_one_slot, monkeypatch
):
    lose(monkeypatch, SLOTS_LOCK)

    _, refused = answer_together(late_for_one_slot)

    assert constraint_that_refused(refused) == "labeling_annotation_one_current_per_slot"
    assert current_answers_per_slot() == [1]


def test_without_lock_and_constraint_two_answers_stand_in_one_slot(
    late_for_one_slot, monkeypatch, owner_connection
):
    lose(monkeypatch, SLOTS_LOCK)
    owner_connection.execute("DROP INDEX labeling_annotation_one_current_per_slot")

    first, second = answer_together(late_for_one_slot)

    assert (first.is_extra, second.is_extra) == (False, False)
    assert current_answers_per_slot() == [2]
