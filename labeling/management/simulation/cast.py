"""The people of a simulation: demo labelers with a token each. The one part that is not HTTP."""

from dataclasses import dataclass

from django.db import transaction

from labeling.models import Project
from people.models import ApiToken, User
from people.operations.api_tokens import issue_token, revoke_token
from people.operations.memberships import add_membership
from people.permissions import Permission, Role
from wellbeing import interface

NAME = "simulated-{number:02d}"


@dataclass(frozen=True)
class Member:
    """A scripted labeler's account for the length of one run."""

    username: str
    token: ApiToken
    secret: str


@transaction.atomic
def assemble(project: Project, count: int) -> list[Member]:
    """`count` simulated labelers in the project's team, made where they are missing, with a token for one day."""
    return [_member(project, number) for number in range(1, count + 1)]


def dismiss(members: list[Member]) -> None:
    for member in members:
        revoke_token(token=member.token, by=None)


def _member(project: Project, number: int) -> Member:
    username = NAME.format(number=number)
    user = User.objects.filter(username=username).first()
    if user is None:
        # Without a password nobody can sign in as them; the token is all they have.
        user = User.objects.create_user(username, display_name=f"Simulated {number}")
        interface.recognise_experience(person_id=user.pk, step=4, by=None)
    if not user.memberships.filter(role=Role.LABELER, team=project.team).exists():
        add_membership(user=user, role=Role.LABELER, team=project.team, by=None)
    # Nobody is shown anything: what a person would be asked has no meaning for a program.
    interface.give_consent(person=user, version=interface.CONSENT_VERSION, language="en")
    token, secret = issue_token(user=user, name="simulation", scopes=[Permission.LABEL], days=1)
    return Member(username, token, secret)
