"""The weekly figures of groups: added up once the week is over, five people or hidden, and never changed again."""

import threading
from datetime import date, time, timedelta

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from people.permissions import Role
from tests.factories.groups import crew, saw
from tests.factories.people import MembershipFactory
from tests.factories.wellbeing import advance, advance_to, sql
from tests.integration.wellbeing.parallel import crowd_of
from wellbeing import interface
from wellbeing.domain.groups import SMALLEST_GROUP, week_of
from wellbeing.models import GroupWeek, GroupWeekPeople
from wellbeing.operations import group_weeks
from wellbeing.operations.group_weeks import publish_group_weeks
from wellbeing.queries.group_weeks import parts_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def monday() -> date:
    """The Monday of the running week; the clock is moved to a day on which the week before is over."""
    while interface.now().isoweekday() != 2:
        advance(days=1)
    return week_of(interface.now().date())


@pytest.fixture
def last_week(monday: date) -> date:
    return monday - timedelta(days=7)


def figures(kind: str, **where: object) -> dict[str, int | None]:
    return dict(GroupWeek.objects.filter(kind=kind, **where).values_list("key", "value"))


def test_sums_by_severity_of_a_team_of_six(team, last_week):
    people = crew(team, 6)
    saw(people, last_week, severity=1, minutes=10)
    saw(people, last_week, severity=2, minutes=10, self_weight=1_500)
    saw(people[:5], last_week, severity=3, minutes=4)

    assert publish_group_weeks() == 1

    # S4 was met by nobody, which is hidden too; S3, the next smallest, goes with it.
    assert figures("points_by_severity") == {"1": 30_750, "2": 61_500, "3": None, "4": None}
    assert figures("minutes_by_severity") == {"1": 3_600_000, "2": 3_600_000, "3": None, "4": None}


def test_points_are_those_of_the_rule_and_not_at_anybodys_own_weight(team, last_week, labeler):
    saw([labeler], last_week, severity=3, minutes=7, self_weight=1_500)

    (part,) = [part for part in parts_of(last_week) if part.split == "severity"]

    assert part.points == interface.cost(
        severity=3, modality=interface.Modality.TEXT, share=1_000, open_ms=420_000
    )


def test_shares_by_hour_and_category_are_of_what_is_shown(team, last_week):
    people = crew(team, 6)
    saw(people, last_week, at=time(9), categories=["threats"])
    saw(people, last_week, at=time(10), minutes=30, categories=["threats"])
    saw(people, last_week, at=time(11), minutes=30, categories=["insults"])
    saw(people[:2], last_week, at=time(12), categories=["rare"])

    publish_group_weeks()

    hours = {key: value for key, value in figures("share_by_hour").items() if value is not None}
    # Of the three hours of six people the first goes with those hidden: nobody is at work at night.
    assert sum(hours.values()) == pytest.approx(1_000, abs=1)
    assert set(hours) < {"9", "10", "11"}
    # A category that few met is not named: it could not be told from one that nobody met.
    assert "rare" not in figures("share_by_category")
    assert figures("share_by_category")[""] is None


def test_four_people_have_no_figures_at_all(team, last_week):
    saw(crew(team, 4), last_week, categories=["threats"])

    publish_group_weeks()

    assert GroupWeek.objects.exists()
    assert not GroupWeek.objects.exclude(value=None).exists()
    assert not GroupWeekPeople.objects.exists()


def test_one_newcomer_hides_what_would_give_them_away(team, monday, last_week):
    people = crew(team, 8)
    for severity in (1, 2, 3, 4):
        saw(people, last_week, severity=severity)
    publish_group_weeks()
    assert None not in figures("points_by_severity").values()

    advance(days=7)
    (newcomer,) = crew(team, 1, called="newcomer")
    for severity in (1, 2, 3, 4):
        saw(people, monday, severity=severity)
    saw([newcomer], monday, severity=3)
    publish_group_weeks()

    after = figures("points_by_severity", week=monday)
    assert after["3"] is None
    assert list(after.values()).count(None) == 2


def test_a_week_turns_on_monday_at_four(team, monday, last_week):
    people = crew(team, 6)
    saw(people, last_week, at=time(3, 59), severity=1)  # the week before
    saw(people, last_week, at=time(4), severity=2)
    saw(people, monday, at=time(3, 59), severity=3)
    saw(people, monday, at=time(4), severity=4)

    assert {part.key for part in parts_of(last_week) if part.split == "severity"} == {"2", "3"}


def test_the_running_week_is_not_published(team, monday):
    saw(crew(team, 6), monday)

    assert publish_group_weeks() == 0


def test_on_monday_before_four_the_week_is_not_over(team, last_week, monday):
    saw(crew(team, 6), monday)
    while interface.now().isoweekday() != 1:
        advance(days=1)
    advance_to(3)
    while interface.now().isoweekday() != 1:
        advance(days=1)

    published = publish_group_weeks()
    weeks = set(GroupWeek.objects.values_list("week", flat=True))

    assert max(weeks, default=date.min) < week_of(interface.now().date()) - timedelta(days=7)
    assert published == len(weeks)


def test_what_is_published_stays_though_the_views_change(team, last_week):
    people = crew(team, 6)
    saw(people, last_week)
    publish_group_weeks()
    before = list(GroupWeek.objects.order_by("pk").values())
    saw(people, last_week, severity=4)

    assert publish_group_weeks() == 0
    assert list(GroupWeek.objects.order_by("pk").values()) == before


def test_weeks_that_nobody_published_are_made_up_for_in_order(team, last_week):
    people = crew(team, 6)
    for ago in range(6):
        saw(people, last_week - timedelta(days=7 * ago))

    assert publish_group_weeks() == 3
    assert set(GroupWeek.objects.values_list("week", flat=True)) == {
        last_week - timedelta(days=7 * ago) for ago in range(3)
    }


def test_whose_the_figures_are_is_forgotten_when_no_week_is_held_against_them(team, monday, last_week):
    people = crew(team, 6)
    for week in range(6):
        for severity in (1, 2, 3, 4):
            saw(people, last_week + timedelta(days=7 * week), severity=severity)
        publish_group_weeks()
        advance(days=7)

    kept = set(GroupWeekPeople.objects.values_list("week", flat=True))

    assert kept == {last_week + timedelta(days=7 * week) for week in range(2, 6)}
    assert GroupWeek.objects.filter(week=last_week).exists()


def test_whoever_labels_in_two_teams_counts_once(team, other_team, last_week):
    people = crew(team, 6)
    for one in people:
        MembershipFactory(user=one, role=Role.LABELER, team=other_team)
    saw(people, last_week)

    publish_group_weeks()

    assert set(GroupWeek.objects.values_list("team", flat=True)) == {min(team.pk, other_team.pk)}


@pytest.mark.parametrize(
    "fields",
    [
        {"value": 1, "people": SMALLEST_GROUP - 1},
        {"value": 1, "people": None},
        {"value": None, "people": 9},
        {"value": 1, "people": 9, "kind": "mood"},
        {"value": 1, "people": 9, "week": date(2026, 11, 24)},
    ],
)
def test_the_table_takes_no_figure_of_fewer_than_five(team, fields):
    row = {"week": date(2026, 11, 23), "kind": "share_by_hour", "key": "9", "team": team, **fields}

    with pytest.raises(IntegrityError), transaction.atomic():
        GroupWeek.objects.create(**row)


@pytest.mark.parametrize("statement", ["UPDATE group_week SET value = 1", "DELETE FROM group_week"])
def test_the_table_is_added_to_and_nothing_else(statement):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        sql(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_two_jobs_at_once_publish_a_week_once(team, last_week):
    saw(crew(team, 6), last_week)

    with crowd_of(2) as crowd:
        answers = crowd.at_once(lambda _: publish_group_weeks())

    assert sorted(answers) == [0, 1]
    assert len(figures("points_by_severity")) == 4


@pytest.fixture
def nobody_waits(monkeypatch):
    """The lock is gone, and both runs have looked before either writes."""
    barrier = threading.Barrier(2)
    real = group_weeks.has_begun_since

    def looked(week):
        found = real(week)
        if week == week_of((interface.now() - timedelta(days=7)).date()):
            barrier.wait(timeout=30)
        return found

    monkeypatch.setattr(group_weeks, "ONE_AT_A_TIME", "SELECT 1")
    monkeypatch.setattr(group_weeks, "has_begun_since", looked)


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_without_the_lock_the_constraint_keeps_a_week_from_being_published_twice(
    team, last_week, nobody_waits
):
    saw(crew(team, 6), last_week)

    with crowd_of(2) as crowd:
        answers = crowd.at_once(lambda _: publish_group_weeks())

    assert [answer for answer in answers if not isinstance(answer, int)] != []
    assert len(figures("points_by_severity")) == 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_without_lock_and_constraint_a_week_is_published_twice(
    team, last_week, nobody_waits, owner_connection
):
    owner_connection.execute("ALTER TABLE group_week DROP CONSTRAINT group_week_once")
    owner_connection.execute("ALTER TABLE group_week_people DROP CONSTRAINT group_week_people_once")
    saw(crew(team, 6), last_week)

    with crowd_of(2) as crowd:
        answers = crowd.at_once(lambda _: publish_group_weeks())

    assert answers == [1, 1]
    assert GroupWeek.objects.filter(kind="points_by_severity", key="2").count() == 2


@pytest.mark.django_db(transaction=True)
def test_not_even_the_owner_changes_a_published_week(team, last_week, owner_connection):
    saw(crew(team, 6), last_week)
    publish_group_weeks()

    with pytest.raises(psycopg.DatabaseError, match="append-only"):
        owner_connection.execute("UPDATE group_week SET value = 1")
