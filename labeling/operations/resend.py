"""Finding the work that nobody does: its message was lost, or its worker died."""

from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Coalesce

from labeling.models import Import, Release
from labeling.models.clock import RespiteNow
from labeling.operations import imports, releases
from labeling.operations.messages import send
from labeling.operations.turns import SILENT, Work, nobody_has_it

LOST = timedelta(minutes=2)
"""How long a message may be on its way. Behind a long import it takes longer; a second message does no harm."""

MOST_TRIES = 5
"""Work that outlived so many workers is what kills them."""


def resend_lost() -> int:
    """Send again for all work that nobody does, and give up what cannot be done. Returns how many were sent."""
    _give_up()
    sent = 0
    for work, unfinished in _UNFINISHED.items():
        for row_id in _ids(work, unfinished & _QUIET):
            if not send(work=work, row_id=row_id):
                return sent
            sent += 1
    return sent


def _give_up() -> None:
    """What is tried in vain, and what only its own command could read and that command ended."""
    in_vain = Q(tries__gte=MOST_TRIES)
    orphaned = Q(path="") & Q(_since__lt=RespiteNow() - SILENT)
    for import_id in _ids(Import, Q(state__in=imports.UNFINISHED) & (in_vain | orphaned)):
        imports.give_up(import_id=import_id)
    for release_id in _ids(Release, _UNFINISHED[Release] & in_vain):
        releases.give_up(release_id=release_id)


# An import without a file of its own is read by a command, from where that found it.
_UNFINISHED: dict[type[Work], Q] = {
    Import: Q(state__in=imports.UNFINISHED) & ~Q(path=""),
    Release: Q(state__in=releases.UNFINISHED),
}
_QUIET = Q(_since__lt=RespiteNow() - LOST)


def _ids(work: type[Work], wanted: Q) -> list[int]:
    """Rows that nobody works on; `_since` is when somebody last sent for them, or took them."""
    rows = work._default_manager.alias(_since=Coalesce("sent_at", "created_at"))
    return list(rows.filter(nobody_has_it(), wanted).order_by("pk").values_list("pk", flat=True))
