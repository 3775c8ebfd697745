"""People's keys: one each, rewrapped without a pause, and what the runtime role may do with them."""

import io
import threading

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from tests.factories.people import person
from tests.factories.wellbeing import sql
from wellbeing.domain.sealing import KeyMissing, SealBroken
from wellbeing.models import PersonKey
from wellbeing.operations import private_keys
from wellbeing.operations.private_keys import destroy_data_key, ensure_data_key, rotate_private_keys
from wellbeing.queries.private_keys import data_key_of

OLD, NEW = ("spring", b"s" * 32), ("summer", b"t" * 32)


@pytest.fixture(autouse=True)
def _spring(settings):
    settings.PRIVATE_KEYS = [OLD]


def run():
    out = io.StringIO()
    call_command("rotate_private_keys", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_a_person_has_one_key_of_their_own(labeler, lead):
    assert data_key_of(labeler.pk) is None
    key = ensure_data_key(person_id=labeler.pk)
    assert ensure_data_key(person_id=labeler.pk) == key == data_key_of(labeler.pk)
    assert ensure_data_key(person_id=lead.pk) != key
    assert key not in bytes(PersonKey.objects.get(pk=labeler.pk).wrapped)


@pytest.mark.django_db(transaction=True)
def test_two_tabs_get_the_same_key(labeler):
    keys, ready = [], threading.Barrier(6)

    def ask() -> None:
        ready.wait()
        keys.append(ensure_data_key(person_id=labeler.pk))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 6
    assert len(set(keys)) == 1


@pytest.mark.django_db
def test_rotation_keeps_every_data_key_and_goes_on_where_it_stood(settings, monkeypatch):
    people = [person(f"p{number}") for number in range(5)]
    before = {one.pk: ensure_data_key(person_id=one.pk) for one in people}
    settings.PRIVATE_KEYS = [NEW, OLD]
    monkeypatch.setattr(private_keys, "BATCH", 2)
    assert private_keys._rotate_batch() == 2
    assert sorted(PersonKey.objects.values_list("key_name", flat=True)) == ["spring"] * 3 + ["summer"] * 2
    assert "3 keys were wrapped anew. All are under summer now." in run()
    assert rotate_private_keys() == 0
    settings.PRIVATE_KEYS = [NEW]
    assert {one.pk: data_key_of(one.pk) for one in people} == before


@pytest.mark.django_db
def test_a_missing_key_is_named_before_anything_changes(settings, labeler, lead):
    ensure_data_key(person_id=labeler.pk)
    settings.PRIVATE_KEYS = [("winter", b"w" * 32)]
    ensure_data_key(person_id=lead.pk)
    settings.PRIVATE_KEYS = [NEW, ("winter", b"w" * 32)]
    with pytest.raises(KeyMissing, match="spring"):
        rotate_private_keys()
    with pytest.raises(CommandError, match="spring"):
        run()
    assert set(PersonKey.objects.values_list("key_name", flat=True)) == {"spring", "winter"}
    (problem,) = [one for one in run_checks(tags=[Tags.database], databases=["default"]) if "E004" in one.id]
    assert "spring" in problem.msg


@pytest.mark.django_db
def test_another_key_under_an_old_name_is_said(settings, labeler):
    ensure_data_key(person_id=labeler.pk)
    settings.PRIVATE_KEYS = [NEW, ("spring", b"x" * 32)]
    with pytest.raises(CommandError, match="same name"):
        run()


@pytest.mark.django_db
def test_a_key_of_somebody_else_does_not_open(labeler, lead):
    ensure_data_key(person_id=labeler.pk)
    ensure_data_key(person_id=lead.pk)
    PersonKey.objects.filter(pk=lead.pk).update(wrapped=PersonKey.objects.get(pk=labeler.pk).wrapped)
    with pytest.raises(SealBroken):
        data_key_of(lead.pk)


@pytest.mark.django_db
def test_a_destroyed_key_is_gone(labeler):
    ensure_data_key(person_id=labeler.pk)
    assert destroy_data_key(person_id=labeler.pk)
    assert not destroy_data_key(person_id=labeler.pk)
    assert data_key_of(labeler.pk) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    ["UPDATE person_key SET person_id = 1", "UPDATE person_key SET made_at = now()", "TRUNCATE person_key"],
)
def test_the_runtime_role_cannot_give_a_key_to_somebody_else(statement, labeler):
    ensure_data_key(person_id=labeler.pk)
    with pytest.raises(ProgrammingError), transaction.atomic():
        sql(statement)
