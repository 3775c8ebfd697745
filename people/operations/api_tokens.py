"""Making and revoking API tokens."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import connection, transaction

from people.clock import ServerTime, server_now
from people.errors import NotAllowed, TokenNotPossible
from people.models import ApiToken, User
from people.models.api_token import LONGEST_TOKEN_LIFE
from people.operations.audit import record_event
from people.permissions import TOKEN_SCOPES, Permission
from people.queries import ALL, permissions_of, teams_with
from people.tokens import digest, new_token


@transaction.atomic
def issue_token(
    *, user: User, name: str, scopes: Iterable[Permission], days: int, by: User | None = None
) -> tuple[ApiToken, str]:
    """Make a token for `user`; returns it with its text, which is shown once and never stored.

    `by` is the person themself at the page, or None for the shell. Raises NotAllowed when it is somebody else, and
    TokenNotPossible when the scopes are none, are not for programs, or exceed what the person may do, or when
    `days` is not 1 to 90.
    """
    if by is not None and by.pk != user.pk:
        raise NotAllowed("Tokens are made by the person they belong to.")
    wanted = sorted({Permission(scope) for scope in scopes})
    if not wanted:
        raise TokenNotPossible("Choose at least one thing that the token may do.")
    if not set(wanted) <= permissions_of(user) & set(TOKEN_SCOPES):
        raise TokenNotPossible(
            "A token cannot do more than its person, and some things are not for programs."
        )
    if not 1 <= days <= LONGEST_TOKEN_LIFE.days:
        raise TokenNotPossible(f"A token lives for 1 to {LONGEST_TOKEN_LIFE.days} days.")
    fresh = new_token()
    token = ApiToken.objects.create(
        prefix=fresh.prefix,
        hash=digest(fresh.plaintext),
        user=user,
        name=name.strip() or "unnamed",
        scopes=[scope.value for scope in wanted],
        expires_at=server_now() + timedelta(days=days),
    )
    record_event(
        action="people.token_issued",
        subject=f"token {token.pk}",
        by=by,
        details={"user": user.pk, "scopes": [scope.value for scope in wanted], "days": days},
    )
    return token, fresh.plaintext


@transaction.atomic
def revoke_token(*, token: ApiToken, by: User | None) -> bool:
    """End a token at once; False when it had ended before. Its person may, and who manages everybody may.

    Raises NotAllowed for anybody else.
    """
    if by is not None and by.pk != token.user_id and teams_with(by, Permission.MANAGE_PEOPLE) is not ALL:
        raise NotAllowed("This token belongs to somebody else.")
    revoked = ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=ServerTime())
    if revoked:
        record_event(
            action="people.token_revoked", subject=f"token {token.pk}", by=by, details={"user": token.user_id}
        )
    return bool(revoked)


NOTE_USE = """
    UPDATE people_apitoken SET last_used_at = clock_timestamp()
     WHERE id = %s AND (last_used_at IS NULL OR last_used_at < clock_timestamp() - interval '1 minute')
"""


def note_use(*, token_id: int) -> None:
    """Keep when a token was last used, to the minute; of many requests at once one writes."""
    with connection.cursor() as cursor:
        cursor.execute(NOTE_USE, [token_id])
