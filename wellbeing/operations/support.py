"""Asking for support, answering, closing. There is no audit event: nobody else may learn that a request exists."""

from uuid import UUID

from django.db import IntegrityError, transaction

from people.models import User
from wellbeing.domain.sealing import seal
from wellbeing.domain.support import KEPT_AFTER_CLOSING, LONGEST_MESSAGE, Conversation
from wellbeing.models import SupportMessage, SupportRead, SupportRequest
from wellbeing.operations.private_keys import ensure_data_key
from wellbeing.queries.support import conversation_of, place_of, requests_for
from wellbeing.queries.time import now


class NoSuchSupportRequest(LookupError):
    """There is no such request, or it is not this person's to see."""


class RequestClosed(RuntimeError):
    """The request was closed in the meantime; nothing is added to it."""


def ask_for_support(*, person: User, text: str, message_id: UUID) -> None:
    """Send the counsellor a message: of a new request, or of the one that is open. Two at once become one request.

    `message_id` is the form's own: sent twice, it is one message. Raises ValueError for an empty text or one of more than 5,000 characters.
    """
    _check(text)
    with transaction.atomic():
        if not SupportMessage.objects.filter(pk=message_id).exists():
            _add(_open_request_of(person), text, None, message_id)


def close_own_request(*, person: User) -> bool:
    """The person needs no answer any more; True if a request was open. It is deleted thirty days later."""
    return bool(SupportRequest.objects.filter(person=person, closed_at=None).update(closed_at=now()))


def delete_own_request(*, person: User, request_id: UUID) -> bool:
    """Remove one's own request and all that was said in it, at once."""
    removed, _ = SupportRequest.objects.filter(pk=request_id, person=person).delete()
    return bool(removed)


def open_for_counsellor(*, request_id: UUID, by: User) -> Conversation:
    """What was said in a request. That `by` opened it is committed before anything of it is read.

    Raises NoSuchSupportRequest also when it is not theirs.
    """
    with transaction.atomic(durable=True):
        row = _of_counsellor(request_id, by)
        SupportRead.objects.create(request=row, reader=by)
    return conversation_of(row)


def answer_request(*, request_id: UUID, by: User, text: str, message_id: UUID) -> None:
    """Write to the person who asked, once for each `message_id`.

    Raises NoSuchSupportRequest, RequestClosed, ValueError as `ask_for_support`.
    """
    _check(text)
    with transaction.atomic():
        request = SupportRequest.objects.select_for_update(of=("self",)).get(
            pk=_of_counsellor(request_id, by).pk
        )
        if SupportMessage.objects.filter(pk=message_id).exists():
            return
        if request.closed_at is not None:
            raise RequestClosed("This request was closed. What you wrote was not sent.")
        _add(request, text, by, message_id)


def close_request(*, request_id: UUID, by: User) -> None:
    """Close it; it is deleted thirty days later. Repeatable. Raises NoSuchSupportRequest."""
    row = _of_counsellor(request_id, by)
    SupportRequest.objects.filter(pk=row.pk, closed_at=None).update(closed_at=now())


def delete_closed_requests() -> int:
    """Remove what was closed more than thirty days ago. Returns how many requests went."""
    old = SupportRequest.objects.filter(closed_at__lt=now() - KEPT_AFTER_CLOSING)
    _, by_model = old.delete()
    return by_model.get("wellbeing.SupportRequest", 0)


def _open_request_of(person: User) -> SupportRequest:
    """Locked, so that it is not closed while a message is added to it."""
    mine = SupportRequest.objects.select_for_update(of=("self",)).filter(person=person, closed_at=None)
    found = mine.first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return SupportRequest.objects.create(person=person)
    except IntegrityError as error:
        if "support_request_one_open_per_person" not in str(error):
            raise
        return mine.get()


def _add(request: SupportRequest, text: str, counsellor: User | None, message_id: UUID) -> None:
    key = ensure_data_key(person_id=request.person_id)
    place = place_of(request.person_id, message_id)
    message = SupportMessage(
        id=message_id, request=request, counsellor=counsellor, sealed=seal(text.strip(), key, place)
    )
    # The same form twice at once: one of them finds the message there.
    SupportMessage.objects.bulk_create([message], ignore_conflicts=True)


def _of_counsellor(request_id: UUID, by: User) -> SupportRequest:
    row = requests_for(by).select_related("person").filter(pk=request_id).first()
    if row is None:
        raise NoSuchSupportRequest("There is no such request.")
    return row


def _check(text: str) -> None:
    if not text.strip():
        raise ValueError("Write something first.")
    if len(text) > LONGEST_MESSAGE:
        raise ValueError(f"Please keep it under {LONGEST_MESSAGE:,} characters.")
