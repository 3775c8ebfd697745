"""A disputed entry: asked for by its owner alone, decided by an officer alone, seen by nobody else."""

import re
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from config.routes import ROUTES
from people.models import AuditEvent, User
from people.permissions import Permission, Role
from people.queries import permissions_of
from tests.factories import wellbeing as do
from tests.factories.people import person
from wellbeing.interface import looks_at
from wellbeing.models import Dispute, ExposureLook, ExposureView, LedgerEntry
from wellbeing.operations.corrections import NoSuchEntry
from wellbeing.operations.disputes import (
    NoSuchDispute,
    SameSeverity,
    decline_dispute,
    dispute_entry,
    grant_dispute,
    open_disputes_for,
)

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]


@pytest.fixture
def asked(labeler: User) -> Dispute:
    """A settled entry of severity 3 of which the labeler says that it is mild."""
    do.label(labeler, "lease:1", severity=3)
    dispute_entry(row=1, severity=1, by=labeler)
    return Dispute.objects.get()


def test_one_asks_at_the_entry_and_reads_the_answer_there(
    browser_of: Browsers, labeler: User, officer: User
) -> None:
    do.label(labeler, "lease:1", severity=3)
    me, theirs = browser_of(labeler), browser_of(officer)
    assert "/me/exposure/entries/1/" in me.get("/me/exposure/").content.decode()
    form = me.get("/me/exposure/entries/1/").content.decode()
    assert re.findall(r'name="severity" value="(\d)"', form) == ["0", "1", "2", "4"]
    assert "<textarea" not in form

    assert me.post("/me/exposure/entries/1/", {}).status_code == 422
    assert me.post("/me/exposure/entries/1/", {"severity": "3"}).status_code == 422
    answer = me.post("/me/exposure/entries/1/", {"severity": "1"}, follow=True).content.decode()
    assert "Sent. An officer will look at it." in answer
    assert "you asked to count it as mild. An officer will look at it." in answer
    assert '<form method="post" action="/me/exposure/entries' not in answer

    (dispute,) = Dispute.objects.all()
    page = theirs.get("/disputes/").content.decode()
    assert f"/disputes/{dispute.pk}/" in page
    address = f"/disputes/{dispute.pk}/"
    assert theirs.post(address, {"outcome": "declined", "reason": " "}).status_code == 422
    done = theirs.post(address, {"outcome": "declined", "reason": "It names a person & a place."})
    assert done["Location"] == "/disputes/"
    assert theirs.post(address, {"outcome": "granted"})["Location"] == "/disputes/", "sent twice"
    assert LedgerEntry.objects.filter(kind="correction").count() == 0
    for address in ("/me/exposure/", "/me/exposure/entries/1/"):
        page = me.get(address).content.decode()
        assert "left it as it was" in page
        assert "Their words: “It names a person &amp; a place.”" in page
    assert "Ask for a correction" in page, "one may ask again"


def test_granting_corrects_the_entry_and_audits_ids_alone(
    asked: Dispute, labeler: User, officer: User
) -> None:
    grant_dispute(dispute_id=asked.pk, by=officer, reason="Agreed.")

    view = ExposureView.objects.get()
    assert view.charged_severity == 1
    assert [row.kind for row in LedgerEntry.objects.order_by("seq")] == ["reserve", "settle", "correction"]
    asked.refresh_from_db()
    assert (asked.outcome, asked.by, asked.reason) == ("granted", officer, "Agreed.")
    events = {event.action: event for event in AuditEvent.objects.all()}
    assert set(events) == {"wellbeing.entry_corrected", "wellbeing.dispute_granted"}
    assert events["wellbeing.dispute_granted"].subject == f"dispute {asked.pk}"
    assert events["wellbeing.dispute_granted"].details == {}
    assert "Agreed" not in str(events["wellbeing.entry_corrected"].details)
    assert [look.what for look in looks_at(person_id=labeler.pk)] == ["correction"]
    with pytest.raises(NoSuchDispute):
        decline_dispute(dispute_id=asked.pk, by=officer, reason="No.")


def test_only_ones_own_answered_entry_by_its_first_row(labeler: User, second_labeler: User) -> None:
    do.label(labeler, "lease:1", severity=2)
    do.reveal(labeler, "lease:2", severity=2)
    for row, who in ((1, second_labeler), (2, labeler), (3, labeler), (99, labeler), (2**70, labeler)):
        with pytest.raises(NoSuchEntry):
            dispute_entry(row=row, severity=0, by=who)
    with pytest.raises(SameSeverity):
        dispute_entry(row=1, severity=2, by=labeler)
    with pytest.raises(ValueError, match="not one of"):
        dispute_entry(row=1, severity=5, by=labeler)
    assert not Dispute.objects.exists()


def test_another_persons_entry_does_not_exist(
    browser_of: Browsers, labeler: User, nobody: User, lead: User
) -> None:
    do.label(labeler, "lease:1")
    assert Client().get("/me/exposure/entries/1/")["Location"].startswith("/accounts/sign-in/")
    for who in (nobody, lead):
        assert browser_of(who).get("/me/exposure/entries/1/").status_code == 404
        assert browser_of(who).post("/me/exposure/entries/1/", {"severity": "0"}).status_code == 404
    page = browser_of(labeler).get("/me/exposure/entries/2/")
    assert page.status_code == 404


def test_an_unanswered_entry_cannot_be_disputed_yet(browser_of: Browsers, labeler: User) -> None:
    do.reveal(labeler)
    page = browser_of(labeler).get("/me/exposure/entries/1/").content.decode()
    assert "once you have answered it" in page
    answer = browser_of(labeler).post("/me/exposure/entries/1/", {"severity": "0"}, follow=True)
    assert "The entry has changed in the meantime" in answer.content.decode()


def test_which_officer_may(asked: Dispute, labeler: User, lead: User, admin: User, team, other_team) -> None:
    mine = person("orla", Role.OFFICER, team)
    for who in (labeler, lead, admin, person("oslo", Role.OFFICER, other_team)):
        assert open_disputes_for(officer=who) == []
        for decide in (grant_dispute, decline_dispute):
            with pytest.raises(NoSuchDispute):
                decide(dispute_id=asked.pk, by=who, reason="No.")
    assert [one.id for one in open_disputes_for(officer=mine)] == [asked.pk]
    grant_dispute(dispute_id=asked.pk, by=mine)


def test_no_officer_decides_on_their_own(officer: User, browser_of: Browsers) -> None:
    do.label(officer, "lease:1", severity=3)
    dispute_entry(row=1, severity=0, by=officer)
    (own,) = Dispute.objects.all()
    assert open_disputes_for(officer=officer) == []
    with pytest.raises(NoSuchDispute):
        grant_dispute(dispute_id=own.pk, by=officer)
    assert browser_of(officer).get(f"/disputes/{own.pk}/").status_code == 404
    with pytest.raises(IntegrityError, match="dispute_never_decided_by_its_person"), transaction.atomic():
        Dispute.objects.filter(pk=own.pk).update(
            resolved_at="2026-01-01T00:00Z", outcome="granted", by=officer
        )


def test_each_look_of_an_officer_can_be_read(
    asked: Dispute, browser_of: Browsers, labeler: User, officer: User
) -> None:
    page = browser_of(officer).get("/disputes/").content.decode()
    browser_of(officer).get(f"/disputes/{asked.pk}/")
    assert labeler.username not in page, "names are left out"
    assert [look.what for look in looks_at(person_id=labeler.pk)] == ["dispute", "dispute"]
    own = browser_of(labeler).get("/me/looks/").content.decode()
    assert own.count(f"{officer.username} saw an entry that you disputed") == 2


def test_an_empty_list_says_so(browser_of: Browsers, officer: User, lead: User) -> None:
    assert "Nothing to decide" in browser_of(officer).get("/disputes/").content.decode()
    assert browser_of(lead).get("/disputes/").status_code == 403
    assert not ExposureLook.objects.exists()


@pytest.mark.parametrize(
    ("name", "assignment"),
    [
        ("dispute_severity_0_to_4", {"severity": 5}),
        ("dispute_resolved_whole_or_not", {"resolved_at": "2026-01-01T00:00Z"}),
        ("dispute_resolved_whole_or_not", {"reason": "x"}),
        (
            "dispute_resolved_whole_or_not",
            {"outcome": "maybe", "resolved_at": "2026-01-01T00:00Z", "by": 0, "reason": "x"},
        ),
        ("dispute_declined_with_words", {"outcome": "declined", "resolved_at": "2026-01-01T00:00Z", "by": 0}),
        ("dispute_one_open_per_entry", {}),
    ],
)
def test_constraints(asked: Dispute, officer: User, name: str, assignment: dict) -> None:
    fields = {"person": asked.person, "seq": asked.seq + bool(assignment), "severity": 1, **assignment}
    if "by" in fields:
        fields["by"] = officer
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Dispute.objects.create(**fields)


def test_a_wish_and_its_time_cannot_be_changed_afterwards(asked: Dispute) -> None:
    for assignment in ("severity = 0", "made_at = now()", "seq = 2", "person_id = 1"):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            do.sql(f"UPDATE dispute SET {assignment}")  # noqa: S608 - from the list above


def pages_of(client: Client, who: User) -> dict[str, bytes]:
    """Every page and API answer without an id that this person may get, without what differs each time."""
    found = {}
    for name, route in ROUTES.items():
        need = route.needs.get("GET")
        if need is None or (isinstance(need, Permission) and need not in permissions_of(who)):
            continue
        address = plain_address(name)
        if address is None or address.startswith(("/healthz", "/readyz")):
            continue
        answer = client.get(address)
        body = answer.getvalue() if answer.streaming else answer.content
        body = re.sub(rb'(csrf[^>]*?(?:value|content)=")[^"]*', rb"\1", body)
        found[address] = re.sub(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", b"", body)
    return found


def plain_address(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def test_a_dispute_changes_no_byte_that_anybody_but_an_officer_gets(
    browser_of: Browsers, labeler: User, second_labeler: User, lead: User, engineer: User, admin: User, team
) -> None:
    do.label(labeler, "lease:1", severity=3)
    others = [
        lead,
        second_labeler,
        engineer,
        admin,
        person("aude", Role.AUDITOR),
        person("rio", Role.REPRESENTATIVE),
    ]
    clients = {who.username: browser_of(who) for who in others}
    for who in others:
        pages_of(clients[who.username], who)  # the first visit writes looks and greets
    before = {who.username: pages_of(clients[who.username], who) for who in others}
    assert "/team/" in before[lead.username]
    events = AuditEvent.objects.count()

    browser_of(labeler).post("/me/exposure/entries/1/", {"severity": "1"})

    assert Dispute.objects.count() == 1
    assert AuditEvent.objects.count() == events
    # The lead last: their look at the others is a line on the others' pages.
    for who in reversed(others):
        after = pages_of(clients[who.username], who)
        assert [address for address in after if after[address] != before[who.username][address]] == []


def test_the_officers_list_is_one_statement_however_long(labeler: User, officer: User) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            open_disputes_for(officer=officer)
        return len(asked)

    do.label(labeler, "lease:0", severity=1)
    dispute_entry(row=1, severity=0, by=labeler)
    statements()
    few = statements()
    for number in range(1, 5):
        do.label(labeler, f"lease:{number}", severity=1)
        dispute_entry(row=2 * number + 1, severity=0, by=labeler)
    assert statements() == few
