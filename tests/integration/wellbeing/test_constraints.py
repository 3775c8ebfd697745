"""Each named constraint, violated by hand: the last line of defence is there and says its name."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories.wellbeing import clear, label, reveal, sql
from wellbeing.models import DoseDay, ExposureView

pytestmark = pytest.mark.django_db

VIEW = {
    "exposure_view_severity_0_to_4": "severity = 5",
    "exposure_view_verdict_0_to_4": "verdict = 5",
    "exposure_view_modality_known": "modality = 'smell'",
    "exposure_view_purpose_known": "purpose = 'fun'",
    "exposure_view_share_in_range": "share = 249",
    "exposure_view_window_after_start": "window_ends_at = opened_at",
    "exposure_view_settled_or_reserved": "reserved = 1",
    "exposure_view_never_negative": "open_ms = -1",
}
DAY = {
    "dose_day_points_within_limit": ["points_admitted = points_limit + 1", "points_limit = 240001"],
    "dose_day_extreme_within_limit": ["extreme_admitted = extreme_limit + 1", "extreme_limit = 60001"],
    "dose_day_open_ms_within_limit": ["open_ms_admitted = open_ms_limit + 1", "open_ms_limit = 14400001"],
    "dose_day_never_negative": [
        f"{what}_{kind} = -1" for what in ("points", "extreme", "open_ms") for kind in ("reserved", "charged")
    ],
}
DOSIMETER = {
    "dosimeter_next_zone_both_or_neither": "next_time_zone = 'UTC'",
    "dosimeter_first_claim_both_or_neither": "first_claim_at = respite_now(), day_of_first_claim = NULL",
}


def refuses(name, table, assignment):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        sql(f"UPDATE {table} SET {assignment}")  # noqa: S608 - from the lists above


@pytest.mark.parametrize("name", VIEW)
def test_views(name, labeler):
    label(labeler, "lease:1")
    refuses(name, "exposure_view", VIEW[name])


def test_a_view_is_open_or_settled_never_both(labeler):
    label(labeler, "lease:1")
    refuses("settled_or_reserved", "exposure_view", "closed_at = NULL")
    refuses("settled_or_reserved", "exposure_view", "settled_at = NULL")


@pytest.mark.parametrize("name", DAY)
def test_days(name, labeler):
    label(labeler, "lease:1")
    for assignment in DAY[name]:
        refuses(name, "dose_day", assignment)


def test_what_really_happened_is_recorded_past_any_limit(labeler):
    label(labeler, "lease:1")
    DoseDay.objects.update(points_charged=10**9, points_reserved=10**9)


@pytest.mark.parametrize("name", DOSIMETER)
def test_dosimeters(name, labeler):
    clear(labeler)
    refuses(name, "dosimeter", DOSIMETER[name])


def test_one_view_an_occasion_and_one_open_a_person(labeler):
    reveal(labeler)
    row = ExposureView.objects.values().get()
    row.pop("id")
    for changes, name in (
        ({"occasion": "lease:2"}, "one_open_per_person"),
        ({"closed_at": row["window_ends_at"]}, "one_per_occasion"),
    ):
        import uuid

        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            ExposureView.objects.create(**{**row, "ref": uuid.uuid4(), **changes})


def test_every_constraint_of_ours_has_a_test_here_or_beside():
    tables = ("exposure_view", "dose_day", "dosimeter")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid::regclass::text = ANY(%s)",
            [list(tables)],
        )
        found = {name for (name,) in cursor.fetchall() if not name.endswith("_check")}
    assert found == set(VIEW) | set(DAY) | set(DOSIMETER)
