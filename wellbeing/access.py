"""Whom another tool may meter. What the route table cannot know: which person is meant."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from people.models import User
from people.permissions import Permission, Role
from people.queries import roles_of, teams_with
from wellbeing.queries.metered import metered_person


def person_to_meter(by: User, username: str, *, begun: str | None = None) -> User:
    """The person of that name in a team where `by` may meter; never `by` themself.

    What was begun can be put away: with the occasion of a view of theirs (`begun`), also after they left the team.
    Raises Http404 for anybody else, known or not, and PermissionDenied for an account that is not a tool's alone: what a
    gate has to tell would be a lead's to read.
    """
    if any(role != Role.INTEGRATION for role, _ in roles_of(by)):
        raise PermissionDenied("This account has other roles too. Make one for the tool alone.")
    person = metered_person(username, teams=teams_with(by, Permission.METER), begun=begun, except_for=by.pk)
    if person is None:
        raise Http404
    return person
