"""One stack per state folder. The kernel drops the lock with its holder, so none is ever stale."""

import fcntl
import os
from pathlib import Path


def try_lock(folder: Path) -> int | None:
    """An open descriptor that holds the folder's lock until it is closed, or None while another process holds it."""
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor
