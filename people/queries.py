"""Reads about people: what somebody may do, and where."""

from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from people.clock import ServerTime
from people.models import ApiToken, Invitation, Membership, User
from people.permissions import Permission, permissions_of_role, roles_with


class _Everywhere(Enum):
    ALL = "every team"


ALL: Final = _Everywhere.ALL
AllTeams = Literal[_Everywhere.ALL]

# (role, team id); no team means the whole organisation.
Roles = tuple[tuple[str, int | None], ...]

ROLES_KEPT = "_respite_roles"
SCOPES_KEPT = "_respite_token_scopes"

KNOWN_PERMISSIONS = frozenset(permission.value for permission in Permission)


def permissions_of(user: User | AnonymousUser, team_id: int | None = None) -> frozenset[Permission]:
    """What `user` may do in the team: from organisation-wide roles and from roles there. Without a team: anywhere.

    A person who came with an API token is held to its scopes. One statement per user object, then kept on it.
    """
    granted: set[Permission] = set()
    for role, role_team_id in roles_of(user):
        if team_id is None or role_team_id is None or role_team_id == team_id:
            granted |= permissions_of_role(role)
    return _within_scopes(user, granted)


def teams_with(user: User | AnonymousUser, permission: Permission) -> set[int] | AllTeams:
    """Ids of the teams where `user` has the permission, or ALL when they have it in the whole organisation."""
    if not _within_scopes(user, {permission}):
        return set()
    teams: set[int] = set()
    for role, team_id in roles_of(user):
        if permission in permissions_of_role(role):
            if team_id is None:
                return ALL
            teams.add(team_id)
    return teams


def cares_for(user: User | AnonymousUser, person_id: int, permission: Permission) -> bool:
    """Whether `user` has the permission in a team of that person, or in the whole organisation."""
    teams = teams_with(user, permission)
    return teams is ALL or Membership.objects.filter(user_id=person_id, team_id__in=teams).exists()


def holders_of(permission: Permission, *, team_id: int | None = None) -> QuerySet[User]:
    """Active people with the permission in that team or in the whole organisation; without a team, only in the latter."""
    roles = roles_with(permission)
    held = Membership.objects.filter(user=OuterRef("pk"), role__in=roles)
    held = held.filter(team=None) if team_id is None else held.filter(Q(team=None) | Q(team_id=team_id))
    return User.objects.filter(Exists(held), is_active=True)


def roles_of(user: User | AnonymousUser) -> Roles:
    """The roles of an active person as (role, team id). Read once per user object, that is once per request."""
    if not user.is_active or user.pk is None:
        return ()
    # getattr, not __dict__: request.user is a lazy wrapper around the person.
    kept: Roles | None = getattr(user, ROLES_KEPT, None)
    if kept is None:
        # By hand rather than through a queryset: this runs in every request.
        with connection.cursor() as cursor:
            cursor.execute("SELECT role, team_id FROM people_membership WHERE user_id = %s", [user.pk])
            kept = tuple((role, team_id) for role, team_id in cursor.fetchall())
        setattr(user, ROLES_KEPT, kept)
    return kept


def forget_roles(user: User) -> None:
    """Read the roles again next time. Operations that change a membership call it."""
    setattr(user, ROLES_KEPT, None)


def hold_to_scopes(user: User, scopes: frozenset[Permission]) -> None:
    """From here on this user object can do no more than `scopes`, whatever roles the person has."""
    setattr(user, SCOPES_KEPT, scopes)


def _within_scopes(user: User | AnonymousUser, granted: set[Permission]) -> frozenset[Permission]:
    scopes: frozenset[Permission] | None = getattr(user, SCOPES_KEPT, None)
    return frozenset(granted) if scopes is None else frozenset(granted) & scopes


def open_invitation(token_hash: bytes) -> Invitation | None:
    """The invitation with that hash if it can still be accepted: unused, in time, its address without an account."""
    return (
        Invitation.objects.filter(token_hash=token_hash, accepted_at=None, expires_at__gt=ServerTime())
        .exclude(Exists(User.objects.filter(email__iexact=OuterRef("email"))))
        .select_related("team", "invited_by")
        .first()
    )


@dataclass(frozen=True)
class BearerToken:
    """A live token with its active person; becomes `request.token` once its hash was compared."""

    token_id: int
    hash: bytes
    scopes: frozenset[Permission]
    is_use_worth_noting: bool  # not noted within the last minute
    user: User


# One statement for token and person, and by hand: it runs in every request of a program.
USER_FIELDS = [field.attname for field in User._meta.concrete_fields]
LIVE_TOKEN = """
    SELECT token.id, token.hash, token.scopes,
           token.last_used_at IS NULL OR token.last_used_at < clock_timestamp() - interval '1 minute',
           {columns}
      FROM people_apitoken token
      JOIN people_user person ON person.id = token.user_id
     WHERE token.prefix = %s
       AND token.revoked_at IS NULL
       AND token.expires_at > clock_timestamp()
       AND person.is_active
""".format(  # noqa: S608 - the columns of our own model
    columns=", ".join(f"person.{field.column}" for field in User._meta.concrete_fields)
)


def bearer_token(prefix: str) -> BearerToken | None:
    """The live token with that prefix. The caller must still compare the hash."""
    with connection.cursor() as cursor:
        cursor.execute(LIVE_TOKEN, [prefix])
        row = cursor.fetchone()
    if row is None:
        return None
    token_id, stored_hash, scopes, is_use_worth_noting, *values = row
    return BearerToken(
        token_id=token_id,
        hash=bytes(stored_hash),
        scopes=frozenset(Permission(scope) for scope in scopes if scope in KNOWN_PERMISSIONS),
        is_use_worth_noting=is_use_worth_noting,
        user=User.from_db("default", USER_FIELDS, values),
    )


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """A person's tokens that can still be used, newest first."""
    return ApiToken.objects.filter(user=user, revoked_at=None, expires_at__gt=ServerTime()).order_by("-id")


def has_live_token_named(*, user: User, name: str) -> bool:
    return tokens_of(user).filter(name=name).exists()


def everybody(teams: set[int] | AllTeams) -> QuerySet[User]:
    """People with their roles, by name: all of them, or those with a role in one of the teams."""
    people = (
        User.objects.filter(erased_at=None)
        .order_by("username")
        .prefetch_related(
            Prefetch("memberships", Membership.objects.select_related("team").order_by("role", "team_id"))
        )
    )
    if teams is ALL:
        return people
    return people.filter(Exists(Membership.objects.filter(user=OuterRef("pk"), team__in=teams)))


def open_invitations(teams: set[int] | AllTeams) -> QuerySet[Invitation]:
    """Invitations that can still be accepted, newest first."""
    waiting = Invitation.objects.filter(accepted_at=None, expires_at__gt=ServerTime())
    if teams is not ALL:
        waiting = waiting.filter(team__in=teams)
    return waiting.select_related("team").order_by("-id")
