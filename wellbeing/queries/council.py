"""What the report for a works council counts: policies, looks by role, people's matters from five people on, purges."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.db import connection
from django.db.models import Q, QuerySet, Sum

from people.models import Team
from people.permissions import Permission, Role, roles_with
from wellbeing.domain.month import Month
from wellbeing.domain.policy import Scope
from wellbeing.models import PolicyProposal, PolicyVersion, ReconcileRun

# Looks at exposure. What else is listed for its owner (a correction, a dispute) would count people's own matters.
WATCHING = ("team", "exposure", "ledger", "your first weeks")
_LOOKS = """
SELECT COALESCE(held.role, '') AS role, count(*)
  FROM exposure_look look
  LEFT JOIN LATERAL (
       SELECT m.role FROM people_membership m
        WHERE m.user_id = look.looked_by_id AND m.role = ANY (%(order)s)
        ORDER BY array_position(%(order)s::text[], m.role::text) LIMIT 1
       ) held ON true
 WHERE look.at >= %(since)s AND look.at < %(before)s AND look.what = ANY (%(watching)s)
   AND (%(team)s::bigint IS NULL
        OR look.person_id IN (SELECT m.user_id FROM people_membership m WHERE m.team_id = %(team)s))
 GROUP BY 1 ORDER BY 1
"""
# (how many, of how many people)
_DISPUTES = """
SELECT count(*), count(DISTINCT person_id) FROM dispute WHERE resolved_at >= %(since)s AND resolved_at < %(before)s
"""
_CORRECTIONS = """
SELECT count(*), count(DISTINCT chain) FROM ledger_entry
 WHERE kind = 'correction' AND at >= %(since)s AND at < %(before)s
"""
_PURGES = """
SELECT count(*), count(DISTINCT chain) FROM ledger_marker WHERE at >= %(since)s AND at < %(before)s
"""


@dataclass(frozen=True)
class Span:
    """A calendar month in UTC, [since, before)."""

    since: datetime
    before: datetime


@dataclass(frozen=True)
class Counted:
    """So many of something, of so many people."""

    count: int
    people: int


def span_of(month: Month) -> Span:
    return Span(
        datetime.combine(month.first_day, time(), tzinfo=UTC),
        datetime.combine(month.next.first_day, time(), tzinfo=UTC),
    )


def versions_at(moment: datetime, *, team: Team | None) -> list[PolicyVersion]:
    """The version in force then of the organisation, and of each team or of that one. Never a person's own limits."""
    rows = _shared(team).filter(valid_from__lt=moment).order_by("team_id", "-valid_from", "-pk")
    latest: dict[int | None, PolicyVersion] = {}
    for row in rows.select_related("team", "by", "cosigned_by"):
        latest.setdefault(row.team_id, row)
    return sorted(latest.values(), key=lambda row: ("" if row.team is None else row.team.name, row.pk))


def changes_in(span: Span, *, team: Team | None) -> list[PolicyVersion]:
    """The policies made in that time, in order."""
    rows = _shared(team).filter(made_at__gte=span.since, made_at__lt=span.before)
    return list(rows.select_related("team", "by", "cosigned_by").order_by("made_at", "pk"))


def numbers_before(version: PolicyVersion) -> dict[str, int]:
    """The numbers that the version followed; empty for the first of its scope."""
    rows = PolicyVersion.objects.filter(scope=version.scope, team=version.team_id, pk__lt=version.pk)
    return dict(rows.order_by("-pk").values_list("numbers", flat=True).first() or {})


def proposals_turned_down(span: Span, *, team: Team | None) -> int:
    """Looser limits that were proposed and came to nothing in that time."""
    rows = PolicyProposal.objects.filter(closed_at__gte=span.since, closed_at__lt=span.before, version=None)
    return rows.count() if team is None else rows.filter(team=team).count()


def looks_by_role(span: Span, *, team: Team | None) -> list[tuple[str, int]]:
    """How often others looked at somebody's exposure, by the role they look with now; "" for none any more."""
    order = [*roles_with(Permission.SEE_TEAM_EXPOSURE), *(role.value for role in Role)]
    with connection.cursor() as cursor:
        cursor.execute(
            _LOOKS,
            {
                "order": list(dict.fromkeys(order)),
                "watching": list(WATCHING),
                "team": None if team is None else team.pk,
                "since": span.since,
                "before": span.before,
            },
        )
        return list(cursor.fetchall())


def disputes_decided(span: Span) -> Counted:
    return _counted(_DISPUTES, span)


def entries_corrected(span: Span) -> Counted:
    return _counted(_CORRECTIONS, span)


def records_purged(span: Span) -> Counted:
    return _counted(_PURGES, span)


def reconcilings(span: Span) -> tuple[int, int]:
    """How often sums and ledger were compared, and how many days did not agree, all comparisons together."""
    rows = ReconcileRun.objects.filter(at__gte=span.since, at__lt=span.before)
    return rows.count(), rows.aggregate(days=Sum("differences"))["days"] or 0


def teams_by_name(ids: Sequence[int] | None) -> list[Team]:
    """All teams, or those, by name."""
    rows = Team.objects.order_by("name")
    return list(rows if ids is None else rows.filter(pk__in=ids))


def _shared(team: Team | None) -> QuerySet[PolicyVersion]:
    rows = PolicyVersion.objects.exclude(scope=Scope.PERSON)
    return rows if team is None else rows.filter(Q(team=None) | Q(team=team))


def _counted(statement: str, span: Span) -> Counted:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"since": span.since, "before": span.before})
        return Counted(*cursor.fetchone())
