import csv
import gzip
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from labeling.importers.runner import Options, report_path, run
from labeling.models import Import, Item, ItemContent, Project, Slot, Source, Stratum, Task
from labeling.operations import imports
from labeling.operations.imports import FileTooLarge, begin_import, start_import
from labeling.operations.item_batches import position_of
from people.models import AuditEvent
from tests.factories.labeling import claimed, project_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.CONTENT_DIR = tmp_path / "content"


@pytest.fixture
def bring(project, engineer, tmp_path):
    """`bring(records)`: import a list of records (or ready-made bytes) and return the summary."""

    def bring(records, *, name="items.jsonl", into=project, dry_run=False, options=None):
        path = tmp_path / name
        data = records
        if isinstance(records, list):
            data = b"".join(json.dumps(record).encode() + b"\n" for record in records)
        path.write_bytes(data)
        format_name = "csv" if ".csv" in name else "jsonl"
        row = begin_import(
            project=into, by=engineer, file_name=name, format_name=format_name, dry_run=dry_run
        )
        return run(import_id=row.pk, path=path, options=options)

    return bring


def text(key, words="The bus is late.", **fields):
    return {"id": key, "text": words, **fields}


def counts(summary):
    return summary.lines, summary.created, summary.updated, summary.unchanged, summary.failed


def test_a_line_becomes_an_item_with_its_task_and_slots(bring, project):
    record = text(
        "a", source="board", language="en", severity=1, scores={"rude": 0.8}, meta={"page": 4}, thread="t"
    )
    assert counts(bring([record])) == (1, 1, 0, 0, 0)

    item = Item.objects.get(project=project, external_id="a")
    assert (item.kind, item.language, item.severity, item.words, item.part_words) == ("text", "en", 1, 4, [4])
    assert item.scores == {"rude": 0.8}
    assert item.meta == {"thread": "t", "page": 4}
    assert item.source.name == "board"
    assert ItemContent.objects.get(item=item).body == {"text": "The bus is late."}
    stratum = item.task.stratum
    assert (stratum.source, stratum.declared, stratum.language) == (item.source, 1, "en")
    assert stratum.categories == ["rude"]
    assert item.task.position == position_of("a", seed=project.shuffle_seed)
    slots = item.task.slots.order_by("number")
    assert [(slot.number, slot.stratum, slot.position) for slot in slots] == [
        (number, stratum, item.task.position) for number in (1, 2)
    ]


def test_what_was_imported_can_be_claimed(bring, project, labeler):
    bring([text("a")])
    assert claimed(project, labeler).task_id == Task.objects.get().pk


def test_a_fixed_overlap_opens_that_many_slots(bring, team, lead):
    project = project_for(team, lead, strategy="fixed_3")
    bring([text("a")], into=project)
    assert Slot.objects.filter(task__project=project).count() == 3


def test_pairs_and_conversations_come_in_too(bring, project):
    bring(
        [
            {"id": "p", "prompt": "Hello?", "completion": "Hi."},
            {"id": "c", "messages": [{"role": "user", "content": "Hi"}], "context": {"use_case": "shop"}},
        ]
    )
    assert dict(Item.objects.values_list("external_id", "kind")) == {"p": "pair", "c": "conversation"}


def test_importing_twice_changes_nothing(bring):
    records = [text(f"n{n}", scores={"rude": 1}, severity=n % 5) for n in range(20)]
    bring(records)
    assert counts(bring(records)) == (20, 0, 0, 20, 0)
    assert Item.objects.count() == Task.objects.count() == 20
    assert Slot.objects.count() == 40


def test_content_that_nobody_was_handed_is_replaced(bring):
    bring([text("a", source="board"), text("b")])
    summary = bring([text("a", "Another text.", source="forum", severity=3), text("b")])
    assert counts(summary) == (2, 0, 1, 1, 0)
    item = Item.objects.get(external_id="a")
    assert (item.source.name, item.severity, item.words) == ("forum", 3, 2)
    assert item.content.body == {"text": "Another text."}
    assert item.task.stratum.declared == 3
    assert {slot.stratum_id for slot in item.task.slots.all()} == {item.task.stratum_id}


def test_content_that_somebody_was_handed_is_never_replaced(bring, project, labeler):
    bring([text("a")])
    claimed(project, labeler)
    summary = bring([text("a", "Another text."), text("b")])
    assert counts(summary) == (2, 1, 0, 0, 1)
    assert summary.first_errors[0]["code"] == "conflict"
    assert Item.objects.get(external_id="a").content.body == {"text": "The bus is late."}


def test_a_bad_line_never_loses_the_good_ones(bring, project):
    data = b"\n".join(
        [
            b'{"id": "a", "text": "One."}',
            b'{"id": "b", "text": ',
            b'{"id": "c", "text": "Three.", "scores": {"nothing": 1}, "severity": 9}',
            b'{"id": "a", "text": "Again."}',
            b'{"id": "d", "text": "\\u0000"}',
            b'{"id": "e", "text": "\\ud800"}',
            b'{"id": "f", "text": "Six.", "meta": {"n": 1e999}}',
            b'{"id": "g", "text": "Seven."}',
        ]
    )
    summary = bring(data)
    assert counts(summary) == (8, 2, 0, 0, 6)
    assert set(Item.objects.values_list("external_id", flat=True)) == {"a", "g"}
    assert [(error["line"], error["id"], error["code"]) for error in summary.first_errors] == [
        (2, "", "broken_json"),
        (3, "c", "out_of_range"),
        (3, "c", "unknown_category"),
        (4, "a", "duplicate_id"),
        (5, "d", "nul"),
        (6, "e", "surrogate"),
        (7, "f", "not_a_number"),
    ]
    assert "was used on line 1 of this file" in summary.first_errors[3]["message"]
    row = Import.objects.get()
    assert (row.state, row.lines, row.created_items, row.failed_lines) == ("done", 8, 2, 6)
    assert row.errors == summary.first_errors
    with report_path(row.pk).open(encoding="utf-8", newline="") as report:
        lines = [(line["line"], line["id"]) for line in csv.DictReader(report)]
    assert lines == [("2", ""), ("3", "c"), ("3", "c"), ("4", "a"), ("5", "d"), ("6", "e"), ("7", "f")]


def test_a_report_holds_no_id_that_a_spreadsheet_runs_or_that_is_none(bring):
    summary = bring(b'{"id": "=1+1", "text": 1}\n{"id": "two\\nlines", "text": "x"}')
    assert [error["id"] for error in summary.first_errors] == ["=1+1", ""]
    with report_path(Import.objects.get().pk).open(encoding="utf-8", newline="") as report:
        assert [line["id"] for line in csv.DictReader(report)] == ["'=1+1", ""]


def test_a_value_that_only_the_database_refuses_costs_its_line_alone(bring, monkeypatch):
    from django.db.utils import DataError

    from labeling.importers import runner

    store = runner.store_batch

    def refuse_one(*, records, **rest):
        if any(record.external_id == "n13" for record in records):
            raise DataError("refused")
        return store(records=records, **rest)

    monkeypatch.setattr(runner, "store_batch", refuse_one)
    summary = bring([text(f"n{n}") for n in range(40)])
    assert counts(summary) == (40, 39, 0, 0, 1)
    assert (summary.first_errors[0]["line"], summary.first_errors[0]["code"]) == (14, "refused")


def test_a_dry_run_counts_and_keeps_nothing(bring):
    bring([text("a")])
    summary = bring([text("a"), text("b", source="elsewhere"), {"id": "c"}], dry_run=True)
    assert counts(summary) == (3, 1, 0, 1, 1)
    assert Item.objects.count() == 1
    assert not Source.objects.filter(name="elsewhere").exists()
    assert Import.objects.latest("pk").created_items == 1


def test_a_file_that_ends_early_keeps_what_was_read_and_fails(bring):
    import random

    letters = random.Random(5)
    records = [text(f"n{n}", "".join(letters.choices("abcdefgh ", k=60))) for n in range(6000)]
    packed = gzip.compress(b"".join(json.dumps(record).encode() + b"\n" for record in records))[:-2000]
    summary = bring(packed, name="items.jsonl.gz")
    assert summary.created >= 5000
    assert summary.first_errors[-1]["code"] == "damaged"
    assert Import.objects.get().state == "failed"


def test_strata_are_shared_by_items_that_clearance_treats_alike(bring):
    bring([text(f"n{n}", source="s", severity=n % 2, scores={"rude": n % 3 / 2}) for n in range(60)])
    assert Stratum.objects.count() == 4


def test_foreign_columns_are_mapped_and_their_labels_stay_out(bring):
    data = b"item_id,text,S,H\nx1,The bus is late.,1,\nx2,Wet paint.,,0\n"
    options = Options(mapping={"item_id": "id"}, ignored=frozenset({"S", "H"}))
    assert counts(bring(data, name="foreign.csv", options=options)) == (2, 2, 0, 0, 0)
    assert {(item.severity, str(item.scores), str(item.meta)) for item in Item.objects.all()} == {
        (None, "{}", "{}")
    }
    assert Source.objects.get().name == "foreign"


def test_the_same_ids_may_stand_in_two_projects(bring, other_project):
    bring([text("a")])
    assert counts(bring([text("a")], into=other_project)) == (1, 1, 0, 0, 0)


def test_a_file_that_was_sent_in_is_read_by_a_job_and_removed(
    project, engineer, settings, django_capture_on_commit_callbacks
):
    import labeling.jobs  # noqa: F401 - the job must be known by its name

    with django_capture_on_commit_callbacks(execute=True):
        row = start_import(
            project=project,
            by=engineer,
            chunks=[b'{"id": "a", ', b'"text": "Hello."}\n'],
            file_name="../../notes.jsonl",
            format_name="jsonl",
        )
    row.refresh_from_db()
    assert (row.state, row.created_items, row.file_name) == ("done", 1, "notes.jsonl")
    assert not (settings.CONTENT_DIR / row.path).exists()
    assert AuditEvent.objects.filter(action="labeling.import_begun").count() == 1


def test_an_import_that_breaks_is_failed_and_keeps_no_file(project, engineer, settings, monkeypatch):
    from labeling.importers import runner

    def break_down(**given):
        raise RuntimeError("broken")

    monkeypatch.setattr(runner, "store_batch", break_down)
    row = start_import(
        project=project,
        by=engineer,
        chunks=[b'{"id": "a", "text": "Hello."}'],
        file_name="a.jsonl",
        format_name="jsonl",
    )
    with pytest.raises(RuntimeError, match="broken"):
        run(import_id=row.pk)
    row.refresh_from_db()
    assert row.state == "failed"
    assert not (settings.CONTENT_DIR / row.path).exists()


def test_a_file_above_the_limit_is_not_kept(project, engineer, settings):
    settings.IMPORT_MAX_BYTES = 10
    with pytest.raises(FileTooLarge):
        start_import(
            project=project, by=engineer, chunks=[b"x" * 8] * 2, file_name="a.jsonl", format_name="jsonl"
        )
    assert not Import.objects.exists()
    assert list((settings.CONTENT_DIR / "imports").iterdir()) == []


def test_a_file_whose_import_cannot_be_noted_is_not_kept(project, engineer, settings, monkeypatch):
    def fail(**_: object) -> None:
        raise DatabaseError("no room for the log")

    monkeypatch.setattr(imports, "record_event", fail)
    with pytest.raises(DatabaseError):
        start_import(
            project=project,
            by=engineer,
            chunks=[b"{}"],
            file_name="a.jsonl",
            format_name="jsonl",
            pictures=[b"PK"],
        )
    assert not Import.objects.exists()
    assert list((settings.CONTENT_DIR / "imports").iterdir()) == []


def test_a_finished_import_is_not_read_again(bring):
    bring([text("a")])
    assert counts(run(import_id=Import.objects.get().pk)) == (0, 0, 0, 0, 0)


def test_the_command_imports_the_good_lines_and_fails_for_the_bad_ones(project, tmp_path, capsys):
    path = tmp_path / "items.csv"
    path.write_text("item_id,text,H\na,One.,1\nb\n")
    with pytest.raises(CommandError) as failed:
        call_command(
            "import_items", project.slug, str(path), "--map", "item_id=id", "--ignore", "H", verbosity=0
        )
    assert failed.value.returncode == 2
    output = capsys.readouterr()
    assert "2 lines: 1 new, 0 updated, 0 unchanged, 1 bad" in output.out
    assert "line 3: has 1 cells, the header has 3 [wrong_width]" in output.err
    assert Item.objects.get().external_id == "a"


@pytest.mark.parametrize(
    "arguments",
    [
        ["nowhere", "x.jsonl"],
        ["{slug}", "absent.jsonl"],
        ["{slug}", "{file}"],
        ["{slug}", "{file}", "--map", "a"],
    ],
)
def test_the_command_refuses_what_it_cannot_read(project, tmp_path, arguments):
    path = tmp_path / "items.unknown"
    path.write_text("x")
    if "--map" in arguments:
        arguments = [*arguments, "--format", "csv"]
    with pytest.raises(CommandError):
        call_command(
            "import_items", *[a.format(slug=project.slug, file=path) for a in arguments], verbosity=0
        )
    assert Project.objects.get(pk=project.pk).items.count() == 0
