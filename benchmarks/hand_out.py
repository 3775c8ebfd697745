"""The hand-out over HTTP: claim, reveal, submit on S0 items, with few and many open tasks and people."""

import json
import re
import statistics
import subprocess
import sys
import time
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import load, stage
from benchmarks.processor import cpu_seconds

TRANSACTION = re.compile(r"BEGIN|COMMIT|SAVEPOINT|RELEASE")


def measure(url: str, *, sizes: list[int], crowds: list[int], seconds: float) -> dict[str, Any]:
    """Figures by number of open tasks and labelers, the statements of each step, and the ratio of the claims."""
    runs = []
    statements: dict[str, int] = {}
    database_claim: dict[int, float] = {}
    for size in sizes:
        scene = stage.build(size, max(crowds) + 1)
        stage.analyze()
        statements = count_statements(scene)
        database_claim[size] = claim_milliseconds(scene)
        runs += [_run(url, scene, size, crowd, seconds) for crowd in crowds]
    first, last = min(sizes), max(sizes)
    return {
        "runs": runs,
        "statements": statements,
        "claim_statement_ms": database_claim,
        "claim_ratio": round(database_claim[last] / database_claim[first], 2),
    }


def _run(url: str, scene: stage.Stage, size: int, crowd: int, seconds: float) -> dict[str, Any]:
    orders = {"url": url, "project": scene.project_id, "tokens": scene.tokens[:crowd]}
    _load({**orders, "seconds": 2.0})  # warm up: imports, pool, plans
    before = cpu_seconds()
    answer = _load({**orders, "seconds": seconds})
    after = cpu_seconds()
    cycles = len(answer["seconds"]["submit"])
    if answer["problems"]:
        raise SystemExit("\n".join(answer["problems"]))
    return {
        "open_tasks": size,
        "labelers": crowd,
        "cycles": cycles,
        "cycles_per_second": round(cycles / answer["elapsed"], 1),
        "cpu_ms_app": round(1000 * (after["app"] - before["app"]) / cycles, 1),
        "cpu_ms_database": round(1000 * (after["database"] - before["database"]) / cycles, 1),
        "milliseconds": {step: _quantiles(answer["seconds"][step]) for step in load.STEPS},
    }


def _load(orders: dict[str, Any]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load"],
        input=json.dumps(orders),
        capture_output=True,
        text=True,
        check=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _quantiles(seconds: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(seconds, n=20)
    return {"p50": round(1000 * statistics.median(seconds), 1), "p95": round(1000 * cuts[-1], 1)}


def count_statements(scene: stage.Stage) -> dict[str, int]:
    """SQL statements of each step in a warm process, sign-on by token included; BEGIN and COMMIT are not counted."""
    client = Client(SERVER_NAME="localhost", headers={"authorization": f"Bearer {scene.tokens[-1]}"})
    counts: dict[str, int] = {}
    for _ in range(2):  # the first time a dosimeter is made, and some things are read that are then kept
        with CaptureQueriesContext(connection) as claim:
            lease = _claim(client, scene)
        with CaptureQueriesContext(connection) as reveal:
            client.post(f"/api/v1/leases/{lease}/reveal", {"show": "full"}, content_type="application/json")
        with CaptureQueriesContext(connection) as submit:
            client.post(
                f"/api/v1/leases/{lease}/annotation",
                {"answers": {"harm": {}}},
                content_type="application/json",
            )
        counts = {
            step: sum(not TRANSACTION.match(query["sql"]) for query in captured.captured_queries)
            for step, captured in (("claim", claim), ("reveal", reveal), ("submit", submit))
        }
    return counts


def _claim(client: Client, scene: stage.Stage) -> int:
    answer = client.post(f"/api/v1/projects/{scene.project_id}/claim", {}, content_type="application/json")
    lease: int = answer.json()["lease"]["id"]
    return lease


def claim_milliseconds(scene: stage.Stage) -> float:
    """Median time of the claim's own statement, sent and answered, from 200 random places in the order."""
    client = Client(SERVER_NAME="localhost", headers={"authorization": f"Bearer {scene.tokens[-1]}"})
    times: list[float] = []

    def clocked(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        answer = execute(sql, params, many, context)
        if "SKIP LOCKED" in sql:
            times.append(time.perf_counter() - began)
        return answer

    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE labeling_place place SET position = (random() * 9e18)::bigint FROM labeling_stratum stratum"
                " WHERE stratum.id = place.stratum_id AND stratum.project_id = %s",
                [scene.project_id],
            )
        with connection.execute_wrapper(clocked):
            lease = _claim(client, scene)
        client.post(f"/api/v1/leases/{lease}/skip")
    return round(1000 * statistics.median(times), 2)


def table(result: dict[str, Any]) -> list[str]:
    """The same as Markdown, for the README."""
    rows = [
        "| open tasks | labelers | cycles/s | claim p50 / p95 ms | reveal | submit | CPU ms a cycle, app + database |",
        "|---|---|---|---|---|---|---|",
    ]
    for run in result["runs"]:
        cells = [f"{run['milliseconds'][s]['p50']} / {run['milliseconds'][s]['p95']}" for s in load.STEPS]
        rows.append(
            f"| {run['open_tasks']:,} | {run['labelers']} | {run['cycles_per_second']} | {' | '.join(cells)}"
            f" | {run['cpu_ms_app']} + {run['cpu_ms_database']} |"
        )
    counts = result["statements"]
    rows += [
        "",
        (
            f"Statements: claim {counts['claim']}, reveal {counts['reveal']}, submit {counts['submit']}. "
            f"The claim's own statement, largest against smallest: {result['claim_ratio']} × "
            f"({', '.join(f'{size:,}: {ms} ms' for size, ms in result['claim_statement_ms'].items())})."
        ),
    ]
    return rows
