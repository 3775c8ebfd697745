"""What the web server does beyond its command line."""

import ctypes
import os
import signal
import sys
from typing import Any

from launcher.processes import PR_SET_PDEATHSIG

accesslog = None  # an address of a page says what somebody worked on; the audit log has what must be kept
keepalive = 5
graceful_timeout = 10
control_socket_disable = True


def post_fork(_server: Any, _worker: Any) -> None:
    """A worker ends with its master, however that one ended."""
    if sys.platform != "linux":
        return
    master = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != master:
        sys.exit(1)
