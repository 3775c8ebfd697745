"""How items first appear: what a person chooses, which nobody else learns of, and the floor that an officer sets."""

from collections.abc import Mapping

from django.db import transaction

from people.models import User
from people.operations.audit import record_event
from people.permissions import Permission
from people.queries import ALL, teams_with
from wellbeing.domain.display import (
    GENERAL,
    LINE_SPACINGS,
    TEXT_SIZES,
    FirstPicture,
    FirstText,
)
from wellbeing.models import DisplayChoice, DisplayFloor, HarmCategory
from wellbeing.operations.choices import NoSuchCategory
from wellbeing.operations.lock import locked_situation
from wellbeing.operations.policies import one_policy_at_a_time
from wellbeing.queries.display import floor_now

GENERAL_FIELDS = ("first_text", "first_picture", "keeps_grey", "text_size", "line_spacing")


class FloorNotAllowed(Exception):
    """Only who owns the organisation's policy sets its floor."""


def choose_display(
    *,
    person_id: int,
    text: FirstText,
    picture: FirstPicture,
    keeps_grey: bool = True,
    text_size: int = 0,
    line_spacing: int = 0,
    categories: Mapping[str, tuple[FirstText | None, FirstPicture | None]] | None = None,
) -> None:
    """How items first appear to this person from now on; no audit event, and nobody else sees it.

    `categories` are those to change: code → first text and picture, None for "as in general". Size and spacing are 0
    to 2. It holds from the next reveal on. Raises NoSuchCategory, NoSuchPerson; ValueError for anything unknown.
    """
    if text_size not in TEXT_SIZES or line_spacing not in LINE_SPACINGS:
        raise ValueError("size and spacing are 0, 1 or 2")
    wanted = dict(categories or {})
    unknown = wanted.keys() - set(HarmCategory.objects.filter(code__in=wanted).values_list("code", flat=True))
    if unknown:
        raise NoSuchCategory(min(unknown))
    rows = [
        DisplayChoice(
            person_id=person_id,
            category=GENERAL,
            first_text=FirstText(text),
            first_picture=FirstPicture(picture),
            keeps_grey=keeps_grey,
            text_size=text_size,
            line_spacing=line_spacing,
        )
    ]
    rows += [
        DisplayChoice(
            person_id=person_id, category=code, first_text=words or "", first_picture=picture_of or ""
        )
        for code, (words, picture_of) in sorted(wanted.items())
        if words or picture_of
    ]
    kept = {row.category for row in rows}
    with transaction.atomic():
        locked_situation(person_id=person_id)
        # No row rather than an empty one, as for every choice.
        DisplayChoice.objects.filter(person_id=person_id, category__in=wanted.keys() - kept).delete()
        DisplayChoice.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["person_id", "category"],
            update_fields=list(GENERAL_FIELDS),
        )


def set_display_floor(*, value: FirstText, by: User) -> bool:
    """The mildest first look of what is severe or extreme, for everybody from now on; False if it stood already.

    `by` owns the policy of the whole organisation. Raises FloorNotAllowed.
    """
    if teams_with(by, Permission.OWN_POLICY) is not ALL:
        raise FloorNotAllowed
    with transaction.atomic():
        one_policy_at_a_time()
        before = floor_now()
        if before is FirstText(value):
            return False
        DisplayFloor.objects.create(value=FirstText(value), by=by)
        record_event(
            action="wellbeing.display_floor_set",
            subject="organisation",
            by=by,
            details={"before": before.value, "after": FirstText(value).value},
        )
    return True
