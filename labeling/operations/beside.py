"""Looking at what stands beside the task: an example of the guideline, a masked word of the glossary.

Metered as an item is: wellbeing reserves and commits, then the text is read. One thing is open at a time anywhere, so
an open item comes first; another example gives way by itself.
"""

from dataclasses import dataclass

from django.db import transaction

from labeling.domain.severity import Severity
from labeling.models import GlossaryTerm, GuidelineExample, GuidelineLook
from labeling.operations.errors import NotYours
from labeling.operations.outcomes import Refused, refused
from labeling.queries.content import DisclosedPart, disclose_beside
from people.models import User
from wellbeing import interface
from wellbeing.interface import Disclosure, Modality, Purpose, Refusal, Stimulus, View


@dataclass(frozen=True)
class ShownBeside:
    """What is on the screen now."""

    look_id: int
    view: View
    parts: tuple[DisclosedPart, ...]


def look_at_example(*, example: GuidelineExample, by: User) -> ShownBeside | Refused:
    """Show an example. The caller made sure that it is theirs to see. Safe to repeat."""
    return _look(by, example=example)


def look_at_word(*, term: GlossaryTerm, by: User) -> ShownBeside | Refused:
    """Show the word of a masked term. The caller made sure that it is theirs to see. Safe to repeat.

    Raises NotYours when the term is not masked.
    """
    if not term.is_masked:
        raise NotYours
    return _look(by, term=term)


@transaction.atomic
def hide_look(*, look_id: int, by: User) -> None:
    """Take it away: time that was not used is given back. Always possible, safe to repeat.

    Shown again within some minutes it costs no new base charge; after that a job settles it.
    """
    if GuidelineLook.objects.filter(pk=look_id, person=by).exists():
        interface.conceal(person_id=by.pk, occasion=occasion_of(look_id))


@transaction.atomic
def end_looks_of(*, person_id: int) -> None:
    """Settle what a person left open."""
    interface.lock_person(person_id=person_id)
    _end(person_id, GuidelineLook.objects.filter(person_id=person_id).first())


def occasion_of(look_id: int) -> str:
    return f"beside:{look_id}"


def _look(
    by: User, *, example: GuidelineExample | None = None, term: GlossaryTerm | None = None
) -> ShownBeside | Refused:
    example_id = None if example is None else example.pk
    term_id = None if term is None else term.pk
    with transaction.atomic(durable=True):
        # The person first, as everywhere: two looks at once come one after the other.
        interface.lock_person(person_id=by.pk)
        look = GuidelineLook.objects.filter(person=by).first()
        if look is not None and (look.example_id, look.term_id) != (example_id, term_id):
            _end(by.pk, look)
            look = None
        if look is None:
            look = GuidelineLook.objects.create(person=by, example=example, term=term)
        else:
            GuidelineLook.objects.filter(pk=look.pk).update(opened_at=interface.now())
        view = interface.reveal(
            person_id=by.pk,
            occasion=occasion_of(look.pk),
            purpose=Purpose.GUIDELINE,
            stimulus=_stimulus(example, term),
            disclosure=_all_of(example),
            words_per_minute=by.pace_words_per_minute,
        )
        if isinstance(view, Refusal):
            _end(by.pk, look)
            return refused(view)
    return ShownBeside(
        look.pk,
        view,
        disclose_beside(view=view, example_id=example_id, term_id=term_id),
    )


def _end(person_id: int, look: GuidelineLook | None) -> None:
    if look is not None:
        interface.settle(person_id=person_id, occasion=occasion_of(look.pk), verdict=None)
        look.delete()


def _stimulus(example: GuidelineExample | None, term: GlossaryTerm | None) -> Stimulus:
    """Nobody confirmed what a lead wrote down, so it counts as moderate at least."""
    severity = example.severity if example is not None else term.severity if term is not None else 0
    categories = example.categories if example is not None else term.categories if term is not None else []
    return Stimulus(
        modality=Modality.TEXT,
        severity=max(int(Severity.MODERATE), severity),
        basis="guideline",
        categories=frozenset(categories),
        words=_words(example),
    )


def _all_of(example: GuidelineExample | None) -> Disclosure:
    return Disclosure(words=_words(example), of_words=_words(example), full=True)


def _words(example: GuidelineExample | None) -> int:
    return sum(example.part_words) if example is not None else 1
