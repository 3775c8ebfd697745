"""Recognising earlier experience: ramp-up does not start at the beginning for somebody who has done this work."""

from django.db import connection, transaction

from people.models import User
from people.operations.audit import record_event
from people.permissions import Permission
from people.queries import cares_for
from wellbeing.domain.ramp import FIRST_STEP, LAST_STEP
from wellbeing.operations.lock import locked_situation

RECOGNISE = """
INSERT INTO ramp_step (person_id, step, since) VALUES (%(person)s, %(step)s, %(since)s)
ON CONFLICT (person_id) DO UPDATE SET step = EXCLUDED.step, since = EXCLUDED.since
"""


class ExperienceNotYours(PermissionError):
    """Only a wellbeing officer of the person, and never the person themself, recognises experience."""


def recognise_experience(*, person_id: int, step: int, by: User | None) -> None:
    """Put the person at a step of ramp-up (1 to 4), at their request; from today on. Audited.

    `by` None is the server's own hand: a demo, a benchmark.

    Raises ExperienceNotYours, NoSuchPerson, and ValueError for any other step.
    """
    if step not in range(FIRST_STEP, LAST_STEP + 1):
        raise ValueError(f"a step of ramp-up is one of 1 to 4, not {step}")
    if by is not None and (by.pk == person_id or not cares_for(by, person_id, Permission.OWN_POLICY)):
        raise ExperienceNotYours("Only a wellbeing officer may recognise somebody's experience.")
    with transaction.atomic():
        situation = locked_situation(person_id=person_id)
        with connection.cursor() as cursor:
            cursor.execute(RECOGNISE, {"person": person_id, "step": step, "since": situation.today})
        record_event(
            action="wellbeing.experience_recognised",
            subject=f"person {person_id}",
            by=by,
            details={"step": step},
        )
