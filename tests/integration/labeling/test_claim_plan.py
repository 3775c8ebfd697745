"""The claim must cost the same however much has been imported or answered: its plan is held here."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from labeling.models import Lease, Place, Slot
from tests.factories.labeling import add_tasks

TASKS = 10_000
ANSWERED = 5_000

# Ten thousand tasks of one stratum, as an import would leave them; the person has answered the first half.
FILL = """
WITH item AS (
    INSERT INTO labeling_item (project_id, source_id, external_id, kind, language, scores, words, part_words, meta,
                               neutral_line)
    SELECT %(project)s, %(source)s, 'many-' || n, 'text', 'en', '{}', 10, '{10}', '{}', ''
      FROM generate_series(1, %(tasks)s) n
    RETURNING id
), task AS (
    INSERT INTO labeling_task (item_id, project_id, stratum_id, position, state)
    SELECT id, %(project)s, %(stratum)s, 10000000 + id, 'open' FROM item
    RETURNING id, position
)
INSERT INTO labeling_slot (task_id, number, stratum_id, position, available_at)
SELECT task.id, number, %(stratum)s, task.position, respite_now() FROM task, generate_series(1, 2) number
"""
ANSWER = """
INSERT INTO labeling_lease (slot_id, task_id, person_id, claimed_at, expires_at, ended_at, outcome, expected,
                            "window", shown_parts, words_hidden, draft)
SELECT id, task_id, %(person)s, respite_now(), respite_now() + interval '1 minute', respite_now(), 'submitted', 2, 1, 1,
       true, '{}'
  FROM labeling_slot WHERE number = 1 AND position > 10000000 ORDER BY position LIMIT %(answered)s
"""


def run(statement: str, **values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def removed_rows(plan: str) -> int:
    """Index entries that the walk looked at in vain."""
    walked = re.findall(
        r"labeling_slot_open on labeling_slot.*?(?:Rows Removed by Filter: (\d+)|Index Searches)", plan, re.S
    )
    return sum(int(found or 0) for found in walked)


@pytest.fixture
def long_project(project, labeler):
    (first,) = add_tasks(project, 1)
    Slot.objects.update(filled_at=first.slots.first().available_at)
    run(FILL, project=project.pk, source=first.stratum.source_id, stratum=first.stratum_id, tasks=TASKS)
    run(ANSWER, person=labeler.pk, answered=ANSWERED)
    place = Lease.objects.order_by("-slot__position").values_list("slot__position", flat=True)[0]
    Slot.objects.filter(number=1, position__lte=place).update(filled_at=first.slots.first().filled_at)
    Place.objects.create(person=labeler, stratum=first.stratum, position=place)
    return project


@pytest.mark.django_db
def test_the_walk_enters_the_index_at_the_persons_place(long_project, labeler, capsys):
    call_command("explain_claim", long_project.slug, "--person", labeler.username)

    plan = capsys.readouterr().out
    assert "Index Scan using labeling_slot_open on labeling_slot" in plan
    assert "Seq Scan on labeling_slot" not in plan
    assert "Seq Scan on labeling_lease" not in plan
    assert removed_rows(plan) < 10, plan


@pytest.mark.django_db
def test_the_second_lap_is_planned_and_not_run(long_project, labeler, capsys):
    call_command("explain_claim", long_project.slug, "--person", labeler.username)

    plan = capsys.readouterr().out
    assert "One-Time Filter" in plan
    assert "never executed" in plan


@pytest.mark.django_db
def test_without_a_place_the_walk_would_pass_everything_that_was_answered(long_project, labeler, capsys):
    Place.objects.all().delete()

    call_command("explain_claim", long_project.slug, "--person", labeler.username)

    assert removed_rows(capsys.readouterr().out) >= ANSWERED


@pytest.mark.django_db
def test_explaining_hands_nothing_out(long_project, labeler, capsys):
    before = list(Slot.objects.order_by("pk").values_list("available_at", flat=True)[:10])

    call_command("explain_claim", long_project.slug, "--person", labeler.username)

    assert list(Slot.objects.order_by("pk").values_list("available_at", flat=True)[:10]) == before
    capsys.readouterr()


@pytest.mark.django_db
def test_explaining_for_nobody_or_nothing_is_refused(project):
    with pytest.raises(CommandError):
        call_command("explain_claim", "no-such-project")
    with pytest.raises(CommandError):
        call_command("explain_claim", project.slug, "--person", "nobody-at-all")
