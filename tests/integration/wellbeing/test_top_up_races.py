"""One top-up that several decisions owe at one moment, and that the constraint is what makes it one.

Owing takes no lock: its statement leaves it to the constraint what is owed already. Without the constraint that
statement fails at once and shows no race, so the tests that drop it give it another one, which looks and then writes.
"""

from functools import partial

import pytest
from django.db import IntegrityError, ProgrammingError

from people.models import User
from tests.factories.people import person
from tests.factories.wellbeing import label
from tests.integration.overlapping import overlapping
from tests.integration.wellbeing.parallel import crowd_of
from wellbeing.interface import owe_top_up
from wellbeing.models import LedgerEntry, TopUpDue
from wellbeing.operations import top_ups

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]

MANY = 20


@pytest.fixture
def who() -> User:
    """Somebody who has been charged for a view of S2."""
    who = person("racer")
    label(who, "lease:1")
    return who


def decide_twice(who: User) -> tuple[object, object]:
    """Two decisions at one moment find the same view to have been of S3."""
    owe = partial(owe_top_up, person_id=who.pk, occasion="lease:1", severity=3)
    return overlapping(owe, owe)


def lose_the_clause(monkeypatch):
    """Owing no longer leaves it to the constraint what is owed already: it looks for itself, and then writes."""
    clause = "ON CONFLICT (view_id, severity) DO NOTHING"
    looked = (
        "AND NOT EXISTS (SELECT FROM top_up_due due WHERE due.view_id = v.id AND due.severity = %(severity)s)"
    )
    assert clause in top_ups.OWE
    monkeypatch.setattr(top_ups, "OWE", top_ups.OWE.replace(clause, looked))


def test_a_top_up_owed_at_once_by_many_is_owed_once(who):
    with crowd_of(MANY) as crowd:
        answers = crowd.at_once(lambda _: owe_top_up(person_id=who.pk, occasion="lease:1", severity=3))

    assert answers == [None] * MANY
    assert TopUpDue.objects.count() == 1


def test_a_top_up_owed_by_two_decisions_at_once_is_owed_once(who):
    assert decide_twice(who) == (None, None)
    assert TopUpDue.objects.count() == 1


def test_a_look_before_owing_does_as_well_for_one_decision_after_the_other(who, monkeypatch):
    """So that what the next two tests see comes from the race alone."""
    lose_the_clause(monkeypatch)
    for _ in range(2):
        owe_top_up(person_id=who.pk, occasion="lease:1", severity=3)

    assert TopUpDue.objects.count() == 1


def test_without_the_clause_the_constraint_still_refuses_a_second_top_up(who, monkeypatch):
    lose_the_clause(monkeypatch)

    _, refused = decide_twice(who)

    assert isinstance(refused, IntegrityError)
    assert refused.__cause__.diag.constraint_name == "top_up_due_once_per_severity"
    assert TopUpDue.objects.count() == 1
    assert top_ups.apply_top_ups(person_id=who.pk) == 1
    assert LedgerEntry.objects.filter(kind="top_up").count() == 1


def test_without_clause_and_constraint_a_top_up_is_owed_twice(who, monkeypatch, owner_connection):
    lose_the_clause(monkeypatch)
    owner_connection.execute("ALTER TABLE top_up_due DROP CONSTRAINT top_up_due_once_per_severity")

    assert decide_twice(who) == (None, None)

    assert TopUpDue.objects.count() == 2


def test_owing_asks_the_constraint_and_fails_without_it(who, owner_connection):
    owner_connection.execute("ALTER TABLE top_up_due DROP CONSTRAINT top_up_due_once_per_severity")

    with pytest.raises(ProgrammingError, match="no unique or exclusion constraint"):
        owe_top_up(person_id=who.pk, occasion="lease:1", severity=3)

    assert not TopUpDue.objects.exists()
