"""After a restore: rows that heads remember and the database lost are explained, and nothing else is."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from tests.databases import restored_later
from tests.factories.wellbeing import advance, label
from wellbeing.interface import now
from wellbeing.operations.chain_heads import (
    RestoreNotPossible,
    heads_file,
    last_signed_at,
    mark_restore,
    sign_chain_heads,
    signed_heads,
    verify_ledger,
)

TRIGGERS_OFF = "ALTER TABLE ledger_entry DISABLE TRIGGER ALL"


def work(who, count, start=0):
    for number in range(start, start + count):
        label(who, f"lease:{number}", severity=number % 4)


@pytest.mark.django_db(transaction=True)
def test_what_a_restore_lost_is_explained_once_it_is_marked(labeler, second_labeler):
    work(labeler, 2)
    sign_chain_heads()
    advance(minutes=1)
    backed_up = now()
    with restored_later() as restore:
        advance(minutes=10)
        work(labeler, 2, start=2)
        work(second_labeler, 1)
        sign_chain_heads()
        advance(minutes=10)
        sign_chain_heads()
        restore()
        # The clock of a restored demo database stands where it stood; a real one goes on by itself.
        advance(minutes=30)
        assert {fault.problem for fault in verify_ledger().faults} == {
            "was signed, but the chain ends at row 4",
            "was signed, but the chain is gone",
        }

        out = io.StringIO()
        call_command("mark_restore", backed_up.isoformat(), stdout=out)

        assert "4 signed heads after that time are expected to be missing." in out.getvalue()
        work(labeler, 2, start=2)
        work(second_labeler, 1)
        sign_chain_heads()
        out = io.StringIO()
        call_command("verify_ledger", stdout=out)
        assert f"restored to {backed_up:%Y-%m-%d %H:%M:%S} UTC" in out.getvalue()
        assert "The ledger holds." in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_a_marked_restore_explains_nothing_from_before_it_or_after(labeler, owner_connection):
    work(labeler, 3)
    sign_chain_heads()
    advance(minutes=10)
    assert mark_restore(to=now()) == 0
    work(labeler, 1, start=3)
    sign_chain_heads()
    assert verify_ledger().faults == []
    owner_connection.execute(TRIGGERS_OFF)
    owner_connection.execute("CREATE TABLE kept AS TABLE ledger_entry")
    for cut in (5, 7):
        owner_connection.execute("DELETE FROM ledger_entry WHERE seq >= %s", [cut])
        assert verify_ledger().faults != [], cut
        owner_connection.execute("DELETE FROM ledger_entry")
        owner_connection.execute("INSERT INTO ledger_entry SELECT * FROM kept")


@pytest.mark.django_db
def test_the_marking_signs_what_stands(labeler, second_labeler):
    work(labeler, 1)
    work(second_labeler, 1)
    sign_chain_heads()
    advance(days=1)
    mark_restore(to=now() - timedelta(minutes=1))
    assert len(list(signed_heads())) == 4
    assert now() - last_signed_at() < timedelta(seconds=5)
    assert verify_ledger().report.uncovered == 0


@pytest.mark.django_db
def test_a_time_that_has_not_come_or_is_none_is_refused(labeler):
    with pytest.raises(RestoreNotPossible):
        mark_restore(to=now() + timedelta(minutes=1))
    with pytest.raises(CommandError, match="not a time"):
        call_command("mark_restore", "yesterday")
    with pytest.raises(CommandError, match="has not come"):
        call_command("mark_restore", "2099-01-01T00:00")
    assert not heads_file().exists()


@pytest.mark.django_db
def test_two_restores_each_explain_their_own(labeler):
    start = now()
    work(labeler, 1)
    sign_chain_heads()
    mark_restore(to=now())
    advance(minutes=10)
    sign_chain_heads()
    assert len(list(signed_heads())) == 3
    # Back to before everything: nothing that was signed so far is expected any more.
    mark_restore(to=start)
    assert [head.seq for head in signed_heads()] == [2]
    assert len(verify_ledger().restores) == 2
