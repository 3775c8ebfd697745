"""The safety net for views whose conceal was lost. Nothing depends on it: whatever locks a person closes first."""

from django.db import transaction

from wellbeing.models import ExposureView, RespiteNow
from wellbeing.operations.lock import locked_situation


def close_overdue() -> int:
    """Close every overdue view at its window's end, one person per transaction. Returns how many there were."""
    overdue = ExposureView.objects.filter(closed_at=None, window_ends_at__lte=RespiteNow())
    people = list(overdue.values_list("dosimeter_id", flat=True))
    for person_id in people:
        with transaction.atomic():
            locked_situation(person_id=person_id)
    return len(people)
