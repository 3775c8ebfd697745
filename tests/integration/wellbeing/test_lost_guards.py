"""What keeps one person's exposure in bounds when they ask twice at one moment: the lock, and what stands behind it.

The order is made, not hoped for: the second reveal is asked for while the first is written and not committed.
"""

import re
from functools import partial

import psycopg
import pytest
from django.db import DatabaseError

from people.models import User
from tests.factories.people import person
from tests.factories.wellbeing import fill, reveal
from tests.integration.overlapping import overlapping
from tests.integration.wellbeing.test_races import LIMIT, open_views, points
from wellbeing.interface import Refusal, View
from wellbeing.operations import lock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]

ROOM = 1_200  # for one reveal of sixty words of S2, and not for two
# What stands behind the lock, and the statement that takes each away.
SAFEGUARDS = {
    "dose_day_points_within_limit": "ALTER TABLE dose_day DROP CONSTRAINT dose_day_points_within_limit",
    "exposure_view_one_open_per_person": "DROP INDEX exposure_view_one_open_per_person",
    "ledger_entry_continues": "ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_continues",
    "ledger_entry_pkey": "ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_pkey",
}


def lose_the_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "FOR UPDATE" in lock.LOCK
    monkeypatch.setattr(lock, "LOCK", re.sub(r"\s*FOR UPDATE", "", lock.LOCK))


def lose_safeguards(owner_connection: psycopg.Connection, but: str | None = None) -> None:
    for name, statement in SAFEGUARDS.items():
        if name != but:
            owner_connection.execute(statement.encode())


@pytest.fixture
def who() -> User:
    """Somebody whose day has room for one more reveal."""
    who = person("racer")
    fill(who, points_charged=LIMIT - ROOM)
    return who


def reveal_two(who: User) -> tuple[object, object]:
    return overlapping(partial(reveal, who, "lease:1"), partial(reveal, who, "lease:2"))


def test_of_two_reveals_at_once_the_second_is_refused(who):
    first, second = reveal_two(who)

    assert isinstance(first, View)
    assert isinstance(second, Refusal)
    assert second.code == "view_open"


@pytest.mark.parametrize("stands", SAFEGUARDS)
def test_without_the_lock_each_safeguard_alone_refuses_the_second(who, stands, monkeypatch, owner_connection):
    lose_the_lock(monkeypatch)
    lose_safeguards(owner_connection, but=stands)

    _, refused = reveal_two(who)

    assert isinstance(refused, DatabaseError), refused
    assert stands in str(refused)
    assert open_views(who) == 1
    assert points(who) <= LIMIT


def test_without_lock_and_safeguards_two_views_are_open_and_the_limit_is_passed(
    who, monkeypatch, owner_connection
):
    lose_the_lock(monkeypatch)
    lose_safeguards(owner_connection)

    reveal_two(who)

    assert open_views(who) == 2
    assert points(who) > LIMIT
