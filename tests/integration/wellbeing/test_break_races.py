"""Breaks of one person that begin at one moment, and that the lock and the constraint are what keeps them apart."""

from functools import partial
from itertools import cycle, islice

import pytest
from django.db import IntegrityError

from people.models import User
from tests.factories.people import person
from tests.factories.wellbeing import clear, sql
from tests.integration.overlapping import overlapping
from tests.integration.wellbeing.parallel import crowd_of
from tests.integration.wellbeing.test_lost_guards import lose_the_lock
from wellbeing.interface import BreakKind, end_break, start_break, stop
from wellbeing.models import BreakTaken

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]

MANY = 20
ROUNDS = 5


@pytest.fixture
def who() -> User:
    who = person("racer")
    clear(who)
    return who


def overlaps() -> int:
    """Pairs of breaks of one person that share a moment."""
    ((pairs,),) = sql(
        """
        SELECT count(*) FROM break_taken a JOIN break_taken b
            ON a.person_id = b.person_id AND a.id < b.id
           AND tstzrange(a.started_at, a.ends_at) && tstzrange(b.started_at, b.ends_at)
        """
    )
    return int(pairs)


def come_and_go(who: User) -> list[object]:
    """From many tabs at one moment: a break begins, is stopped for, and is over. What was raised."""
    steps = [
        partial(start_break, person_id=who.pk, kind=BreakKind.LONG),
        partial(stop, person_id=who.pk),
        partial(end_break, person_id=who.pk),
    ]
    tabs = list(islice(cycle(steps), MANY))
    answers: list[object] = []
    with crowd_of(MANY) as crowd:
        for _ in range(ROUNDS):
            answers += crowd.at_once(lambda tab: tabs[tab]())
    return [answer for answer in answers if isinstance(answer, Exception)]


def two_breaks(who: User) -> tuple[object, object]:
    """One tab begins a long break while another one stops."""
    return overlapping(
        partial(start_break, person_id=who.pk, kind=BreakKind.LONG), partial(stop, person_id=who.pk)
    )


def test_breaks_that_begin_and_end_at_once_never_overlap(who):
    assert come_and_go(who) == []
    assert BreakTaken.objects.exists()
    assert overlaps() == 0


def test_two_breaks_begun_at_once_are_one(who):
    begun, stopped = two_breaks(who)

    assert stopped == begun
    assert BreakTaken.objects.count() == 1


def test_without_the_lock_the_constraint_still_refuses_a_break_within_a_break(who, monkeypatch):
    lose_the_lock(monkeypatch)

    _, refused = two_breaks(who)

    assert isinstance(refused, IntegrityError)
    assert refused.__cause__.diag.constraint_name == "break_taken_never_overlaps"
    assert BreakTaken.objects.get().kind == BreakKind.LONG
    come_and_go(who)
    assert overlaps() == 0


def test_without_lock_and_constraint_breaks_overlap(who, monkeypatch, owner_connection):
    lose_the_lock(monkeypatch)
    owner_connection.execute("ALTER TABLE break_taken DROP CONSTRAINT break_taken_never_overlaps")

    two_breaks(who)

    assert overlaps() == 1
