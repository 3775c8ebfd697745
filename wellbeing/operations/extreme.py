"""The opt-in to extreme content (S4): nobody is ever handed it without one, and leaving is immediate."""

from django.db import transaction

from wellbeing.models import Dosimeter
from wellbeing.operations.lock import locked_situation


def opt_in_to_extreme(*, person_id: int) -> None:
    """From now on this person may be handed S4. Repeating it keeps the first time. Raises NoSuchPerson."""
    with transaction.atomic():
        situation = locked_situation(person_id=person_id)
        Dosimeter.objects.filter(pk=person_id, extreme_opt_in_at=None).update(extreme_opt_in_at=situation.now)


def opt_out_of_extreme(*, person_id: int) -> None:
    """No S4 any more, from this moment. Nobody else sees it. Raises NoSuchPerson."""
    with transaction.atomic():
        locked_situation(person_id=person_id)
        Dosimeter.objects.filter(pk=person_id).update(extreme_opt_in_at=None)
