"""The guards that test_races.py tries by numbers, taken away one by one: each test must see what it kept from happening.

The order is made, not hoped for: the second request is made while the first is written and not committed.
"""

from functools import partial

import pytest
from django.db import IntegrityError

from labeling.models import Annotation, Lease, Project, Slot
from labeling.operations import claim as claim_module
from labeling.operations import submit as submit_module
from labeling.operations.claim import claim
from labeling.operations.draft import save_draft
from labeling.operations.outcomes import NothingToLabel
from labeling.operations.reveal import conceal
from labeling.operations.submit import submit
from labeling.queries import handout
from labeling.queries.workbench import LeaseCard
from people.models import Team, User
from tests.factories.labeling import SourceFactory, add_tasks, project_for, rude, shown
from tests.integration.overlapping import overlapping
from wellbeing import interface
from wellbeing.interface import View, ViewState

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def constraint_that_refused(answer: object) -> str | None:
    assert isinstance(answer, IntegrityError), answer
    return answer.__cause__.diag.constraint_name


# Two people claim.


@pytest.fixture
def two_places(team: Team) -> Project:
    """Two tasks of two sources: a claim locks the first of each and takes one."""
    project = project_for(team)
    for source in (SourceFactory(project=project), SourceFactory(project=project)):
        add_tasks(project, 1, slots=1, source=source)
    return project


def claim_together(project: Project, *people: User) -> tuple[object, object]:
    return overlapping(*(partial(claim, project=project, by=person) for person in people))


def slots_given(project: Project) -> list[int]:
    return list(Lease.objects.filter(task__project=project).values_list("slot_id", flat=True))


def test_two_claims_at_once_take_two_places(two_places, labeler, second_labeler):
    claim_together(two_places, labeler, second_labeler)

    assert sorted(slots_given(two_places)) == sorted(Slot.objects.values_list("pk", flat=True))


def test_without_the_row_lock_and_the_constraint_one_place_is_given_twice(
    two_places, labeler, second_labeler, monkeypatch, owner_connection
):
    lock = "FOR UPDATE OF slot SKIP LOCKED"
    assert lock in handout.WALK
    monkeypatch.setattr(handout, "WALK", handout.WALK.replace(lock, ""))
    owner_connection.execute("DROP INDEX labeling_lease_one_live_per_slot")

    claim_together(two_places, labeler, second_labeler)

    first, second = slots_given(two_places)
    assert first == second


def test_without_the_second_look_the_second_is_told_that_there_is_nothing(
    two_places, labeler, second_labeler, monkeypatch
):
    monkeypatch.setattr(claim_module, "_walk_and_wait", lambda wanted: None)

    _, told = claim_together(two_places, labeler, second_labeler)

    assert isinstance(told, NothingToLabel)
    assert len(slots_given(two_places)) == 1


# One person claims twice.


@pytest.fixture
def without_the_persons_lock(two_places: Project, labeler: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clearance that forgets to lock the person."""
    monkeypatch.setattr(interface, "clear", lambda *, person_id: interface.Clearance(max_severity=2))


def test_two_claims_of_one_person_at_once_give_one_lease(two_places, labeler):
    first, second = claim_together(two_places, labeler, labeler)

    assert first.lease_id == second.lease_id
    assert Lease.objects.count() == 1


@pytest.mark.usefixtures("without_the_persons_lock")
def test_without_the_persons_lock_the_constraint_still_refuses_a_second_lease(two_places, labeler):
    _, refused = claim_together(two_places, labeler, labeler)

    assert constraint_that_refused(refused) == "labeling_lease_one_live_per_person"
    assert Lease.objects.count() == 1


@pytest.mark.usefixtures("without_the_persons_lock")
def test_without_lock_and_constraint_one_person_gets_two_leases(two_places, labeler, owner_connection):
    owner_connection.execute("DROP INDEX labeling_lease_one_live_per_person")

    first, second = claim_together(two_places, labeler, labeler)

    assert isinstance(first, LeaseCard)
    assert isinstance(second, LeaseCard)
    assert first.lease_id != second.lease_id


# One person answers twice.


@pytest.fixture
def card(team: Team, labeler: User) -> LeaseCard:
    """What the labeler has open; the task has a second place."""
    project = project_for(team)
    add_tasks(project, 1, slots=2)
    return shown(project, labeler).card


def answer_twice(card: LeaseCard, by: User) -> tuple[object, object]:
    return overlapping(*[partial(submit, lease_id=card.lease_id, by=by, answers=rude())] * 2)


def unlocked_settle(
    *, person_id: int, occasion: str, verdict: int | None, categories: frozenset[str]
) -> View:
    """A settlement that forgets to lock the person."""
    moment = interface.now()
    return View(occasion, ViewState.SETTLED, moment, moment, 1, 1000, 0, 0)


def test_an_answer_sent_twice_at_once_is_stored_once(card, labeler):
    first, second = answer_twice(card, labeler)

    assert (first.repeated, second.repeated) == (False, True)
    assert Annotation.objects.count() == 1


def test_without_the_persons_lock_the_constraint_still_refuses_a_second_answer(card, labeler, monkeypatch):
    monkeypatch.setattr(interface, "settle", unlocked_settle)

    _, refused = answer_twice(card, labeler)

    assert constraint_that_refused(refused) == "labeling_annotation_one_current_per_task_and_person"
    assert Annotation.objects.count() == 1


def test_without_lock_and_constraint_an_answer_is_stored_twice(card, labeler, monkeypatch, owner_connection):
    monkeypatch.setattr(interface, "settle", unlocked_settle)
    owner_connection.execute("DROP INDEX labeling_annotation_one_current_per_task_and_person")
    owner_connection.execute(
        "ALTER TABLE labeling_annotation DROP CONSTRAINT labeling_annotation_revision_once"
    )

    answer_twice(card, labeler)

    assert Annotation.objects.count() == 2


# Two people give the two answers that decide a task.


@pytest.fixture
def both_open(team: Team, labeler: User, second_labeler: User) -> dict[User, int]:
    """Their leases of the two places of one task."""
    project = project_for(team)
    add_tasks(project, 1, slots=2)
    return {person: shown(project, person).card.lease_id for person in (labeler, second_labeler)}


def decide_together(both_open: dict[User, int]) -> list[str]:
    answers = overlapping(
        *(partial(submit, lease_id=lease, by=person, answers=rude()) for person, lease in both_open.items())
    )
    return [answer.decision for answer in answers]


def test_of_two_last_answers_at_once_the_second_decides(both_open):
    assert decide_together(both_open) == ["open", "decided"]


def test_without_the_tasks_lock_a_decision_is_missed(both_open, monkeypatch):
    lock = "FOR NO KEY UPDATE"
    assert submit_module._RECORD.count(lock) == 1
    monkeypatch.setattr(submit_module, "_RECORD", submit_module._RECORD.replace(lock, ""))

    assert decide_together(both_open) == ["open", "open"]


# A draft is kept while the view is hidden.


def keep_while_hiding(card: LeaseCard, by: User) -> object:
    """What the draft comes to that is sent before the hiding is committed."""
    return overlapping(
        partial(conceal, lease_id=card.lease_id, by=by),
        partial(save_draft, lease_id=card.lease_id, by=by, answers=rude()),
    )[1]


def test_a_draft_waits_for_the_hiding_and_is_kept(card, labeler):
    assert keep_while_hiding(card, labeler) == Lease.objects.get().expires_at
    assert Lease.objects.get().draft == rude()


def test_without_the_persons_lock_the_lease_is_taken_for_lost(card, labeler, monkeypatch):
    monkeypatch.setattr(interface, "lock_person", lambda *, person_id: None)

    assert keep_while_hiding(card, labeler) != Lease.objects.get().expires_at, "kept, but not renewed"
