"""Top-ups: what a later, more severe finding adds to a settled view. They fail on no budget and start no break."""

from django.db import connection, transaction

from wellbeing.domain import view as life
from wellbeing.domain.situation import Situation
from wellbeing.domain.view import ViewRecord
from wellbeing.models import ExposureView, TopUpDue
from wellbeing.operations.lock import locked_situation
from wellbeing.operations.record import record
from wellbeing.queries.situation import view_record

# Refers to the view, not to its person: nobody's lock is waited for.
OWE = """
INSERT INTO top_up_due (view_id, severity)
SELECT v.id, %(severity)s FROM exposure_view v WHERE v.person_id = %(person)s AND v.occasion = %(occasion)s
ON CONFLICT (view_id, severity) DO NOTHING
"""

NOTED = """
INSERT INTO top_up_due (view_id, severity, applied_at)
SELECT v.id, %(severity)s, %(at)s FROM exposure_view v WHERE v.ref = %(ref)s
ON CONFLICT (view_id, severity) DO UPDATE SET applied_at = COALESCE(top_up_due.applied_at, EXCLUDED.applied_at)
"""


def owe_top_up(*, person_id: int, occasion: str, severity: int) -> None:
    """Note that the person's view of `occasion` was of at least this severity (1 to 4), for the job to charge.

    Takes no lock of that person, so it may be called inside another person's transaction. Nothing is owed for what
    was never opened. Raises ValueError for any other severity.
    """
    if severity not in range(1, 5):
        raise ValueError(f"a top-up is to a severity of 1 to 4, not {severity}")
    with connection.cursor() as cursor:
        cursor.execute(OWE, {"person": person_id, "occasion": occasion, "severity": severity})


def people_owed() -> list[int]:
    """Everybody who has top-ups to be applied."""
    found = TopUpDue.objects.filter(applied_at=None, view__settled_at__isnull=False)
    return list(found.order_by("view__dosimeter_id").values_list("view__dosimeter_id", flat=True).distinct())


def apply_top_ups(*, person_id: int) -> int:
    """Charge everything that is owed for one person's settled views, in one transaction. Returns how many rows it did."""
    with transaction.atomic():
        situation = locked_situation(person_id=person_id)
        owed = list(
            TopUpDue.objects.filter(
                applied_at=None, view__dosimeter_id=person_id, view__settled_at__isnull=False
            ).order_by("view_id", "severity")
        )
        for due in owed:
            row = ExposureView.objects.filter(pk=due.view_id).values().get()
            change = life.topped_up(view_record(row), due.severity)
            if change is not None:
                situation = record(situation, change)
            due.applied_at = situation.now
            due.save(update_fields=["applied_at"])
        return len(owed)


def top_up_now(situation: Situation, view: ViewRecord, severity: int) -> ViewRecord:
    """Charge a settled view of a locked situation at a higher severity; as it was if it is not higher."""
    change = life.topped_up(view, severity)
    if change is None:
        return view
    record(situation, change)
    with connection.cursor() as cursor:
        cursor.execute(NOTED, {"ref": view.ref, "severity": severity, "at": situation.now})
    return change.after
