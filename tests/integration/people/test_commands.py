from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from people.models import ApiToken, Membership, Team, User
from people.permissions import TOKEN_SCOPES, Permission, Role
from people.queries import bearer_token, permissions_of
from people.tokens import prefix_of


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue().strip()


def test_issue_token_prints_a_working_token(engineer):
    token = bearer_token(prefix_of(run("issue_token", "emre")))

    assert token.user == engineer
    assert token.scopes == permissions_of(engineer) & set(TOKEN_SCOPES)


def test_issue_token_takes_scopes_name_and_days(engineer):
    run("issue_token", "emre", "--scope", "read_releases", "--name", "nightly", "--days", "7")

    token = ApiToken.objects.get()
    assert (token.name, token.scopes) == ("nightly", ["read_releases"])
    assert (token.expires_at - token.created_at).days in {6, 7}


@pytest.mark.parametrize(
    "words", [["nobody"], ["emre", "--scope", "label"], ["emre", "--days", "91"], ["noor"]]
)
def test_issue_token_refuses(words, engineer, nobody):
    with pytest.raises(CommandError):
        run("issue_token", *words)

    assert not ApiToken.objects.exists()


def test_first_admin_comes_in_by_an_invitation_from_the_shell(db):
    assert Client().get(run("invite", "first@example.org", "--role", "admin")).status_code == 200


def test_invite_makes_the_team(db):
    run("invite", "first@example.org", "--team", "Harbour")

    assert Team.objects.get().name == "Harbour"


@pytest.mark.parametrize("email", ["lena@example.org", "nonsense"])
def test_invite_refuses(email, labeler):
    with pytest.raises(CommandError):
        run("invite", email)


def test_set_role_gives_and_takes(nobody, team):
    run("set_role", "noor", "lead", "--team", "Harbour")
    assert Membership.objects.filter(user=nobody, role=Role.LEAD, team=team).exists()
    with pytest.raises(CommandError, match="already"):
        run("set_role", "noor", "lead", "--team", "Harbour")

    run("set_role", "noor", "lead", "--team", "Harbour", "--remove")
    assert Permission.LABEL not in permissions_of(nobody)
    with pytest.raises(CommandError, match="did not hold"):
        run("set_role", "noor", "lead", "--team", "Harbour", "--remove")


@pytest.mark.parametrize("words", [["nobody", "lead"], ["noor", "lead", "--team", "Nowhere"]])
def test_set_role_refuses(words, nobody):
    with pytest.raises(CommandError):
        run("set_role", *words)


def test_set_account_closes_and_opens(labeler):
    run("set_account", "lena", "closed")
    assert not User.objects.get(username="lena").is_active

    run("set_account", "lena", "open")
    assert User.objects.get(username="lena").is_active

    with pytest.raises(CommandError):
        run("set_account", "nobody", "closed")
