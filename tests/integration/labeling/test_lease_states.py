from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from labeling import jobs
from labeling.models import Annotation, Item, Lease, Project, Slot, Source
from labeling.operations.claim import claim
from labeling.operations.errors import LabelingError
from labeling.operations.outcomes import Ended, Refused, Shown, Submitted
from labeling.operations.reveal import conceal, more, reveal, step
from labeling.operations.revise import revise
from labeling.operations.skip import release_lease, report_problem, skip
from labeling.operations.submit import submit
from labeling.queries.workbench import LeaseCard
from people.models import User
from tests.factories.labeling import add_tasks, claimed, rude, shown
from tests.factories.wellbeing import advance
from tests.integration.labeling.lease_states import CELLS, STATES, Cell
from wellbeing import interface
from wellbeing.models import Dosimeter, ExposureView

pytestmark = pytest.mark.django_db


@dataclass
class Scene:
    """One person with one task of a project, and another project to turn to."""

    person: User
    other_person: User
    project: Project
    elsewhere: Project
    card: LeaseCard

    @property
    def lease(self) -> dict[str, Any]:
        return {"lease_id": self.card.lease_id, "by": self.person}

    def make_break_due(self) -> None:
        """As after a long stretch: the clock of the stretch is set back, the view is left as it is."""
        now = interface.now()
        past = now - timedelta(milliseconds=interface.DEFAULTS.micro_after_ms + 1_000)
        Dosimeter.objects.update(stretch_started_at=past, long_stretch_started_at=past, last_activity_at=now)

    def run_out(self) -> None:
        advance(minutes=30)

    def raise_source(self) -> None:
        Source.objects.filter(project=self.project).update(expected_severity=4, basis="find")

    def met_by_a_claim(self) -> None:
        self.run_out()
        claim(project=self.project, by=self.other_person)


def due(then: Callable[[Scene], Any]) -> Callable[[Scene], Any]:
    def event(scene: Scene) -> Any:
        scene.make_break_due()
        return then(scene)

    return event


def late(then: Callable[[Scene], Any]) -> Callable[[Scene], Any]:
    def event(scene: Scene) -> Any:
        scene.run_out()
        return then(scene)

    return event


def left(then: Callable[[Scene], Any]) -> Callable[[Scene], Any]:
    def event(scene: Scene) -> Any:
        scene.person.memberships.all().delete()
        return then(scene)

    return event


def all_wanted(then: Callable[[Scene], Any]) -> Callable[[Scene], Any]:
    """The project wants all of an item before an answer, and there is one more part of it."""

    def event(scene: Scene) -> Any:
        Project.objects.filter(pk=scene.project.pk).update(full_view=Project.FullView.ALWAYS)
        Item.objects.filter(project=scene.project).update(part_words=[7, 7], words=14)
        return then(scene)

    return event


def undo(scene: Scene) -> Any:
    mine = Annotation.objects.filter(lease_id=scene.card.lease_id).first()
    return revise(annotation_id=mine.pk if mine else 0, by=scene.person, answers=rude(2))


def skipped_then_submitted(scene: Scene, begun: dict[str, Any] | None = None) -> Any:
    skip(**scene.lease, begun=begun)
    return submit(**scene.lease, answers=rude())


def raised_then_revealed(scene: Scene) -> Any:
    scene.raise_source()
    return reveal(**scene.lease)


def expire_by_job(scene: Scene) -> None:
    scene.run_out()
    jobs.expire_leases()


def in_transaction(operation: Callable[..., Any], **arguments: Any) -> Any:
    with transaction.atomic():
        return operation(**arguments)


EVENTS: dict[str, Callable[[Scene], Any]] = {
    "claim": lambda scene: claim(project=scene.project, by=scene.person),
    "claim in another project": lambda scene: claim(project=scene.elsewhere, by=scene.person),
    "claim while a break is due": due(lambda scene: claim(project=scene.project, by=scene.person)),
    "reveal": lambda scene: reveal(**scene.lease),
    "reveal while a break is due": due(lambda scene: reveal(**scene.lease)),
    "reveal after the lease ran out": late(lambda scene: reveal(**scene.lease)),
    "step": lambda scene: step(**scene.lease, to="words"),
    "reveal after leaving the team": left(lambda scene: reveal(**scene.lease)),
    "submit after leaving the team": left(lambda scene: submit(**scene.lease, answers=rude())),
    "more": lambda scene: more(**scene.lease, window=1),
    "conceal": lambda scene: conceal(**scene.lease),
    "submit": lambda scene: submit(**scene.lease, answers=rude()),
    "submit while a break is due": due(lambda scene: submit(**scene.lease, answers=rude())),
    "submit of a part where all is wanted": all_wanted(lambda scene: submit(**scene.lease, answers=rude())),
    "submit of a part where all is wanted, while a break is due": due(
        all_wanted(lambda scene: submit(**scene.lease, answers=rude()))
    ),
    "submit of a part where all is wanted, after the lease ran out": late(
        all_wanted(lambda scene: submit(**scene.lease, answers=rude()))
    ),
    "submit after the lease ran out": late(lambda scene: submit(**scene.lease, answers=rude())),
    "skip": lambda scene: skip(**scene.lease),
    "submit after a skip": skipped_then_submitted,
    "submit after a skip of what was begun": lambda scene: skipped_then_submitted(scene, rude(2)),
    "problem": lambda scene: report_problem(**scene.lease, kind="garbled"),
    "stop": lambda scene: in_transaction(interface.stop, person_id=scene.person.pk),
    "sign-out": lambda scene: release_lease(by=scene.person),
    "undo": undo,
    "lease expiry, met by a job": expire_by_job,
    "lease expiry, met by somebody's claim": Scene.met_by_a_claim,
    "raised expectation, then reveal": raised_then_revealed,
}


@pytest.fixture
def scene(project, other_project, labeler, second_labeler) -> Callable[[str], Scene]:
    def build(state: str) -> Scene:
        add_tasks(project, 2, slots=1)
        add_tasks(other_project, 1)
        card = claimed(project, labeler) if state == "none" else shown(project, labeler).card
        made = Scene(labeler, second_labeler, project, other_project, card)
        if state == "closed":
            conceal(**made.lease)
        elif state == "overdue":
            advance(minutes=3)
        elif state == "settled":
            submit(**made.lease, answers=rude())
        return made

    return build


def in_words(scene: Scene, answer: Any) -> str:
    if isinstance(answer, LeaseCard):
        return "same card" if answer.lease_id == scene.card.lease_id else "next card"
    if isinstance(answer, Refused | LabelingError):
        return answer.code
    if isinstance(answer, Submitted | Ended):
        return type(answer).__name__.lower() + (" before" if answer.repeated else "")
    if isinstance(answer, interface.BreakStarted):
        return "break"
    names = {Shown: "shown", interface.View: "view", type(None): "nothing"}
    return names[type(answer)]


def view_state(scene: Scene) -> str:
    view = ExposureView.objects.filter(occasion=scene.card.occasion).first()
    if view is None:
        return "none"
    if view.settled_at is not None:
        return "settled"
    if view.closed_at is not None:
        return "closed"
    return "open" if interface.now() < view.window_ends_at else "overdue"


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("event", CELLS)
def test_each_cell_of_the_table(scene, state, event):
    made = scene(state)
    try:
        answer = EVENTS[event](made)
    except LabelingError as error:
        answer = error
    lease = Lease.objects.get(pk=made.card.lease_id)

    found = Cell(in_words(made, answer), lease.outcome or "live", view_state(made))

    assert found == CELLS[event][state]


def test_every_event_has_a_row_and_every_row_an_event():
    assert EVENTS.keys() == CELLS.keys()


@pytest.mark.parametrize("event", ["conceal", "stop", "claim while a break is due"])
def test_what_does_not_end_a_lease_leaves_its_slot_with_it(scene, event):
    made = scene("open")

    EVENTS[event](made)

    lease = Lease.objects.get(pk=made.card.lease_id)
    assert Slot.objects.get(pk=made.card.slot_id).available_at == lease.expires_at
