"""Before and after something is handed out."""

from django.db import connection

from people.permissions import Permission, roles_with
from wellbeing.domain import clearance
from wellbeing.domain.clearance import Clearance, Refusal, RefusalCode
from wellbeing.domain.consent import CONSENT_VERSION
from wellbeing.operations.lock import locked_situation, require_transaction
from wellbeing.operations.record import write_clock
from wellbeing.operations.time_zone import NEXT_FROM, NEXT_ZONE, ZONES
from wellbeing.queries.situation import HAS_CONSENT

# A change of the person's time zone that no page has brought here is noticed now, when work begins.
CLAIMED = f"""
WITH {ZONES}
UPDATE dosimeter d
   SET last_activity_at = GREATEST(d.last_activity_at, today.now),
       day_of_first_claim = today.day,
       first_claim_at = CASE WHEN d.day_of_first_claim = today.day THEN d.first_claim_at ELSE today.now END,
       time_zone = today.zone,
       next_time_zone = {NEXT_ZONE},
       next_time_zone_from = {NEXT_FROM}
  FROM today
 WHERE d.person_id = today.person_id
RETURNING {HAS_CONSENT}
"""  # noqa: S608 - constants only


def clear(*, person_id: int) -> Clearance | Refusal:
    """May this person be handed something now, and what? Locks them until the transaction ends.

    Two statements; one more when an overdue view has to be closed, or a pause has just ended a stretch.
    Raises NoTransaction, NoSuchPerson.
    """
    situation = locked_situation(person_id=person_id)
    rested, stored = situation.break_clock, situation.clock
    if (rested.stretch_started_at, rested.long_stretch_started_at) != (
        stored.stretch_started_at,
        stored.long_stretch_started_at,
    ):
        # The pause is a fact now; `claimed` is about to overwrite the time by which it could be seen.
        write_clock(situation, rested)
    return clearance.decide(situation)


def claimed(*, person_id: int) -> Refusal | None:
    """Something was handed out after `clear` in this transaction: activity, and the day's first claim. One statement.

    A Refusal when a category came to the work since `clear` that the person has not agreed to: then take all of it back.
    Raises NoTransaction.
    """
    require_transaction()
    asked: dict[str, int | list[str]] = {
        "person": person_id,
        "consent_version": CONSENT_VERSION,
        "labeling_roles": list(roles_with(Permission.LABEL)),
    }
    with connection.cursor() as cursor:
        cursor.execute(CLAIMED, asked)
        row = cursor.fetchone()
    return None if row is None or row[0] else clearance.refuse(RefusalCode.CONSENT_NEEDED)
