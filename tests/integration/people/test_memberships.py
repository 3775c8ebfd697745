import pytest
from django.db import IntegrityError, transaction

from people.errors import AlreadyHere, NotAllowed, NotToOneself
from people.models import AuditEvent, Membership
from people.operations import memberships
from people.operations.accounts import set_active
from people.operations.memberships import add_membership, remove_membership
from people.permissions import Permission, Role
from people.queries import ALL, permissions_of, teams_with
from tests.factories.people import MembershipFactory


def test_admin_gives_a_role(admin, nobody, team):
    add_membership(user=nobody, role=Role.LEAD, team=team, by=admin)

    assert Permission.ADJUDICATE in permissions_of(nobody, team.pk)
    event = AuditEvent.objects.get()
    assert (event.action, event.actor_id, event.details) == (
        "people.role_given",
        admin.pk,
        {"role": "lead", "team": team.pk},
    )


@pytest.mark.parametrize("role", list(Role))
def test_admin_cannot_give_themself_a_role(admin, role):
    with pytest.raises(NotToOneself):
        add_membership(user=admin, role=role, team=None, by=admin)

    assert Membership.objects.filter(user=admin).count() == 1
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("persona", ["labeler", "lead", "engineer", "officer", "outsider", "nobody"])
def test_nobody_else_gives_roles(persona, second_labeler, team, request):
    with pytest.raises(NotAllowed):
        add_membership(user=second_labeler, role=Role.LEAD, team=team, by=request.getfixturevalue(persona))


def test_admin_of_a_team_gives_roles_there_and_nowhere_else(nobody, second_labeler, team, other_team):
    MembershipFactory(user=second_labeler, role=Role.ADMIN, team=team)

    add_membership(user=nobody, role=Role.LABELER, team=team, by=second_labeler)
    for elsewhere in (other_team, None):
        with pytest.raises(NotAllowed):
            add_membership(user=nobody, role=Role.LABELER, team=elsewhere, by=second_labeler)

    assert teams_with(nobody, Permission.LABEL) == {team.pk}


@pytest.mark.parametrize("in_team", [True, False])
def test_role_is_held_once(admin, nobody, team, in_team):
    where = team if in_team else None
    add_membership(user=nobody, role=Role.AUDITOR, team=where, by=admin)

    with pytest.raises(AlreadyHere):
        add_membership(user=nobody, role=Role.AUDITOR, team=where, by=admin)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=nobody, role=Role.AUDITOR, team=where)

    assert AuditEvent.objects.count() == 1


def test_role_is_taken(admin, labeler, team):
    assert remove_membership(user=labeler, role=Role.LABELER, team=team, by=admin)
    assert not remove_membership(user=labeler, role=Role.LABELER, team=team, by=admin)

    assert permissions_of(labeler) == frozenset()
    assert AuditEvent.objects.get().action == "people.role_taken"


def test_one_may_give_a_role_up(labeler, team):
    assert remove_membership(user=labeler, role=Role.LABELER, team=team, by=labeler)


def test_lead_takes_nobodys_role(lead, labeler, team):
    with pytest.raises(NotAllowed):
        remove_membership(user=labeler, role=Role.LABELER, team=team, by=lead)


def test_role_is_not_kept_when_the_audit_event_fails(admin, nobody, team, monkeypatch):
    def fail(**_):
        raise RuntimeError("no room for the audit event")

    monkeypatch.setattr(memberships, "record_event", fail)

    with pytest.raises(RuntimeError, match="no room"):
        add_membership(user=nobody, role=Role.LEAD, team=team, by=admin)

    assert not Membership.objects.filter(user=nobody).exists()


def test_roles_are_read_once_per_person_object(labeler, team, django_assert_num_queries):
    labeler.refresh_from_db()

    with django_assert_num_queries(1):
        permissions_of(labeler)
        permissions_of(labeler, team.pk)
        assert teams_with(labeler, Permission.LABEL) == {team.pk}
        assert teams_with(labeler, Permission.ADJUDICATE) == set()


def test_role_in_the_organisation_is_every_team(officer):
    assert teams_with(officer, Permission.OWN_POLICY) is ALL


def test_outsider_may_nothing_in_the_team(outsider, team, other_team):
    assert permissions_of(outsider, team.pk) == frozenset()
    assert Permission.LABEL in permissions_of(outsider, other_team.pk)


def test_admin_closes_an_account_and_opens_it_again(admin, labeler):
    set_active(user=labeler, active=False, by=admin)
    set_active(user=labeler, active=False, by=admin)
    set_active(user=labeler, active=True, by=admin)

    assert list(AuditEvent.objects.order_by("id").values_list("action", flat=True)) == [
        "people.account_closed",
        "people.account_opened",
    ]


def test_nobody_closes_their_own_account_or_without_the_right(admin, labeler, lead):
    with pytest.raises(NotToOneself):
        set_active(user=admin, active=False, by=admin)
    with pytest.raises(NotAllowed):
        set_active(user=labeler, active=False, by=lead)
