"""What keeps the slots of one task apart when two people answer it at one moment, and the same without it.

The order is made, not hoped for: the second answer is given while the first is written and not committed.
"""

from functools import partial

import pytest
from django.db import IntegrityError

from labeling.models import Project, Slot
from labeling.operations import submit as submit_module
from labeling.operations.submit import submit
from people.models import User
from tests.factories.labeling import add_tasks, rude, shown
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
