from datetime import timedelta

import pytest
from django.core.management.base import SystemCheckError
from django.db import connection

from config import health
from config.databases import refuse_an_unsafe_database
from tests.factories.wellbeing import advance, fill
from wellbeing import interface
from wellbeing.models import ReconcileRun

pytestmark = pytest.mark.django_db


def test_alive_without_asking_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok")


def test_ready_says_so_when_heads_were_signed_lately(client, monkeypatch):
    monkeypatch.setattr(health.interface, "last_signed_at", interface.now)

    assert client.get("/readyz").json() == {"ready": True, "alarms": []}


@pytest.mark.parametrize("late", [True, False])
def test_ready_raises_an_alarm_when_heads_are_late_or_missing(client, monkeypatch, late):
    signed = interface.now() - timedelta(minutes=21) if late else None
    monkeypatch.setattr(health.interface, "last_signed_at", lambda: signed)

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert len(answer.json()["alarms"]) == 1


def test_ready_raises_an_alarm_when_the_file_of_heads_is_torn(client, monkeypatch):
    def torn():
        raise interface.BrokenHeads("the last line")

    monkeypatch.setattr(health.interface, "last_signed_at", torn)

    assert "verify_ledger" in client.get("/readyz").json()["alarms"][0]


def test_production_does_not_start_on_a_database_whose_clock_was_moved(settings):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO clock_offset (id, amount) VALUES (1, '1 hour')")
    settings.DEMO = False

    with pytest.raises(SystemCheckError):
        refuse_an_unsafe_database()


def test_not_ready_when_an_acknowledged_answer_could_be_lost(client, db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")

    assert client.get("/readyz").status_code == 503


def test_ready_raises_an_alarm_when_sums_did_not_add_up(client, monkeypatch):
    monkeypatch.setattr(health.interface, "last_signed_at", interface.now)
    ReconcileRun.objects.create(days_checked=35, differences=2)

    assert "sums of 2 days" in client.get("/readyz").json()["alarms"][0]

    ReconcileRun.objects.create(days_checked=35, differences=0)
    assert client.get("/readyz").json()["alarms"] == []


def test_ready_raises_an_alarm_when_sums_were_not_compared_lately(client, labeler, monkeypatch):
    monkeypatch.setattr(health.interface, "last_signed_at", interface.now)
    assert client.get("/readyz").json()["alarms"] == [], "nothing to compare yet"
    fill(labeler, days_ago=4, points_charged=1)

    assert "has not run" in client.get("/readyz").json()["alarms"][0]

    ReconcileRun.objects.create(days_checked=35, differences=0)
    assert client.get("/readyz").json()["alarms"] == []
    advance(days=3)
    monkeypatch.setattr(health.interface, "last_signed_at", interface.now)
    assert "has not run" in client.get("/readyz").json()["alarms"][0]
