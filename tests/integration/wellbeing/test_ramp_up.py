"""The first weeks of a newcomer, in the database: less, and milder; recognised experience; rotation; the unknown."""

from datetime import time

import pytest

from people.models import AuditEvent
from people.permissions import Role
from tests.factories.people import newcomer, person
from tests.factories.wellbeing import advance, clear, fill, label, reveal, settle, sql
from wellbeing import interface
from wellbeing.interface import ExperienceNotYours, Shift, View, exposure_of
from wellbeing.models import CategoryDay, RampStep

pytestmark = pytest.mark.django_db


def limit_of(who):
    return exposure_of(person_id=who.pk, looked_by=who.pk).points.limit


@pytest.fixture
def beginner(team):
    return newcomer("nia", Role.LABELER, team)


def test_a_newcomer_has_a_quarter_of_the_budget_and_nothing_severe(beginner):
    assert limit_of(beginner) == 30_000, "before anything was shown"
    assert clear(beginner).max_severity == 2
    assert reveal(beginner, severity=3).code == "not_cleared"
    label(beginner, "lease:2")
    assert (RampStep.objects.get(pk=beginner.pk).step, limit_of(beginner)) == (1, 30_000)


def test_a_newcomers_budget_is_held_by_the_day(beginner):
    fill(beginner, points_charged=29_500)
    assert reveal(beginner, severity=2).code == "budget_spent"


def test_each_week_is_a_step_whether_or_not_one_works(beginner):
    steps = []
    for week in range(4):
        label(beginner, f"lease:{week}", severity=1)
        steps.append(RampStep.objects.get(pk=beginner.pk).step)
        advance(days=7)
    assert steps == [1, 2, 3, 4]


def test_after_a_fortnight_away_one_step_back(labeler):
    label(labeler, "lease:1")
    advance(days=14)
    assert limit_of(labeler) == 90_000
    label(labeler, "lease:2")
    assert limit_of(labeler) == 90_000, "counted once"
    advance(days=7)
    assert limit_of(labeler) == 120_000


def test_an_officer_recognises_experience(beginner, officer):
    interface.recognise_experience(person_id=beginner.pk, step=4, by=officer)
    assert limit_of(beginner) == 120_000
    assert clear(beginner).max_severity == 3, "the extreme still needs an opt-in"
    event = AuditEvent.objects.get()
    assert (event.action, event.subject) == ("wellbeing.experience_recognised", f"person {beginner.pk}")


def test_nobody_else_recognises_experience(beginner, lead, admin, officer, outsider):
    outsider.memberships.create(role=Role.OFFICER, team=outsider.memberships.first().team)
    for someone in (beginner, lead, admin, outsider):
        with pytest.raises(ExperienceNotYours):
            interface.recognise_experience(person_id=beginner.pk, step=4, by=someone)
    with pytest.raises(ExperienceNotYours):
        interface.recognise_experience(person_id=officer.pk, step=4, by=officer)
    with pytest.raises(ValueError, match="1 to 4"):
        interface.recognise_experience(person_id=beginner.pk, step=5, by=officer)


def worked(who, days_ago, *categories):
    fill(who, days_ago=days_ago)
    day = exposure_of(person_id=who.pk, looked_by=who.pk).day
    for category in categories:
        sql(
            "INSERT INTO category_day (person_id, day, category) VALUES (%s, %s::date - %s::int, %s)",
            who.pk,
            day,
            days_ago,
            category,
        )


def test_a_category_rests_after_five_working_days(labeler):
    for days_ago in (1, 2, 3, 4, 7):
        worked(labeler, days_ago, "V")
    assert clear(labeler).refused_categories == {"V"}
    assert reveal(labeler, categories=frozenset({"V"})).code == "not_cleared"
    assert isinstance(reveal(labeler, "lease:2", categories=frozenset({"H"})), View)


def test_a_day_counts_what_was_expected_and_what_was_found(labeler):
    assert isinstance(reveal(labeler, categories=frozenset({"V"})), View)
    interface_settle(labeler, "lease:1", verdict=2, categories=frozenset({"H"}))
    assert set(CategoryDay.objects.values_list("category", flat=True)) == {"V", "H"}


def test_benign_findings_count_for_no_category(labeler):
    reveal(labeler, severity=0, categories=frozenset({"V"}))
    settle(labeler, verdict=0)
    assert not CategoryDay.objects.exists()


def interface_settle(who, occasion, **given):
    from django.db import transaction

    with transaction.atomic():
        return interface.settle(person_id=who.pk, occasion=occasion, **given)


ALL_DAY = [Shift(weekday, time(0), time(0)) for weekday in range(7)]


def test_the_unknown_goes_to_the_experienced_while_they_are_on_shift(beginner, labeler):
    assert clear(beginner).takes_unrated, "nobody is on shift: then others are asked"
    interface.set_shifts(person=labeler, shifts=ALL_DAY, by=labeler)
    assert clear(beginner).takes_unrated, "who has not worked for a fortnight is not asked first either"
    fill(labeler)
    assert not clear(beginner).takes_unrated
    assert clear(labeler).takes_unrated

    interface.withdraw_consent(person=labeler, language="en")
    assert clear(beginner).takes_unrated, "nobody waits for somebody who takes nothing"


def test_a_colleague_whose_zone_is_not_known_is_not_on_shift(beginner, labeler):
    """And stops nobody: their clock is read in the claims of the others."""
    interface.set_shifts(person=labeler, shifts=ALL_DAY, by=labeler)
    fill(labeler)
    assert not clear(beginner).takes_unrated
    type(labeler).objects.filter(pk=labeler.pk).update(time_zone="Moon/Tranquility")
    assert clear(beginner).takes_unrated


def test_on_leave_is_not_on_shift(beginner, labeler):
    interface.set_shifts(person=labeler, shifts=ALL_DAY, by=labeler)
    today = exposure_of(person_id=labeler.pk, looked_by=labeler.pk).day
    leave = interface.add_leave(person=labeler, first_day=today, last_day=today, by=labeler)
    # Before four in the morning the wall clock is a day ahead of the exposure day; two days cover both.
    leave.last_day = today.replace(year=today.year + 1)
    leave.save(update_fields=["last_day"])
    assert clear(beginner).takes_unrated


def test_somebody_with_an_opt_out_is_not_asked_for_the_unknown_first(labeler, second_labeler):
    interface.name_categories(categories=[("V", "Violence", [])])
    interface.set_shifts(person=second_labeler, shifts=ALL_DAY, by=second_labeler)
    fill(second_labeler)
    assert clear(labeler).takes_unrated
    interface.choose_category(person_id=labeler.pk, category="V", refused=True)
    assert not clear(labeler).takes_unrated
    interface.choose_category(person_id=second_labeler.pk, category="V", refused=True)
    assert clear(labeler).takes_unrated, "neither is preferred, so both are asked"


def test_people_of_other_teams_are_not_counted(beginner, outsider):
    interface.set_shifts(person=outsider, shifts=ALL_DAY, by=outsider)
    fill(outsider)
    assert clear(beginner).takes_unrated


def test_people_of_the_whole_organisation_are(beginner, nobody):
    nobody.memberships.create(role=Role.LABELER, team=None)
    interface.set_shifts(person=nobody, shifts=ALL_DAY, by=nobody)
    fill(nobody)
    assert not clear(beginner).takes_unrated


def test_back_after_a_fortnight_is_not_asked_first(labeler, second_labeler):
    label(labeler, "lease:1", severity=1)
    advance(days=14)
    interface.set_shifts(person=second_labeler, shifts=ALL_DAY, by=second_labeler)
    fill(second_labeler)
    assert not clear(labeler).takes_unrated


def test_a_leads_board_shows_the_budget_of_the_step(beginner, lead):
    (row,) = interface.team_exposure(person_ids=[beginner.pk], looked_by=lead.pk)
    assert row.points.limit == 30_000


def test_a_stranger_keeps_nobodys_calendar(labeler, outsider, lead):
    with pytest.raises(interface.CalendarNotYours):
        interface.set_shifts(person=labeler, shifts=[], by=outsider)
    interface.set_shifts(person=labeler, shifts=ALL_DAY, by=lead)
    assert labeler.weekly_shifts.count() == 7
    assert person("zoe").weekly_shifts.count() == 0
