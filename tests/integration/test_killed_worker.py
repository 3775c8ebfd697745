"""A web worker is killed between the commit and the reply. The client asks again, and nobody pays or sees twice."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connections

from labeling.models import Annotation, Project
from people.models import Team, User
from people.operations.api_tokens import issue_token
from people.permissions import Permission
from tests.factories.labeling import add_tasks, project_for, rude
from tests.factories.wellbeing import advance_to
from tests.integration.ledger_oracle import admissions, opened_twice, overruns
from wellbeing.models import ExposureView, LedgerEntry
from wellbeing.queries.ledger import differences

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="workers end with their master"),
]

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 10
LIMIT = 120_000
PATIENCE = 120  # seconds for a worker to come back on a machine that does ten other things


class Site:
    """gunicorn on a socket of ours, with two workers that can be told to die."""

    def __init__(self) -> None:
        listener = socket.create_server(("127.0.0.1", 0))
        self.port = listener.getsockname()[1]
        self.master = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "tests.integration.deadly:application"),
                *("--config", "python:launcher.gunicorn", "--worker-class", "gthread"),
                *("--workers", "2", "--threads", "4", "--bind", f"fd://{listener.fileno()}"),
                *("--log-level", "critical"),
            ],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": current_database()},
            pass_fds=[listener.fileno()],
        )
        listener.close()

    def ask(self, token: str, path: str, body: Any, **headers: str) -> tuple[int, dict[str, Any]]:
        """(status, answer). Raises http.client.HTTPException or ConnectionError when the worker dies."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(
                "POST",
                f"/api/v1/{path}",
                json.dumps(body),
                {"Authorization": f"Bearer {token}", "Content-Type": "application/json", **headers},
            )
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or b"{}")
        finally:
            connection.close()

    def ask_and_kill(self, token: str, path: str, body: Any) -> None:
        with pytest.raises((http.client.HTTPException, ConnectionError)):
            self.ask(token, path, body, **{"X-Die-Before-Reply": "1"})

    def stop(self) -> None:
        self.master.send_signal(signal.SIGTERM)
        self.master.wait(60)


def current_database() -> str:
    """The runtime role's address of the database of this test."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{connections['default'].settings_dict['NAME']}"))


@pytest.fixture
def site(db: None) -> Iterator[Site]:
    advance_to(9)
    site = Site()
    try:
        yield site
    finally:
        site.stop()


@pytest.fixture
def project(team: Team, lead: User) -> Project:
    project = project_for(team, lead)
    add_tasks(project, ROUNDS, severity=1)
    return project


def token_of(user: User, scope: Permission) -> str:
    return issue_token(user=user, name="killed", scopes=[scope], days=1)[1]


def without_clock(answer: dict[str, Any]) -> dict[str, Any]:
    """A view but for the seconds that have passed meanwhile."""
    return {key: value for key, value in answer.items() if key != "seconds_left"}


def test_labeling_goes_on_where_the_worker_died(site: Site, project: Project, labeler: User) -> None:
    token = token_of(labeler, Permission.LABEL)
    delivered: set[tuple[int, int]] = set()
    for number in range(1, ROUNDS + 1):
        lease = site.ask(token, f"projects/{project.pk}/claim", {})[1]["lease"]["id"]
        site.ask_and_kill(token, f"leases/{lease}/reveal", {"show": "full"})
        committed = ExposureView.objects.get(occasion=f"lease:{lease}")
        rows = LedgerEntry.objects.count()

        status, shown = site.ask(token, f"leases/{lease}/reveal", {"show": "full"})

        assert status == 200, shown
        again = ExposureView.objects.get(occasion=f"lease:{lease}")
        assert (again.ref, again.window_ends_at, again.reserved) == (
            committed.ref,
            committed.window_ends_at,
            committed.reserved,
        )
        assert LedgerEntry.objects.count() == rows
        delivered.add((lease, shown["view"]["window"]))

        site.ask_and_kill(token, f"leases/{lease}/annotation", {"answers": rude(1)})
        charged = ExposureView.objects.get(occasion=f"lease:{lease}").charged
        status, taken = site.ask(token, f"leases/{lease}/annotation", {"answers": rude(1)})
        assert (status, taken["repeated"]) == (200, True)
        assert Annotation.objects.count() == number
        assert ExposureView.objects.get(occasion=f"lease:{lease}").charged == charged
    assert len(delivered) == ROUNDS
    assert len(delivered) <= admissions(labeler)
    assert overruns(labeler, limit=LIMIT) == opened_twice(labeler) == 0
    assert differences() == []


def test_another_tool_goes_on_where_the_worker_died(site: Site, tool: User, labeler: User) -> None:
    token = token_of(tool, Permission.METER)
    delivered: set[tuple[str, int]] = set()
    for number in range(ROUNDS):
        about = {"person": labeler.username, "occasion": f"report-{number}"}
        stimulus = {"modality": "text", "severity": 1, "words": 12}
        reveal = {**about, "stimulus": stimulus, "disclosure": {"words": 12, "of_words": 12, "full": True}}
        steps = [("reveal", reveal), ("more", {**about, "window": 1}), ("settle", {**about, "verdict": 1})]
        for action, body in steps if number % 2 else [steps[0], steps[2]]:
            site.ask_and_kill(token, f"wellbeing/{action}", body)
            rows = LedgerEntry.objects.count()
            first = site.ask(token, f"wellbeing/{action}", body)
            second = site.ask(token, f"wellbeing/{action}", body)
            assert first[0] == 200, first
            assert without_clock(first[1]) == without_clock(second[1])
            assert LedgerEntry.objects.count() == rows
            delivered.add((about["occasion"], first[1]["window"]))
    assert len(delivered) <= admissions(labeler)
    assert overruns(labeler, limit=LIMIT) == opened_twice(labeler) == 0
    assert differences() == []
