"""Weeks of groups: what a week's views add up to before anything of it is hidden, and what was published of it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import connection
from django.db.models import QuerySet

from people.permissions import Permission, roles_with
from people.queries import ALL, AllTeams
from wellbeing.domain.day import TURN_HOUR
from wellbeing.domain.groups import WEEKS_COMPARED, People
from wellbeing.domain.points import BASE_MS, MINUTE_MS, MODALITY_WEIGHTS, SEVERITY_WEIGHTS, THOUSAND
from wellbeing.models import GroupWeek, GroupWeekPeople, HarmCategory

WEEK = timedelta(days=7)

# Points at policy weights, rounded up a view, as wellbeing.domain.points.cost does. Whoever labels in several teams
# counts in the first of them, so that no two groups overlap. S0 costs nothing and is in no table.
_ADDED_UP = """
WITH home AS MATERIALIZED (
    SELECT user_id, min(team_id) AS team_id FROM people_membership
     WHERE role = ANY (%(labeling_roles)s) AND team_id IS NOT NULL GROUP BY user_id
),
seen AS MATERIALIZED (
    SELECT home.team_id, v.person_id, counted.severity, v.categories, v.open_ms,
           extract(hour FROM v.first_opened_at AT TIME ZONE d.time_zone)::int AS hour,
           ((%(severity_weights)s::bigint[])[counted.severity + 1] * (%(modality_weights)s::jsonb ->> v.modality)::bigint
             * v.share * (%(base_ms)s + v.open_ms) + %(divisor)s - 1) / %(divisor)s AS points
      FROM exposure_view v
      JOIN dosimeter d ON d.person_id = v.person_id
      JOIN home ON home.user_id = v.person_id
     CROSS JOIN LATERAL (SELECT COALESCE(v.charged_severity, v.severity)::int AS severity) counted
     -- No view was opened last before it was opened first: so the index by person and opening finds them.
     WHERE v.opened_at >= %(starts)s
       AND v.first_opened_at >= %(starts)s AND v.first_opened_at < %(ends)s AND counted.severity > 0
)
SELECT team_id, 'severity', severity::text, person_id, sum(points)::bigint, sum(open_ms)::bigint
  FROM seen GROUP BY 1, 3, 4
 UNION ALL
SELECT team_id, 'category', category, person_id, sum(points)::bigint, sum(open_ms)::bigint
  FROM seen, unnest(categories) AS category GROUP BY 1, 3, 4
 UNION ALL
SELECT team_id, 'hour', hour::text, person_id, sum(points)::bigint, sum(open_ms)::bigint
  FROM seen GROUP BY 1, 3, 4
"""


@dataclass(frozen=True)
class Part:
    """What one person adds to one line of one team's week: milli-EP at policy weights, milliseconds open."""

    team_id: int
    split: str  # severity, category or hour
    key: str
    person_id: int
    points: int
    open_ms: int


def starts_at(week: date) -> datetime:
    """When the week of that Monday begins."""
    return datetime.combine(week, time(TURN_HOUR), tzinfo=UTC)


def parts_of(week: date) -> list[Part]:
    """Everybody's part of the week. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            _ADDED_UP,
            {
                "labeling_roles": roles_with(Permission.LABEL),
                "severity_weights": list(SEVERITY_WEIGHTS),
                "modality_weights": json.dumps({kind.value: w for kind, w in MODALITY_WEIGHTS.items()}),
                "base_ms": BASE_MS,
                "divisor": MINUTE_MS * THOUSAND**2,
                "starts": starts_at(week),
                "ends": starts_at(week + WEEK),
            },
        )
        return [Part(*row) for row in cursor.fetchall()]


def has_begun_since(week: date) -> bool:
    """Whether that week, or a later one, was published."""
    return GroupWeek.objects.filter(week__gte=week).exists()


def people_before(week: date) -> dict[tuple[str, str], list[People]]:
    """Whose the figures were that were shown of any team in the weeks compared, by kind and key. One statement."""
    found: dict[tuple[str, str], list[People]] = {}
    since = week - WEEKS_COMPARED * WEEK
    rows = GroupWeekPeople.objects.filter(week__gte=since).order_by("week", "team_id")
    for kind, key, people in rows.values_list("kind", "key", "people"):
        found.setdefault((kind, key), []).append(frozenset(people))
    return found


def published_weeks(teams: set[int] | AllTeams) -> QuerySet[GroupWeek, date]:
    """The Mondays of the weeks of which these teams have figures, the latest first."""
    return _of(teams).values_list("week", flat=True).distinct().order_by("-week")


def figures_of(*, weeks: Sequence[date], teams: set[int] | AllTeams) -> list[GroupWeek]:
    """The figures of those weeks, by week and team, in the order in which they were written."""
    rows = _of(teams).filter(week__in=list(weeks)).select_related("team")
    return list(rows.order_by("week", "team__name", "team_id", "pk"))


def category_names() -> dict[str, str]:
    """What people read for each category."""
    return dict(HarmCategory.objects.values_list("code", "name"))


def _of(teams: set[int] | AllTeams) -> QuerySet[GroupWeek]:
    return GroupWeek.objects.all() if teams is ALL else GroupWeek.objects.filter(team__in=teams)
