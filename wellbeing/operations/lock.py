"""Taking a person's dosimeter: the first thing that every operation on exposure does."""

from django.db import connection

from wellbeing.domain.situation import Situation, overdue_change
from wellbeing.operations.record import record
from wellbeing.queries.situation import NoSuchPerson, read_situation

# A statement of its own: under READ COMMITTED the next one then sees everything that the last holder committed.
LOCK = "SELECT 1 FROM dosimeter WHERE person_id = %s FOR UPDATE"
CREATE = """
INSERT INTO dosimeter (person_id, chain, time_zone)
SELECT u.id, gen_random_uuid(),
       COALESCE(known_time_zone(u.time_zone), 'UTC')
  FROM people_user u WHERE u.id = %s
ON CONFLICT (person_id) DO NOTHING
"""


class NoTransaction(RuntimeError):
    """A decision about exposure was asked for outside a transaction, where the lock would be gone at once."""


def locked_situation(*, person_id: int, occasion: str | None = None) -> Situation:
    """Lock the person's dosimeter, read where they stand, and close an overdue view. Two statements, three if overdue.

    Raises NoTransaction outside a transaction, NoSuchPerson for an unknown id.
    """
    require_transaction()
    _lock(person_id)
    situation = read_situation(person_id=person_id, occasion=occasion)
    if situation is None:
        raise NoSuchPerson(f"there is no person {person_id}")
    change = overdue_change(situation)
    if change is None:
        return situation
    return record(situation.with_activity(change.after.window_ends_at), change)


def lock_person(*, person_id: int) -> None:
    """Wait for everything else that is being done about this person, until the transaction ends. One statement.

    Raises NoTransaction.
    """
    require_transaction()
    _lock(person_id)


def require_transaction() -> None:
    if not connection.in_atomic_block:
        raise NoTransaction("open transaction.atomic() around operations of wellbeing.interface")


def _lock(person_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [person_id])
        if cursor.fetchone() is None:
            cursor.execute(CREATE, [person_id])
            cursor.execute(LOCK, [person_id])
