"""Many tabs dispute one entry, two officers decide on one dispute. And the same without the safeguards."""

from functools import partial

import pytest

from people.models import User
from people.permissions import Role
from tests.factories.people import person
from tests.factories.wellbeing import label
from tests.integration.overlapping import overlapping
from tests.integration.wellbeing.parallel import crowd_of
from wellbeing.models import Dispute, Dosimeter, LedgerEntry, RespiteNow
from wellbeing.operations import disputes
from wellbeing.operations.chain_heads import verify_ledger
from wellbeing.operations.disputes import NoSuchDispute, decline_dispute, dispute_entry, grant_dispute

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]

MANY = 20
ROUNDS = 10


@pytest.fixture
def crowd():
    with crowd_of(MANY) as crowd:
        yield crowd


def somebody_with_an_entry(number: int) -> User:
    who = person(f"racer{number}")
    label(who, "lease:1", severity=3)
    return who


def dispute_together(who: User) -> int:
    """How many disputes come of two tabs at one moment."""
    overlapping(*(partial(dispute_entry, row=1, severity=severity, by=who) for severity in (0, 1)))
    return Dispute.objects.filter(person=who).count()


def test_many_tabs_make_one_dispute(crowd):
    for number in range(ROUNDS):
        who = somebody_with_an_entry(number)
        crowd.at_once(lambda tab, who=who: dispute_entry(row=1, severity=tab % 3, by=who))
        assert Dispute.objects.filter(person=who).count() == 1


def test_two_tabs_at_once_make_one_dispute():
    assert dispute_together(somebody_with_an_entry(1)) == 1


def test_without_the_constraint_they_make_two(owner_connection):
    owner_connection.execute("DROP INDEX dispute_one_open_per_entry")

    assert dispute_together(somebody_with_an_entry(1)) == 2


def decide_at_once(crowd, number: int, officers: list[User]) -> tuple[int, Dispute, int]:
    """How many decisions were taken, what the dispute says, how many corrections the ledger has."""
    who = somebody_with_an_entry(number)
    dispute_entry(row=1, severity=0, by=who)
    dispute = Dispute.objects.get(person=who)

    def decide(tab: int) -> bool:
        officer = User.objects.get(pk=officers[tab % len(officers)].pk)
        try:
            if tab % 2:
                grant_dispute(dispute_id=dispute.pk, by=officer)
            else:
                decline_dispute(dispute_id=dispute.pk, by=officer, reason="No.")
        except NoSuchDispute:
            return False
        return True

    decided = sum(answer is True for answer in crowd.at_once(decide))
    dispute.refresh_from_db()
    chain = Dosimeter.objects.get(pk=who.pk).chain
    return decided, dispute, LedgerEntry.objects.filter(chain=chain, kind="correction").count()


@pytest.fixture
def officers() -> list[User]:
    return [person(f"officer{number}", Role.OFFICER) for number in range(3)]


def test_one_officer_decides_and_the_ledger_says_the_same(crowd, officers):
    for number in range(ROUNDS):
        decided, dispute, corrections = decide_at_once(crowd, number, officers)
        assert decided == 1
        assert corrections == (dispute.outcome == "granted")
    found = verify_ledger()
    assert (found.faults, found.differences) == ([], [])


def grant_while_declining(officers: list[User]) -> object:
    """What a grant comes to that begins before another officer's refusal is committed."""
    who = somebody_with_an_entry(1)
    dispute_entry(row=1, severity=0, by=who)
    dispute_id = Dispute.objects.get(person=who).pk
    return overlapping(
        partial(decline_dispute, dispute_id=dispute_id, by=officers[0], reason="No."),
        partial(grant_dispute, dispute_id=dispute_id, by=officers[1]),
    )[1]


def test_of_two_officers_at_once_the_second_changes_nothing(officers):
    assert isinstance(grant_while_declining(officers), NoSuchDispute)
    assert not LedgerEntry.objects.filter(kind="correction").exists()


def test_without_the_condition_both_decide(officers, monkeypatch):
    def resolve(dispute_id, outcome, by, reason):
        Dispute.objects.filter(pk=dispute_id).update(
            resolved_at=RespiteNow(), outcome=outcome, by=by, reason=reason
        )

    monkeypatch.setattr(disputes, "_resolve", resolve)

    assert grant_while_declining(officers) is None
    assert Dispute.objects.get().outcome == "granted"
    assert LedgerEntry.objects.filter(kind="correction").count() == 1
