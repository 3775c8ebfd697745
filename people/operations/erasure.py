"""Taking a person's name out of the database. What they did stays, as somebody's without a name."""

import secrets
from datetime import UTC, datetime
from uuid import uuid4

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.models import Q

from people.clock import ServerTime
from people.models import ApiToken, Invitation, Membership, User
from people.operations.audit import record_event

# Far above what the sequence gives, and in no order: the number of a stand-in says nothing about whose it is.
FIRST_STAND_IN = 2**40
STAND_INS = 2**52


@transaction.atomic
def erase_account(*, user_id: int, by: User | None) -> None:
    """Scrub name, address, preferences, roles, tokens, sessions and invitations, and close the account for ever.

    Their name leaves the audit log too; what was done stays there under their number. Repeatable. The caller has made
    sure that it was asked for and approved. Raises User.DoesNotExist.
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=user_id)
    _scrub_invitations(user)
    Membership.objects.filter(user=user).delete()
    ApiToken.objects.filter(user=user).delete()
    _end_sessions(user)
    if apps.is_installed("allauth.account"):
        apps.get_model("account", "EmailAddress").objects.filter(user=user).delete()
    User.objects.filter(pk=user.pk).update(
        username=f"erased-{user.pk}",
        email="",
        display_name="",
        password=make_password(None),
        last_login=None,
        time_zone="UTC",
        languages=["en"],
        page_language="",
        pace_words_per_minute=120,
        own_keys="",
        single_keys=True,
        one_key_answers=True,
        is_active=False,
        is_staff=False,
        erased_at=user.erased_at or ServerTime(),
    )
    if user.erased_at is None:
        record_event(action="people.erased", subject=f"user {user.pk}", by=by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_forget_actor(%s)", [user.pk])


def make_stand_in() -> User:
    """Nobody: an account that can never be used, for what has to belong to somebody and must not say to whom."""
    return User.objects.create(
        pk=FIRST_STAND_IN + secrets.randbelow(STAND_INS),
        username=f"erased-{uuid4()}",
        password=make_password(None),
        is_active=False,
        # Not the time of any erasure.
        date_joined=datetime(2000, 1, 1, tzinfo=UTC),
        erased_at=datetime(2000, 1, 1, tzinfo=UTC),
    )


def _scrub_invitations(user: User) -> None:
    theirs = Q(accepted_by=user)
    if user.email:
        theirs |= Q(email__iexact=user.email)
    Invitation.objects.filter(theirs).delete()


def _end_sessions(user: User) -> None:
    """Remove theirs, also for what a session may hold of a sign-up. Reads all: this is rare."""
    if not apps.is_installed("django.contrib.sessions"):
        return
    for session in apps.get_model("sessions", "Session").objects.all():
        held = session.get_decoded()
        if held.get("_auth_user_id") == str(user.pk) or (user.email and user.email in str(held)):
            session.delete()
