"""Nine in the morning, and somebody who is about to leave."""

import pytest
from allauth.account.models import EmailAddress

from people.models import Invitation, Team, User
from people.operations.api_tokens import issue_token
from people.operations.invitations import invite
from people.permissions import Permission, Role
from tests.factories.people import person
from tests.factories.wellbeing import advance_to, label
from wellbeing.operations.private_keys import ensure_data_key

NAME, ADDRESS = "wilhelmina", "wilhelmina@example.org"


@pytest.fixture(autouse=True)
def _nine_in_the_morning(db: None) -> None:
    """So that no test depends on how far away 04:00 happens to be."""
    advance_to(9)


@pytest.fixture
def leaver(team: Team) -> User:
    """Somebody with a name, an address, a token, a session, an invitation behind them, and a week's exposure."""
    user = person(NAME, Role.LABELER, team, email=ADDRESS, display_name="Wilhelmina Quist")
    user.memberships.create(role=Role.ENGINEER, team=team)
    invitation, _ = invite(email="other@example.org", role=Role.LABELER, team=team, by=None)
    Invitation.objects.filter(pk=invitation.pk).update(
        email=ADDRESS, accepted_at=invitation.created_at, accepted_by=user
    )
    EmailAddress.objects.create(user=user, email=ADDRESS, verified=True, primary=True)
    issue_token(user=user, name="wilhelmina's laptop", scopes=[Permission.READ_RELEASES], days=1, by=user)
    ensure_data_key(person_id=user.pk)
    for number in range(3):
        label(user, f"lease:{number}", severity=number + 1)
    return user
