"""Somebody whose role in the project's team was taken while they hold a lease: nothing more is shown, nothing is lost."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from labeling.models import Annotation, Lease, Project, Slot
from labeling.operations.claim import claim
from labeling.operations.errors import NotYours
from labeling.operations.reveal import conceal, more, reveal, step
from labeling.operations.skip import skip
from labeling.operations.submit import submit
from people.models import Team, User
from people.operations.memberships import add_membership, remove_membership
from people.permissions import Permission, Role
from tests.factories.labeling import BENIGN, MILD, add_tasks, claimed, project_for, shown
from tests.integration.labeling.test_claim import statements
from wellbeing import interface
from wellbeing.interface import ViewState

pytestmark = pytest.mark.django_db

SHOWING = {
    "reveal": lambda **lease: reveal(**lease),
    "step": lambda **lease: step(**lease, to="words"),
    "more": lambda **lease: more(**lease, window=1),
}


def leave(person: User, team: Team) -> None:
    remove_membership(user=person, role=Role.LABELER, team=team, by=None)


@pytest.mark.parametrize("showing", SHOWING.values(), ids=SHOWING)
def test_nothing_is_shown_and_an_unopened_lease_frees_its_slot(project, team, labeler, showing):
    add_tasks(project, 1)
    card = claimed(project, labeler)
    leave(labeler, team)

    for _ in range(2):
        with pytest.raises(NotYours):
            showing(lease_id=card.lease_id, by=labeler)

    assert Lease.objects.get(pk=card.lease_id).outcome == Lease.Outcome.RELEASED
    assert Slot.objects.get(pk=card.slot_id).available_at <= interface.now()


@pytest.mark.parametrize("showing", SHOWING.values(), ids=SHOWING)
def test_an_opened_item_is_not_shown_again_and_can_be_answered(project, team, labeler, showing):
    add_tasks(project, 1)
    card = shown(project, labeler).card
    leave(labeler, team)

    with pytest.raises(NotYours):
        showing(lease_id=card.lease_id, by=labeler)

    assert Lease.objects.get(pk=card.lease_id).ended_at is None
    assert conceal(lease_id=card.lease_id, by=labeler).state is ViewState.CLOSED
    assert submit(lease_id=card.lease_id, by=labeler, answers=BENIGN).decision == "open"


def test_it_can_be_skipped_as_well(project, team, labeler):
    add_tasks(project, 1)
    card = shown(project, labeler).card
    leave(labeler, team)

    assert skip(lease_id=card.lease_id, by=labeler).outcome == Lease.Outcome.SKIPPED


def test_a_role_elsewhere_or_of_another_kind_is_not_enough(project, team, other_team, labeler):
    add_tasks(project, 1)
    card = claimed(project, labeler)
    leave(labeler, team)
    add_membership(user=labeler, role=Role.LABELER, team=other_team, by=None)
    add_membership(user=labeler, role=Role.LEAD, team=team, by=None)

    with pytest.raises(NotYours):
        reveal(lease_id=card.lease_id, by=labeler)


def test_labeling_in_the_whole_organisation_is_enough(project, team, labeler):
    add_tasks(project, 1)
    card = claimed(project, labeler)
    leave(labeler, team)
    add_membership(user=labeler, role=Role.LABELER, team=None, by=None)

    assert reveal(lease_id=card.lease_id, by=labeler).view.state is ViewState.OPEN


def test_being_asked_for_it_costs_no_statement_of_its_own(project, team, labeler):
    add_tasks(project, 1)
    card = claimed(project, labeler)
    leave(labeler, team)

    with CaptureQueriesContext(connection) as captured, pytest.raises(NotYours):
        reveal(lease_id=card.lease_id, by=labeler)

    assert len(statements(captured)) == 2, statements(captured)  # the card, and the end of the lease


def test_a_claim_hands_nothing_out(project, team, labeler, outsider, lead):
    add_tasks(project, 3)
    card = claimed(project, labeler)
    leave(labeler, team)

    for person in (labeler, outsider, lead):
        with pytest.raises(NotYours):
            claim(project=project, by=person)

    assert list(Lease.objects.values_list("pk", flat=True)) == [card.lease_id]


def test_an_opened_task_of_the_old_team_does_not_stand_in_the_way(project, team, other_team, labeler):
    add_tasks(project, 1)
    old = shown(project, labeler).card
    leave(labeler, team)
    add_membership(user=labeler, role=Role.LABELER, team=other_team, by=None)
    elsewhere = project_for(other_team)
    add_tasks(elsewhere, 1)

    assert claimed(elsewhere, labeler).project_id == elsewhere.pk
    lease = Lease.objects.get(pk=old.lease_id)
    assert lease.outcome == Lease.Outcome.RELEASED
    assert lease.settled_at is not None
    assert not submit(lease_id=old.lease_id, by=labeler, answers=BENIGN).is_extra


@pytest.fixture
def opened(project: Project, labeler: User) -> int:
    add_tasks(project, 3)
    return shown(project, labeler).card.lease_id


def test_the_pages_show_nothing_more_and_take_the_answer(
    opened: int, project: Project, team: Team, labeler: User, browser_of: Callable[[User], Client]
) -> None:
    me = browser_of(labeler)
    leave(labeler, team)

    def post(name: str, body: dict[str, str]) -> int:
        answer = me.post(reverse(f"labeling:{name}", args=[opened]), body)
        assert MILD not in answer.content.decode()
        return answer.status_code

    assert me.post(reverse("labeling:claim", args=[project.pk])).status_code == 403
    assert post("reveal", {}) == 403
    assert post("draft", {"none": "categories"}) == 204
    assert post("conceal", {}) == 204
    saved = me.post(reverse("labeling:submit", args=[opened]), {"none": "categories"})
    assert (saved.status_code, saved["Location"]) == (302, reverse("labeling:home"))
    assert Annotation.objects.get().lease_id == opened
    assert not Lease.objects.filter(ended_at=None).exists()


def test_the_pages_ask_for_the_role_in_that_team(
    opened: int,
    project: Project,
    team: Team,
    other_team: Team,
    labeler: User,
    browser_of: Callable[..., Client],
) -> None:
    me = browser_of(labeler)
    leave(labeler, team)
    add_membership(user=labeler, role=Role.LABELER, team=other_team, by=None)

    assert me.post(reverse("labeling:claim", args=[project.pk])).status_code == 404
    for name, body in (("reveal", {}), ("step", {"to": "full"}), ("more", {"window": "1"})):
        assert me.post(reverse(f"labeling:{name}", args=[opened]), body).status_code == 404
    assert me.post(reverse("labeling:skip", args=[opened])).status_code == 302
    assert not Lease.objects.filter(ended_at=None).exists()


def test_a_token_shows_nothing_more_and_may_answer(
    opened: int,
    project: Project,
    team: Team,
    other_team: Team,
    labeler: User,
    program_of: Callable[..., Client],
) -> None:
    program = program_of(labeler, scopes=[Permission.LABEL])

    def post(path: str, body: str = "{}") -> int:
        return program.post(f"/api/v1/{path}", body, content_type="application/json").status_code

    leave(labeler, team)
    assert post(f"projects/{project.pk}/claim") == 403
    assert post(f"leases/{opened}/reveal") == 403
    add_membership(user=labeler, role=Role.LABELER, team=other_team, by=None)
    assert post(f"projects/{project.pk}/claim") == 404
    for path, body in (("reveal", "{}"), ("step", '{"to": "full"}'), ("more", '{"window": 1}')):
        assert post(f"leases/{opened}/{path}", body) == 404
    leave(labeler, other_team)
    assert post(f"leases/{opened}/conceal") == 200
    assert post(f"leases/{opened}/annotation", '{"answers": {"categories": {}}}') == 200
    assert post(f"leases/{opened}/skip") == 204
