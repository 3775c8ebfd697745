"""Which policy version is in force, how it came about, and whom it concerns."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from people.models import Membership, Team, User
from people.permissions import Permission
from people.queries import ALL, holders_of, permissions_of, teams_with
from wellbeing.domain.day import day_of, turn_after
from wellbeing.domain.policy import Policy, Scope
from wellbeing.domain.policy_changes import NumberChange, Version, changes_by_version
from wellbeing.models import PolicyProposal, PolicyVersion, RespiteNow
from wellbeing.queries.situation import policy_of
from wellbeing.queries.time import now

TOLD_FOR = timedelta(days=14)


@dataclass(frozen=True)
class PastVersion:
    """One version with its people: who made it, who co-signed it, why, and what it changed."""

    version: PolicyVersion
    changes: tuple[NumberChange, ...]


@dataclass(frozen=True)
class PolicyChange:
    """A change that concerns somebody. `waits`: what is looser in it holds for them from their next day on.

    `team` is empty for the whole organisation.
    """

    at: datetime
    team: str
    changes: tuple[NumberChange, ...]
    waits: bool


@dataclass(frozen=True)
class LimitsOfDay:
    """What somebody is held to today, before ramp-up and limits of their own, and what follows when that day ends.

    A looser limit waits for `turns_at`. `of_team` are the numbers of the team's versions that count today.
    """

    today: Policy
    following: Policy
    turns_at: datetime
    of_team: tuple[dict[str, int], ...]


def limits_of_day(*, person: User, team: Team | None) -> LimitsOfDay:
    """The limits of the organisation, or of a team, as they are on this person's day. Two statements."""
    moment = now()
    day = day_of(moment, person.zone.key)
    starts, turns_at = (turn_after(one, person.zone.key) for one in (day - timedelta(days=1), day))
    whose = Q(scope=Scope.ORGANISATION) | (Q(scope=Scope.TEAM, team=team) if team else Q(pk=None))
    begun = PolicyVersion.objects.filter(whose, valid_from__lte=moment).order_by("valid_from", "id")
    latest: dict[str, dict[str, Any]] = {}
    counting: dict[str, list[dict[str, Any]]] = {Scope.ORGANISATION: [], Scope.TEAM: []}
    for version in begun:
        row = {
            "scope": version.scope,
            "numbers": dict(version.numbers),
            "stood_at_start": version.valid_from <= starts,
        }
        latest[version.scope] = row
        # Of those from before today the last one stood when the day began.
        counting[version.scope] = [row] if row["stood_at_start"] else [*counting[version.scope], row]
    return LimitsOfDay(
        today=policy_of([row for rows in counting.values() for row in rows]),
        following=policy_of([{**row, "stood_at_start": True} for row in latest.values()]),
        turns_at=turns_at,
        of_team=tuple(row["numbers"] for row in counting[Scope.TEAM]),
    )


def versions_in_force(*, scope: Scope, team_id: int | None = None) -> dict[str, int]:
    """The numbers of the latest version of that scope that has begun; empty if there is none."""
    whose = Q(team=None) if team_id is None else Q(team_id=team_id)
    found = PolicyVersion.objects.filter(whose, scope=scope, valid_from__lte=RespiteNow())
    latest = found.order_by("-valid_from", "-id").values_list("numbers", flat=True).first()
    return dict(latest or {})


def policy_history(*, team: Team | None) -> list[PastVersion]:
    """All versions of the organisation, or of a team, the latest first. One statement."""
    whose = Q(scope=Scope.ORGANISATION) if team is None else Q(scope=Scope.ORGANISATION) | Q(team=team)
    rows = {row.pk: row for row in PolicyVersion.objects.filter(whose).select_related("by", "cosigned_by")}
    told = changes_by_version(_version(row) for row in rows.values())
    wanted = None if team is None else team.pk
    return [PastVersion(rows[one.id], changes) for one, changes in reversed(told) if one.team_id == wanted]


def open_proposals(*, team: Team | None) -> list[PolicyProposal]:
    """The proposal that waits for a second person, if there is one."""
    return list(PolicyProposal.objects.filter(team=team, closed_at=None).select_related("by", "team"))


def may_cosign(person: User, proposal: PolicyProposal) -> bool:
    """A representative of those concerned, where there is one; otherwise a second officer. Never the proposer."""
    if person.pk == proposal.by_id:
        return False
    representatives = holders_of(Permission.COSIGN_POLICY, team_id=proposal.team_id).exclude(
        pk=proposal.by_id
    )
    needed = Permission.COSIGN_POLICY if representatives.exists() else Permission.OWN_POLICY
    if proposal.team_id is None:
        return teams_with(person, needed) is ALL
    return needed in permissions_of(person, proposal.team_id)


def policy_changes(*, person: User) -> list[PolicyChange]:
    """What changed in the last fortnight for this person: their organisation's and their teams' policy, latest first.

    One statement. Nobody's own limits are among them.
    """
    mine = Membership.objects.filter(user=person, team__isnull=False).values("team")
    rows = {
        row.pk: row
        for row in PolicyVersion.objects.filter(
            Q(scope=Scope.ORGANISATION) | Q(scope=Scope.TEAM, team__in=mine), valid_from__lte=RespiteNow()
        )
        .select_related("team")
        .annotate(read_at=RespiteNow())
    }
    if not rows:
        return []
    moment: datetime = next(iter(rows.values())).read_at
    today = day_of(moment, person.zone.key)
    return [
        PolicyChange(
            at=version.valid_from,
            team="" if (team := rows[version.id].team) is None else team.name,
            changes=changes,
            waits=day_of(version.valid_from, person.zone.key) == today,
        )
        for version, changes in reversed(changes_by_version(_version(row) for row in rows.values()))
        if changes and version.valid_from > moment - TOLD_FOR
    ]


def teams_seen_by(person: User) -> QuerySet[Team]:
    """The teams whose policy this person may read: their own, or all for whoever has a role in the organisation."""
    teams = Team.objects.order_by("name")
    if person.memberships.filter(team=None).exists():
        return teams
    return teams.filter(memberships__user=person).distinct()


def _version(row: PolicyVersion) -> Version:
    return Version(row.pk, row.team_id, row.numbers, row.valid_from)
