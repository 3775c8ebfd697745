"""Answers that somebody began and has not sent, although their time with the task is over (docs/adr/0027).

No content: whose they are, where they belong and when they go. What was written in them is not read here.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Least

from labeling.models import Annotation, Lease
from labeling.models.clock import RespiteNow

KEPT_AFTER_LEASE = timedelta(days=1)
UNFINISHED = [
    Lease.Outcome.LIVE.value,
    Lease.Outcome.RELEASED.value,
    Lease.Outcome.EXPIRED.value,
    Lease.Outcome.UNCLEARED.value,
]
HAS_DRAFT = ~Q(draft={})
# A skip keeps what was begun for its own undo alone.
CAN_BE_SENT = Q(outcome__in=UNFINISHED) | Q(HAS_DRAFT, outcome=Lease.Outcome.SKIPPED)
MOST = 5


@dataclass(frozen=True)
class Unsent:
    """One begun answer. `over_at`: when its lease was."""

    lease_id: int
    project_id: int
    project_name: str
    over_at: datetime


def unsent_answers(*, person_id: int, lease_id: int | None = None) -> list[Unsent]:
    """The person's, the latest first, at most five; or that one alone. One statement.

    One of a task that they skipped is found by its lease alone: whoever meant it is not reminded of it.
    A task that they have answered since, under another lease, needs nothing more.
    """
    answered = Annotation.objects.filter(task_id=OuterRef("task_id"), person_id=person_id, superseded_at=None)
    begun = (
        Lease.objects.filter(HAS_DRAFT, person_id=person_id, opened_at__isnull=False)
        .annotate(
            over_at=Least("ended_at", "expires_at")
        )  # one that ran out is ended later, with the next claim
        .filter(~Exists(answered), over_at__lte=RespiteNow(), over_at__gt=RespiteNow() - KEPT_AFTER_LEASE)
    )
    if lease_id is None:
        begun = begun.filter(outcome__in=UNFINISHED)
    else:
        begun = begun.filter(CAN_BE_SENT, pk=lease_id)
    rows = begun.order_by("-over_at", "-pk").values_list(
        "pk", "task__project_id", "task__project__name", "over_at"
    )
    return [Unsent(*row) for row in rows[:MOST]]
