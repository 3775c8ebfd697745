"""What is shown of exposure, to whom, and the trace that looking leaves."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.factories.wellbeing import advance, claim, fill, label, reveal
from wellbeing import interface
from wellbeing.context import own_gauge
from wellbeing.interface import (
    BreakKind,
    breaks_taken,
    exposure_of,
    ledger_of,
    looks_at,
    past_days,
    team_exposure,
)
from wellbeing.models import ExposureLook, LedgerEntry

pytestmark = pytest.mark.django_db


def test_one_sees_ones_own_without_a_trace(labeler):
    label(labeler, "lease:1")
    seen = exposure_of(person_id=labeler.pk, looked_by=labeler.pk)
    assert seen.points.used == 584 or seen.points.used > 500
    assert len(ledger_of(person_id=labeler.pk, looked_by=labeler.pk)) == 2
    assert not ExposureLook.objects.exists()


def test_whoever_else_looks_is_listed_for_its_owner(labeler, lead, officer):
    exposure_of(person_id=labeler.pk, looked_by=officer.pk)
    team_exposure(person_ids=[labeler.pk, lead.pk], looked_by=lead.pk)
    ledger_of(person_id=labeler.pk, looked_by=officer.pk)
    assert [(look.looked_by, look.what) for look in looks_at(person_id=labeler.pk)] == [
        ("odile", "ledger"),
        ("leyla", "team"),
        ("odile", "exposure"),
    ]
    assert looks_at(person_id=lead.pk) == []


def test_a_lead_sees_points_and_time_and_nothing_else(labeler, second_labeler, lead):
    label(labeler, "lease:1", severity=3)
    one, two = team_exposure(person_ids=[labeler.pk, second_labeler.pk, labeler.pk], looked_by=lead.pk)
    assert (one.person_id, two.person_id) == (labeler.pk, second_labeler.pk)
    assert one.points.used > two.points.used == 0
    assert two.plannable_points == 96_000
    assert set(vars(one)) == {
        "person_id",
        "day",
        "points",
        "open_ms",
        "week_points",
        "plannable_points",
        "on_shift",
        "in_words",
    }


def test_reads_count_an_overdue_view_as_closed_and_write_nothing(labeler):
    reveal(labeler)
    whole = exposure_of(person_id=labeler.pk, looked_by=labeler.pk).points.used
    advance(minutes=10)
    rows = LedgerEntry.objects.count()
    assert exposure_of(person_id=labeler.pk, looked_by=labeler.pk).points.used == whole
    assert LedgerEntry.objects.count() == rows


def test_own_rows_page_by_page(labeler):
    for number in range(3):
        label(labeler, f"lease:{number}")
    first = ledger_of(person_id=labeler.pk, looked_by=labeler.pk, count=4)
    rest = ledger_of(person_id=labeler.pk, looked_by=labeler.pk, before=first[-1].seq, count=4)
    assert [row.seq for row in first + rest] == [6, 5, 4, 3, 2, 1]
    assert [row.kind for row in rest] == ["settle", "reserve"]
    assert first[0].view == first[1].view != first[2].view


def test_past_days_and_breaks(labeler):
    fill(labeler, days_ago=28, points_charged=1)
    fill(labeler, days_ago=27, points_charged=2, points_reserved=3, open_ms_charged=4, extreme_charged=1)
    fill(labeler, points_charged=5)
    assert [(day.points, day.open_ms, day.extreme_points) for day in past_days(person_id=labeler.pk)] == [
        (5, 0, 0),
        (5, 4, 1),
    ]
    interface.start_break(person_id=labeler.pk, kind=BreakKind.LONG)
    assert [row.kind for row in breaks_taken(person_id=labeler.pk)] == ["long"]


def request_of(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


def test_the_gauge_costs_one_statement_when_it_is_shown_and_none_else(labeler):
    claim(labeler)
    fill(labeler, points_charged=60_000)
    with CaptureQueriesContext(connection) as statements:
        gauge = own_gauge(request_of(labeler))["own_gauge"]
    assert len(statements) == 0
    with CaptureQueriesContext(connection) as statements:
        assert (gauge.percent, gauge.in_words) == (50, "About half of today's limit")
        assert gauge.break_in_words == "No break due"
        assert not gauge.is_spent
    assert len(statements) == 1


def test_nobody_has_no_gauge(db):
    assert own_gauge(request_of(AnonymousUser())) == {"own_gauge": None}
    assert own_gauge(RequestFactory().get("/")) == {"own_gauge": None}
