"""A disputed entry, put right by an officer: added, never rewritten."""

import pytest

from people.models import AuditEvent
from people.permissions import Role
from tests.factories.people import person
from tests.factories.wellbeing import advance, label, reveal
from wellbeing.interface import (
    CorrectionNotAllowed,
    NoSuchEntry,
    correct_entry,
    exposure_of,
    looks_at,
)
from wellbeing.models import DoseDay, ExposureView, LedgerEntry
from wellbeing.operations.chain_heads import verify_ledger

pytestmark = pytest.mark.django_db


def correct(who, by, severity=1, seq=2):
    correct_entry(person_id=who.pk, seq=seq, severity=severity, by=by, reason="a quoted song")


@pytest.mark.parametrize("severity", [0, 1, 4])
def test_an_entry_is_charged_anew_on_its_own_day(severity, labeler, officer):
    label(labeler, "lease:1", severity=3)
    before = list(LedgerEntry.objects.order_by("seq").values_list())
    day = DoseDay.objects.get().day
    advance(days=1)
    correct(labeler, officer, severity)
    correct(labeler, officer, severity)
    rows = LedgerEntry.objects.order_by("seq")
    assert list(rows.values_list())[:2] == before
    assert [row.kind for row in rows] == ["reserve", "settle", "correction"]
    view = ExposureView.objects.get()
    assert (view.charged_severity, view.verdict) == (severity, 3)
    held = DoseDay.objects.get()
    assert (held.day, held.points_charged) == (day, view.charged)
    assert held.extreme_charged == (view.charged if severity == 4 else 0)
    found = verify_ledger()
    assert (found.faults, found.differences) == ([], [])
    assert exposure_of(person_id=labeler.pk, looked_by=labeler.pk).points.used == 0


def test_it_is_audited_and_listed_for_its_owner(labeler, officer):
    label(labeler, "lease:1")
    correct(labeler, officer)
    event = AuditEvent.objects.get()
    assert (event.action, event.actor_id) == ("wellbeing.entry_corrected", officer.pk)
    assert not {"person", "seq", "milli_points"} & set(event.details), (
        "nobody learns whose, or its private weight"
    )
    assert str(labeler.pk) not in event.subject
    assert [look.what for look in looks_at(person_id=labeler.pk)] == ["correction"]


def test_who_may(labeler, lead, officer, admin, team, other_team):
    label(labeler, "lease:1")
    for someone in (labeler, lead, admin, person("oslo", Role.OFFICER, other_team)):
        with pytest.raises(CorrectionNotAllowed):
            correct(labeler, someone)
    label(officer, "lease:1")
    with pytest.raises(CorrectionNotAllowed):
        correct(officer, officer)
    correct(labeler, person("orla", Role.OFFICER, team))


def test_only_what_is_settled_and_ones_own_chain_says(labeler, second_labeler, officer):
    reveal(labeler)
    label(second_labeler, "lease:1")
    with pytest.raises(NoSuchEntry):
        correct(labeler, officer, seq=1)
    with pytest.raises(NoSuchEntry):
        correct(labeler, officer, seq=99)
    with pytest.raises(ValueError, match="severity"):
        correct(second_labeler, officer, severity=5)
