"""The rules of `permissions_of` and `teams_with` on roles given by hand, without a database."""

import pytest
from django.contrib.auth.models import AnonymousUser

from people.models import User
from people.permissions import ROLES, Permission, Role
from people.queries import ALL, ROLES_KEPT, hold_to_scopes, permissions_of, teams_with

HARBOUR, MEADOW = 1, 2


def somebody(*roles: tuple[str, int | None], is_active: bool = True) -> User:
    user = User(pk=7, username="somebody", is_active=is_active)
    setattr(user, ROLES_KEPT, roles)
    return user


def test_role_in_a_team_holds_there_and_not_elsewhere():
    user = somebody((Role.LEAD, HARBOUR))

    assert permissions_of(user, HARBOUR) == ROLES[Role.LEAD].permissions
    assert permissions_of(user, MEADOW) == frozenset()


def test_role_in_the_organisation_holds_in_every_team():
    user = somebody((Role.OFFICER, None))

    assert permissions_of(user, MEADOW) == ROLES[Role.OFFICER].permissions


def test_without_a_team_permissions_from_anywhere_count():
    user = somebody((Role.LABELER, HARBOUR), (Role.AUDITOR, MEADOW))

    assert permissions_of(user) >= {Permission.LABEL, Permission.READ_AUDIT}


@pytest.mark.parametrize(
    ("roles", "teams"),
    [
        ((), set()),
        (((Role.LEAD, HARBOUR), (Role.LABELER, MEADOW)), {HARBOUR}),
        (((Role.LEAD, HARBOUR), (Role.LEAD, MEADOW)), {HARBOUR, MEADOW}),
        (((Role.LEAD, HARBOUR), (Role.LEAD, None)), ALL),
    ],
)
def test_teams_with_names_the_teams_where_a_permission_holds(roles, teams):
    assert teams_with(somebody(*roles), Permission.ADJUDICATE) == teams


def test_token_scopes_only_ever_take_away():
    user = somebody((Role.ENGINEER, HARBOUR))

    hold_to_scopes(user, frozenset({Permission.READ_RELEASES, Permission.OWN_POLICY}))

    assert permissions_of(user) == {Permission.READ_RELEASES}
    assert teams_with(user, Permission.READ_RELEASES) == {HARBOUR}
    assert teams_with(user, Permission.IMPORT_ITEMS) == set()


def test_closed_account_may_nothing():
    assert permissions_of(somebody((Role.ADMIN, None), is_active=False)) == frozenset()


def test_anonymous_may_nothing():
    assert permissions_of(AnonymousUser()) == frozenset()


def test_role_from_a_newer_version_brings_nothing():
    assert permissions_of(somebody(("archduke", None))) == frozenset()
