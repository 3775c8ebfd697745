"""One view as it stands now, for who only asks whether it is open, or could show more. No lock, nothing changes."""

from uuid import UUID

from wellbeing.domain.clearance import Refusal
from wellbeing.domain.showing import Showing, revealed
from wellbeing.domain.situation import as_if_closed
from wellbeing.domain.stimulus import Disclosure, Purpose, Stimulus
from wellbeing.domain.view import View
from wellbeing.models import ExposureView
from wellbeing.queries.situation import NoSuchPerson, read_situation, view_record
from wellbeing.queries.time import now


def read_view(*, person_id: int, occasion: str) -> View | None:
    """The person's view of this occasion, overdue or not; None if nothing was ever opened."""
    row = ExposureView.objects.filter(dosimeter_id=person_id, occasion=occasion).values().first()
    return None if row is None else view_record(row).seen_at(now())


def read_refusal(
    *,
    person_id: int,
    occasion: str,
    purpose: Purpose,
    stimulus: Stimulus,
    disclosure: Disclosure,
    words_per_minute: int,
) -> Refusal | None:
    """Why `reveal` with the same arguments would be refused at this moment; None if it would go ahead.

    A reveal decides anew. Raises NoSuchPerson.
    """
    situation = read_situation(person_id=person_id, occasion=occasion)
    if situation is None:
        raise NoSuchPerson(f"there is no person {person_id}")
    wanted = Showing(occasion, purpose, stimulus, disclosure, words_per_minute)
    outcome = revealed(as_if_closed(situation), wanted, ref=UUID(int=0))
    return outcome if isinstance(outcome, Refusal) else None
