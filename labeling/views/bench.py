"""What the workbench answers with: the whole page, its middle, or the one card in it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from labeling.domain.schema import Schema
from labeling.domain.severity import Severity
from labeling.forms.answers import AnswerForm, answer_form
from labeling.models import Guideline, ItemProblem, LabelSchema, Project
from labeling.operations.outcomes import Ended, NothingToLabel, Refused, Shown
from labeling.queries.unsent import unsent_answers
from labeling.queries.waiting import MOST_NEEDED, answers_needed, in_other_languages, waiting_for
from labeling.queries.workbench import LeaseCard, live_card
from labeling.views.at_most import ALL as ANYTHING
from labeling.views.at_most import TOO_STRONG, at_most_of, cleared_up_to, is_more, is_too_strong
from labeling.views.card import card_of
from labeling.views.names import languages_in_words
from labeling.views.opened import content_of
from labeling.views.own_words import read_own, translation_lines
from labeling.views.places import places_of_version
from labeling.views.rules_changed import rules_changed
from people.models import User
from people.speech import in_language
from wellbeing import interface
from wellbeing.interface import BreakKind, Refusal, RefusalCode

BENCH = "bench"
STIMULUS = "stimulus"
SHOWN = "Respite-Shown"
"""Header of every reply with content: the address that conceals it. The page drops it when nobody is looking."""
REDIRECTS: dict[str, str] = {
    RefusalCode.CONSENT_NEEDED: "wellbeing:first_days",
    RefusalCode.BREAK_DUE: "wellbeing:break_",
    RefusalCode.BUDGET_SPENT: "wellbeing:limit",
}
NOTHING_OPEN = ("window_over", "not_open", "view_settled")


@dataclass(frozen=True)
class Rules:
    """What stands beside the task: the versions that it was claimed under, or those in force."""

    schema_id: int | None
    schema_version: int | None
    guideline_version: int | None

    def __str__(self) -> str:
        return f"{self.schema_version}/{self.guideline_version}"


def bench(
    request: HttpRequest,
    project: Project,
    *,
    lease: LeaseCard | None = None,
    elsewhere: LeaseCard | None = None,
    shown: Shown | None = None,
    notice: str = "",
    nothing: NothingToLabel | None = None,
    saved: bool = False,
    skipped: Ended | None = None,
    status: int = 200,
) -> HttpResponse:
    """The workbench in one of its states: a card, an open card, nothing to label, ready to start, or busy `elsewhere`.
    With `saved` it says that the answer before it was taken, with `skipped` that the task before it was skipped.

    A part of the page for htmx (with status 200: a card with a notice is no failure), the page for everybody else.
    The open card of a lease whose form is on the page already comes alone, so that what was typed there stays.
    """
    context = _context(request, project, lease, shown)
    empty = nothing and _empty(nothing, request, project)
    context |= {"notice": notice, "empty": empty, "elsewhere": elsewhere, "saved": saved, "skipped": skipped}
    context["take_back"] = "" if saved else _to_take_back(request, skipped)
    if lease is None and shown is None:
        context["unsent"] = unsent_answers(person_id=_person(request).pk)
    target = getattr(getattr(request, "htmx", None), "target", None)
    if not getattr(request, "htmx", False):
        return _whole_page(request, context, shown, status)
    if shown is not None and target in (STIMULUS, "window"):
        name = "_window_reply" if target == "window" else "_stimulus_reply"
        return _mark(render(request, f"labeling/workbench/{name}.html", context), shown)
    response = render(request, "labeling/workbench/_bench.html", context)
    if target != BENCH:
        response["HX-Retarget"] = f"#{BENCH}"
        response["HX-Reswap"] = "outerHTML"
    return _mark(response, shown)


def _to_take_back(request: HttpRequest, skipped: Ended | None) -> str:
    """The lease whose answer was begun and skipped, until the next answer: the page brings it with every key, for whoever
    goes on typing after the key that slipped shows the next task with a Space."""
    if skipped is not None and skipped.begun:
        return str(skipped.lease_id)
    before = request.POST.get("skipped", "")
    return before if before.isascii() and before.isdecimal() and len(before) < 19 else ""


def _whole_page(
    request: HttpRequest, context: dict[str, Any], shown: Shown | None, status: int
) -> HttpResponse:
    context["look"] = interface.own_look(person_id=_person(request).pk)
    response = render(request, "labeling/workbench/page.html", context, status=status)
    if shown is not None:
        # Without scripts nothing on the page can conceal it: the browser itself leaves when the time is over.
        address = reverse("labeling:workbench", args=[shown.card.project_id])
        response["Refresh"] = f"{shown.view.seconds_left}; url={address}"
    return _mark(response, shown)


def open_card(request: HttpRequest, shown: Shown) -> HttpResponse:
    """What has been disclosed. The page needs no more of the project than the card knows."""
    project = Project(pk=shown.card.project_id, name=shown.card.project_name)
    return bench(request, project, shown=shown)


def current(
    request: HttpRequest,
    project: Project,
    *,
    notice: str = "",
    skipped: Ended | None = None,
    status: int = 200,
) -> HttpResponse:
    """Where the person stands now, with nothing shown: in this project, or with an opened task in another one."""
    lease = live_card(person_id=_person(request).pk)
    if lease is None or not lease.is_live:
        return bench(request, project, notice=notice, skipped=skipped, status=status)
    if lease.project_id == project.pk:
        return bench(request, project, lease=lease, notice=notice, skipped=skipped, status=status)
    # One that was never opened, or is not theirs to label any more, goes back by itself with the next claim.
    elsewhere = lease if lease.opened_at is not None and lease.may_label else None
    return bench(request, project, elsewhere=elsewhere, notice=notice, skipped=skipped, status=status)


def held(request: HttpRequest, project: Project) -> LeaseCard | None:
    """The person's live lease in this project."""
    lease = live_card(person_id=_person(request).pk)
    return lease if lease is not None and lease.is_live and lease.project_id == project.pk else None


def not_now(
    request: HttpRequest, project: Project, refused: Refused, *, skipped: Ended | None = None
) -> HttpResponse:
    """A refusal: the page of the break or of the limit, or a plain sentence above what there is."""
    if refused.code == RefusalCode.BREAK_DUE:
        # A due break is paid from the moment that somebody is sent to it.
        interface.start_break(person_id=_person(request).pk, kind=BreakKind.MICRO)
    page = REDIRECTS.get(refused.code)
    if page is None:
        return current(request, project, notice=refused.why, skipped=skipped)
    return leave(request, reverse(page), skipped=skipped)


def told(request: HttpRequest, refused: Refused) -> HttpResponse:
    """A refused step or more time: one sentence. What is open stays open, and the answer can still be given."""
    if not getattr(request, "htmx", False):
        return render(request, "labeling/workbench/refused.html", {"why": refused.why}, status=409)
    response = HttpResponse(format_html('<p class="note" role="status">{}</p>', refused.why))
    response["HX-Retarget"] = "#notice"
    response["HX-Reswap"] = "innerHTML"
    if refused.code in NOTHING_OPEN:
        response["HX-Trigger"] = "respite:time-over"
    return response


def leave(request: HttpRequest, address: str, *, skipped: Ended | None = None) -> HttpResponse:
    """To a page outside the workbench, which says there what the workbench would: that a begun answer was skipped."""
    if skipped is not None and skipped.begun:
        messages.info(
            request,
            format_html(
                '{} {} <a href="{}">{}</a>',
                _("Skipped."),
                _("You had begun an answer."),
                reverse("labeling:unsent", args=[skipped.lease_id]),
                _("Take it back"),
            ),
        )
    return go(request, address)


def go(request: HttpRequest, address: str) -> HttpResponse:
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(address)
    return redirect(address)


def lease_form(lease: LeaseCard, schema: Schema, **more: Any) -> AnswerForm:
    """The empty form of a lease, or its draft."""
    return answer_form(
        schema,
        lease.draft if isinstance(lease.draft, dict) else None,
        shape=lease.shape,
        url=reverse("labeling:submit", args=[lease.lease_id]),
        draft_url=reverse("labeling:draft", args=[lease.lease_id]),
        undo_url=reverse("labeling:undo", args=[lease.project_id]),
        **more,
    )


def _context(
    request: HttpRequest, project: Project, lease: LeaseCard | None, shown: Shown | None
) -> dict[str, Any]:
    lease = shown.card if shown is not None else lease
    rules = _rules(project, lease)
    read = None if rules.schema_id is None else read_own(rules.schema_id)
    beside = request.POST.get("rules")
    context: dict[str, Any] = {
        "section": "Label",
        "project": project,
        # Not how much is decided, as for leads: that takes two people's answers, so for one alone it never moves.
        "needed": answers_needed(project.pk),
        "most_needed": MOST_NEEDED,
        "problem_kinds": ItemProblem.Kind.choices,
        "has_answers": True,
        "at_most": at_most_of(request),
        "guideline_version": rules.guideline_version,
        "rules": str(rules),
        # The page says what it has beside the task; only another version is sent again.
        "rules_changed": getattr(request, "htmx", False) and beside not in (None, str(rules)),
    }
    if read is None:
        return context
    schema = read.schema
    context["translation_lines"] = translation_lines(read)
    # Read where the rules are sent, which most replies leave out.
    context["guideline_places"] = SimpleLazyObject(lambda: _places(project, rules))
    context["answers"] = answer_form(schema) if lease is None else lease_form(lease, schema)
    if lease is not None:
        pace = _person(request).pace_words_per_minute
        context["rules_news"] = rules_changed(request, lease)
        context["card"] = card_of(lease, schema=schema, words_per_minute=pace)
    if shown is not None:
        context["shown"] = content_of(shown, schema=schema)
    return context


def _places(project: Project, rules: Rules) -> Mapping[str, str]:
    """Which categories the guideline has a section about."""
    if rules.schema_id is None or rules.guideline_version is None:
        return {}
    return places_of_version(
        project_id=project.pk, version=rules.guideline_version, schema_id=rules.schema_id
    )


def _rules(project: Project, lease: LeaseCard | None) -> Rules:
    if lease is not None:
        return Rules(lease.schema_id, lease.schema_version, lease.guideline_version)
    schema = LabelSchema.objects.filter(project_id=project.pk).order_by("-version")
    guideline = Guideline.objects.filter(project_id=project.pk).order_by("-version")
    schema_id, schema_version = schema.values_list("pk", "version").first() or (None, None)
    return Rules(schema_id, schema_version, guideline.values_list("version", flat=True).first())


def _mark(response: HttpResponse, shown: Shown | None) -> HttpResponse:
    if shown is not None:
        response[SHOWN] = reverse("labeling:conceal", args=[shown.card.lease_id])
    response["Cache-Control"] = "no-store"
    return response


def _empty(nothing: NothingToLabel, request: HttpRequest, project: Project) -> dict[str, str]:
    title = _("Nothing to label just now")
    foreign = in_other_languages(person=_person(request), project_ids=[project.pk]).get(project.pk)
    if foreign:
        return {"title": title, "other_languages": languages_in_words(foreign)}
    asked = at_most_of(request)
    waiting, cap = _waiting_in(project, _person(request))
    if is_too_strong(waiting, cap):
        return {"title": title, "text": str(TOO_STRONG)}
    if asked != ANYTHING and is_more(waiting, asked, cap):
        if asked == Severity.MILD:
            title, said = _("Nothing mild just now"), _("You asked for mild work.")
        else:
            title, said = _("Nothing mild or moderate just now"), _("You asked for mild or moderate work.")
        way = _("More is waiting here: you can choose it on your first page, or look again later.")
        return {"title": title, "text": f"{said} {way}"}
    return {
        "title": title,
        "text": f"{in_language(nothing.why)} "
        + _("New tasks come when items are added, or when somebody gives one back."),
    }


def _waiting_in(project: Project, person: User) -> tuple[Collection[int], int]:
    """The severities of what waits there for them, whatever they asked for and with room in every limit; and up to which
    they are handed anything now."""
    clearance = interface.read_own_clearance(person_id=person.pk)
    if isinstance(clearance, Refusal):
        return (), 0
    waiting = waiting_for(person=person, project_ids=[project.pk], clearance=clearance.with_room())
    return waiting.get(project.pk, {}), cleared_up_to(clearance)


def _person(request: HttpRequest) -> User:
    person = request.user
    assert isinstance(person, User)  # noqa: S101 - the route table lets nobody else in
    return person
