"""A tap between a browser and the live server: every byte that the server sends, cut by what the browser did meanwhile."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock, Thread
from urllib.parse import urlsplit


class Wiretap:
    """`url` is the live server's, seen through the tap. Each connection's replies are kept as one run of bytes."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._target = (parts.hostname, parts.port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://{parts.hostname}:{self._listener.getsockname()[1]}"
        self._runs: list[bytearray] = []
        self._open: list[socket.socket] = []
        self._workers: list[Thread] = []
        self._lock = Lock()

    def take(self) -> list[bytes]:
        """What came since the last time; afterwards the tap knows nothing of it."""
        with self._lock:
            found = [bytes(run) for run in self._runs if run]
            for run in self._runs:
                run.clear()
        return found

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                browser, _ = self._listener.accept()
                worker = Thread(target=self._relay, args=(browser,))
                self._workers.append(worker)
                worker.start()

    def _relay(self, browser: socket.socket) -> None:
        """One connection, from the browser's first byte until either side has closed it."""
        run = bytearray()
        with browser, socket.create_connection(self._target) as server:
            with self._lock:
                self._runs.append(run)
                self._open += [browser, server]
            asking = Thread(target=self._pump, args=(browser, server, None))
            asking.start()
            self._pump(server, browser, run)
            asking.join()
            with self._lock:
                self._open = [one for one in self._open if one not in (browser, server)]

    def _pump(self, source: socket.socket, target: socket.socket, kept: bytearray | None) -> None:
        with suppress(OSError):
            while chunk := source.recv(65536):
                if kept is not None:
                    with self._lock:
                        kept += chunk
                target.sendall(chunk)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        with self._lock:
            for one in (self._listener, *self._open):
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
        for worker in self._workers:
            worker.join()
        self._listener.close()


@contextmanager
def tapped(url: str) -> Iterator[Wiretap]:
    tap = Wiretap(url)
    serving = Thread(target=tap.serve)
    serving.start()
    try:
        yield tap
    finally:
        tap.close()
        serving.join()
