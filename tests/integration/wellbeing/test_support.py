"""Talking to the counsellor: sealed, between two people, and unseen by everybody else."""

import threading
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection

from people.models import AuditEvent
from people.permissions import Role
from tests.factories.people import person
from tests.factories.wellbeing import advance, dump, support_request_of
from wellbeing import jobs
from wellbeing.domain.erasing import ErasureReason
from wellbeing.models import SupportMessage, SupportRead, SupportRequest
from wellbeing.operations import support
from wellbeing.operations.erasure import erase_person
from wellbeing.operations.support import (
    NoSuchSupportRequest,
    RequestClosed,
    answer_request,
    ask_for_support,
    close_own_request,
    close_request,
    delete_own_request,
    open_for_counsellor,
)
from wellbeing.queries.support import own_conversations, waiting_requests

ASKED, ANSWERED = "heliotrope in the rain", "marzipan by the window"


def answer(request_id, by, text=ANSWERED):
    answer_request(request_id=request_id, by=by, text=text, message_id=uuid4())


def said(conversation):
    return [(message.by, message.text) for message in conversation.messages]


@pytest.mark.django_db
def test_both_sides_read_what_was_said_in_order(labeler, counsellor):
    number = support_request_of(labeler, ASKED)
    answer(number, counsellor)
    support_request_of(labeler, "Thank you.")
    wanted = [("", ASKED), ("cleo", ANSWERED), ("", "Thank you.")]
    (own,) = own_conversations(person_id=labeler.pk)
    assert said(own) == wanted
    assert said(open_for_counsellor(request_id=number, by=counsellor)) == wanted
    assert SupportRequest.objects.count() == 1


@pytest.mark.django_db
def test_that_a_counsellor_opened_it_is_written_first_and_shown_to_the_person(
    labeler, counsellor, monkeypatch
):
    number = support_request_of(labeler, ASKED)
    seen = []
    monkeypatch.setattr(support, "conversation_of", lambda row: seen.append(SupportRead.objects.count()))
    open_for_counsellor(request_id=number, by=counsellor)
    assert seen == [1]
    (own,) = own_conversations(person_id=labeler.pk)
    assert [read.by for read in own.reads] == ["cleo"]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_read_when_the_reading_cannot_be_written(labeler, counsellor, owner_connection):
    number = support_request_of(labeler, ASKED)
    owner_connection.execute("REVOKE INSERT ON support_read FROM respite_app")
    with pytest.raises(DatabaseError):
        open_for_counsellor(request_id=number, by=counsellor)


@pytest.mark.django_db
def test_a_backup_shows_neither_what_was_asked_nor_what_was_answered(labeler, counsellor):
    number = support_request_of(labeler, ASKED)
    answer(number, counsellor)
    text = dump()
    for canary in (ASKED, ANSWERED):
        assert canary not in text
        assert canary.encode().hex() not in text


@pytest.mark.django_db
def test_messages_cannot_be_moved_between_people_or_rows(labeler, second_labeler, counsellor):
    support_request_of(labeler, ASKED)
    support_request_of(second_labeler, "Something else.")
    SupportMessage.objects.all()
    mine, theirs = (SupportMessage.objects.get(request__person=who) for who in (labeler, second_labeler))
    key_moved = bytes(mine.sealed)
    SupportMessage.objects.filter(pk=theirs.pk).delete()
    SupportMessage.objects.create(id=theirs.pk, request=theirs.request, sealed=key_moved)
    (own,) = own_conversations(person_id=second_labeler.pk)
    assert said(own) == [("", None)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "who", ["lead", "engineer", "officer", "admin", "auditor", "second_labeler", "labeler"]
)
def test_nobody_but_a_counsellor_opens_answers_or_closes(who, labeler, request):
    number = support_request_of(labeler, ASKED)
    other = request.getfixturevalue(who)
    for attempt in (
        lambda: open_for_counsellor(request_id=number, by=other),
        lambda: answer(number, other),
        lambda: close_request(request_id=number, by=other),
    ):
        with pytest.raises(NoSuchSupportRequest):
            attempt()
    assert waiting_requests(other) == []
    assert not SupportRead.objects.exists()


@pytest.mark.django_db
def test_a_counsellor_of_one_team_has_the_requests_of_that_team(labeler, outsider, team):
    number, other = support_request_of(labeler), support_request_of(outsider)
    theirs = person("cem", Role.COUNSELLOR, team)
    assert [one.id for one in waiting_requests(theirs)] == [str(number)]
    with pytest.raises(NoSuchSupportRequest):
        open_for_counsellor(request_id=other, by=theirs)


@pytest.mark.django_db
def test_a_counsellor_does_not_answer_themselves(counsellor):
    number = support_request_of(counsellor)
    assert waiting_requests(counsellor) == []
    with pytest.raises(NoSuchSupportRequest):
        open_for_counsellor(request_id=number, by=counsellor)


@pytest.mark.django_db
def test_those_who_wait_longest_come_first_and_without_names(labeler, second_labeler, lead, counsellor):
    first = support_request_of(labeler)
    advance(minutes=1)
    second = support_request_of(second_labeler)
    advance(minutes=1)
    third = support_request_of(lead)
    answer(first, counsellor)
    found = waiting_requests(counsellor)
    assert [one.id for one in found] == [str(second), str(third), str(first)]
    assert [one.waits_for_counsellor for one in found] == [True, True, False]
    assert set(vars(found[0])) == {"id", "asked_at", "last_at", "waits_for_counsellor"}


@pytest.mark.django_db
def test_what_is_closed_takes_no_answer_and_a_new_message_begins_a_new_request(labeler, counsellor):
    number = support_request_of(labeler, ASKED)
    assert close_own_request(person=labeler)
    assert not close_own_request(person=labeler)
    with pytest.raises(RequestClosed):
        answer(number, counsellor)
    assert support_request_of(labeler, "Again.") != number
    assert [one.closed_at is None for one in own_conversations(person_id=labeler.pk)] == [True, False]


@pytest.mark.django_db
def test_a_closed_request_is_deleted_after_thirty_days(labeler, second_labeler, counsellor):
    number = support_request_of(labeler, ASKED)
    support_request_of(second_labeler)
    open_for_counsellor(request_id=number, by=counsellor)
    close_request(request_id=number, by=counsellor)
    advance(days=29)
    close_request(request_id=number, by=counsellor)
    assert jobs.delete_closed_requests() == 0
    advance(days=2)
    assert [jobs.delete_closed_requests() for _ in range(2)] == [1, 0]
    assert list(SupportRequest.objects.values_list("person", flat=True)) == [second_labeler.pk]
    assert SupportMessage.objects.count() == 1
    assert not SupportRead.objects.exists()


@pytest.mark.django_db
def test_one_can_delete_ones_own_at_once_and_nobody_elses(labeler, second_labeler):
    number = support_request_of(labeler, ASKED)
    assert not delete_own_request(person=second_labeler, request_id=number)
    assert delete_own_request(person=labeler, request_id=number)
    assert not SupportMessage.objects.exists()


@pytest.mark.django_db
def test_erasing_the_person_removes_their_requests(labeler, second_labeler):
    support_request_of(labeler, ASKED)
    support_request_of(second_labeler)
    erase_person(person_id=labeler.pk, by=None, reason=ErasureReason.ASKED)
    assert list(SupportRequest.objects.values_list("person", flat=True)) == [second_labeler.pk]


@pytest.mark.django_db
def test_no_audit_event_says_that_there_is_a_request(labeler, counsellor):
    number = support_request_of(labeler, ASKED)
    answer(number, counsellor)
    close_request(request_id=number, by=counsellor)
    delete_own_request(person=labeler, request_id=number)
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "  \n ", "x" * 5_001])
def test_nothing_and_too_much_are_refused(text, labeler, counsellor):
    with pytest.raises(ValueError, match=r"first|under"):
        ask_for_support(person=labeler, text=text, message_id=uuid4())
    number = support_request_of(labeler)
    with pytest.raises(ValueError, match=r"first|under"):
        answer(number, counsellor, text)


@pytest.mark.django_db
def test_the_same_form_sent_twice_is_one_message(labeler, counsellor):
    number, message = None, uuid4()
    for _ in range(2):
        ask_for_support(person=labeler, text=ASKED, message_id=message)
    number = SupportRequest.objects.get().pk
    reply = uuid4()
    for _ in range(2):
        answer_request(request_id=number, by=counsellor, text=ANSWERED, message_id=reply)
    close_request(request_id=number, by=counsellor)
    ask_for_support(person=labeler, text=ASKED, message_id=message)
    answer_request(request_id=number, by=counsellor, text=ANSWERED, message_id=reply)
    assert SupportMessage.objects.count() == 2
    assert SupportRequest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_two_tabs_make_one_request(labeler):
    ready = threading.Barrier(5)

    def ask() -> None:
        ready.wait()
        ask_for_support(person=labeler, text=ASKED, message_id=uuid4())
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert SupportRequest.objects.count() == 1
    assert SupportMessage.objects.count() == 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_without_the_constraint_two_tabs_make_several(labeler, owner_connection):
    owner_connection.execute("DROP INDEX support_request_one_open_per_person")
    ready = threading.Barrier(5)
    seen = threading.Barrier(5)
    real = support.SupportRequest.objects.create

    def create(**fields):
        seen.wait()
        return real(**fields)

    def ask() -> None:
        ready.wait()
        ask_for_support(person=labeler, text=ASKED, message_id=uuid4())
        connection.close()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            type(support.SupportRequest.objects), "create", lambda _self, **fields: create(**fields)
        )
        threads = [threading.Thread(target=ask) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert SupportRequest.objects.count() == 5


@pytest.mark.django_db
def test_pages_of_the_person_and_the_counsellor(labeler, counsellor, browser_of, settings):
    mine, theirs = browser_of(labeler), browser_of(counsellor)
    page = mine.get("/support/")
    for line in (settings.SUPPORT_CONTACT["name"], *settings.SUPPORT_CONTACT["out_of_hours"]):
        assert line in page.text
    assert mine.post("/support/", {"text": " ", "id": uuid4()}).status_code == 422
    assert (
        "Sent. Only the counsellor"
        in mine.post("/support/", {"text": ASKED, "id": uuid4()}, follow=True).text
    )
    number = SupportRequest.objects.get().pk
    listed = theirs.get("/requests/").text
    assert str(number) in listed
    assert "lena" not in listed
    assert ASKED in theirs.get(f"/requests/{number}/").text
    theirs.post(f"/requests/{number}/", {"text": ANSWERED, "id": uuid4()})
    assert theirs.post(f"/requests/{number}/", {"text": "", "id": uuid4()}).status_code == 422
    page = mine.get("/support/")
    assert ANSWERED in page.text
    assert "cleo opened it" in page.text
    assert "Answered." in page.text
    theirs.post(f"/requests/{number}/close/")
    assert "It is deleted on" in mine.get("/support/").text
    assert "Nobody is waiting" in theirs.get("/requests/").text
    late = theirs.post(f"/requests/{number}/", {"text": "Late.", "id": uuid4()}, follow=True)
    assert "was not sent" in late.text
    assert mine.post(f"/support/{number}/delete/", follow=True).status_code == 200
    assert theirs.get(f"/requests/{number}/").status_code == 404
    assert theirs.post(f"/requests/{number}/close/").status_code == 404
    assert mine.post(f"/support/{number}/delete/").status_code == 404


@pytest.mark.django_db
def test_what_was_typed_is_shown_as_text(labeler, counsellor, browser_of):
    number = support_request_of(labeler, "<script>alert(1)</script> {{ 7 }}")
    page = browser_of(counsellor).get(f"/requests/{number}/").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
