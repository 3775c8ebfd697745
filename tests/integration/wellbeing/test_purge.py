"""The ledger after thirteen months: what may go, what stays, and that nothing else can be made to go this way."""

import io
import re
from datetime import timedelta

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connections, transaction

from tests.factories.wellbeing import advance, label, reveal, settle, sql
from wellbeing.domain.erasing import ErasureReason
from wellbeing.interface import lifetime_totals, now, owe_top_up
from wellbeing.models import (
    DoseDay,
    Dosimeter,
    ExposureView,
    LedgerEntry,
    LedgerMarker,
    LifetimeTotal,
    TopUpDue,
)
from wellbeing.operations.chain_heads import sign_chain_heads, verify_ledger
from wellbeing.operations.erasure import erase_person
from wellbeing.operations.purge import LedgerDoesNotHold, purge_ledger

pytestmark = pytest.mark.django_db(transaction=True)

OLD_ENOUGH = 400
TRIGGERS_OFF = "ALTER TABLE ledger_entry DISABLE TRIGGER ALL; ALTER TABLE ledger_marker DISABLE TRIGGER ALL"


@pytest.fixture(autouse=True)
def _owner():
    """The owner role's connection, as DATABASE_OWNER_URL would give it."""
    known = connections.settings
    known["owner"] = {**known["default"], "USER": "respite_owner"}
    yield
    connections["owner"].close()
    del known["owner"]
    del connections["owner"]


def work(who, count, start=0):
    for number in range(start, start + count):
        label(who, f"lease:{number}", severity=number % 3)


def grow_old(who, count=4):
    """That many labels thirteen months ago, under a signed head, and one today."""
    work(who, count)
    sign_chain_heads()
    advance(days=OLD_ENOUGH)
    work(who, 1, start=count)


def purge():
    return purge_ledger(using="owner")


def per_severity():
    totals = {}
    for view in ExposureView.objects.all():
        points, open_ms = totals.get(view.charged_severity, (0, 0))
        totals[view.charged_severity] = (points + view.charged + view.topped_up, open_ms + view.open_ms)
    return totals


def test_old_rows_under_a_head_go_and_everything_still_holds(labeler, second_labeler):
    work(labeler, 4)
    totals = per_severity()
    days = list(DoseDay.objects.values_list("day", "points_charged"))
    sign_chain_heads()
    advance(days=OLD_ENOUGH)
    work(labeler, 1, start=4)
    work(second_labeler, 1)

    out = io.StringIO()
    call_command("purge_ledger", stdout=out)

    assert "8 rows of 1 chains were purged." in out.getvalue()
    assert set(LedgerEntry.objects.values_list("seq", flat=True)) == {1, 2, 9, 10}
    assert ExposureView.objects.count() == 2
    assert list(DoseDay.objects.order_by("day").values_list("day", "points_charged"))[: len(days)] == days
    kept = LifetimeTotal.objects.values_list("severity", "milli_points", "open_ms")
    found = {severity: (points, open_ms) for severity, points, open_ms in kept}
    assert {severity: points for severity, (points, _) in found.items()} == {
        severity: points for severity, (points, _) in totals.items()
    }
    report = verify_ledger()
    assert (report.faults, report.differences, report.report.purged) == ([], [], 8)
    assert purge().rows == 0
    work(labeler, 2, start=5)
    sign_chain_heads()
    out = io.StringIO()
    call_command("verify_ledger", stdout=out)
    assert "8 rows before them were purged" in out.getvalue()
    assert "The ledger holds." in out.getvalue()


def test_lifetime_totals_are_the_same_before_and_after_a_purge(labeler, nobody):
    grow_old(labeler, 5)
    before = lifetime_totals(person_id=labeler.pk)
    assert {total.severity: (total.milli_points, total.open_ms) for total in before} == per_severity_open()
    purge()
    assert LifetimeTotal.objects.exists()
    assert lifetime_totals(person_id=labeler.pk) == before
    assert lifetime_totals(person_id=nobody.pk) == []


def test_the_leavers_page_still_adds_up_what_was_purged(labeler, browser_of):
    grow_old(labeler, 5)
    rows = re.compile(r"<tbody>.*?</tbody>", re.DOTALL)
    before = rows.search(browser_of(labeler).get("/me/leaving/").content.decode())[0]
    purge()
    assert rows.search(browser_of(labeler).get("/me/leaving/").content.decode())[0] == before


def per_severity_open():
    """Points by severity with the open time that counts: that of S1 and above."""
    return {
        severity: (points, open_ms if severity else 0)
        for severity, (points, open_ms) in per_severity().items()
    }


def test_a_second_purge_adds_to_the_first(labeler):
    grow_old(labeler)
    purge()
    first = sum(LifetimeTotal.objects.values_list("milli_points", flat=True))
    sign_chain_heads()
    advance(days=OLD_ENOUGH)
    work(labeler, 1, start=5)
    assert purge().rows == 2
    assert LedgerMarker.objects.count() == 2
    assert sum(LifetimeTotal.objects.values_list("milli_points", flat=True)) >= first
    found = verify_ledger()
    assert (found.faults, found.differences, found.report.purged) == ([], [], 10)


def test_rows_without_a_head_young_rows_and_the_last_row_stay(labeler, second_labeler):
    work(labeler, 1)
    sign_chain_heads()
    work(labeler, 1, start=1)
    work(second_labeler, 1)
    assert purge().rows == 0, "young"
    advance(days=OLD_ENOUGH)
    assert purge().rows == 2, "what the head covers"
    sign_chain_heads()
    work(labeler, 1, start=2)
    sign_chain_heads()
    assert purge().rows == 3
    left = LedgerEntry.objects.filter(chain=Dosimeter.objects.get(pk=second_labeler.pk).chain)
    assert [row.seq for row in left] == [2]
    assert verify_ledger().faults == []


def test_the_last_row_of_a_chain_stays_and_the_next_one_follows_it(labeler):
    work(labeler, 2)
    sign_chain_heads()
    advance(days=OLD_ENOUGH)
    assert purge().rows == 3
    work(labeler, 1, start=2)
    assert list(LedgerEntry.objects.order_by("seq").values_list("seq", flat=True)) == [4, 5, 6]
    assert verify_ledger().faults == []


def test_a_view_that_owes_a_top_up_stays_until_it_is_charged(labeler):
    work(labeler, 3)
    owe_top_up(person_id=labeler.pk, occasion="lease:1", severity=4)
    sign_chain_heads()
    advance(days=OLD_ENOUGH)
    work(labeler, 1, start=3)
    purge()
    assert ExposureView.objects.count() == 2
    assert TopUpDue.objects.count() == 1
    from wellbeing.jobs import apply_top_ups

    assert apply_top_ups() == 1
    found = verify_ledger()
    assert (found.faults, found.differences) == ([], [])


def test_a_ledger_that_does_not_hold_is_not_purged(labeler, owner_connection):
    grow_old(labeler)
    owner_connection.execute(TRIGGERS_OFF)
    owner_connection.execute("UPDATE ledger_entry SET milli_points = 0 WHERE seq = 4")
    with pytest.raises(LedgerDoesNotHold):
        purge()
    with pytest.raises(CommandError, match="verify_ledger"):
        call_command("purge_ledger")
    assert LedgerEntry.objects.count() == 10


def test_without_the_owner_nothing_is_purged(labeler):
    grow_old(labeler)
    with pytest.raises(CommandError, match="DATABASE_OWNER_URL"):
        call_command("purge_ledger", database="nobody")
    with pytest.raises(ProgrammingError):
        purge_ledger(using="default")
    assert LedgerEntry.objects.count() == 10


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT purge_ledger_entries(chain, seq, hash, day, now(), '') FROM ledger_entry WHERE seq = 2",
        "INSERT INTO ledger_marker SELECT chain, seq, hash, day, now(), '' FROM ledger_entry WHERE seq = 2",
        "UPDATE ledger_marker SET through_seq = 100",
        "DELETE FROM ledger_marker",
        "TRUNCATE ledger_marker",
        "DELETE FROM ledger_entry WHERE seq = 1",
        "DELETE FROM lifetime_total",
        "UPDATE lifetime_total SET milli_points = 0",
        "INSERT INTO lifetime_total SELECT chain, 4, 1, 1 FROM ledger_entry WHERE seq = 9",
    ],
)
def test_the_runtime_role_purges_and_marks_nothing(statement, labeler):
    grow_old(labeler)
    purge()
    before = list(LedgerEntry.objects.values_list()), list(LifetimeTotal.objects.values_list())
    with pytest.raises(ProgrammingError), transaction.atomic():
        sql(statement)
    assert sql("SELECT forget_lifetime_totals(chain) FROM dosimeter") == [(0,)], "the person is still here"
    assert (list(LedgerEntry.objects.values_list()), list(LifetimeTotal.objects.values_list())) == before


def test_the_catalogue_says_the_same(db):
    assert sql(
        """
        SELECT p.proname, p.prosecdef, pg_get_userbyid(p.proowner), has_function_privilege(p.oid, 'EXECUTE')
          FROM pg_proc p WHERE p.proname IN ('purge_ledger_entries', 'forget_lifetime_totals') ORDER BY 1
        """
    ) == [
        ("forget_lifetime_totals", True, "respite_owner", True),
        ("purge_ledger_entries", False, "respite_owner", False),
    ]
    for table in ("ledger_marker", "lifetime_total"):
        held = sql(
            "SELECT privilege FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) privilege"
            " WHERE has_table_privilege(%s, privilege)",
            table,
        )
        assert held == [("SELECT",)]
    # Whatever runs with its owner's rights is known here, and finds its tables without the caller's search path.
    definers = sql(
        "SELECT proname, proconfig::text FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
    )
    assert {name for name, _ in definers} == {
        "people_forget_actor",
        "forget_lifetime_totals",
        "forget_remains",
        "forget_consent",
    }
    assert {config for _, config in definers} == {'{"search_path=pg_catalog, pg_temp"}'}


OWNERS_TRIES = {
    "no marker": ("DELETE FROM ledger_entry WHERE seq = 9", "append-only"),
    "a row past the marker": ("DELETE FROM ledger_entry", "append-only"),
    "young rows": (
        "SELECT purge_ledger_entries(chain, seq, hash, day, now(), '') FROM ledger_entry WHERE seq = 10",
        "thirteen months",
    ),
    "another hash": (
        "SELECT purge_ledger_entries(chain, seq, prev_hash, day, now(), '') FROM ledger_entry WHERE seq = 9",
        "no row of its chain",
    ),
    "a row that is not there": (
        "SELECT purge_ledger_entries(chain, 99, hash, day, now(), '') FROM ledger_entry WHERE seq = 9",
        "no row of its chain",
    ),
    "a marker by hand": (
        "INSERT INTO ledger_marker SELECT chain, seq, sha256(hash), day, now(), '' FROM ledger_entry WHERE seq = 9",
        "no row of its chain",
    ),
    "a day too early": (
        "INSERT INTO ledger_marker SELECT chain, seq, hash, day - 1, now(), '' FROM ledger_entry WHERE seq = 9",
        "of a later day",
    ),
    "moving the marker": ("UPDATE ledger_marker SET through_seq = 100", "append-only"),
    "removing the marker": ("DELETE FROM ledger_marker", "append-only"),
    "emptying": ("TRUNCATE ledger_entry", "append-only"),
}


@pytest.mark.parametrize("session", ["origin", "replica"])
@pytest.mark.parametrize("name", OWNERS_TRIES)
def test_the_owner_too_is_refused_whatever_is_not_under_a_marker(name, session, labeler, owner_connection):
    grow_old(labeler)
    purge()
    statement, message = OWNERS_TRIES[name]
    owner_connection.execute(f"SET session_replication_role = {session}")
    with pytest.raises(psycopg.Error, match=message):
        owner_connection.execute(statement.encode())
    assert LedgerEntry.objects.count() == 2
    assert LedgerMarker.objects.count() == 1


def test_the_last_row_cannot_be_marked_by_hand(labeler, owner_connection):
    work(labeler, 1)
    advance(days=OLD_ENOUGH)
    with pytest.raises(psycopg.Error, match="last row of a chain stays"):
        owner_connection.execute(
            "INSERT INTO ledger_marker SELECT chain, seq, hash, day, now(), '' FROM ledger_entry WHERE seq = 2"
        )


@pytest.mark.parametrize(
    ("forgery", "problem"),
    [
        (
            "INSERT INTO ledger_marker SELECT chain, 9, hash, through_day, at, signature FROM ledger_marker",
            "sign",
        ),
        ("UPDATE ledger_marker SET signature = ''", "did not sign"),
        ("UPDATE ledger_marker SET hash = sha256(hash)", "did not sign"),
        ("UPDATE ledger_marker SET through_day = through_day + 300", "did not sign"),
        ("UPDATE ledger_marker SET at = at - interval '1 day'", "did not sign"),
        ("DELETE FROM ledger_marker", "follows row 0"),
        ("DELETE FROM ledger_entry", "has a marker, but the chain is gone"),
        ("DELETE FROM ledger_entry WHERE seq = 9", "follows row 8"),
    ],
)
def test_a_forged_or_missing_marker_is_found(forgery, problem, labeler, owner_connection):
    grow_old(labeler)
    purge()
    owner_connection.execute(TRIGGERS_OFF)
    owner_connection.execute(forgery.encode())
    assert problem in " ".join(fault.problem for fault in verify_ledger().faults)


def test_purged_rows_that_come_back_are_found(labeler, owner_connection):
    grow_old(labeler)
    owner_connection.execute("CREATE TABLE kept AS TABLE ledger_entry")
    purge()
    owner_connection.execute(TRIGGERS_OFF)
    owner_connection.execute("INSERT INTO ledger_entry SELECT * FROM kept WHERE seq = 8")
    assert {fault.problem for fault in verify_ledger().faults} == {
        "follows row 8",
        "does not continue the row before it",
    }


def test_lifetime_totals_go_with_the_person(labeler, second_labeler):
    for who in (labeler, second_labeler):
        grow_old(who, 2)
    purge()
    chain = Dosimeter.objects.get(pk=labeler.pk).chain
    assert LifetimeTotal.objects.filter(chain=chain).exists()
    erase_person(person_id=labeler.pk, by=None, reason=ErasureReason.ASKED)
    assert not LifetimeTotal.objects.filter(chain=chain).exists()
    assert LifetimeTotal.objects.exists()
    found = verify_ledger()
    assert (found.faults, found.differences) == ([], [])


def test_without_the_row_trigger_the_owner_could_delete_anything(labeler, owner_connection):
    """The twin: it is this trigger that refuses, not luck."""
    grow_old(labeler)
    with pytest.raises(psycopg.Error, match="append-only"):
        owner_connection.execute("DELETE FROM ledger_entry WHERE seq = 9")
    owner_connection.execute("DROP TRIGGER ledger_entry_only_purged ON ledger_entry")
    assert owner_connection.execute("DELETE FROM ledger_entry WHERE seq = 9").rowcount == 1


def test_a_revision_of_a_purged_view_opens_a_new_one(labeler):
    """Nothing refers to what was purged; the same occasion again begins anew."""
    grow_old(labeler)
    purge()
    reveal(labeler, "lease:0")
    settle(labeler, "lease:0")
    found = verify_ledger()
    assert (found.faults, found.differences) == ([], [])
    assert now() - LedgerEntry.objects.order_by("-seq").first().at < timedelta(minutes=1)
