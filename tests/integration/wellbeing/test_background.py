"""Jobs, commands, system checks and the movable clock."""

import io
from datetime import timedelta

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import CommandError, call_command
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.test import override_settings

from tests.factories.people import person
from tests.factories.wellbeing import advance, label, reveal, settle, sql
from wellbeing import jobs
from wellbeing.interface import Modality, NoSuchPerson, cost, now, owe_top_up
from wellbeing.models import ClockOffset, DoseDay, Dosimeter, ExposureView, LedgerEntry, TopUpDue
from wellbeing.operations import top_ups
from wellbeing.operations.clock import ClockStays, move_clock
from wellbeing.queries.ledger import differences

pytestmark = pytest.mark.django_db


def test_the_safety_net_closes_what_is_overdue_at_its_windows_end(labeler, second_labeler):
    reveal(labeler)
    advance(minutes=2)
    reveal(second_labeler)
    assert jobs.close_overdue() == 1
    assert jobs.close_overdue() == 0
    closed = ExposureView.objects.get(dosimeter_id=labeler.pk)
    assert closed.closed_at == closed.window_ends_at
    assert ExposureView.objects.filter(closed_at=None).count() == 1


def test_top_ups_are_charged_once_and_to_the_day_of_the_view(labeler, second_labeler):
    for who in (labeler, second_labeler):
        label(who, "lease:1", severity=2)
        owe_top_up(person_id=who.pk, occasion="lease:1", severity=3)
        owe_top_up(person_id=who.pk, occasion="lease:1", severity=4)
        owe_top_up(person_id=who.pk, occasion="lease:1", severity=4)
    first_day = DoseDay.objects.get(dosimeter_id=labeler.pk).day
    advance(days=1)
    assert TopUpDue.objects.count() == 4
    assert [jobs.apply_top_ups() for _ in range(3)] == [4, 0, 0]
    view = ExposureView.objects.get(dosimeter_id=labeler.pk)
    assert (view.charged_severity, view.verdict) == (4, 2)
    whole = cost(severity=4, modality=Modality.TEXT, share=1_000, open_ms=view.open_ms)
    assert view.charged + view.topped_up == whole
    day = DoseDay.objects.get(dosimeter_id=labeler.pk)
    assert (day.day, day.points_charged, day.extreme_charged) == (
        first_day,
        whole,
        whole,
    )
    assert LedgerEntry.objects.filter(kind="top_up").count() == 4


def test_a_milder_finding_charges_nothing_and_is_done(labeler):
    label(labeler, "lease:1", severity=3)
    owe_top_up(person_id=labeler.pk, occasion="lease:1", severity=2)
    assert jobs.apply_top_ups() == 1
    assert not LedgerEntry.objects.filter(kind="top_up").exists()
    assert top_ups.people_owed() == []


def test_what_is_not_settled_yet_waits(labeler):
    reveal(labeler)
    owe_top_up(person_id=labeler.pk, occasion="lease:1", severity=4)
    owe_top_up(person_id=labeler.pk, occasion="never opened", severity=4)
    assert jobs.apply_top_ups() == 0
    settle(labeler, verdict=1)
    assert jobs.apply_top_ups() == 1
    assert TopUpDue.objects.count() == 1


def test_a_top_up_never_fails_on_a_budget(labeler):
    label(labeler, "lease:1")
    DoseDay.objects.update(points_charged=239_999)
    owe_top_up(person_id=labeler.pk, occasion="lease:1", severity=4)
    assert jobs.apply_top_ups() == 1
    assert DoseDay.objects.get().points_charged > 240_000


def test_a_revision_that_topped_up_is_not_charged_again(labeler):
    label(labeler, "lease:1")
    settle(labeler, "lease:1", verdict=4)
    owe_top_up(person_id=labeler.pk, occasion="lease:1", severity=4)
    assert jobs.apply_top_ups() == 0
    assert LedgerEntry.objects.filter(kind="top_up").count() == 1


def test_one_person_whose_top_up_fails_does_not_stop_the_others(labeler, second_labeler, monkeypatch, caplog):
    for who in (labeler, second_labeler):
        label(who, "lease:1")
        owe_top_up(person_id=who.pk, occasion="lease:1", severity=3)
    real = top_ups.apply_top_ups

    def sometimes(*, person_id):
        if person_id == labeler.pk:
            raise DatabaseError("not now")
        return real(person_id=person_id)

    monkeypatch.setattr(top_ups, "apply_top_ups", sometimes)
    assert jobs.apply_top_ups() == 1
    assert "stay due" in caplog.text
    assert TopUpDue.objects.filter(applied_at=None).count() == 1


@pytest.mark.parametrize("severity", [0, 5])
def test_a_top_up_to_nothing_or_past_extreme_is_refused(severity, labeler):
    with pytest.raises(ValueError, match="top-up"):
        owe_top_up(person_id=labeler.pk, occasion="lease:1", severity=severity)


def test_top_ups_of_nobody():
    with pytest.raises(NoSuchPerson):
        top_ups.apply_top_ups(person_id=987_654)


def test_beat_runs_jobs_that_exist():
    from config.celery import app

    app.loader.import_default_modules()
    names = {entry["task"] for entry in jobs.BEAT.values()}
    assert names == {
        "wellbeing.close_overdue",
        "wellbeing.apply_top_ups",
        "wellbeing.sign_chain_heads",
        "wellbeing.forget_occasions",
        "wellbeing.publish_group_weeks",
        "wellbeing.reconcile_sums",
        "wellbeing.reapply_erasures",
        "wellbeing.delete_closed_requests",
    }
    assert names <= set(app.tasks)


def test_what_a_view_belonged_to_is_forgotten_after_thirty_days(labeler):
    label(labeler, "lease:1")
    label(labeler, "lease:2")
    advance(days=29)
    label(labeler, "lease:3")
    reveal(labeler, "lease:4")
    assert jobs.forget_occasions() == 0
    advance(days=2)
    assert [jobs.forget_occasions() for _ in range(2)] == [2, 0]
    kept = ExposureView.objects.exclude(occasion__startswith="forgotten:")
    assert set(kept.values_list("occasion", flat=True)) == {"lease:3", "lease:4"}
    assert LedgerEntry.objects.count() == 7
    assert differences() == []


def test_the_clock_moves_forward_for_everything_at_once():
    before = now()
    assert move_clock(by=timedelta(hours=2)) - before >= timedelta(hours=2)
    move_clock(by=timedelta(hours=1))
    assert now() - before >= timedelta(hours=3)
    assert ClockOffset.objects.count() == 1


def test_the_clock_never_goes_back():
    advance(hours=1)
    with pytest.raises(ClockStays):
        move_clock(by=timedelta(seconds=-1))
    for statement in (
        "UPDATE clock_offset SET amount = amount - interval '1 second'",
        "DELETE FROM clock_offset",
        "INSERT INTO clock_offset (id, amount) VALUES (2, '1 hour')",
        "UPDATE clock_offset SET amount = '-1 hour'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            sql(statement)


@override_settings(DEMO=False)
def test_only_a_demo_moves_the_clock():
    with pytest.raises(ClockStays):
        move_clock(by=timedelta(hours=1))
    with pytest.raises(CommandError, match="demo"):
        call_command("move_clock", "5")
    with pytest.raises(CommandError, match="demo"):
        call_command("allow_clock_moves")


def test_commands_of_the_clock():
    out = io.StringIO()
    before = now()
    call_command("move_clock", "90", stdout=out)
    assert now() - before >= timedelta(minutes=90)
    assert "UTC now" in out.getvalue()
    with pytest.raises(CommandError, match="DATABASE_OWNER_URL"):
        call_command("allow_clock_moves")


def test_a_database_that_does_not_allow_it_says_so(monkeypatch):
    from wellbeing.management.commands import move_clock as command

    def refuse(*, by):
        raise ProgrammingError("permission denied for table clock_offset")

    monkeypatch.setattr(command, "move_clock", refuse)
    with pytest.raises(CommandError, match="allow_clock_moves"):
        call_command("move_clock", "1")


@pytest.mark.django_db(transaction=True)
def test_without_leave_of_the_owner_the_runtime_role_moves_nothing(owner_connection):
    owner_connection.execute("REVOKE INSERT, UPDATE ON clock_offset FROM respite_app")
    with pytest.raises(CommandError, match="allow_clock_moves"):
        call_command("move_clock", "1")


def database_errors():
    return {problem.id for problem in run_checks(tags=[Tags.database], databases=["default"])}


def test_a_moved_clock_is_an_error_outside_demos_only():
    advance(seconds=1)
    assert database_errors() == set()
    with override_settings(DEMO=False):
        assert "wellbeing.E003" in database_errors()


def test_commits_that_may_be_lost_are_an_error_outside_demos():
    sql("SET LOCAL synchronous_commit = off")
    assert database_errors() == set()
    with override_settings(DEMO=False):
        assert "wellbeing.E002" in database_errors()


def test_checks_of_other_connections_are_not_ours():
    assert run_checks(tags=[Tags.database], databases=[]) == []


@pytest.mark.django_db(transaction=True)
def test_a_runtime_role_that_owns_the_ledger_is_an_error(owner_connection):
    assert database_errors() == set()
    owner_connection.execute("GRANT respite_owner TO respite_app")
    try:
        connection.close()
        assert database_errors() == {"wellbeing.E001"}
    finally:
        owner_connection.execute("REVOKE respite_owner FROM respite_app")


def test_people_keep_their_dosimeter_when_they_are_erased_by_mistake():
    """A person with exposure cannot be deleted by a stray cascade."""
    from django.db.models import ProtectedError

    who = person("kept")
    label(who, "lease:1")
    with pytest.raises(ProtectedError):
        who.delete()
    assert Dosimeter.objects.filter(pk=who.pk).exists()
