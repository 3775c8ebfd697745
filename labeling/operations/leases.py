"""Keeping and ending a lease: the two writes that every step of the hand-out shares.

Both take the slot before the lease, as the claim does. While a lease holds its slot, `slot.available_at` equals
`lease.expires_at`; a slot that somebody else has taken since does not match, and nothing of theirs is touched.
"""

from datetime import datetime

from django.db import connection

from labeling.domain.picture import Picture
from labeling.models import Lease
from labeling.operations.errors import LeaseEnded, LeaseExpired, NotYours
from labeling.queries.workbench import LeaseCard, lease_card
from people.models import User

# Long enough to answer after the window has closed.
AFTER_WINDOW_MINUTES = 5

_KEEP = """
WITH held AS (
    UPDATE labeling_slot slot
       SET available_at = GREATEST(
               lease.expires_at,
               respite_now() + make_interval(mins => project.lease_minutes),
               %(window_ends)s::timestamptz + make_interval(mins => %(after_window)s))
      FROM labeling_lease lease
      JOIN labeling_task task ON task.id = lease.task_id
      JOIN labeling_project project ON project.id = task.project_id
     WHERE lease.id = %(lease)s
       AND lease.ended_at IS NULL
       AND lease.expires_at > (SELECT respite_now())
       AND slot.id = lease.slot_id
       AND slot.available_at = lease.expires_at
    RETURNING slot.available_at
)
UPDATE labeling_lease lease
   SET expires_at = held.available_at,
       opened_at = CASE WHEN %(opened)s THEN COALESCE(lease.opened_at, respite_now()) ELSE lease.opened_at END,
       "window" = COALESCE(%(window)s, lease."window"),
       shown_parts = GREATEST(lease.shown_parts, %(shown_parts)s),
       words_hidden = COALESCE(%(words_hidden)s, lease.words_hidden),
       picture_step = COALESCE(%(picture_step)s, lease.picture_step),
       picture_tiles = COALESCE(%(picture_tiles)s, lease.picture_tiles),
       picture_in_colour = COALESCE(%(picture_in_colour)s, lease.picture_in_colour),
       was_full = lease.was_full OR %(is_full)s,
       draft = COALESCE(%(draft)s::jsonb, lease.draft)
  FROM held
 WHERE lease.id = %(lease)s AND lease.ended_at IS NULL
RETURNING lease.expires_at
"""

# A slot whose task has been decided in the meantime is not handed out again. What was begun can still be sent
# (labeling.queries.unsent), unless the person has reported the item.
_END = """
WITH freed AS (
    UPDATE labeling_slot slot
       SET available_at = respite_now(),
           withdrawn_at = CASE WHEN task.state = 'open' THEN slot.withdrawn_at
                               ELSE COALESCE(slot.withdrawn_at, respite_now()) END
      FROM labeling_lease lease JOIN labeling_task task ON task.id = lease.task_id
     WHERE lease.id = %(lease)s
       AND lease.ended_at IS NULL
       AND slot.id = lease.slot_id
       AND slot.filled_at IS NULL
       AND slot.available_at = lease.expires_at
    RETURNING slot.id
)
UPDATE labeling_lease
   SET ended_at = respite_now(),
       outcome = %(outcome)s,
       draft = COALESCE(%(draft)s::jsonb, draft),
       settled_at = CASE WHEN %(settled)s THEN respite_now() ELSE settled_at END
 WHERE id = %(lease)s
   AND ended_at IS NULL
   AND (SELECT count(*) FROM freed) >= 0
RETURNING id
"""


def own_card(*, lease_id: int, by: User) -> LeaseCard:
    """The person's lease, live or ended. Raises NotYours."""
    card = lease_card(lease_id=lease_id, person_id=by.pk)
    if card is None:
        raise NotYours
    return card


def card_to_show(*, lease_id: int, by: User) -> LeaseCard:
    """The person's live lease, before anything is shown under it. Raises NotYours, LeaseExpired, LeaseEnded.

    Call it before the transaction: for somebody who does not label in the team any more the lease ends here unless it
    was opened, so that its slot is free at once, and that has to stay although NotYours is raised.
    """
    card = own_card(lease_id=lease_id, by=by)
    if not card.may_label:
        if card.opened_at is None and card.is_live:
            end(lease_id=lease_id, outcome=Lease.Outcome.RELEASED)
        raise NotYours
    require_live(card)
    return card


def require_live(card: LeaseCard) -> None:
    """Raises LeaseEnded when the person is done with the task, LeaseExpired when the lease is over."""
    if card.is_finished:
        raise LeaseEnded
    if not card.is_live:
        raise LeaseExpired


def keep(
    *,
    lease_id: int,
    window_ends_at: datetime | None = None,
    opened: bool = False,
    window: int | None = None,
    shown_parts: int = 0,
    words_hidden: bool | None = None,
    picture: Picture | None = None,
    is_full: bool = False,
    draft: str | None = None,
) -> datetime:
    """Renew a lease after a request about it, and note what is shown. `draft` is JSON text. One statement.

    Returns when it runs out now. Raises LeaseExpired when it had run out or its slot is somebody else's.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _KEEP,
            {
                "lease": lease_id,
                "window_ends": window_ends_at,
                "after_window": AFTER_WINDOW_MINUTES,
                "opened": opened,
                "window": window,
                "shown_parts": shown_parts,
                "words_hidden": words_hidden,
                "picture_step": None if picture is None else int(picture.step),
                "picture_tiles": None if picture is None else picture.mask,
                "picture_in_colour": None if picture is None else picture.in_colour,
                "is_full": is_full,
                "draft": draft,
            },
        )
        row = cursor.fetchone()
    if row is None:
        raise LeaseExpired
    expires_at: datetime = row[0]
    return expires_at


def end(*, lease_id: int, outcome: Lease.Outcome, settled: bool = False, draft: str | None = None) -> bool:
    """End a live lease and free its slot at once; False when it had ended. `draft` is JSON text, and without it what was
    begun stays as it is. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            _END, {"lease": lease_id, "outcome": outcome.value, "settled": settled, "draft": draft}
        )
        return cursor.fetchone() is not None
