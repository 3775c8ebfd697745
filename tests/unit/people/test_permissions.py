import pytest

from people.permissions import (
    PERMISSION_WORDS,
    READ_ONLY,
    ROLES,
    TOKEN_SCOPES,
    Permission,
    Role,
    permissions_of_role,
)


def test_every_role_is_described_and_may_do_something():
    assert set(ROLES) == set(Role)
    assert all(role.name and role.description and role.permissions for role in ROLES.values())


def test_every_permission_has_words_and_some_role_brings_it():
    brought = frozenset().union(*(role.permissions for role in ROLES.values()))

    assert set(PERMISSION_WORDS) == set(Permission)
    assert brought == set(Permission)


def test_unknown_role_brings_nothing():
    assert permissions_of_role("archduke") == frozenset()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_an_admin_manages_people(role):
    assert Permission.MANAGE_PEOPLE not in ROLES[role].permissions


def test_admin_has_no_part_in_exposure_policy_or_support():
    apart = {
        Permission.SEE_TEAM_EXPOSURE,
        Permission.TIGHTEN_LIMITS,
        Permission.OWN_POLICY,
        Permission.ANSWER_SUPPORT,
        Permission.ANSWER_RISK,
        Permission.LABEL,
    }

    assert not ROLES[Role.ADMIN].permissions & apart


def test_counsellor_answers_support_and_nothing_else():
    assert ROLES[Role.COUNSELLOR].permissions == {Permission.ANSWER_SUPPORT}


def test_lead_takes_no_labels_out():
    assert not ROLES[Role.LEAD].permissions & {Permission.READ_RELEASES, Permission.PUBLISH_RELEASES}


def test_tokens_never_manage_people_policy_support_or_tokens():
    never = {
        Permission.MANAGE_PEOPLE,
        Permission.ISSUE_TOKENS,
        Permission.OWN_POLICY,
        Permission.ANSWER_SUPPORT,
        Permission.ANSWER_RISK,
        Permission.READ_AUDIT,
    }

    assert not set(TOKEN_SCOPES) & never
    assert READ_ONLY.isdisjoint({Permission.LABEL, Permission.IMPORT_ITEMS})
