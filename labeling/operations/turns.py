"""Who may do a piece of queued work: one worker at a time, and another one once that has been silent for long.

Workers are told apart by the turn that they draw, not by a lock that they hold: a lock would not outlive a pooler, nor
end with a machine that was cut off. A worker that was only slow finds its turn taken at its next write, which is
refused, so that whatever is stored is stored by whoever has the turn.
"""

from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q

from labeling.models import Import, Release
from labeling.models.clock import RespiteNow

SILENT = timedelta(minutes=10)
"""Longer than any batch and any page of a freeze may take: who shows no life for that long is dead."""

Work = Import | Release


class TurnLost(Exception):
    """Somebody else has taken this work over, or it is finished. Nothing may be written for it any more."""


def nobody_has_it() -> Q:
    """Rows that nobody works on, or only somebody who has been silent for too long."""
    return Q(turn__isnull=True) | Q(alive_at__lt=RespiteNow() - SILENT)


@transaction.atomic
def take_turn(*, work: type[Work], row_id: int, states: list[str]) -> UUID | None:
    """Draw the turn at a row in one of these states. None, at once, when it has another or somebody works on it."""
    free = work._default_manager.filter(nobody_has_it(), pk=row_id, state__in=states)
    # Whoever has the turn holds the row while they write. They are alive then, however long it takes.
    if free.select_for_update(of=("self",), no_key=True, skip_locked=True).first() is None:
        return None
    turn = uuid4()
    work._default_manager.filter(pk=row_id).update(turn=turn, alive_at=RespiteNow(), tries=F("tries") + 1)
    return turn


def keep_turn(*, work: type[Work], row_id: int, turn: UUID) -> None:
    """Show life. In a transaction, nobody can take the turn before its end.

    Raises:
        TurnLost: when it is somebody else's.
    """
    if not work._default_manager.filter(pk=row_id, turn=turn).update(alive_at=RespiteNow()):
        raise TurnLost
