"""Two imports, two publishers, an import and a claim: at the same moment."""

from functools import partial

import pytest

from labeling.domain.records import Expected, read_record
from labeling.models import Item, ItemContent, Release, Slot, Task
from labeling.operations.claim import claim
from labeling.operations.item_batches import Places, store_batch
from labeling.operations.releases import publish_release
from labeling.queries.workbench import LeaseCard
from tests.integration.labeling.together import together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

ROUNDS = 5


def records(words, ids):
    return [read_record({"id": key, "text": words, "source": "board"}, Expected()) for key in ids]


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
