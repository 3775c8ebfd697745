"""Clearing up after leases that ran out. A safety net: the claim never waits for it."""

from django.db import connection, transaction

from labeling.models import Lease
from labeling.queries.workbench import occasion_of
from wellbeing import interface

_EXPIRE = """
UPDATE labeling_lease SET ended_at = respite_now(), outcome = 'expired'
 WHERE id IN (SELECT id FROM labeling_lease
               WHERE ended_at IS NULL AND expires_at <= (SELECT respite_now())
               ORDER BY expires_at LIMIT %s
                 FOR UPDATE SKIP LOCKED)
"""


def expire_leases(*, most: int = 500) -> int:
    """End leases whose time is over, at most `most` of them; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(_EXPIRE, [most])
        return int(cursor.rowcount)


def settle_ended_leases(*, most: int = 500) -> int:
    """Settle the views of leases that ended without an answer, as expected. One person per transaction."""
    due = Lease.objects.filter(ended_at__isnull=False, opened_at__isnull=False, settled_at=None)
    rows = list(due.order_by("person_id", "pk").values_list("pk", "person_id")[:most])
    for lease_id, person_id in rows:
        settle_ended_lease(lease_id=lease_id, person_id=person_id)
    return len(rows)


@transaction.atomic
def settle_ended_lease(*, lease_id: int, person_id: int) -> None:
    """Settle one ended lease's view without a verdict. Nothing happens to a view that was settled meanwhile."""
    interface.settle(person_id=person_id, occasion=occasion_of(lease_id), verdict=None)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE labeling_lease SET settled_at = respite_now() WHERE id = %s AND settled_at IS NULL",
            [lease_id],
        )
