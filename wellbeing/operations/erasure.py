"""Erasing a person: their private texts, their name, and the link between them and the ledger.

The ledger itself stays whole. Its chain goes to a stand-in, an account that nobody ever had, together with the days and
views that must add up to it; what is left of the person is a number without a name. Each erasure is also a signed line
in a file beside the chain heads, numbers only, so that it can be applied again after a restore.
"""

import hashlib
import hmac
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction

from people.models import User
from people.operations.audit import record_event
from people.operations.erasure import erase_account, make_stand_in
from wellbeing.domain import view as life
from wellbeing.domain.erasing import ERASURE_FORMAT, ErasureReason
from wellbeing.models import (
    CategoryChoice,
    CategoryDay,
    DayNote,
    DisplayChoice,
    Dispute,
    Dosimeter,
    ExposureView,
    FirstDays,
    LeavePeriod,
    RampStep,
    SupportRequest,
    WeeklyShift,
)
from wellbeing.operations.lock import locked_situation
from wellbeing.operations.private_keys import destroy_data_key
from wellbeing.operations.record import record
from wellbeing.operations.signed_lines import BrokenLines, SignedLines
from wellbeing.queries.situation import view_record
from wellbeing.queries.time import now

# Tables of what people write or choose in private, each with a field `person`. Their rows go; everything else of a
# dosimeter moves to the stand-in.
PRIVATE: tuple[type[models.Model], ...] = (
    CategoryChoice,
    DayNote,
    DisplayChoice,
    Dispute,
    FirstDays,
    LeavePeriod,
    RampStep,
    SupportRequest,
    WeeklyShift,
)

# What other apps keep of a person and take away with them: each is given the person's id, in the same transaction.
ALSO: list[Callable[[int], None]] = []

FORGET = "UPDATE exposure_view SET occasion = 'forgotten:' || ref, categories = '{}' WHERE person_id = %s"


class BrokenErasures(BrokenLines):
    """The list of erasures was changed; the message says in which line."""


ERASURES = SignedLines("erasures.jsonl", ERASURE_FORMAT, BrokenErasures)


def erase_also_with(erase: Callable[[int], None]) -> None:
    """From now on every erasure calls `erase(person_id)` too. Said twice, it is called once."""
    if erase not in ALSO:
        ALSO.append(erase)


def erase_person(*, person_id: int, by: User | None, reason: ErasureReason) -> None:
    """Erase the person now, all or nothing. Repeatable: again, it takes what has come since.

    `by` approved it (operations.erasure_requests makes sure of that), None for the shell. Raises User.DoesNotExist,
    BrokenErasures.
    """
    with transaction.atomic():
        person = User.objects.get(pk=person_id)
        _erase(person, by)
        # Last, and before the commit: one erasure too many in the list is harmless, one too few is not.
        ERASURES.add(
            lambda _last: {
                "at": now().isoformat(),
                "person": person_id,
                "mark": mark_of(person),
                "reason": ErasureReason(reason).value,
            }
        )


def reapply_erasures() -> int:
    """Erase again everybody on the list whose name or texts have come back, with a restore. Returns how many.

    A number that belongs to somebody else by now (the restore was to before the person came) is left alone.
    Raises BrokenErasures.
    """
    # Read whole before anything is done: a list that was changed is followed in nothing.
    listed = {line["person"]: line["mark"] for line in ERASURES.lines()}
    again = 0
    for person in User.objects.filter(pk__in=listed).order_by("pk"):
        if mark_of(person) != listed[person.pk] or not _is_back(person):
            continue
        with transaction.atomic():
            _erase(person, None)
        again += 1
    return again


def mark_of(person: User) -> str:
    """Tells whether a number still means the same account, and says nothing of it to whoever lacks the key."""
    payload = f"{ERASURE_FORMAT}\n{person.pk}\n{person.date_joined.isoformat()}"
    return hmac.digest(settings.LEDGER_KEY.encode(), payload.encode(), hashlib.sha256).hex()[:32]


def _is_back(person: User) -> bool:
    return (
        person.erased_at is None
        or hasattr(person, "private_key")
        or ExposureView.objects.filter(dosimeter_id=person.pk).exists()
        or any(model._default_manager.filter(**_of(person.pk)).exists() for model in PRIVATE)
    )


def _erase(person: User, by: User | None) -> None:
    # The dosimeter before any other lock, as everywhere.
    stand_in = None
    if Dosimeter.objects.filter(pk=person.pk).exists():
        _settle_everything(person.pk)
        stand_in = _hand_over(person.pk)
    destroy_data_key(person_id=person.pk)
    for model in PRIVATE:
        model._default_manager.filter(**_of(person.pk)).delete()
    for erase in ALSO:
        erase(person.pk)
    record_event(action="wellbeing.erased", subject=f"person {person.pk}", by=by)
    erase_account(user_id=person.pk, by=by)
    # Last, because the database forgets nothing of anybody who still has a name.
    with connection.cursor() as cursor:
        cursor.execute("SELECT forget_remains(%s, %s), forget_consent(%s)", [person.pk, stand_in, person.pk])


def _settle_everything(person_id: int) -> None:
    """Nothing of them stays open or reserved: nobody will answer it any more."""
    situation = locked_situation(person_id=person_id)
    for row in ExposureView.objects.filter(dosimeter_id=person_id, settled_at=None).order_by("pk").values():
        situation = record(situation, life.settled(view_record(row), verdict=None, now=situation.now))


def _hand_over(person_id: int) -> int:
    """Give the dosimeter and all that belongs to it to a new stand-in, with nothing that leads back. Returns its number."""
    stand_in = make_stand_in()
    chain = Dosimeter.objects.values_list("chain", flat=True).get(pk=person_id)
    CategoryDay.objects.filter(dosimeter_id=person_id).delete()
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [person_id])
        # The foreign keys are checked at the commit, when all of them point to the new number.
        cursor.execute(
            "UPDATE dosimeter SET person_id = %s, extreme_opt_in_at = NULL WHERE person_id = %s",
            [stand_in.pk, person_id],
        )
        for table, column in _belongings():
            cursor.execute(
                f"UPDATE {table} SET {column} = %s WHERE {column} = %s",  # noqa: S608 - names of our own models
                [stand_in.pk, person_id],
            )
        cursor.execute("SELECT forget_lifetime_totals(%s)", [chain])
    return stand_in.pk


def _belongings() -> list[tuple[str, str]]:
    """Table and column of everything that refers to a dosimeter, whoever added it."""
    return [
        (connection.ops.quote_name(relation.related_model._meta.db_table), str(relation.field.column))
        for relation in Dosimeter._meta.related_objects
    ]


def _of(person_id: int) -> dict[str, Any]:
    return {"person_id": person_id}
