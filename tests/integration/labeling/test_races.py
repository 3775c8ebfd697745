"""What holds when everybody asks at once.

Twenty rounds each: a race that is lost one time in ten is lost here. In test_lost_guards.py the guards are taken away one
by one.
"""

from collections import Counter
from functools import partial
from random import Random

import pytest

from labeling.models import Annotation, Lease, Project, Slot, Task
from labeling.operations import claim as claim_module
from labeling.operations import expire
from labeling.operations.claim import claim
from labeling.operations.draft import save_draft
from labeling.operations.outcomes import Shown, Submitted
from labeling.operations.reveal import conceal, step
from labeling.operations.submit import submit
from labeling.queries.workbench import LeaseCard, lease_card
from people.models import User
from tests.factories.labeling import SourceFactory, add_tasks, project_for, rude, shown
from tests.factories.people import MembershipFactory, TeamFactory, agree
from tests.factories.wellbeing import advance
from tests.integration.labeling.test_reveal import LONG
from tests.integration.labeling.together import together
from wellbeing import interface
from wellbeing.models import LedgerEntry

pytestmark = [pytest.mark.race, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ROUNDS = 20
LABELERS = 60


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixty at one moment may wait for longer on a busy machine than people should."""
    monkeypatch.setattr(claim_module, "LOCK_TIMEOUT", "30s")


@pytest.fixture
def labelers() -> list[User]:
    people = [MembershipFactory(team=None).user for _ in range(LABELERS)]
    agree(*people)
    return people


def a_project(tasks: int, slots: int) -> Project:
    """From two sources where there is more than one task: a claim locks a candidate of each and takes one."""
    project = project_for(TeamFactory())
    for source in (SourceFactory(project=project), SourceFactory(project=project)):
        here = Task.objects.filter(project=project).count()
        add_tasks(project, (tasks + 1) // 2 if not here else tasks - here, slots=slots, source=source)
    return project


def overfull(project: Project) -> int:
    """Live leases beyond one per slot."""
    slots = Counter(
        Lease.objects.filter(task__project=project, ended_at=None).values_list("slot_id", flat=True)
    )
    return sum(count - 1 for count in slots.values())


def forget_everything() -> None:
    """Between rounds nobody holds anything."""
    Lease.objects.filter(ended_at=None).update(ended_at=interface.now(), outcome="released")


def test_sixty_labelers_fill_every_place_and_none_twice(labelers):
    for _ in range(ROUNDS):
        project = a_project(tasks=LABELERS // 2, slots=2)
        answers = together([partial(claim, project=project, by=person) for person in labelers])

        assert [answer for answer in answers if not isinstance(answer, LeaseCard)] == []
        assert overfull(project) == 0
        assert Counter(
            Lease.objects.filter(task__project=project).values_list("slot_id", flat=True)
        ) == Counter(Slot.objects.filter(task__project=project).values_list("pk", flat=True))
        forget_everything()


def test_parallel_claims_of_one_person_give_one_lease(labelers):
    person = labelers[0]
    for _ in range(ROUNDS):
        project = a_project(tasks=10, slots=2)

        answers = together([partial(claim, project=project, by=person)] * 12)

        assert len({answer.lease_id for answer in answers}) == 1
        assert Lease.objects.filter(task__project=project).count() == 1
        forget_everything()


def test_an_answer_sent_fifty_times_at_once_is_stored_once(labelers):
    for person in labelers[:ROUNDS]:
        project = a_project(tasks=1, slots=2)
        card = shown(project, person).card

        outcomes = together([partial(submit, lease_id=card.lease_id, by=person, answers=rude())] * 50)

        assert {outcome.annotation_id for outcome in outcomes} == {
            Annotation.objects.get(task_id=card.task_id).pk
        }
        assert sum(not outcome.repeated for outcome in outcomes) == 1
        assert Slot.objects.filter(task_id=card.task_id).exclude(filled_at=None).count() == 1


def test_two_last_answers_at_once_decide_the_task_once(labelers):
    for n in range(ROUNDS):
        project = a_project(tasks=1, slots=2)
        pair = labelers[2 * n : 2 * n + 2]
        cards = [shown(project, person).card for person in pair]

        outcomes = together(
            [
                partial(submit, lease_id=card.lease_id, by=person, answers=rude())
                for person, card in zip(pair, cards, strict=True)
            ]
        )

        assert sorted(outcome.decision for outcome in outcomes) == ["decided", "open"]
        assert Slot.objects.filter(task__project=project).count() == 2


def test_a_thousand_late_answers_race_the_expiry_and_none_is_lost_or_counted_twice(labelers):
    random = Random(7)
    late, others = labelers[:50], labelers[50:]
    for _ in range(ROUNDS):
        project = a_project(tasks=30, slots=2)
        cards = [(person, shown(project, person).card) for person in late]
        for _person, card in cards:
            Slot.objects.filter(pk=card.slot_id).update(available_at=interface.now())
            Lease.objects.filter(pk=card.lease_id).update(
                expires_at=Slot.objects.get(pk=card.slot_id).available_at
            )
        calls = [
            *(partial(submit, lease_id=card.lease_id, by=person, answers=rude()) for person, card in cards),
            *(partial(claim, project=project, by=person) for person in others),
            *[partial(expire.expire_leases)] * 3,
        ]
        random.shuffle(calls)

        outcomes = together(calls)

        stored = [outcome for outcome in outcomes if isinstance(outcome, Submitted)]
        assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
        assert len(stored) == len(late)
        for person, card in cards:
            annotation = Annotation.objects.get(lease_id=card.lease_id, person=person)
            assert lease_card(lease_id=card.lease_id, person_id=person.pk).outcome == "submitted"
            assert annotation.slot_id is None or annotation.slot.filled_at is not None
        filled = Annotation.objects.filter(task__project=project).exclude(slot=None)
        assert filled.count() == filled.values("slot").distinct().count()
        assert filled.count() == Slot.objects.filter(task__project=project).exclude(filled_at=None).count()
        assert overfull(project) == 0
        forget_everything()
        advance(minutes=20)  # so that nobody owes a break


def test_one_step_sent_from_many_tabs_shows_one_part_and_charges_it_once(labelers):
    project = project_for(TeamFactory())
    add_tasks(project, ROUNDS, body=LONG, severity=1)
    for person in labelers[:ROUNDS]:
        first = shown(project, person)
        rows = LedgerEntry.objects.count()

        outcomes = together(
            [partial(step, lease_id=first.card.lease_id, by=person, to="part", part=2) for _ in range(4)]
        )

        assert all(isinstance(outcome, Shown) for outcome in outcomes), outcomes
        assert {len(outcome.parts) for outcome in outcomes} == {2}
        assert len({outcome.view.window_ends_at for outcome in outcomes}) == 1
        assert LedgerEntry.objects.count() == rows + 1


def test_a_draft_and_a_conceal_at_one_moment_never_take_the_lease_for_lost(labelers):
    project = project_for(TeamFactory())
    add_tasks(project, ROUNDS, severity=1)
    for person in labelers[:ROUNDS]:
        lease_id = shown(project, person).card.lease_id
        keep = partial(save_draft, lease_id=lease_id, by=person, answers=rude())

        outcomes = together([keep, partial(conceal, lease_id=lease_id, by=person), keep])

        assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
