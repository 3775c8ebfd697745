"""Two imports, two publishers, an import and a claim: at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import OperationalError, connection, connections, transaction

from labeling.domain.records import Expected, read_record
from labeling.domain.severity import Severity
from labeling.models import FinalLabel, Item, ItemContent, Release, Slot, Source, Task
from labeling.operations import sources
from labeling.operations.claim import claim
from labeling.operations.item_batches import Places, store_batch
from labeling.operations.releases import publish_release
from labeling.operations.sources import note_severe_find, refresh_expectations
from labeling.queries.workbench import LeaseCard
from tests.factories.labeling import project_for
from tests.integration.labeling.together import together
from tests.integration.patience import wait_patiently
from wellbeing import interface

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

ROUNDS = 5


def records(words, ids, **fields):
    return [read_record({"id": key, "text": words, "source": "board", **fields}, Expected()) for key in ids]


def store(project, words, ids):
    return store_batch(project=project, records=records(words, ids), places=Places())


def test_the_same_file_twice_at_once_comes_in_once(project):
    for number in range(ROUNDS):
        ids = [f"round-{number}-{n}" for n in range(40)]
        outcomes = together([partial(store, project, "The bus is late.", ids) for _ in range(3)])
        assert sorted((outcome.created, outcome.unchanged) for outcome in outcomes) == [
            (0, 40),
            (0, 40),
            (40, 0),
        ]
        assert Task.objects.filter(item__external_id__in=ids).count() == 40
        assert Slot.objects.filter(task__item__external_id__in=ids).count() == 80


def test_an_item_is_never_changed_under_somebody_who_holds_it(project, labeler):
    """Either the import was first and the claim is of the new content, or it found the lease and left it alone."""
    store(project, "The bus is late.", ["a"])
    outcome, card = together(
        [
            partial(store, project, "The tram is late today.", ["a"]),
            partial(claim, project=project, by=labeler),
        ]
    )
    assert isinstance(card, LeaseCard)
    stored = ItemContent.objects.get(item__external_id="a").body["text"]
    if outcome.updated:
        assert stored == "The tram is late today."
        assert Item.objects.get().words == 5
    else:
        assert outcome.conflicts == {"a"}
        assert stored == "The bus is late."


def test_two_publishers_get_two_numbers(project, engineer):
    calls = [partial(publish_release, project=project, by=engineer, enqueue=False) for _ in range(4)]
    assert sorted(release.number for release in together(calls)) == [1, 2, 3, 4]
    assert Release.objects.filter(project=project).count() == 4


def proved_sources(project, names, *, items=50, confirm=False):
    """Sources whose items all declare S0 and proved right; confirmed, or waiting for the next refresh."""
    for name in names:
        declared = records("The bus is late.", [f"{name}-{n}" for n in range(items)], source=name, severity=0)
        store_batch(project=project, records=declared, places=Places())
    FinalLabel.objects.bulk_create(
        FinalLabel(task=task, answers={}, severity=0, votes=2, method="two_plus_one")
        for task in Task.objects.filter(project=project, state="open")
    )
    Task.objects.filter(project=project).update(state="decided", decided_at=interface.now())
    if confirm:
        refresh_expectations(project_id=project.pk)


def bring_more(project, names, number):
    """New items declared S0 into all of these sources, in one batch."""
    new = [
        record
        for name in names
        for record in records("The tram is late.", [f"{name}-more-{number}"], source=name, severity=0)
    ]
    return store_batch(project=project, records=new, places=Places())


@pytest.mark.parametrize("confirm", [False, True])
def test_no_refresh_confirms_what_came_in_beside_it(team, lead, confirm):
    """Many sources at once, so that the two would also deadlock if either waited for the other's rows."""
    names = [f"source {n}" for n in range(12)]
    for number in range(ROUNDS):
        project = project_for(team, lead)
        proved_sources(project, names, confirm=confirm)
        refresh = partial(refresh_expectations, project_id=project.pk)
        outcome, *refreshed = together([partial(bring_more, project, names, number), refresh, refresh])

        assert outcome.created == len(names)
        assert not [answer for answer in refreshed if isinstance(answer, Exception)]
        assert not Source.objects.filter(project=project, confirmed_at__isnull=False).exists()
        assert refresh_expectations(project_id=project.pk) in {0, len(names)}
        assert not Source.objects.filter(project=project, confirmed_at__isnull=False).exists()


GATE = 7199


@pytest.fixture
def refresh_that_is_overtaken(monkeypatch):
    """`refresh(project, meanwhile)`: a refresh that has read everything and written nothing when `meanwhile` is done."""
    gated = f"(SELECT respite_now() FROM (SELECT pg_advisory_xact_lock({GATE})) gate)"  # noqa: S608 - a constant

    def refresh(project, meanwhile):
        monkeypatch.setattr(sources, "_REFRESH", sources._REFRESH.replace("respite_now()", gated))

        def patiently():
            wait_patiently()
            try:
                return refresh_expectations(project_id=project.pk)
            finally:
                connections["default"].close()

        with ThreadPoolExecutor(1) as pool, connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [GATE])
            overtaken = pool.submit(patiently)
            waiting = 0
            while not waiting and not overtaken.done():
                cursor.execute(
                    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted",
                    [GATE],
                )
                waiting = cursor.fetchone()[0]
            assert waiting, overtaken.result()
            meanwhile()
            cursor.execute("SELECT pg_advisory_unlock(%s)", [GATE])
            return overtaken.result()

    return refresh


def test_a_refresh_that_an_import_overtakes_leaves_the_source_alone(project, refresh_that_is_overtaken):
    proved_sources(project, ["board"])

    assert refresh_that_is_overtaken(project, partial(bring_more, project, ["board"], 1)) == 0

    source = Source.objects.get(project=project)
    assert source.confirmed_at is None
    assert source.confirm_after_task > 0


def test_without_the_versions_the_overtaken_refresh_confirms_on_old_evidence(
    project, refresh_that_is_overtaken, monkeypatch
):
    fence = "AND source.xmin = wanted.version"
    assert fence in sources._REFRESH
    monkeypatch.setattr(sources, "_REFRESH", sources._REFRESH.replace(fence, ""))
    proved_sources(project, ["board"])

    assert refresh_that_is_overtaken(project, partial(bring_more, project, ["board"], 1)) == 1

    assert Source.objects.get(project=project).confirmed_at is not None


def test_a_later_batch_overtakes_a_refresh_as_well(project, refresh_that_is_overtaken):
    """It moves no boundary, and the source is not confirmed: it has to write the row all the same."""
    proved_sources(project, ["board"])
    places = Places()
    first, second = (records("The tram is late.", [f"more-{n}"], severity=0) for n in range(2))
    store_batch(project=project, records=first, places=places)
    (task,) = Task.objects.filter(state="open")
    FinalLabel.objects.create(task=task, answers={}, severity=0, votes=2, method="two_plus_one")
    Task.objects.filter(pk=task.pk).update(state="decided", decided_at=interface.now())

    meanwhile = partial(store_batch, project=project, records=second, places=places)
    assert refresh_that_is_overtaken(project, meanwhile) == 0

    assert Source.objects.get(project=project).confirmed_at is None


def test_a_refresh_does_not_take_back_a_find_that_it_has_not_seen(project, refresh_that_is_overtaken):
    proved_sources(project, ["board"], items=10)
    source = Source.objects.get(project=project)

    find = partial(note_severe_find, source_id=source.pk, verdict=Severity.SEVERE)
    assert refresh_that_is_overtaken(project, find) == 0

    source.refresh_from_db()
    assert (source.expected_severity, source.basis, source.confirmed_at) == (3, "find", None)


def refresh_beside_a_locked_source(project):
    """What a refresh answers while somebody else holds the row of a source that it wants to change."""

    def impatiently():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")
        return refresh_expectations(project_id=project.pk)

    with transaction.atomic():
        Source.objects.select_for_update(no_key=True).get(project=project)
        (answer,) = together([impatiently])
    return answer


def test_a_refresh_waits_for_nobody(project):
    proved_sources(project, ["board"])

    assert refresh_beside_a_locked_source(project) == 0
    assert refresh_expectations(project_id=project.pk) == 1


def test_without_skip_locked_the_refresh_waits(project, monkeypatch):
    monkeypatch.setattr(sources, "_REFRESH", sources._REFRESH.replace("SKIP LOCKED", ""))
    proved_sources(project, ["board"])

    assert isinstance(refresh_beside_a_locked_source(project), OperationalError)
