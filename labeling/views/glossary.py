"""The glossary of a project: a page, and the drawer beside a task. Looking into it leaves the open item where it is."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST

from labeling import access
from labeling.forms.words import NoteForm, TermForm, TermTranslationForm
from labeling.models import GlossaryTerm, Project
from labeling.operations.errors import TermThere
from labeling.operations.glossary import decide_term, note_term, propose_term, translate_term
from labeling.queries.glossary import glossary as glossary_of
from labeling.queries.glossary import own_proposals, proposed_terms
from labeling.views.guideline import readable_project
from people.permissions import Permission as May
from people.text_fields import why_unfit
from people.views.signed_in import person


@require_http_methods(["GET", "HEAD", "POST"])
def glossary(request: HttpRequest, project_id: int) -> HttpResponse:
    """The terms; and a form for a new one, which waits for a lead unless it is theirs."""
    project = readable_project(request, project_id)
    form = TermForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        manages = access.may(person(request), project, May.MANAGE_PROJECTS)
        if not manages and not access.may(person(request), project, May.LABEL):
            raise Http404
        try:
            propose_term(
                project=project,
                term=form.cleaned_data["term"],
                word=form.cleaned_data["word"],
                meaning=form.cleaned_data["meaning"],
                language=get_language() or "",
                accepted=manages,
                by=person(request),
            )
        except TermThere as error:
            form.add_error("term", error.why)
        else:
            said = gettext("It is in the glossary.") if manages else gettext("Thank you. A lead looks at it.")
            messages.success(request, said)
            return redirect("labeling:glossary", project.pk)
    part = bool(getattr(request, "htmx", False))
    template = "_glossary" if part else "glossary"
    status = 422 if form.errors else 200
    return render(request, f"labeling/words/{template}.html", _context(request, project, form), status=status)


@require_POST
def term_note(request: HttpRequest, term_id: int) -> HttpResponse:
    """One's own note. Nobody else sees it."""
    term, project = _term(request, term_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        raise Http404
    note_term(term=term, by=person(request), text=form.cleaned_data["text"])
    if getattr(request, "htmx", False):
        return render(request, "labeling/words/_glossary.html", _context(request, project, TermForm()))
    return redirect(f"{reverse('labeling:glossary', args=[project.pk])}#term-{term.pk}")


@require_POST
def term_decide(request: HttpRequest, term_id: int) -> HttpResponse:
    """A lead takes a proposed term in, or not. Sent twice, the first one counts."""
    term, project = _term(request, term_id, May.MANAGE_PROJECTS)
    decide_term(term=term, accept=request.POST.get("accept") == "yes", by=person(request))
    return redirect("labeling:glossary", project.pk)


@require_POST
def term_translate(request: HttpRequest, term_id: int) -> HttpResponse:
    term, project = _term(request, term_id, May.MANAGE_PROJECTS)
    form = TermTranslationForm(request.POST)
    if form.is_valid():
        translate_term(term=term, by=person(request), **form.cleaned_data)
        messages.success(request, gettext("The translation is saved."))
    else:
        messages.error(
            request, why_unfit(form) or gettext("A translation needs a language tag, such as sw, and a text.")
        )
    return redirect("labeling:glossary", project.pk)


def _term(request: HttpRequest, term_id: int, *needed: May) -> tuple[GlossaryTerm, Project]:
    """Raises Http404."""
    term = get_object_or_404(GlossaryTerm, pk=term_id)
    project = readable_project(request, term.project_id)
    if needed and not access.may(person(request), project, *needed):
        raise Http404
    return term, project


def _context(request: HttpRequest, project: Project, form: TermForm) -> dict[str, object]:
    me = person(request)
    manages = access.may(me, project, May.MANAGE_PROJECTS)
    query = " ".join(request.GET.get("q", "").split())[:80]
    return {
        "section": "Label",
        "project": project,
        "form": form,
        "query": query,
        "terms": glossary_of(project=project, person_id=me.pk, language=get_language() or "en", query=query),
        "manages": manages,
        "proposed": proposed_terms(project) if manages else [],
        "own": [] if manages else own_proposals(project=project, person_id=me.pk),
    }
