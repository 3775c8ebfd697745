"""Many tabs dispute one entry, two officers decide on one dispute. And the same without the safeguards."""

import pytest
from django.db import transaction

from people.models import User
from people.operations.audit import record_event
from people.permissions import Role
from tests.factories.people import person
from tests.factories.wellbeing import label
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


def ask_at_once(crowd, number: int) -> int:
    who = somebody_with_an_entry(number)
    crowd.at_once(lambda tab: dispute_entry(row=1, severity=tab % 3, by=who))
    return Dispute.objects.filter(person=who).count()


def test_many_tabs_make_one_dispute(crowd):
    assert {ask_at_once(crowd, number) for number in range(ROUNDS)} == {1}


def test_without_the_constraint_there_are_several(crowd, owner_connection):
    owner_connection.execute("DROP INDEX dispute_one_open_per_entry")
    assert max(ask_at_once(crowd, number) for number in range(ROUNDS)) > 1


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


def test_without_the_condition_several_decide(crowd, officers, monkeypatch):
    def resolve(dispute_id, outcome, by, reason):
        with transaction.atomic():
            Dispute.objects.filter(pk=dispute_id).update(
                resolved_at=RespiteNow(), outcome=outcome, by=by, reason=reason
            )
            record_event(action=f"wellbeing.dispute_{outcome}", subject=f"dispute {dispute_id}", by=by)

    monkeypatch.setattr(disputes, "_resolve", resolve)
    found = [decide_at_once(crowd, number, officers) for number in range(ROUNDS)]
    assert max(decided for decided, _, _ in found) > 1
