"""Imports and releases whose message was lost, whose worker died, or that two workers want at once."""

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections, transaction
from django.urls import reverse

from labeling import jobs
from labeling.exporters import build as builder
from labeling.importers import runner
from labeling.models import Import, Item, Release
from labeling.operations import messages
from labeling.operations.imports import begin_import, start_import
from labeling.operations.releases import publish_release
from labeling.operations.resend import MOST_TRIES
from labeling.operations.turns import take_turn
from tests.databases import owner_url
from tests.factories.wellbeing import advance
from tests.integration.labeling.conftest import is_complete
from tests.integration.labeling.together import together
from wellbeing import interface

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[3]


def test_a_broker_that_is_gone_does_not_fail_the_upload(project, engineer, client, lost, caplog):
    client.force_login(engineer)
    import_address = reverse("labeling:import_new", args=[project.pk])
    release_address = reverse("labeling:release_new", args=[project.pk])

    file = SimpleUploadedFile("items.jsonl", b'{"id": "a", "text": "Wet paint."}\n')
    sent = client.post(import_address, {"file": file, "action": "import"})
    published = client.post(release_address, {"train": 80, "validation": 10, "test": 10})

    assert (sent.status_code, published.status_code) == (302, 302)
    assert Import.objects.values_list("state", "sent_at").get() == ("waiting", None)
    assert Release.objects.values_list("state", "sent_at").get() == ("waiting", None)
    assert caplog.text.count("it is sent later") == 2

    lost.undo()
    assert jobs.resend_lost() == 0
    advance(minutes=3)
    assert jobs.resend_lost() == 2
    assert Import.objects.get().state == "done"
    assert Release.objects.get().state == "ready"


class QuickWorker:
    """A broker with a worker that does its work while whoever sent for it is still writing to the row."""

    def __init__(self):
        self._messages = []

    def signature(self, name, args):
        job = {jobs.run_import.name: jobs.run_import, jobs.build_release.name: jobs.build_release}[name]
        return SimpleNamespace(apply_async=lambda retry: self._messages.append(partial(job, *args)))

    def slow_note(self, execute, sql, *given):
        """The note that it was sent takes so long that the worker, if it was sent for, comes before its end."""
        if '"sent_at" = ' not in sql:
            return execute(sql, *given)
        with transaction.atomic():
            found = execute(sql, *given)
            self.work()
        return found

    def work(self):
        while self._messages:
            together([self._messages.pop()])


@pytest.fixture
def quick_worker(monkeypatch):
    worker = QuickWorker()
    monkeypatch.setattr(messages, "current_app", worker)
    with connection.execute_wrapper(worker.slow_note):
        yield worker


def test_a_worker_that_comes_at_once_finds_the_import_free(project, engineer, quick_worker):
    row = start_import(
        project=project,
        by=engineer,
        chunks=[b'{"id": "a", "text": "Wet paint."}\n'],
        file_name="items.jsonl",
        format_name="jsonl",
    )
    quick_worker.work()
    row.refresh_from_db()
    assert (row.state, row.created_items) == ("done", 1)
    assert row.sent_at is not None


def test_a_worker_that_comes_at_once_finds_the_release_free(project, engineer, quick_worker):
    release = publish_release(project=project, by=engineer)
    quick_worker.work()
    release.refresh_from_db()
    assert (release.state, release.failure) == ("ready", "")
    assert release.sent_at is not None


def test_what_is_sent_again_is_read_as_it_was_asked_for(waiting, lost):
    lost.undo()
    advance(minutes=3)

    assert jobs.resend_lost() == 1

    is_complete(waiting)
    assert {str(meta) for meta in Item.objects.values_list("meta", flat=True)} == {"{}"}
    assert jobs.resend_lost() == 0


def test_a_broker_that_is_still_gone_leaves_all_as_it_is(waiting, unbuilt):
    advance(minutes=3)
    before = list(Import.objects.values()), list(Release.objects.values())

    assert jobs.resend_lost() == 0

    assert (list(Import.objects.values()), list(Release.objects.values())) == before


def test_what_was_sent_a_minute_ago_is_not_sent_again(waiting, lost, monkeypatch):
    sent = []
    lost.undo()
    monkeypatch.setattr(jobs.runner, "run", lambda import_id: sent.append(import_id) or runner.Summary())
    advance(minutes=3)

    assert jobs.resend_lost() == 1
    assert jobs.resend_lost() == 0
    advance(minutes=3)
    assert jobs.resend_lost() == 1
    assert sent == [waiting.pk] * 2


WORKER = """
import sys
from pathlib import Path

import django

django.setup()
from django.conf import settings
from labeling.importers import runner

settings.CONTENT_DIR = Path(sys.argv[1])
runner.BATCH = 2


def wait_for_the_end(*_):
    print("stored", flush=True)
    sys.stdin.read()


store = runner.store_batch


def store_and_wait(**given):
    outcome = store(**given)
    wait_for_the_end()
    return outcome


if sys.argv[3] == "in a batch":
    runner.store_batch = store_and_wait
runner.run(import_id=int(sys.argv[2]), on_progress=wait_for_the_end)
"""


@pytest.mark.parametrize(("where", "stored"), [("in a batch", 0), ("between batches", 2)])
def test_an_import_whose_worker_was_killed_is_picked_up_again(waiting, lost, where, stored):
    name = owner_url(str(connections["default"].settings_dict["NAME"]))
    worker = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", WORKER, str(settings.CONTENT_DIR), str(waiting.pk), where],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": name.replace("respite_owner", "respite_app", 1)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with worker:
        assert worker.stdout.readline() == b"stored\n"
        lost.undo()
        advance(minutes=3)
        assert jobs.resend_lost() == 0
        assert runner.run(import_id=waiting.pk) == runner.Summary()
        worker.send_signal(signal.SIGKILL)
    with transaction.atomic():
        Import.objects.select_for_update().get()  # until the database has noticed
    assert (Import.objects.get().state, Item.objects.count()) == ("running", stored)
    assert jobs.resend_lost() == 0

    advance(minutes=11)
    assert jobs.resend_lost() == 1

    is_complete(waiting)
    assert Import.objects.get().known_items == stored


def test_work_that_kills_its_workers_is_given_up(waiting, unbuilt, lost):
    lost.undo()
    for work in (Import, Release):
        work.objects.update(tries=MOST_TRIES - 1)
        assert take_turn(work=work, row_id=work.objects.get().pk, states=["waiting"])
    Import.objects.update(state="running")
    Release.objects.update(state="building")
    assert jobs.resend_lost() == 0
    assert Import.objects.get().state == "running"

    advance(minutes=11)
    assert jobs.resend_lost() == 0

    assert Import.objects.values_list("state", "turn").get() == ("failed", None)
    assert Release.objects.values_list("state", "failure").get() == ("failed", "WorkerDied")
    assert not (settings.CONTENT_DIR / waiting.path).exists()
    assert builder.build(unbuilt.pk) is not None


def test_an_import_whose_command_ended_is_closed(project, engineer):
    row = begin_import(project=project, by=engineer, file_name="items.jsonl", format_name="jsonl")
    Import.objects.update(state="running", started_at=interface.now())
    advance(minutes=9)
    assert jobs.resend_lost() == 0
    assert Import.objects.get().state == "running"

    advance(minutes=2)
    assert jobs.resend_lost() == 0
    row.refresh_from_db()
    assert row.state == "failed"
    assert row.finished_at is not None


def test_a_worker_that_is_told_to_go_leaves_the_import_to_the_next(waiting, monkeypatch):
    def go(**given):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(runner, "store_batch", go)
        with pytest.raises(SystemExit):
            runner.run(import_id=waiting.pk)
    assert Import.objects.get().state == "running"

    advance(minutes=11)
    runner.run(import_id=waiting.pk)
    is_complete(waiting)
