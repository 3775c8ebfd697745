"""Whom another tool may meter. What the route table cannot know: which person is meant."""

from django.http import Http404

from people.models import User
from people.permissions import Permission
from people.queries import teams_with
from wellbeing.queries.metered import metered_person


def person_to_meter(by: User, username: str, *, begun: str | None = None) -> User:
    """The person of that name in a team where `by` may meter; never `by` themself.

    What was begun can be put away: with the occasion of a view of theirs (`begun`), also after they left the team.
    Raises Http404 for anybody else, known or not.
    """
    person = metered_person(username, teams=teams_with(by, Permission.METER), begun=begun, except_for=by.pk)
    if person is None:
        raise Http404
    return person
