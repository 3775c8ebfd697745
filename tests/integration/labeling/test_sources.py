from itertools import product

import pytest
from django.db import connection

from labeling.domain.handout import Basis, SourceKnowledge, expectation
from labeling.models import FinalLabel, Source, Stratum, Task
from labeling.operations.sources import refresh_expectations
from labeling.queries.expectation import BASIS, CONFIRMED_BENIGN, EXPECTED
from tests.factories.labeling import add_tasks
from wellbeing import interface

pytestmark = pytest.mark.django_db


def decide(tasks: list[Task], severity: int) -> None:
    now = interface.now()
    for task in tasks:
        FinalLabel.objects.create(task=task, answers={}, severity=severity, votes=2, method="two_plus_one")
    Task.objects.filter(pk__in=[task.pk for task in tasks]).update(state="decided", decided_at=now)


def test_the_sql_says_what_the_rule_says_in_every_case(project):
    known = [(None, ""), *product(range(5), ("declared", "find", "decided"))]
    for n, ((expected, basis), confirmed, declared) in enumerate(product(known, (False, True), range(-1, 5))):
        source = Source.objects.create(
            project=project,
            name=f"source {n}",
            expected_severity=expected,
            basis=basis,
            confirmed_at=interface.now() if confirmed else None,
        )
        Stratum.objects.create(project=project, source=source, declared=declared)
    with connection.cursor() as cursor:
        cursor.execute(f"""
            SELECT stratum.declared, source.expected_severity, source.basis = 'find',
                   source.confirmed_at IS NOT NULL, {EXPECTED}, {BASIS}, {CONFIRMED_BENIGN}
              FROM labeling_stratum stratum JOIN labeling_source source ON source.id = stratum.source_id
        """)  # noqa: S608 - constants only
        rows = cursor.fetchall()

    assert len(rows) == 16 * 2 * 6
    for declared, expected, found, confirmed, *by_sql in rows:
        rule = expectation(
            None if declared < 0 else declared,
            SourceKnowledge(expected=expected, found=found, confirmed=confirmed),
        )
        assert by_sql == [rule.severity, Basis(rule.basis).value, rule.confirmed_benign], (declared, expected)


def test_a_source_speaks_for_itself_when_all_its_items_are_decided(project):
    tasks = add_tasks(project, 10, severity=None)
    decide(tasks[:9], 1)

    assert refresh_expectations(project_id=project.pk) == 0
    decide(tasks[9:], 4)
    assert refresh_expectations(project_id=project.pk) == 1

    source = Source.objects.get(project=project)
    assert (source.expected_severity, source.basis) == (1, "decided")


def test_the_ninetieth_percentile_counts(project):
    tasks = add_tasks(project, 10, severity=None)
    decide(tasks[:8], 0)
    decide(tasks[8:], 3)

    refresh_expectations(project_id=project.pk)

    assert Source.objects.get(project=project).expected_severity == 3


def test_declarations_that_prove_right_are_believed(project):
    decide(add_tasks(project, 50, severity=0), 0)
    add_tasks(project, 5, severity=0)

    refresh_expectations(project_id=project.pk)

    assert Source.objects.get(project=project).confirmed_at is not None


def test_declarations_that_prove_wrong_in_one_of_ten_are_not(project):
    decide(add_tasks(project, 45, severity=0), 0)
    decide(add_tasks(project, 5, severity=0), 1)

    refresh_expectations(project_id=project.pk)

    assert Source.objects.get(project=project).confirmed_at is None


def test_forty_nine_of_many_are_too_few(project):
    decide(add_tasks(project, 49, severity=0), 0)
    add_tasks(project, 10, severity=0)

    assert refresh_expectations(project_id=project.pk) == 0
    assert Source.objects.get(project=project).confirmed_at is None


def test_refreshing_twice_changes_nothing_more(project):
    decide(add_tasks(project, 50, severity=0), 0)

    assert refresh_expectations(project_id=project.pk) == 1
    assert refresh_expectations(project_id=project.pk) == 0
