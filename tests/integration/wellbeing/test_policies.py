"""Limits in the database: the strictest wins, tightening is at once, loosening is refused, ceilings hold for everybody."""

import json

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from people.models import AuditEvent
from people.permissions import Role
from tests.factories.people import MembershipFactory, TeamFactory, person
from tests.factories.wellbeing import advance, clear, fill, reveal, sql
from wellbeing import interface
from wellbeing.domain.policy import CEILING, DEFAULTS, LENGTHS, NUMBERS
from wellbeing.interface import (
    LooserPolicy,
    PolicyError,
    PolicyNotAllowed,
    View,
    exposure_of,
    policy_for,
    set_policy,
)
from wellbeing.models import DoseDay, ExposureView, PolicyVersion

pytestmark = pytest.mark.django_db


def limits_of(person):
    seen = exposure_of(person_id=person.pk, looked_by=person.pk)
    return seen.points.limit, seen.open_ms.limit, seen.week_points.limit


def test_without_any_version_the_defaults_stand(labeler):
    clear(labeler)
    assert limits_of(labeler) == (DEFAULTS.day_points, DEFAULTS.day_open_ms, DEFAULTS.week_points)
    assert policy_for() == DEFAULTS


def test_the_strictest_of_organisation_and_teams_wins_number_by_number(
    labeler, officer, lead, team, other_team
):
    clear(labeler)
    set_policy(numbers={"day_points": 100_000, "week_points": 400_000}, by=officer, reason="a calmer spring")
    set_policy(numbers={"day_points": 90_000}, by=lead, reason="new people", team=team)
    set_policy(numbers={"day_points": 10}, by=officer, reason="elsewhere", team=other_team)
    assert limits_of(labeler) == (90_000, DEFAULTS.day_open_ms, 400_000)
    MembershipFactory(user=labeler, team=other_team)
    assert limits_of(labeler)[0] == 10


def test_a_later_version_keeps_what_the_earlier_one_set(officer):
    set_policy(numbers={"day_points": 100_000}, by=officer, reason="one")
    set_policy(numbers={"week_points": 300_000}, by=officer, reason="two")
    assert (policy_for().day_points, policy_for().week_points) == (100_000, 300_000)
    assert [version.numbers for version in PolicyVersion.objects.order_by("id")] == [
        {"day_points": 100_000},
        {"day_points": 100_000, "week_points": 300_000},
    ]


def test_tightening_holds_from_this_moment_and_never_fails_what_is_open(labeler, lead, team):
    assert isinstance(reveal(labeler), View)
    set_policy(numbers={"day_points": 1}, by=lead, reason="enough", team=team)
    assert interface.exposure_of(person_id=labeler.pk, looked_by=labeler.pk).is_spent
    assert DoseDay.objects.get().points_limit == DEFAULTS.day_points, "as at the last admission"


def test_views_and_ledger_say_under_which_version(labeler, lead, team):
    reveal(labeler)
    version = set_policy(numbers={"day_points": 100_000}, by=lead, reason="enough", team=team)
    advance(minutes=5)
    reveal(labeler, "lease:2")
    assert list(ExposureView.objects.order_by("id").values_list("policy_version", flat=True)) == [
        0,
        version.pk,
    ]
    assert DoseDay.objects.get().points_limit == 100_000


@pytest.mark.parametrize(
    "numbers",
    [
        {"day_points": 120_001},
        {"micro_length_ms": 300_000, "long_length_ms": 899_999},
        {"week_points": 960_000},
    ],
)
def test_loosening_is_refused_with_names(numbers, officer):
    with pytest.raises(LooserPolicy, match="second person") as caught:
        set_policy(numbers=numbers, by=officer, reason="more")
    assert set(caught.value.problems) <= set(numbers)
    assert not PolicyVersion.objects.exists()


def test_a_team_cannot_loosen_what_the_organisation_tightened(lead, officer, team):
    set_policy(numbers={"day_points": 50_000}, by=officer, reason="all")
    with pytest.raises(LooserPolicy):
        set_policy(numbers={"day_points": 60_000}, by=lead, reason="but we", team=team)


@pytest.mark.parametrize(
    "numbers", [{"day_points": 240_001}, {"nonsense": 1}, {"day_points": "12"}, {"week_points": -1}]
)
def test_impossible_numbers_are_refused(numbers, officer):
    with pytest.raises(PolicyError):
        set_policy(numbers=numbers, by=officer, reason="odd")


def test_who_may_tighten(labeler, lead, officer, engineer, outsider, admin, team):
    for someone in (labeler, engineer, outsider, admin):
        with pytest.raises(PolicyNotAllowed):
            set_policy(numbers={"day_points": 1}, by=someone, reason="mine", team=team)
    with pytest.raises(PolicyNotAllowed):
        set_policy(numbers={"day_points": 1}, by=lead, reason="everybody's")
    lead.is_active = False
    with pytest.raises(PolicyNotAllowed):
        set_policy(numbers={"day_points": 1}, by=lead, reason="gone", team=team)
    assert not PolicyVersion.objects.exists()
    set_policy(numbers={"day_points": 1}, by=officer, reason="all")


def test_an_officer_of_one_team_is_not_the_organisations(team):
    from tests.factories.people import person

    someone = person("olga", Role.OFFICER, team)
    with pytest.raises(PolicyNotAllowed):
        set_policy(numbers={"day_points": 1}, by=someone, reason="everybody's")
    set_policy(numbers={"day_points": 1}, by=someone, reason="ours", team=team)


def test_every_change_is_audited(lead, team):
    version = set_policy(numbers={"day_points": 90_000}, by=lead, reason="new people", team=team)
    event = AuditEvent.objects.get()
    assert (event.action, event.subject, event.actor_id) == (
        "wellbeing.policy_tightened",
        f"team {team.pk}",
        lead.pk,
    )
    assert event.details == {"version": version.pk, "numbers": {"day_points": 90_000}}


def insert(numbers, scope="organisation", team=None, cosigned_by=None):
    sql(
        "INSERT INTO policy_version (scope, team_id, numbers, valid_from, reason, cosigned_by_id) "
        "VALUES (%s, %s, %s::jsonb, respite_now(), 'by hand', %s)",
        scope,
        team,
        numbers if isinstance(numbers, str) else json.dumps(numbers),
        cosigned_by and cosigned_by.pk,
    )


@pytest.mark.parametrize("name", NUMBERS)
def test_the_database_holds_the_same_ceilings_as_the_rules(name):
    ceiling = getattr(CEILING, name)
    past = ceiling - 1 if name in LENGTHS else ceiling + 1
    insert({name: ceiling}, cosigned_by=person("rhea"))
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        insert({name: past})


@pytest.mark.parametrize(
    "numbers",
    [
        {"made_up": 1},
        {"day_points": "1"},
        {"day_points": -1},
        {"day_points": 1.5},
        {"day_points": None},
        "[]",
        "7",
    ],
)
def test_the_database_refuses_what_is_no_set_of_limits(numbers):
    with pytest.raises(DatabaseError):
        insert(numbers)


def test_a_version_belongs_to_what_its_scope_says():
    team = TeamFactory()
    for scope, whose in (("organisation", team.pk), ("team", None), ("person", None), ("planet", None)):
        with pytest.raises(IntegrityError, match="scope_says_whose"), transaction.atomic():
            insert({}, scope, whose)
    insert({}, "team", team.pk)


def test_a_version_of_tomorrow_is_not_in_force(labeler):
    clear(labeler)
    sql(
        "INSERT INTO policy_version (scope, numbers, valid_from, reason) "
        "VALUES ('organisation', '{\"day_points\": 5}', respite_now() + interval '1 day', 'tomorrow')"
    )
    assert limits_of(labeler)[0] == DEFAULTS.day_points
    advance(days=1, seconds=1)
    assert limits_of(labeler)[0] == 5


def test_a_looser_version_of_the_organisation_counts_from_the_next_day_on(labeler):
    clear(labeler)
    insert({"day_points": 200_000}, cosigned_by=person("rhea"))
    assert limits_of(labeler)[0] == 120_000
    advance(days=1)
    assert limits_of(labeler)[0] == 200_000
    fill(labeler, points_charged=150_000)
    assert isinstance(reveal(labeler), View)
