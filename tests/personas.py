"""The people that tests are about. `team` is theirs; the outsider does the same work in another one."""

from collections.abc import Callable, Iterable

import pytest
from django.test import Client

from people.models import Team, User
from people.operations.api_tokens import issue_token
from people.permissions import TOKEN_SCOPES, Permission, Role
from people.queries import permissions_of
from tests.factories.people import TeamFactory, person


@pytest.fixture
def team(db: None) -> Team:
    return TeamFactory(name="Harbour")


@pytest.fixture
def other_team(db: None) -> Team:
    return TeamFactory(name="Meadow")


@pytest.fixture
def labeler(team: Team) -> User:
    return person("lena", Role.LABELER, team)


@pytest.fixture
def second_labeler(team: Team) -> User:
    return person("mosi", Role.LABELER, team)


@pytest.fixture
def lead(team: Team) -> User:
    return person("leyla", Role.LEAD, team)


@pytest.fixture
def engineer(team: Team) -> User:
    return person("emre", Role.ENGINEER, team)


@pytest.fixture
def officer(db: None) -> User:
    return person("odile", Role.OFFICER)


@pytest.fixture
def counsellor(db: None) -> User:
    return person("cleo", Role.COUNSELLOR)


@pytest.fixture
def auditor(db: None) -> User:
    return person("aino", Role.AUDITOR)


@pytest.fixture
def admin(db: None) -> User:
    return person("ada", Role.ADMIN)


@pytest.fixture
def tool(team: Team) -> User:
    """The account of another review tool."""
    return person("tova", Role.INTEGRATION, team)


@pytest.fixture
def outsider(other_team: Team) -> User:
    """Labels and leads, but in the other team."""
    user = person("otis", Role.LABELER, other_team)
    user.memberships.create(role=Role.LEAD, team=other_team)
    return user


@pytest.fixture
def nobody(db: None) -> User:
    """Signed in, and without any role."""
    return person("noor")


@pytest.fixture
def browser_of() -> Callable[[User], Client]:
    """`browser_of(labeler)`: a client with that person's session. Its unsafe requests must pass the CSRF check
    only when made with `csrf=True`."""

    def browser(user: User, *, csrf: bool = False) -> Client:
        client = Client(enforce_csrf_checks=csrf)
        client.force_login(user)
        return client

    return browser


@pytest.fixture
def program_of() -> Callable[..., Client]:
    """`program_of(engineer, scopes=[…])`: a client with an API token of that person; all scopes they may give
    unless some are named."""

    def program(user: User, scopes: Iterable[Permission] | None = None) -> Client:
        wanted = permissions_of(user) & set(TOKEN_SCOPES) if scopes is None else scopes
        _, plaintext = issue_token(user=user, name="test", scopes=wanted, days=1)
        return Client(headers={"Authorization": f"Bearer {plaintext}"}, enforce_csrf_checks=True)

    return program
