"""A number for oneself: sealed, one a day, gone when its person says so, and seen by nobody else."""

import pytest
from django.db import IntegrityError, transaction

from tests.factories.wellbeing import advance, label
from wellbeing.domain.erasing import ErasureReason
from wellbeing.models import DayNote
from wellbeing.operations.day_notes import forget_day_note, note_day
from wellbeing.operations.erasure import erase_person
from wellbeing.operations.private_keys import destroy_data_key
from wellbeing.queries.day_notes import note_of_today, noted_days

pytestmark = pytest.mark.django_db


def test_today_has_one_note_and_the_last_one_counts(labeler):
    assert note_of_today(person_id=labeler.pk)[1] is None
    for number in (0, 10, 7):
        note_day(person_id=labeler.pk, number=number)
        assert note_of_today(person_id=labeler.pk)[1] == number
    assert DayNote.objects.count() == 1
    with pytest.raises(IntegrityError, match="day_note_one_a_day"), transaction.atomic():
        DayNote.objects.create(person=labeler, day=DayNote.objects.get().day, sealed=b"")


@pytest.mark.parametrize("number", [-1, 11, 1000])
def test_other_numbers_are_refused(number, labeler):
    with pytest.raises(ValueError, match="0 to 10"):
        note_day(person_id=labeler.pk, number=number)


def test_notes_stand_beside_the_exposure_of_their_day(labeler):
    label(labeler, "lease:1")
    note_day(person_id=labeler.pk, number=4)
    advance(days=1)
    note_day(person_id=labeler.pk, number=6)
    advance(days=1)
    label(labeler, "lease:2")
    days = noted_days(person_id=labeler.pk)
    assert [(day.number, day.points > 0) for day in days] == [(None, True), (6, False), (4, True)]
    advance(days=40)
    assert noted_days(person_id=labeler.pk) == []


def test_a_ten_is_not_longer_than_the_others(labeler):
    lengths = set()
    for number in range(11):
        note_day(person_id=labeler.pk, number=number)
        lengths.add(len(bytes(DayNote.objects.get().sealed)))
    assert len(lengths) == 1


def test_a_note_put_into_another_row_opens_nowhere(labeler, second_labeler):
    note_day(person_id=labeler.pk, number=9)
    note_day(person_id=second_labeler.pk, number=1)
    theirs = DayNote.objects.get(person=second_labeler).sealed
    DayNote.objects.filter(person=labeler).update(sealed=theirs)
    assert note_of_today(person_id=labeler.pk)[1] is None
    assert note_of_today(person_id=second_labeler.pk)[1] == 1


def test_without_its_key_a_note_is_gone(labeler):
    note_day(person_id=labeler.pk, number=9)
    destroy_data_key(person_id=labeler.pk)
    assert note_of_today(person_id=labeler.pk)[1] is None
    assert [day.number for day in noted_days(person_id=labeler.pk)] == [None]


def test_erasing_the_person_removes_their_notes(labeler, second_labeler):
    for who in (labeler, second_labeler):
        note_day(person_id=who.pk, number=5)
    erase_person(person_id=labeler.pk, by=None, reason=ErasureReason.ASKED)
    assert list(DayNote.objects.values_list("person", flat=True)) == [second_labeler.pk]


def test_the_page_notes_shows_and_deletes(labeler, browser_of):
    client = browser_of(labeler)
    assert "Nothing yet" in client.get("/me/day-note/").text
    answer = client.post("/me/day-note/", {"number": "8"}, follow=True)
    assert "for your eyes only" in answer.text
    assert 'value="8" aria-pressed="true"' in answer.text
    day = DayNote.objects.get().day
    client.post("/me/day-note/delete/", {"day": day.isoformat()})
    assert not DayNote.objects.exists()
    assert not forget_day_note(person_id=labeler.pk, day=day)


@pytest.mark.parametrize("number", ["", "11", "-1", "many", "²", "1" * 50])
def test_the_page_takes_nothing_else(number, labeler, browser_of):
    answer = browser_of(labeler).post("/me/day-note/", {"number": number}, follow=True)
    assert "Choose a number" in answer.text
    assert not DayNote.objects.exists()


@pytest.mark.parametrize("day", ["", "today", "2026-02-31"])
def test_deleting_what_is_no_day_deletes_nothing(day, labeler, browser_of):
    note_day(person_id=labeler.pk, number=5)
    browser_of(labeler).post("/me/day-note/delete/", {"day": day})
    assert DayNote.objects.count() == 1


def test_a_colleague_deletes_only_their_own(labeler, second_labeler, browser_of):
    day = note_day(person_id=labeler.pk, number=5)
    browser_of(second_labeler).post("/me/day-note/delete/", {"day": day.isoformat()})
    assert DayNote.objects.count() == 1


def test_the_same_number_never_looks_the_same(labeler, second_labeler):
    looks = set()
    for who in (labeler, second_labeler, labeler):
        note_day(person_id=who.pk, number=7)
        looks |= {bytes(note.sealed) for note in DayNote.objects.all()}
    assert len(looks) == 3
