"""Consent is taken back at the moment of a claim: nothing is handed out after it."""

from functools import partial

import pytest

from people.models import User
from tests.factories.people import person
from tests.factories.wellbeing import claim, clear
from tests.integration.overlapping import overlapping
from tests.integration.wellbeing.test_lost_guards import lose_the_lock
from wellbeing.interface import Clearance, Refusal, withdraw_consent
from wellbeing.models import Consent, Dosimeter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


@pytest.fixture
def who() -> User:
    who = person("racer")
    clear(who)
    return who


def withdraw_while_claiming(who: User) -> object:
    """What the claim answers that comes while the withdrawal is not committed yet."""
    return overlapping(partial(withdraw_consent, person=who, language="en"), partial(claim, who))[1]


def handed_out_after_withdrawal(who: User) -> bool:
    at = Dosimeter.objects.get(pk=who.pk).last_activity_at
    return at is not None and at > Consent.objects.get(person=who, is_withdrawn=True).at


def test_a_claim_waits_for_the_withdrawal_and_is_refused(who):
    answer = withdraw_while_claiming(who)

    assert isinstance(answer, Refusal)
    assert answer.code == "consent_needed"
    assert not handed_out_after_withdrawal(who)


def test_without_the_lock_something_is_handed_out_after_it(who, monkeypatch):
    lose_the_lock(monkeypatch)

    assert isinstance(withdraw_while_claiming(who), Clearance)
    assert handed_out_after_withdrawal(who)
