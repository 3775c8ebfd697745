"""Inviting people, and their coming in."""

import secrets
from datetime import timedelta

from django.core.validators import validate_email
from django.db import transaction

from people.clock import ServerTime, server_now
from people.errors import AlreadyHere, InvitationNotValid
from people.models import Invitation, Team, User
from people.operations.audit import record_event
from people.operations.memberships import add_membership, refuse_unless_may_give
from people.permissions import Role
from people.tokens import digest

INVITATION_LIFE = timedelta(days=7)


@transaction.atomic
def invite(*, email: str, role: Role, team: Team | None, by: User | None) -> tuple[Invitation, str]:
    """Make an invitation, good once and for seven days; returns it with its secret, which is not stored.

    Raises NotAllowed, ValidationError for an address that is none, or AlreadyHere when it has an account.
    """
    refuse_unless_may_give(by=by, team=team)
    validate_email(email)
    if User.objects.filter(email__iexact=email).exists():
        raise AlreadyHere("Somebody with this e-mail address has an account already.")
    # Asked for again, the link is made anew and the old one ends, so that one person has one.
    Invitation.objects.filter(email=email.lower(), accepted_at=None, expires_at__gt=ServerTime()).update(
        expires_at=ServerTime()
    )
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        token_hash=digest(secret),
        email=email.lower(),
        role=Role(role),
        team=team,
        invited_by=by,
        expires_at=server_now() + INVITATION_LIFE,
    )
    record_event(
        action="people.invited",
        subject=f"invitation {invitation.pk}",
        by=by,
        details={"role": Role(role).value, "team": None if team is None else team.pk},
    )
    return invitation, secret


@transaction.atomic
def accept_invitation(*, token_hash: bytes, user: User) -> Invitation:
    """Use up the invitation and give `user` its role. Two at once: one wins.

    Raises InvitationNotValid when it was used, has expired, or is for another address.
    """
    invitation = Invitation.objects.select_for_update(of=("self",)).filter(token_hash=token_hash).first()
    now = server_now()
    if invitation is None or invitation.accepted_at is not None or invitation.expires_at <= now:
        raise InvitationNotValid("This invitation was used or has expired. Ask for a new one.")
    if invitation.email != user.email.lower():
        raise InvitationNotValid("This invitation is for another e-mail address.")
    invitation.accepted_at = now
    invitation.accepted_by = user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    # The right to give the role was checked when the invitation was made.
    add_membership(user=user, role=Role(invitation.role), team=invitation.team, by=None)
    record_event(action="people.joined", subject=f"invitation {invitation.pk}", by=user)
    return invitation
