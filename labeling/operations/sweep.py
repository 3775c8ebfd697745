"""Files that were kept for an import and that nobody will read again.

An import removes its own file when it is closed. A process that dies between the two, or while a file is being sent,
leaves content on the disk: nothing but this would ever remove it.
"""

import logging
import re
import shutil
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from labeling.models import Import
from labeling.operations.imports import FOLDER, UNFINISHED

logger = logging.getLogger(__name__)
LEFT_ALONE = timedelta(days=1)
"""Since the last byte was written to it. A file that is still being sent has no row yet."""
KEPT = re.compile(r"(?P<path>[0-9a-f]{32})(\.pictures)?")
OF_A_TURN = re.compile(r"(?P<import_id>\d+)\.(errors\.csv\.)?[0-9a-f-]{36}(\.pictures)?")


def sweep_imports() -> int:
    """Remove what lies below the folder of imports for a day and belongs to none that is waiting or running.

    Reports of errors stay, and so does what bears a name that is not ours. Returns how many files and folders went.
    """
    folder: Path = settings.CONTENT_DIR / FOLDER
    before = time.time() - LEFT_ALONE.total_seconds()
    old = [left for left in folder.iterdir() if _changed_at(left) < before] if folder.is_dir() else []
    if not old:
        return 0
    unfinished = Import.objects.filter(state__in=UNFINISHED)
    wanted = {path.rpartition("/")[2] for path in unfinished.values_list("path", flat=True)}
    running = {str(pk) for pk in unfinished.values_list("pk", flat=True)}
    return sum(_remove(left) for left in old if _is_forgotten(left.name, wanted, running))


def _is_forgotten(name: str, wanted: set[str], running: set[str]) -> bool:
    if kept := KEPT.fullmatch(name):
        return kept["path"] not in wanted
    if made := OF_A_TURN.fullmatch(name):
        return made["import_id"] not in running
    return False


def _changed_at(path: Path) -> float:
    """Seconds since 1970; of what somebody else has just removed: not yet."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def _remove(path: Path) -> bool:
    """False if somebody else has just done so, or if it cannot be done: that is logged, and the rest goes all the same."""
    try:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        logger.error("what an import left cannot be removed, it is tried again tomorrow: %s", error)
        return False
    return True
