"""Asking for an erasure, and approving it: never one person alone."""

from django.db import IntegrityError, transaction

from people.models import Membership, User
from people.operations.audit import record_event
from people.permissions import Permission
from people.queries import ALL, teams_with
from wellbeing.domain.erasing import ErasureReason
from wellbeing.models import ErasureRequest
from wellbeing.operations.erasure import erase_person
from wellbeing.queries.time import now


class ErasureNotAllowed(PermissionError):
    """This person may not ask for, or approve, that erasure."""


class NoSuchRequest(LookupError):
    """There is no open request for an erasure with that number."""


def ask_for_erasure(*, person_id: int, by: User | None, reason: ErasureReason) -> ErasureRequest:
    """Ask for the person to be erased: by themself, by who manages people, or from the shell (`by` None). Audited.

    Asked for again while it waits, it is the same request. Raises ErasureNotAllowed.
    """
    if by is not None and by.pk != person_id and teams_with(by, Permission.MANAGE_PEOPLE) is not ALL:
        raise ErasureNotAllowed("Only the person, or an admin, may ask for this.")
    asked_by = None if by is None else by.pk
    try:
        with transaction.atomic():
            request = ErasureRequest.objects.create(
                person_id=person_id, asked_by_id=asked_by, reason=ErasureReason(reason)
            )
            record_event(action="wellbeing.erasure_asked", subject=f"person {person_id}", by=by)
    except IntegrityError as error:
        if "erasure_request_one_open_per_person" not in str(error):
            raise
        return ErasureRequest.objects.get(person_id=person_id, approved_at=None, withdrawn_at=None)
    return request


def withdraw_erasure(*, person_id: int, by: User) -> bool:
    """Take back one's own open request, or the one about oneself; True if there was one. Audited."""
    with transaction.atomic():
        waiting = ErasureRequest.objects.filter(person_id=person_id, approved_at=None, withdrawn_at=None)
        if by.pk != person_id:
            waiting = waiting.filter(asked_by=by)
        withdrawn = waiting.update(withdrawn_at=now())
        if withdrawn:
            record_event(action="wellbeing.erasure_withdrawn", subject=f"person {person_id}", by=by)
    return bool(withdrawn)


def approve_erasure(*, request_id: int, by: User) -> None:
    """Approve the request and erase the person, in one transaction. Two at once: the second finds nothing open.

    `by` is an officer of the person, neither the person nor who asked. Raises NoSuchRequest, ErasureNotAllowed.
    """
    with transaction.atomic():
        request = _open_request(request_id)
        if not may_approve(request, by):
            raise ErasureNotAllowed(
                "It takes a wellbeing officer who is neither the person nor the one who asked."
            )
        ErasureRequest.objects.filter(pk=request.pk).update(approved_by=by, approved_at=now())
        erase_person(person_id=request.person_id, by=by, reason=ErasureReason(request.reason))


def may_approve(request: ErasureRequest, by: User) -> bool:
    teams = teams_with(by, Permission.OWN_POLICY)
    looks_after = (
        teams is ALL or Membership.objects.filter(user=request.person_id, team_id__in=teams).exists()
    )
    return looks_after and by.pk not in {request.person_id, request.asked_by_id}


def _open_request(request_id: int) -> ErasureRequest:
    waiting = ErasureRequest.objects.select_for_update(of=("self",))
    request = waiting.filter(pk=request_id, approved_at=None, withdrawn_at=None).first()
    if request is None:
        raise NoSuchRequest(f"no request {request_id} is open")
    return request
