"""Labelers as a process of their own: each a thread with a kept connection, claiming, revealing, answering.

`python -m benchmarks.load` reads its orders as JSON from standard input and prints the latencies as JSON.
"""

import http.client
import json
import sys
import threading
import time
from typing import Any
from urllib.parse import urlsplit

STEPS = ("claim", "reveal", "submit")


class Labeler(threading.Thread):
    """Cycles until the time is up; `seconds` has a list of latencies for each step."""

    def __init__(self, url: str, project: int, token: str, until: float) -> None:
        super().__init__(daemon=True)
        parts = urlsplit(url)
        self.connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=60)
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.project, self.until = project, until
        self.seconds: dict[str, list[float]] = {step: [] for step in STEPS}
        self.problems: list[str] = []

    def run(self) -> None:
        while time.monotonic() < self.until and len(self.problems) < 5:
            claimed = self._call("claim", f"projects/{self.project}/claim", {})
            if claimed is None:
                continue
            lease = claimed["lease"]["id"]
            if self._call("reveal", f"leases/{lease}/reveal", {"show": "full"}) is not None:
                self._call("submit", f"leases/{lease}/annotation", {"answers": {"harm": {}}})

    def _call(self, step: str, path: str, body: dict[str, Any]) -> dict[str, Any] | None:
        began = time.perf_counter()
        self.connection.request("POST", f"/api/v1/{path}", json.dumps(body), self.headers)
        reply = self.connection.getresponse()
        raw = reply.read()
        if reply.status not in {200, 201}:
            self.problems.append(f"{step}: {reply.status} {raw[:200]!r}")
            return None
        self.seconds[step].append(time.perf_counter() - began)
        document: dict[str, Any] = json.loads(raw)
        return document


def main() -> None:
    orders = json.load(sys.stdin)
    until = time.monotonic() + orders["seconds"]
    crowd = [Labeler(orders["url"], orders["project"], token, until) for token in orders["tokens"]]
    began = time.monotonic()
    for labeler in crowd:
        labeler.start()
    for labeler in crowd:
        labeler.join(orders["seconds"] + 60)
    json.dump(
        {
            "elapsed": time.monotonic() - began,
            "seconds": {step: [s for labeler in crowd for s in labeler.seconds[step]] for step in STEPS},
            "problems": [problem for labeler in crowd for problem in labeler.problems][:5],
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
