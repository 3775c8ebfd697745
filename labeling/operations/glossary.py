"""The glossary of a project: terms are proposed by those who meet them, and taken in by a lead."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from labeling.models import GlossaryTerm, GlossaryTranslation, GlossaryWord, Project, TermNote
from labeling.operations.errors import TermThere
from labeling.queries.glossary import NOTES
from people.models import User
from people.operations.audit import record_event
from wellbeing import interface


@transaction.atomic
def propose_term(
    *,
    project: Project,
    term: str,
    meaning: str,
    by: User,
    word: str = "",
    severity: int = 2,
    categories: Sequence[str] = (),
    language: str = "",
    accepted: bool = False,
) -> GlossaryTerm:
    """A new term; with `accepted`, as a lead writes one, it is in the glossary at once.

    With a `word` it is masked: `term` is then only a name for it, and the word is kept as content is. The caller made
    sure that `by` may. Raises TermThere.
    """
    state = GlossaryTerm.State.ACCEPTED if accepted else GlossaryTerm.State.PROPOSED
    try:
        with transaction.atomic():
            row = GlossaryTerm.objects.create(
                project=project,
                term=" ".join(term.split()),
                meaning=meaning.strip(),
                language=language,
                is_masked=bool(word.strip()),
                severity=severity,
                categories=list(categories),
                state=state,
                proposed_by=by,
                decided_by=by if accepted else None,
                decided_at=interface.now() if accepted else None,
            )
    except IntegrityError as error:
        raise TermThere from error
    if row.is_masked:
        GlossaryWord.objects.create(term=row, body={"text": word.strip()})
    if accepted:
        _record(row, by, "labeling.term_accepted")
    return row


@transaction.atomic
def decide_term(*, term: GlossaryTerm, accept: bool, by: User) -> bool:
    """Take a proposed term in, or not. False when somebody decided before. Audited without the word."""
    state = GlossaryTerm.State.ACCEPTED if accept else GlossaryTerm.State.DECLINED
    decided = GlossaryTerm.objects.filter(pk=term.pk, state=GlossaryTerm.State.PROPOSED).update(
        state=state, decided_by=by, decided_at=interface.now()
    )
    if decided:
        _record(term, by, "labeling.term_accepted" if accept else "labeling.term_declined")
    return bool(decided)


@transaction.atomic
def translate_term(*, term: GlossaryTerm, language: str, meaning: str, by: User) -> None:
    """What it means in another language, in place of what stood there. Audited."""
    GlossaryTranslation.objects.update_or_create(
        term=term, language=language, defaults={"meaning": meaning.strip()}
    )
    _record(term, by, "labeling.term_translated")


@transaction.atomic
def note_term(*, term: GlossaryTerm, by: User, text: str) -> None:
    """One's own note of a term, sealed; in place of what stood there. Without a text it is removed."""
    words = text.strip()
    if not words:
        TermNote.objects.filter(term=term, person=by).delete()
        return
    sealed = interface.seal_text(person_id=by.pk, table=NOTES, row=str(term.pk), field="note", text=words)
    TermNote.objects.update_or_create(term=term, person=by, defaults={"sealed": sealed})


def _record(term: GlossaryTerm, by: User, action: str) -> None:
    record_event(action=action, subject=f"term {term.pk}", by=by)
