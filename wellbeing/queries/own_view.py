"""One view as it stands now, for a page that only asks whether it is still open."""

from wellbeing.domain.view import View
from wellbeing.models import ExposureView
from wellbeing.queries.situation import view_record
from wellbeing.queries.time import now


def read_view(*, person_id: int, occasion: str) -> View | None:
    """The person's view of this occasion, overdue or not; None if nothing was ever opened. No lock, nothing changes."""
    row = ExposureView.objects.filter(dosimeter_id=person_id, occasion=occasion).values().first()
    return None if row is None else view_record(row).seen_at(now())
