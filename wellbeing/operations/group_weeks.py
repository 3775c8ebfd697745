"""Publishing the figures of groups, once, when their week is over."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db import connection, transaction

from wellbeing.domain.groups import WEEKS_COMPARED, Cell, Kind, People, published, related, week_of
from wellbeing.models import GroupWeek, GroupWeekPeople
from wellbeing.queries.group_weeks import WEEK, Part, has_begun_since, parts_of, people_before
from wellbeing.queries.time import now

# Two runs at once would each decide without what the other shows.
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('wellbeing.group_week'))"
# Weeks that are made up for when nobody published them: of older ones the categories are forgotten after 30 days.
WEEKS_MADE_UP = 3
# Categories that nobody met must not be told from those that a few did: what is hidden of them is one line.
OTHERS = ""
# (kind, what its lines are, the part of it that it adds up, its fixed keys or None)
TABLES: tuple[tuple[Kind, str, str, tuple[str, ...] | None], ...] = (
    (Kind.POINTS_BY_SEVERITY, "severity", "points", ("1", "2", "3", "4")),
    (Kind.MINUTES_BY_SEVERITY, "severity", "open_ms", ("1", "2", "3", "4")),
    (Kind.SHARE_BY_CATEGORY, "category", "points", None),
    (Kind.SHARE_BY_HOUR, "hour", "points", tuple(str((hour + 4) % 24) for hour in range(24))),
)


def publish_group_weeks() -> int:
    """Publish the weeks that are over and were not yet, the oldest first. Returns how many. Safe to run twice at once.

    Weeks before the latest published one stay as they are: what was shown later was decided without them.
    """
    # The week turns at 04:00; a moment later its last day is over in every respect.
    running = week_of((now() - timedelta(hours=4)).date())
    weeks = (running - ago * WEEK for ago in range(WEEKS_MADE_UP, 0, -1))
    return sum(_publish(week) for week in weeks)


def _publish(week: date) -> bool:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(ONE_AT_A_TIME)
        if has_begun_since(week):
            return False
        by_team: dict[int, list[Part]] = {}
        for part in parts_of(week):
            by_team.setdefault(part.team_id, []).append(part)
        before = people_before(week)
        for team_id in sorted(by_team):
            _publish_team(week, team_id, by_team[team_id], before)
        GroupWeekPeople.objects.filter(week__lte=week - WEEKS_COMPARED * WEEK).delete()
    return bool(by_team)


def _publish_team(
    week: date, team_id: int, parts: list[Part], before: dict[tuple[str, str], list[People]]
) -> None:
    figures, whose = [], []
    for kind, split, measure, keys in TABLES:
        cells = _cells([part for part in parts if part.split == split], measure, keys)
        compared = {cell.key: related(cell.people, before.get((kind.value, cell.key), ())) for cell in cells}
        people = {cell.key: cell.people for cell in cells}
        for figure in published(cells, before=compared, kind=kind):
            is_shown = figure.value is not None
            if is_shown or keys is not None:
                figures.append(_row(week, team_id, kind, figure.key, figure.value, figure.people))
            if is_shown:
                before.setdefault((kind.value, figure.key), []).append(people[figure.key])
                whose.append(_whose(week, team_id, kind, figure.key, people[figure.key]))
        if keys is None:
            figures.append(_row(week, team_id, kind, OTHERS, None, None))
    GroupWeek.objects.bulk_create(figures)
    GroupWeekPeople.objects.bulk_create(whose)


def _cells(parts: Iterable[Part], measure: str, keys: tuple[str, ...] | None) -> list[Cell]:
    held: dict[str, dict[int, int]] = {key: {} for key in keys or ()}
    for part in parts:
        held.setdefault(part.key, {})[part.person_id] = getattr(part, measure)
    order = keys or tuple(sorted(held))
    return [Cell(key, frozenset(held[key]), _sum(held[key])) for key in order]


def _sum(of_people: Mapping[int, int]) -> int:
    return sum(of_people.values())


def _row(week: date, team_id: int, kind: Kind, key: str, value: int | None, people: int | None) -> GroupWeek:
    return GroupWeek(week=week, team_id=team_id, kind=kind.value, key=key, value=value, people=people)


def _whose(week: date, team_id: int, kind: Kind, key: str, people: People) -> GroupWeekPeople:
    return GroupWeekPeople(week=week, team_id=team_id, kind=kind.value, key=key, people=sorted(people))
