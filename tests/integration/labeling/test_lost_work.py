"""Imports and releases whose message was lost, whose worker died, or that two workers want at once."""

import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from celery import Celery
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction
from django.db.models import Q
from django.urls import reverse

from labeling import jobs
from labeling.exporters import build as builder
from labeling.importers import runner
from labeling.models import Import, Item, Release, Slot, Task
from labeling.operations import imports, messages, releases, turns
from labeling.operations.imports import begin_import, start_import
from labeling.operations.releases import publish_release
from labeling.operations.resend import MOST_TRIES
from labeling.operations.turns import TurnLost, keep_turn, take_turn
from labeling.queries.releases import folder_of
from tests.databases import owner_url
from tests.factories.labeling import add_tasks, answered
from tests.factories.wellbeing import advance
from tests.integration.labeling.together import together
from wellbeing import interface

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[3]
LINES = b"".join(b'{"key": "n%d", "text": "The bus is late.", "note": 1}\n' % n for n in range(6))


@pytest.fixture
def lost(monkeypatch):
    """Until `lost.undo()` messages go to a broker that is not there."""
    nowhere = Celery(
        "nowhere",
        broker="redis://127.0.0.1:1/0",
        broker_transport_options=settings.CELERY_BROKER_TRANSPORT_OPTIONS,
        set_as_current=False,
    )
    with monkeypatch.context() as patch:
        patch.setattr(messages, "current_app", nowhere)
        yield patch


@pytest.fixture
def waiting(project, engineer, lost):
    """An import that was sent in while no broker was there, with options."""
    return start_import(
        project=project,
        by=engineer,
        chunks=[LINES],
        file_name="items.jsonl",
        format_name="jsonl",
        mapping={"key": "id"},
        ignored=["note"],
    )


@pytest.fixture
def unbuilt(project, engineer, labeler, second_labeler):
    add_tasks(project, 1, severity=1)
    answered(project, labeler)
    answered(project, second_labeler)
    return publish_release(project=project, by=engineer, enqueue=False)


def is_complete(row):
    row.refresh_from_db()
    assert (row.state, row.lines, row.created_items + row.known_items, row.failed_lines) == ("done", 6, 6, 0)
    assert Item.objects.count() == Task.objects.count() == 6
    assert Slot.objects.count() == 12
    assert (row.turn, row.alive_at, row.tries) == (None, None, 0)
    assert not (settings.CONTENT_DIR / row.path).exists()


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


class Paused:
    """A thread that was started and stands still where `pause()` is called, until it is told to go on."""

    def __init__(self, call):
        self._reached, self._go, self._call = Event(), Event(), call
        self._pool = ThreadPoolExecutor(1)

    def __enter__(self):
        self._running = self._pool.submit(self._work)
        assert self._reached.wait(timeout=60)
        return self

    def __exit__(self, *_):
        self._go.set()
        self._pool.shutdown()

    def pause(self, *_):
        if not self._reached.is_set():
            self._reached.set()
            assert self._go.wait(timeout=60)

    def _work(self):
        try:
            return self._call(self.pause)
        finally:
            connections["default"].close()

    def result(self):
        self._go.set()
        return self._running.result(timeout=60)


def reading(waiting):
    """A worker that has stored two lines of the import and stands still."""
    return Paused(lambda pause: runner.run(import_id=waiting.pk, on_progress=pause))


def test_two_workers_never_read_one_import_at_once(waiting, monkeypatch):
    monkeypatch.setattr(runner, "BATCH", 2)
    with reading(waiting) as first:
        assert runner.run(import_id=waiting.pk) == runner.Summary()
        assert Import.objects.get().lines == 2
        assert first.result().created == 6
    is_complete(waiting)


def test_without_the_turn_both_read_it(waiting, monkeypatch):
    monkeypatch.setattr(runner, "BATCH", 2)
    monkeypatch.setattr(turns, "nobody_has_it", Q)
    with reading(waiting):
        assert runner.run(import_id=waiting.pk).lines == 6


def test_of_many_workers_at_once_one_reads(waiting):
    summaries = together([partial(runner.run, import_id=waiting.pk) for _ in range(4)])
    assert sorted(summary.created for summary in summaries) == [0, 0, 0, 6]
    is_complete(waiting)


def test_a_worker_that_was_only_slow_stores_nothing_more(waiting, monkeypatch):
    monkeypatch.setattr(runner, "BATCH", 2)
    with reading(waiting) as slow:
        advance(minutes=11)
        assert runner.run(import_id=waiting.pk).lines == 6
        after = Import.objects.values().get()
        assert slow.result().lines < 6
    is_complete(waiting)
    assert Import.objects.values().get() == after


def test_without_the_fence_the_slow_worker_goes_on(waiting, monkeypatch):
    monkeypatch.setattr(runner, "BATCH", 2)
    with reading(waiting) as slow:
        advance(minutes=11)
        runner.run(import_id=waiting.pk)
        monkeypatch.setattr(imports, "keep_turn", lambda **_: None)
        assert slow.result().lines == 6


def test_whoever_writes_is_alive_however_long_it_takes(waiting, monkeypatch):
    """In a transaction that showed life, the turn cannot be taken, whatever the clock says."""
    turn = take_turn(work=Import, row_id=waiting.pk, states=["waiting"])

    def write(pause):
        with transaction.atomic():
            keep_turn(work=Import, row_id=waiting.pk, turn=turn)
            pause()

    with Paused(write):
        advance(minutes=11)
        assert take_turn(work=Import, row_id=waiting.pk, states=["waiting"]) is None
    assert take_turn(work=Import, row_id=waiting.pk, states=["waiting"]) is not None
    with pytest.raises(TurnLost):
        keep_turn(work=Import, row_id=waiting.pk, turn=turn)


@pytest.fixture
def building(unbuilt, monkeypatch):
    """A worker that has frozen the release and stands still before it writes the files."""
    write = builder._write

    def run(pause):
        def paused(*given):
            pause()
            return write(*given)

        monkeypatch.setattr(builder, "_write", paused)
        return builder.build(unbuilt.pk)

    return Paused(run)


def test_two_workers_never_build_one_release_at_once(unbuilt, building):
    with building as first:
        assert builder.build(unbuilt.pk) is None
        assert Release.objects.get().state == "building"
        assert first.result() is not None
    assert Release.objects.values_list("state", "turn", "tries").get() == ("ready", None, 0)


def test_without_the_turn_both_build_it(unbuilt, building, monkeypatch):
    monkeypatch.setattr(turns, "nobody_has_it", Q)
    with building:
        assert builder.build(unbuilt.pk) is not None


def test_a_build_that_was_taken_over_leaves_the_files_alone(unbuilt, building):
    folder = folder_of(unbuilt)
    with building as slow:
        advance(minutes=11)
        assert builder.build(unbuilt.pk) is not None
        shutil.rmtree(folder)
        assert slow.result() is None
    assert not folder.exists()
    assert [path.name for path in folder.parent.iterdir()] == []
    assert Release.objects.get().state == "ready"


def test_a_release_that_is_being_frozen_is_left_alone_at_once(unbuilt, monkeypatch):
    pages = releases.tasks_to_freeze

    def freeze(pause):
        def paused(**given):
            pause()
            return pages(**given)

        monkeypatch.setattr(releases, "tasks_to_freeze", paused)
        return builder.build(unbuilt.pk)

    with Paused(freeze) as first:
        advance(minutes=11)
        assert builder.build(unbuilt.pk) is None
        assert first.result() is not None
    assert Release.objects.get().state == "ready"


def test_a_release_whose_worker_died_is_built_after_all(unbuilt):
    assert take_turn(work=Release, row_id=unbuilt.pk, states=["waiting"])
    Release.objects.update(state="building")
    advance(minutes=9)
    assert jobs.resend_lost() == 0

    advance(minutes=2)
    assert jobs.resend_lost() == 1
    assert Release.objects.get().state == "ready"
