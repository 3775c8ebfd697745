"""How far somebody has come with their first days. For their own eyes: no audit event, no look."""

from django.db import transaction

from people.models import User
from wellbeing.domain.first_days import STEPS
from wellbeing.models import FirstDays


@transaction.atomic
def note_step(*, person: User, step: str, done: bool) -> None:
    """Tick a step off, or open it again. Raises ValueError for a step that there is not."""
    if step not in STEPS:
        raise ValueError(f"{step!r} is not one of {STEPS}")
    row = _locked(person)
    others = [name for name in row.done if name != step]
    row.done = [*others, step] if done else others
    row.save(update_fields=["done"])


@transaction.atomic
def dismiss_first_days(*, person: User, dismissed: bool) -> None:
    """Whether the first page still points to them."""
    row = _locked(person)
    row.is_dismissed = dismissed
    row.save(update_fields=["is_dismissed"])


def _locked(person: User) -> FirstDays:
    FirstDays.objects.bulk_create([FirstDays(person=person)], ignore_conflicts=True)
    return FirstDays.objects.select_for_update().get(person=person)
