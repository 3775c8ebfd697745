"""Support requests: the person's own, and for counsellors a list that names nobody.

What a counsellor reads of a request comes from operations.support, which writes down that they did.
"""

from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from people.models import Membership, User
from people.permissions import Permission
from people.queries import ALL, teams_with
from wellbeing.domain.sealing import Place
from wellbeing.domain.support import Conversation, Message, Read, Waiting
from wellbeing.models import SupportMessage, SupportRead, SupportRequest
from wellbeing.queries.private_keys import data_key_of
from wellbeing.queries.sealed import opened


def own_conversations(*, person_id: int) -> list[Conversation]:
    """Everything that the person asked and was answered, the open request first, with who opened it."""
    rows = _with_messages(SupportRequest.objects.filter(person_id=person_id))
    found = [conversation_of(row, with_reads=True) for row in rows.order_by("-asked_at")]
    return sorted(found, key=lambda one: one.closed_at is not None)


def requests_for(counsellor: User) -> QuerySet[SupportRequest]:
    """The requests that this counsellor may open: of people they are there for, and never their own."""
    teams = teams_with(counsellor, Permission.ANSWER_SUPPORT)
    found = SupportRequest.objects.exclude(person=counsellor)
    if teams is ALL:
        return found
    return found.filter(Q(person__in=Membership.objects.filter(team_id__in=teams).values("user_id")))


def waiting_requests(counsellor: User) -> list[Waiting]:
    """Open requests, those that wait for an answer first, the longest waiting first."""
    found = []
    for row in requests_for(counsellor).filter(closed_at=None).prefetch_related("messages"):
        last = max(row.messages.all(), key=lambda message: message.at)
        found.append(Waiting(str(row.pk), row.asked_at, last.at, last.counsellor_id is None))
    return sorted(found, key=lambda one: (not one.waits_for_counsellor, one.last_at))


def conversation_of(row: SupportRequest, *, with_reads: bool = False) -> Conversation:
    """The request opened, with its messages in order."""
    key = data_key_of(row.person_id)
    messages = sorted(row.messages.all(), key=lambda message: (message.at, message.pk))
    return Conversation(
        id=str(row.pk),
        asked_at=row.asked_at,
        closed_at=row.closed_at,
        messages=tuple(
            Message(
                at=message.at,
                by="" if message.counsellor is None else message.counsellor.get_full_name(),
                text=opened(message.sealed, key, place_of(row.person_id, message.pk)),
            )
            for message in messages
        ),
        reads=tuple(Read(read.at, read.reader.get_full_name()) for read in _reads(row)) if with_reads else (),
        asked_by=row.person.get_full_name(),
    )


def place_of(person_id: int, message_id: UUID) -> Place:
    return Place(person_id, "support_message", str(message_id), "text")


def _with_messages(rows: QuerySet[SupportRequest]) -> QuerySet[SupportRequest]:
    messages = SupportMessage.objects.select_related("counsellor")
    return rows.select_related("person").prefetch_related(Prefetch("messages", messages))


def _reads(row: SupportRequest) -> QuerySet[SupportRead]:
    return row.reads.select_related("reader").order_by("-at")
