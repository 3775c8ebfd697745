"""Asking for an erasure, and approving it: two people, neither of them the one it is about."""

import io
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from people.models import AuditEvent, User
from people.permissions import Role
from tests.factories.people import person
from tests.factories.wellbeing import advance, label
from tests.integration.wellbeing.conftest import NAME
from wellbeing import jobs
from wellbeing.domain.erasing import ErasureReason
from wellbeing.models import (
    DoseDay,
    ErasureRequest,
)
from wellbeing.operations.chain_heads import heads_file, sign_chain_heads
from wellbeing.operations.erasure import (
    ERASURES,
)
from wellbeing.operations.erasure_requests import (
    ErasureNotAllowed,
    NoSuchRequest,
    approve_erasure,
    ask_for_erasure,
    withdraw_erasure,
)


@pytest.mark.django_db
def test_it_takes_two_people_and_neither_is_the_person(leaver, admin, officer, lead, outsider, team):
    request = ask_for_erasure(person_id=leaver.pk, by=admin, reason=ErasureReason.LEFT)
    assert ask_for_erasure(person_id=leaver.pk, by=leaver, reason=ErasureReason.ASKED).pk == request.pk
    other_officer = person("otto", Role.OFFICER, outsider.memberships.first().team)
    for wrong in (admin, lead, leaver, other_officer):
        with pytest.raises(ErasureNotAllowed):
            approve_erasure(request_id=request.pk, by=wrong)
    for wrong in (lead, officer, outsider):
        with pytest.raises(ErasureNotAllowed):
            ask_for_erasure(person_id=leaver.pk, by=wrong, reason=ErasureReason.ASKED)
    both = person("bo", Role.OFFICER)
    both.memberships.create(role=Role.ADMIN)
    withdraw_erasure(person_id=leaver.pk, by=leaver)
    own = ask_for_erasure(person_id=leaver.pk, by=both, reason=ErasureReason.LEFT)
    with pytest.raises(ErasureNotAllowed):
        approve_erasure(request_id=own.pk, by=both)

    approve_erasure(request_id=own.pk, by=officer)

    assert User.objects.get(pk=leaver.pk).erased_at is not None
    with pytest.raises(NoSuchRequest):
        approve_erasure(request_id=own.pk, by=officer)
    said = AuditEvent.objects.filter(action__startswith="wellbeing.eras").values_list("action", flat=True)
    assert set(said) == {"wellbeing.erasure_asked", "wellbeing.erasure_withdrawn", "wellbeing.erased"}


@pytest.mark.django_db
@pytest.mark.parametrize("approver", ["person", "asker"])
def test_the_database_holds_the_two_apart(approver, leaver, admin):
    by = leaver if approver == "person" else admin
    request = ask_for_erasure(person_id=leaver.pk, by=admin, reason=ErasureReason.LEFT)
    with pytest.raises(IntegrityError, match="approved_by_another"), transaction.atomic():
        ErasureRequest.objects.filter(pk=request.pk).update(approved_by=by, approved_at=request.asked_at)


@pytest.mark.django_db
def test_a_request_can_be_taken_back_by_those_it_is_about(leaver, admin, officer):
    request = ask_for_erasure(person_id=leaver.pk, by=admin, reason=ErasureReason.LEFT)
    assert not withdraw_erasure(person_id=leaver.pk, by=officer)
    assert withdraw_erasure(person_id=leaver.pk, by=leaver)
    assert not withdraw_erasure(person_id=leaver.pk, by=leaver)
    with pytest.raises(NoSuchRequest):
        approve_erasure(request_id=request.pk, by=officer)


@pytest.mark.django_db
def test_the_command_asks_and_an_officer_approves(leaver, officer, lead):
    out = io.StringIO()
    call_command("erase_person", NAME, stdout=out)
    assert "when a wellbeing officer approves" in out.getvalue()
    assert NAME not in out.getvalue()
    with pytest.raises(CommandError, match="officer"):
        call_command("erase_person", NAME, approved_by="leyla")
    call_command("erase_person", NAME, approved_by="odile", stdout=out)
    assert User.objects.get(pk=leaver.pk).erased_at is not None
    with pytest.raises(CommandError, match="nobody called"):
        call_command("erase_person", NAME)


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_erase_once(leaver, admin, officer):
    request = ask_for_erasure(person_id=leaver.pk, by=admin, reason=ErasureReason.LEFT)
    officers, outcomes, ready = [officer, person("otto", Role.OFFICER)], [], threading.Barrier(2)

    def approve(by) -> None:
        ready.wait()
        try:
            approve_erasure(request_id=request.pk, by=by)
            outcomes.append("erased")
        except NoSuchRequest:
            outcomes.append("nothing open")
        finally:
            connection.close()

    threads = [threading.Thread(target=approve, args=[by]) for by in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["erased", "nothing open"]
    assert len(ERASURES.path.read_text().splitlines()) == 1


@pytest.mark.django_db
def test_one_asks_for_oneself_and_takes_it_back(leaver, browser_of):
    client = browser_of(leaver)
    assert "Ask for my data to be erased" in client.get("/me/data/").text
    for _ in range(2):
        assert "Take it back" in client.post("/me/data/erasure/", {"wish": "ask"}, follow=True).text
    assert ErasureRequest.objects.count() == 1
    client.post("/me/data/erasure/", {"wish": "nothing known"})
    assert "Nothing is erased" in client.post("/me/data/erasure/", {"wish": "withdraw"}, follow=True).text
    assert User.objects.get(pk=leaver.pk).erased_at is None


@pytest.mark.django_db
def test_an_admin_asks_and_an_officer_approves_at_the_page(leaver, admin, officer, browser_of):
    asking, approving = browser_of(admin), browser_of(officer)
    assert asking.post("/erasures/", {"username": "nobody", "reason": "left"}).status_code == 422
    assert asking.post("/erasures/", {"username": NAME, "reason": "because"}).status_code == 422
    assert "Quist" in asking.post("/erasures/", {"username": NAME, "reason": "left"}, follow=True).text
    assert "The person has left" in approving.get("/records/").text
    number = ErasureRequest.objects.get().pk
    assert approving.post(f"/records/erasures/{number}/approve/", follow=True).status_code == 200
    assert User.objects.get(pk=leaver.pk).erased_at is not None
    assert approving.post(f"/records/erasures/{number}/approve/").status_code == 404
    assert "Quist" not in approving.get("/records/").text + asking.get("/erasures/").text


@pytest.mark.django_db
def test_an_officer_does_not_see_what_they_may_not_approve(officer, admin, browser_of):
    ask_for_erasure(person_id=officer.pk, by=admin, reason=ErasureReason.LEFT)
    assert "Nothing waits for you" in browser_of(officer).get("/records/").text


@pytest.mark.django_db
def test_the_officers_page_says_how_the_ledger_stands(officer, labeler, browser_of):
    client = browser_of(officer)
    assert "have never been signed" in client.get("/records/").text
    sign_chain_heads()
    jobs.reconcile_sums()
    page = client.get("/records/").text
    assert "signed outside the database less than a minute ago" in page
    assert "They agree." in page
    assert "note care" not in page
    label(labeler, "lease:1")
    DoseDay.objects.update(points_charged=1)
    jobs.reconcile_sums()
    assert "1 of the days do not agree" in client.get("/records/").text
    advance(minutes=30)
    assert "30 minutes ago" in client.get("/records/").text
    heads_file().write_text("torn")
    assert "torn or changed" in client.get("/records/").text
