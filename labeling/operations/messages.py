"""Messages that send workers to their work. The row is what counts: a message that is lost is sent again (resend)."""

import logging
from functools import partial

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from labeling.models import Import, Release
from labeling.models.clock import RespiteNow
from labeling.operations.turns import Work

logger = logging.getLogger(__name__)

JOBS: dict[type[Work], str] = {
    Import: "labeling.jobs.run_import",
    Release: "labeling.jobs.build_release",
}


def send_after_commit(row: Work) -> None:
    """Send for a worker once the row is there for it to read."""
    transaction.on_commit(partial(send, work=type(row), row_id=row.pk))


def send(*, work: type[Work], row_id: int) -> bool:
    """Send for a worker. False when the broker cannot be reached: whoever asked has done their part all the same.

    Outside any transaction: a worker may look at the row the moment it is sent for, and leaves a row alone that
    somebody is writing (turns.take_turn). So all that is written here is committed before the message goes.
    """
    row = work._default_manager.filter(pk=row_id)
    before = row.values_list("sent_at", flat=True).get()
    row.update(sent_at=RespiteNow())
    try:
        current_app.signature(JOBS[work], args=(row_id,)).apply_async(retry=False)
    except OperationalError as error:
        logger.warning("no broker for %s %s, it is sent later: %s", work.__name__, row_id, error)
        row.update(sent_at=before)
        return False
    return True
