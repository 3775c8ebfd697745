"""What an import does to a source that is confirmed: what nobody has checked is not believed for what was there."""

import json

import pytest

from labeling.importers import runner
from labeling.importers.runner import run
from labeling.models import FinalLabel, Item, Source, Task
from labeling.operations.imports import begin_import
from labeling.operations.sources import refresh_expectations
from tests.factories.labeling import claimed
from wellbeing import interface

pytestmark = pytest.mark.django_db


def lines(count, severity, *, first=0, words="The bus is late.", source="board"):
    return [
        {"id": f"n{n}", "text": words, "source": source, "severity": severity}
        for n in range(first, first + count)
    ]


@pytest.fixture
def bring(project, engineer, tmp_path):
    def bring(records, *, dry_run=False):
        path = tmp_path / "items.jsonl"
        path.write_bytes(b"".join(json.dumps(record).encode() + b"\n" for record in records))
        row = begin_import(
            project=project, by=engineer, file_name=path.name, format_name="jsonl", dry_run=dry_run
        )
        return run(import_id=row.pk, path=path)

    return bring


@pytest.fixture
def refreshed(project):
    """`refreshed()`: learn from what is decided; the source afterwards."""

    def refreshed():
        refresh_expectations(project_id=project.pk)
        return Source.objects.get(project=project, name="board")

    return refreshed


def check(records, severity=0):
    """Decide the tasks of these lines."""
    now = interface.now()
    for task in Task.objects.filter(item__external_id__in=[record["id"] for record in records]):
        FinalLabel.objects.create(task=task, answers={}, severity=severity, votes=2, method="two_plus_one")
        Task.objects.filter(pk=task.pk).update(state="decided", decided_at=now)


@pytest.fixture
def confirmed(bring, refreshed):
    """Sixty items declared benign, of which fifty proved so."""
    bring(lines(60, 0))
    check(lines(50, 0))
    assert refreshed().confirmed_at is not None
    return lines(60, 0)


def test_new_items_are_not_believed_for_what_was_checked_before_them(
    bring, refreshed, confirmed, project, labeler
):
    bring(lines(100, 0, first=100))

    assert Source.objects.get(project=project).confirmed_at is None
    assert refreshed().confirmed_at is None
    assert claimed(project, labeler).expected == 2

    check(lines(49, 0, first=100))
    assert refreshed().confirmed_at is None
    check(lines(1, 0, first=149))
    assert refreshed().confirmed_at is not None


def test_new_items_that_prove_wrong_are_not_believed_however_many_were_right_before(
    bring, refreshed, confirmed
):
    bring(lines(60, 0, first=100))
    check(lines(45, 0, first=100))
    check(lines(15, 0, first=145), severity=2)

    assert refreshed().confirmed_at is None


def test_the_expected_severity_is_learned_from_old_and_new_alike(bring, refreshed, confirmed):
    bring(lines(2, 0, first=100))
    check(lines(2, 0, first=100), severity=3)

    source = refreshed()
    assert (source.expected_severity, source.basis, source.confirmed_at) == (0, "decided", None)


def test_one_item_that_is_checked_vouches_for_none_that_came_before_it_unchecked(bring, refreshed, confirmed):
    bring(lines(100, 0, first=100))
    bring(lines(1, 0, first=200))
    check(lines(1, 0, first=200))
    assert refreshed().confirmed_at is None

    check(lines(49, 0, first=100))
    assert refreshed().confirmed_at is not None


def test_a_source_that_never_was_confirmed_is_not_confirmed_by_one_late_item(bring, refreshed):
    bring(lines(100, 0))
    bring(lines(1, 0, first=200))
    check(lines(1, 0, first=200))

    assert refreshed().confirmed_at is None


def test_old_items_that_prove_wrong_take_the_confirmation_back(bring, refreshed):
    bring(lines(100, 0))
    check(lines(50, 0))
    refreshed()
    bring(lines(50, 0, first=100))
    check(lines(50, 0, first=100))
    assert refreshed().confirmed_at is not None

    check(lines(50, 0, first=50), severity=2)
    assert refreshed().confirmed_at is None


@pytest.mark.parametrize("severity", [None, 2, 4])
def test_items_that_declare_nothing_mild_leave_the_confirmation(bring, confirmed, project, severity):
    before = Source.objects.values().get(project=project)

    bring(lines(10, severity, first=100))

    assert Source.objects.values().get(project=project) == before


def test_the_same_file_again_resets_nothing(bring, confirmed, project):
    before = Source.objects.values().get(project=project)

    assert bring(confirmed).unchanged == 60

    assert Source.objects.values().get(project=project) == before


def test_a_dry_run_resets_nothing(bring, confirmed, project):
    before = Source.objects.values().get(project=project)

    assert bring(lines(10, 0, first=100), dry_run=True).created == 10
    assert bring(lines(10, 1, first=50), dry_run=True).updated == 10

    assert Source.objects.values().get(project=project) == before


def test_the_batches_of_one_import_count_together(bring, refreshed, confirmed, project, monkeypatch):
    monkeypatch.setattr(runner, "BATCH", 10)
    last_before = Task.objects.order_by("-pk").values_list("pk", flat=True)[0]

    bring([*lines(5, 3, first=100), *lines(50, 0, first=110)])

    source = Source.objects.get(project=project)
    first_batch = Task.objects.filter(item__external_id__in=["n100", "n114"])
    assert last_before == source.confirm_after_task == source.confirmed_to_task
    assert all(task.pk > source.confirm_after_task for task in first_batch)
    check(lines(50, 0, first=110))
    assert refreshed().confirmed_at is not None


def test_a_confirmation_between_two_batches_does_not_cover_the_second(
    bring, refreshed, confirmed, project, monkeypatch
):
    """All of the first batch may be checked before the second comes in."""
    monkeypatch.setattr(runner, "BATCH", 2)
    store, seen = runner.store_batch, []

    def check_at_once(**given):
        outcome = store(**given)
        check([{"id": record.external_id} for record in given["records"][:2]] if not seen else [])
        seen.append(refreshed().confirmed_at)
        return outcome

    monkeypatch.setattr(runner, "store_batch", check_at_once)
    bring(lines(4, 0, first=100))

    assert seen[0] is not None
    assert seen[1] is None


def test_a_source_that_an_import_makes_is_proved_from_its_first_task(bring, refreshed, monkeypatch):
    monkeypatch.setattr(runner, "BATCH", 20)
    bring(lines(60, 0))

    source = refreshed()
    assert (source.confirm_after_task, source.confirmed_to_task) == (0, 0)
    check(lines(50, 0))
    assert refreshed().confirmed_at is not None


@pytest.mark.parametrize(
    ("was", "change"),
    [
        ({"severity": 3}, {"severity": 0}),
        ({"severity": 1}, {"severity": 1, "text": "Other words."}),
        ({"severity": 0, "source": "forum"}, {"source": "board"}),
    ],
    ids=["severity", "content", "source"],
)
def test_a_changed_item_that_declares_mild_is_proved_like_a_new_one(bring, refreshed, was, change):
    """Its task is older than what the source was confirmed by; that must not let it through."""
    early = [{**record, **was} for record in lines(3, None, first=1000)]
    bring(early)
    bring(lines(60, 0))
    check(lines(50, 0))
    assert refreshed().confirmed_at is not None

    changed = [{**record, **change} for record in early]
    assert bring(changed).updated == 3
    assert refreshed().confirmed_at is None

    check(changed[:2])
    assert refreshed().confirmed_at is None
    check(changed[2:])
    assert refreshed().confirmed_at is not None


def test_a_changed_note_is_no_new_declaration(bring, confirmed, project):
    before = Source.objects.values().get(project=project)

    assert bring([{**record, "meta": {"page": 1}} for record in confirmed[50:]]).updated == 10

    assert Source.objects.values().get(project=project) == before
    assert not Task.objects.exclude(redeclared_as=None).exists()


def test_what_is_confirmed_in_one_source_says_nothing_of_another(bring, refreshed, confirmed, project):
    before = Source.objects.values().get(project=project, name="board")

    bring(lines(10, 0, first=100, source="forum"))

    assert Source.objects.values().get(project=project, name="board") == before
    assert Item.objects.filter(source__name="forum").count() == 10
