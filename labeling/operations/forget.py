"""Private texts end: with their person, and some time after they were answered."""

from datetime import timedelta

from django.db.models import Q

from labeling.models import Appeal, GuidelineLook, Lease, ReleaseNote, RulesRead, TaskQuestion, TermNote
from labeling.operations.beside import end_looks_of
from wellbeing import interface

KEPT_AFTER_ANSWER = timedelta(days=90)


def erase_words_of(person_id: int) -> None:
    """What one person wrote in private or for their lead, and what they were told alone. An erasure calls it.

    That they appealed stays with the task, as their answer to it does; reason and answer go. Wellbeing has settled
    their views before.
    """
    Lease.objects.filter(~Q(draft={}), person_id=person_id).update(draft={})
    TermNote.objects.filter(person_id=person_id).delete()
    TaskQuestion.objects.filter(person_id=person_id).delete()
    Appeal.objects.filter(person_id=person_id).update(reason_sealed=None, answer_sealed=None)
    RulesRead.objects.filter(person_id=person_id).delete()
    ReleaseNote.objects.filter(person_id=person_id).delete()
    GuidelineLook.objects.filter(person_id=person_id).delete()


def forget_answered() -> int:
    """Ninety days after the answer a question goes, and so do the texts of an appeal. Returns how many."""
    before = interface.now() - KEPT_AFTER_ANSWER
    questions, _ = TaskQuestion.objects.filter(replied_at__lt=before).delete()
    written = Q(reason_sealed__isnull=False) | Q(answer_sealed__isnull=False)
    appeals = Appeal.objects.filter(written, decided_at__lt=before).update(
        reason_sealed=None, answer_sealed=None
    )
    return questions + appeals


def end_old_looks(*, older_than: timedelta = timedelta(minutes=10), most: int = 200) -> int:
    """Settle looks at examples and masked words that were left open. One person a transaction. Returns how many."""
    before = interface.now() - older_than
    left = GuidelineLook.objects.filter(opened_at__lt=before).order_by("pk")
    people = list(left.values_list("person_id", flat=True)[:most])
    for person_id in people:
        end_looks_of(person_id=person_id)
    return len(people)
