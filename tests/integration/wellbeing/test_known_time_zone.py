"""A time zone that this server cannot reckon in stops nobody: the day then turns by UTC."""

import pytest
from django.db import connection, transaction

from people.models import User
from tests.factories.people import person
from wellbeing.models import Dosimeter
from wellbeing.operations.claims import claimed, clear
from wellbeing.queries.situation import read_situation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "known"),
    [("Africa/Nairobi", "Africa/Nairobi"), ("UTC", "UTC"), ("Mars/North", None), ("", None)],
)
def test_a_zone_is_known_or_nothing(name: str, known: str | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT known_time_zone(%s)", [name])
        assert cursor.fetchone() == (known,)


def test_somebody_from_a_zone_that_the_server_does_not_know_works_by_utc() -> None:
    someone = person("mara")
    User.objects.filter(pk=someone.pk).update(time_zone="Mars/North")

    before = read_situation(person_id=someone.pk)
    with transaction.atomic():
        clear(person_id=someone.pk)
        claimed(person_id=someone.pk)

    assert before is not None
    assert before.time_zone == "UTC"
    assert Dosimeter.objects.values_list("time_zone", "next_time_zone").get(person_id=someone.pk) == (
        "UTC",
        None,
    )
