"""A project's glossary as somebody reads it. A masked term comes with its name, never with its word."""

from dataclasses import dataclass

from django.db.models import QuerySet

from labeling.models import GlossaryTerm, Project, TermNote
from people.tagged_text import best_tag
from wellbeing.interface import text_opener

NOTES = "labeling_termnote"


@dataclass(frozen=True)
class Term:
    """`note` is the reader's own; `language` is that of the meaning that is shown."""

    id: int
    term: str
    meaning: str
    language: str
    is_masked: bool
    severity: int
    categories: tuple[str, ...]
    note: str


def glossary(*, project: Project, person_id: int, language: str, query: str = "") -> list[Term]:
    """The accepted terms by name, with meanings in that language where there are any. Three statements."""
    rows = terms_of(project).filter(state=GlossaryTerm.State.ACCEPTED).prefetch_related("translations")
    notes = _notes(project, person_id)
    found = [_term(row, language, notes.get(row.pk, "")) for row in rows]
    wanted = " ".join(query.split()).casefold()
    return [term for term in found if wanted in f"{term.term} {term.meaning}".casefold()]


def proposed_terms(project: Project) -> list[GlossaryTerm]:
    """Those that wait for a lead, the oldest first."""
    return list(terms_of(project).filter(state=GlossaryTerm.State.PROPOSED).order_by("pk"))


def own_proposals(*, project: Project, person_id: int) -> list[GlossaryTerm]:
    """What a person proposed and what became of it, the latest first."""
    return list(terms_of(project).filter(proposed_by_id=person_id).order_by("-pk")[:10])


def terms_of(project: Project) -> QuerySet[GlossaryTerm]:
    return GlossaryTerm.objects.filter(project=project).order_by("term", "pk")


def _term(row: GlossaryTerm, language: str, note: str) -> Term:
    meanings = {each.language: each.meaning for each in row.translations.all()}
    tag = best_tag(tuple(meanings), language)
    return Term(
        id=row.pk,
        term=row.term,
        meaning=row.meaning if tag is None else meanings[tag],
        language=row.language if tag is None else tag,
        is_masked=row.is_masked,
        severity=row.severity,
        categories=tuple(row.categories),
        note=note,
    )


def _notes(project: Project, person_id: int) -> dict[int, str]:
    rows = list(TermNote.objects.filter(person_id=person_id, term__project=project))
    if not rows:
        return {}
    read = text_opener(person_id=person_id)
    return {row.term_id: read(row.sealed, NOTES, str(row.term_id), "note") or "" for row in rows}
