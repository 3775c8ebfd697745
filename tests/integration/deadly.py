"""The site, for a test that starts it in a process of its own: a request may ask that its worker die before it replies."""

import os
import signal
from collections.abc import Callable, Iterable
from typing import Any

from config.wsgi import application as site


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    reply: Iterable[bytes] = site(environ, start_response)
    if "HTTP_X_DIE_BEFORE_REPLY" in environ:
        os.kill(os.getpid(), signal.SIGKILL)
    return reply
