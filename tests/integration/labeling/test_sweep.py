"""What a process that died has left of an import goes after a day; what somebody still needs stays."""

import os
import shutil
import time
from uuid import uuid4

import pytest

from labeling import jobs
from labeling.importers.runner import report_path
from labeling.models import Import
from labeling.operations import imports, sweep
from labeling.operations.imports import mark_running, start_import

pytestmark = pytest.mark.django_db
DAY = 86_400


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.CONTENT_DIR = tmp_path
    return tmp_path / "imports"


@pytest.fixture
def row(project, engineer):
    return start_import(
        project=project,
        by=engineer,
        chunks=[b'{"id": "a", "text": "Hello."}'],
        pictures=[b"PK"],
        file_name="a.jsonl",
        format_name="jsonl",
    )


def age(folder, seconds=DAY + 60):
    then = time.time() - seconds
    for path in folder.iterdir():
        os.utime(path, (then, then))


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_nothing_was_ever_sent():
    assert jobs.sweep_imports() == 0


def test_what_cannot_be_removed_is_logged_and_stops_nothing_else(folder, monkeypatch, caplog):
    """A folder with wrong rights would else raise at the same place every day."""
    folder.mkdir()
    left = [folder / f"{uuid4().hex}.pictures" for _ in range(5)]
    for path in left:
        path.mkdir()
    age(folder)
    locked = left[2]
    rmtree = shutil.rmtree

    def guarded(path):
        if path == locked:
            raise PermissionError(13, "Permission denied", str(path))
        rmtree(path)

    monkeypatch.setattr(sweep.shutil, "rmtree", guarded)

    assert jobs.sweep_imports() == 4
    assert names(folder) == [locked.name]
    assert f"Permission denied: '{locked}'" in caplog.text


def test_the_files_of_an_import_whose_process_died_after_it_was_closed(row, folder, monkeypatch):
    monkeypatch.setattr(imports, "_forget", lambda *paths: None)  # it dies here
    imports.give_up(import_id=row.pk)
    assert len(names(folder)) == 2
    assert jobs.sweep_imports() == 0, "not before a day is over"

    age(folder)
    assert jobs.sweep_imports() == 2
    assert names(folder) == []


def test_a_file_that_was_being_sent_when_the_process_died(row, folder):
    Import.objects.all().delete()
    age(folder, seconds=DAY - 60)
    assert jobs.sweep_imports() == 0
    age(folder)
    assert jobs.sweep_imports() == 2


@pytest.mark.parametrize("begun", [False, True])
def test_what_waits_or_is_being_read_stays_however_old(row, folder, begun):
    if begun:
        turn = mark_running(import_id=row.pk)
        (folder / f"{row.pk}.{turn}.pictures").mkdir()
        report_path(row.pk).with_name(f"{report_path(row.pk).name}.{turn}").touch()
    age(folder)
    before = names(folder)
    assert len(before) == (4 if begun else 2)
    assert jobs.sweep_imports() == 0
    assert names(folder) == before


def test_what_a_turn_unpacked_goes_and_the_report_of_errors_stays(row, folder):
    imports.give_up(import_id=row.pk)
    unpacked = folder / f"{row.pk}.{uuid4()}.pictures"
    unpacked.mkdir()
    (unpacked / "1.jpg").write_bytes(b"jpeg")
    report_path(row.pk).write_text("line,id\n")
    (folder / f"{report_path(row.pk).name}.{uuid4()}").write_text("line,id\n")
    (folder / ".keep").touch()  # an operator's own
    age(folder)

    assert jobs.sweep_imports() == 2
    assert names(folder) == [".keep", report_path(row.pk).name]


def test_two_sweeps_at_once_are_one(row, folder, monkeypatch):
    imports.give_up(import_id=row.pk)
    unpacked = folder / f"{row.pk}.{uuid4()}.pictures"
    unpacked.mkdir()
    age(folder)
    monkeypatch.setattr(shutil, "rmtree", lambda path: path.rmdir() or path.rmdir())  # the other was first
    assert sweep.sweep_imports() == 0
    assert names(folder) == []
