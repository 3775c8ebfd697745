"""A turn at an import or a release: two workers never do the same work, and one that was taken over stores nothing more."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event

import pytest
from django.db import connections, transaction
from django.db.models import Q

from labeling import jobs
from labeling.exporters import build as builder
from labeling.importers import runner
from labeling.models import Import, Release
from labeling.operations import imports, releases, turns
from labeling.operations.turns import TurnLost, keep_turn, take_turn
from labeling.queries.releases import folder_of
from tests.factories.wellbeing import advance
from tests.integration.labeling.conftest import is_complete
from tests.integration.labeling.together import together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


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
