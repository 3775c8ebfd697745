"""Giving and taking roles."""

from django.db import IntegrityError, transaction

from people.errors import AlreadyHere, NotAllowed, NotToOneself
from people.models import Membership, Team, User
from people.operations.audit import record_event
from people.permissions import Permission, Role
from people.queries import ALL, forget_roles, teams_with


def refuse_unless_may_give(*, by: User | None, team: Team | None) -> None:
    """Raise NotAllowed unless `by` manages people in that team; without a team, in the whole organisation."""
    if by is None:  # the shell: whoever has it has the database too
        return
    teams = teams_with(by, Permission.MANAGE_PEOPLE)
    if teams is not ALL and (team is None or team.pk not in teams):
        raise NotAllowed("You cannot give roles there.")


@transaction.atomic
def add_membership(*, user: User, role: Role, team: Team | None, by: User | None) -> Membership:
    """Give `user` a role in `team`, or without a team in the whole organisation. `by` is None for the shell.

    Raises NotToOneself, NotAllowed, or AlreadyHere when they hold it. Holds from the person's next request.
    """
    if by is not None and by.pk == user.pk:
        raise NotToOneself("Nobody can give a role to themselves. Ask another admin.")
    refuse_unless_may_give(by=by, team=team)
    try:
        with transaction.atomic():
            membership = Membership.objects.create(user=user, role=Role(role), team=team)
    except IntegrityError as error:
        raise AlreadyHere("This person has that role already.") from error
    forget_roles(user)
    record_event(
        action="people.role_given",
        subject=f"user {user.pk}",
        by=by,
        details={"role": Role(role).value, "team": None if team is None else team.pk},
    )
    return membership


@transaction.atomic
def remove_membership(*, user: User, role: Role, team: Team | None, by: User | None) -> bool:
    """Take a role from `user`; True when they held it. Giving up one's own is allowed.

    Raises NotAllowed. Holds from the person's next request.
    """
    if by is None or by.pk != user.pk:
        refuse_unless_may_give(by=by, team=team)
    removed, _ = Membership.objects.filter(user=user, role=Role(role), team=team).delete()
    if removed:
        forget_roles(user)
        record_event(
            action="people.role_taken",
            subject=f"user {user.pk}",
            by=by,
            details={"role": Role(role).value, "team": None if team is None else team.pk},
        )
    return bool(removed)
