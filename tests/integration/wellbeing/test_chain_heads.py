"""Signed heads outside the database, and what verify_ledger finds when somebody with the database rewrites it."""

import io
import json
import random
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings

from tests.factories.people import person
from tests.factories.wellbeing import advance, conceal, label, reveal, settle, sql
from wellbeing import jobs
from wellbeing.domain.ledger import Marker
from wellbeing.interface import last_signed_at, now
from wellbeing.models import DoseDay, ReconcileRun
from wellbeing.operations.chain_heads import (
    BrokenHeads,
    heads_file,
    sign_chain_heads,
    signed_heads,
    verify_ledger,
)
from wellbeing.operations.purge import PURGE
from wellbeing.queries import ledger

TRIGGERS_OFF = "ALTER TABLE ledger_entry DISABLE TRIGGER ALL"


def work(who, count, start=0):
    for number in range(start, start + count):
        label(who, f"lease:{number}", severity=number % 3)


def run_command():
    out = io.StringIO()
    call_command("verify_ledger", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_a_ledger_that_holds(labeler, second_labeler):
    work(labeler, 3)
    assert sign_chain_heads() == 1
    work(second_labeler, 2)
    assert sign_chain_heads() == 2, "the first one moved within the overlap"
    work(labeler, 1, start=3)
    text = run_command()
    assert "12 rows in 2 chains" in text
    assert "2 rows after the last signed heads" in text
    assert "The ledger holds." in text
    assert len(list(signed_heads())) == 3


@pytest.mark.django_db
def test_chains_that_stand_still_are_not_signed_again(labeler):
    work(labeler, 1)
    advance(minutes=10)
    assert sign_chain_heads() == 1
    advance(minutes=10)
    assert jobs.sign_chain_heads() == 0
    assert len(heads_file().read_text().splitlines()) == 2
    assert now() - last_signed_at() < timedelta(seconds=5)


@pytest.mark.django_db
def test_never_signed_is_said(labeler):
    work(labeler, 1)
    assert last_signed_at() is None
    assert list(signed_heads()) == []
    assert "Heads last signed never." in run_command()
    heads_file().touch()
    assert last_signed_at() is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "damage",
    [
        lambda lines: [*lines[:1], lines[1].replace('"heads"', '"Heads"')],
        lambda lines: [lines[0].replace('"at":"2', '"at":"3'), lines[1]],
        lambda lines: lines[1:],
        lambda lines: [lines[1], lines[0]],
        lambda lines: [*lines, "nonsense"],
        lambda lines: [*lines, "[]"],
        lambda lines: [*lines, "{}"],
    ],
)
def test_a_changed_file_of_heads_is_found(damage, labeler):
    work(labeler, 1)
    sign_chain_heads()
    sign_chain_heads()
    lines = heads_file().read_text().splitlines()
    heads_file().write_text("".join(f"{line}\n" for line in damage(lines)))
    with pytest.raises(BrokenHeads):
        verify_ledger()
    with pytest.raises(CommandError, match="do not hold"):
        run_command()


@pytest.mark.django_db
def test_nothing_is_signed_after_a_line_that_was_changed(labeler):
    sign_chain_heads()
    heads_file().write_text(json.dumps({"at": now().isoformat(), "heads": {}, "signature": "00"}) + "\n")
    with pytest.raises(BrokenHeads):
        sign_chain_heads()


@pytest.mark.django_db
def test_a_long_last_line_is_read_whole(labeler):
    for number in range(60):
        reveal(person(f"many{number}"))
    advance(minutes=10)
    assert sign_chain_heads() == 60
    assert len(heads_file().read_bytes()) > 4_096
    advance(minutes=10)
    assert sign_chain_heads() == 0
    assert verify_ledger().faults == []


@pytest.mark.django_db
def test_a_ledger_longer_than_a_page_is_read_whole(labeler, second_labeler, monkeypatch):
    work(labeler, 3)
    work(second_labeler, 2)
    for rows in (1, 3, 5, 10, 11):
        monkeypatch.setattr(ledger, "PAGE_ROWS", rows)
        found = verify_ledger()
        assert (found.report.rows, found.report.chains, found.faults) == (10, 2, [])


@pytest.mark.django_db
def test_another_key_finds_every_row(labeler):
    work(labeler, 2)
    with override_settings(LEDGER_KEY="another key than the one that wrote"):
        assert {fault.problem for fault in verify_ledger().faults} == {
            "was changed, or was not written by the application"
        }


WAYS = {
    "change": "UPDATE ledger_entry SET milli_points = milli_points - 1 WHERE (chain, seq) = ({chain}, {seq})",
    "milder": "UPDATE ledger_entry SET severity = 0, share = 250 WHERE (chain, seq) = ({chain}, {seq})",
    "other kind": "UPDATE ledger_entry SET kind = 'correction' WHERE (chain, seq) = ({chain}, {seq})",
    "back-date": "UPDATE ledger_entry SET at = at - interval '1 day', day = day - 1 WHERE (chain, seq) = ({chain}, {seq})",
    "by a microsecond": "UPDATE ledger_entry SET at = at + interval '1 us' WHERE (chain, seq) = ({chain}, {seq})",
    "delete": "DELETE FROM ledger_entry WHERE (chain, seq) = ({chain}, {seq})",
    "delete the chain": "DELETE FROM ledger_entry WHERE chain = {chain}",
    "cut the tail": "DELETE FROM ledger_entry WHERE chain = {chain} AND seq >= {seq}",
    "hash": "UPDATE ledger_entry SET hash = sha256(hash) WHERE (chain, seq) = ({chain}, {seq})",
    "previous hash": "UPDATE ledger_entry SET prev_hash = sha256(hash) WHERE (chain, seq) = ({chain}, {seq})",
    "give away": "UPDATE ledger_entry SET chain = gen_random_uuid() WHERE chain = {chain}",
    "swap": (
        "UPDATE ledger_entry SET milli_points = other.milli_points FROM ledger_entry other "
        "WHERE ledger_entry.chain = {chain} AND other.chain = {chain} AND ledger_entry.seq = {seq} "
        "AND other.milli_points <> ledger_entry.milli_points"
    ),
    "insert": (
        "INSERT INTO ledger_entry SELECT chain, {last} + 1, kind, view_ref, -100, open_ms, severity, modality, share, "
        "policy_version, day, at, hash, sha256(hash) FROM ledger_entry WHERE (chain, seq) = ({chain}, {last})"
    ),
    "renumber": "UPDATE ledger_entry SET seq = seq + 100 WHERE chain = {chain} AND seq >= {seq}",
}


@pytest.mark.parametrize("begins_at_a_marker", [False, True])
@pytest.mark.django_db(transaction=True)
def test_every_tampering_under_a_signed_head_is_found(begins_at_a_marker, labeler, owner_connection):
    """A thousand random ones in all, in rounds of every way there is, each undone again."""
    work(labeler, 3)
    sign_chain_heads()
    if begins_at_a_marker:
        advance(days=400)
    work(labeler, 3, start=3)
    sign_chain_heads()
    advance(minutes=1)
    work(labeler, 2, start=6)
    sign_chain_heads()
    if begins_at_a_marker:
        mark_and_purge(owner_connection)
    assert verify_ledger().faults == []
    ((chain, first, last),) = sql("SELECT chain, min(seq), max(seq) FROM ledger_entry GROUP BY chain")
    assert (first > 1) is begins_at_a_marker
    rng = random.Random(20260302)
    owner_connection.execute(TRIGGERS_OFF)
    owner_connection.execute("CREATE TABLE kept AS TABLE ledger_entry")
    tried = set()
    for round_ in range(36 * len(WAYS)):
        way = list(WAYS)[round_ % len(WAYS)]
        seq = rng.randint(first, last)
        done = owner_connection.execute(WAYS[way].format(chain=f"'{chain}'", seq=seq, last=last).encode())
        assert done.rowcount > 0, (way, seq)
        assert verify_ledger().faults, (way, seq)
        tried.add(way)
        owner_connection.execute("DELETE FROM ledger_entry")
        owner_connection.execute("INSERT INTO ledger_entry SELECT * FROM kept")
    assert tried == set(WAYS)
    assert verify_ledger().faults == []


def mark_and_purge(owner_connection):
    """What purge_ledger does, over the connection at hand."""
    for chain in ledger.all_chains():
        end = ledger.purgeable(chain=chain, covered=10**6)
        marker = Marker(chain, end.seq, end.hash, end.last_day, now()).signed(settings.LEDGER_KEY.encode())
        owner_connection.execute(PURGE, list(vars(marker).values()))


@pytest.mark.django_db(transaction=True)
def test_a_fork_after_a_cut_is_found_though_the_application_wrote_it(labeler, owner_connection):
    """The tail is cut, the sums are mended, and the application goes on: only the head remembers."""
    work(labeler, 3)
    sign_chain_heads()
    owner_connection.execute(TRIGGERS_OFF)
    owner_connection.execute("DELETE FROM ledger_entry WHERE seq > 4")
    owner_connection.execute("ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_continues")
    work(labeler, 2, start=3)
    problems = {fault.problem for fault in verify_ledger().faults}
    assert problems == {"differs from the signed head"}
    out = io.StringIO()
    with pytest.raises(CommandError, match="does not hold"):
        call_command("verify_ledger", stdout=out)
    assert "row 6: differs from the signed head" in out.getvalue()


@pytest.mark.django_db
def test_sums_that_do_not_add_up_are_found_and_said(labeler, caplog):
    work(labeler, 3)
    assert jobs.reconcile_sums() == 0
    DoseDay.objects.update(points_charged=1)
    assert jobs.reconcile_sums() == 1
    assert list(ReconcileRun.objects.order_by("pk").values_list("days_checked", "differences")) == [
        (35, 0),
        (35, 1),
    ]
    assert "does not add up" in caplog.text
    with pytest.raises(CommandError, match="does not hold"):
        run_command()


@pytest.mark.django_db
def test_sums_add_up_through_a_whole_life(labeler):
    reveal(labeler)
    advance(seconds=10)
    conceal(labeler)
    reveal(labeler)
    advance(seconds=100)
    settle(labeler, verdict=4)
    work(labeler, 3, start=5)
    assert verify_ledger().differences == []
