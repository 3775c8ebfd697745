"""The workbench: each key of it is one POST here, each POST one operation. GET changes nothing."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from labeling.forms.answers import begun, drafted, submitted
from labeling.models import ItemProblem, Lease, Project
from labeling.operations.claim import claim as claim_task
from labeling.operations.draft import change_draft, save_draft
from labeling.operations.errors import (
    AnswersInvalid,
    FullViewWanted,
    LabelingError,
    LeaseEnded,
    NotRevealed,
    NotYours,
)
from labeling.operations.leases import own_card
from labeling.operations.outcomes import Ended, NothingToLabel, Refused, Shown
from labeling.operations.reveal import StepTo
from labeling.operations.reveal import conceal as conceal_view
from labeling.operations.reveal import more as more_time
from labeling.operations.reveal import reveal as reveal_item
from labeling.operations.reveal import step as step_view
from labeling.operations.risk import report_risk
from labeling.operations.skip import report_problem
from labeling.operations.skip import skip as skip_task
from labeling.operations.submit import submit as submit_answer
from labeling.queries.projects import schema_of
from labeling.queries.workbench import LeaseCard
from labeling.views.at_most import at_most_of
from labeling.views.bench import bench, current, go, lease_form, leave, not_now, open_card, told
from labeling.views.own_words import own_schema
from people.models import User
from people.permissions import Permission
from people.queries import permissions_of
from people.speech import in_language
from wellbeing import interface

RISK_REPORTED = gettext_lazy(
    "Thank you. The wellbeing officer has it now. You can go on, skip this, or take a break."
)
PROBLEM_REPORTED = gettext_lazy("Thank you. You will not get that item again.")
LeaseView = Callable[[HttpRequest, int], HttpResponse]


@require_GET
def workbench(request: HttpRequest, project_id: int) -> HttpResponse:
    return current(request, labeled_project(request, project_id))


@require_POST
def claim(request: HttpRequest, project_id: int) -> HttpResponse:
    return next_task(request, labeled_project(request, project_id))


def labeled_project(request: HttpRequest, project_id: int) -> Project:
    """The project, for a person who labels in its team. Raises Http404."""
    project = get_object_or_404(Project, pk=project_id)
    if not labels_in(request, project):
        raise Http404
    return project


def labels_in(request: HttpRequest, project: Project) -> bool:
    return Permission.LABEL in permissions_of(request.user, project.team_id)


def person_of(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def next_task(
    request: HttpRequest,
    project: Project,
    *,
    notice: str = "",
    saved: bool = False,
    skipped: Ended | None = None,
) -> HttpResponse:
    """The card of what comes next, or the page that says why there is none.

    Whoever has left the project's team meanwhile could still answer or skip, and goes to their first page.
    """
    if not labels_in(request, project):
        return go(request, reverse("labeling:home"))
    try:
        outcome = claim_task(project=project, by=person_of(request), at_most=at_most_of(request))
    except LabelingError as error:
        return current(request, project, notice=error.why, skipped=skipped, status=409)
    if isinstance(outcome, Refused):
        return not_now(request, project, outcome, skipped=skipped)
    if isinstance(outcome, NothingToLabel):
        if interface.read_own_gauge(person_id=person_of(request).pk).is_spent:
            # Something may be open, only not for today.
            return leave(request, reverse("wellbeing:limit"), skipped=skipped)
        return bench(request, project, nothing=outcome, notice=notice, saved=saved, skipped=skipped)
    return bench(request, project, lease=outcome, notice=notice, saved=saved, skipped=skipped)


def of_own_lease(view: LeaseView) -> LeaseView:
    """For a POST about one lease: 404 if it is not the person's, and any other error in the page's words.

    The lease itself is read by the operation, so that the common case asks for nothing twice.
    """

    @require_POST
    @wraps(view)
    def answer(request: HttpRequest, lease_id: int) -> HttpResponse:
        try:
            return view(request, lease_id)
        except NotYours as error:
            raise Http404 from error
        except LabelingError as error:
            return current(request, project_of(request, lease_id), notice=error.why, status=409)

    return answer


def project_of(request: HttpRequest, lease_id: int) -> Project:
    """The project of one's own lease. Raises NotYours."""
    lease = own_card(lease_id=lease_id, by=person_of(request))
    return Project.objects.get(pk=lease.project_id)


@of_own_lease
def reveal(request: HttpRequest, lease_id: int) -> HttpResponse:
    asked = request.POST.get("show", "")
    show = asked if asked in {first.value for first in interface.FirstText} else None
    outcome = reveal_item(lease_id=lease_id, by=person_of(request), show=show)
    if isinstance(outcome, Refused):
        lease = own_card(lease_id=lease_id, by=person_of(request))
        if outcome.code == interface.RefusalCode.BUDGET_SPENT and lease.opened_at is None:
            messages.info(request, gettext("The task was not opened. It goes to somebody else."))
        return not_now(request, Project.objects.get(pk=lease.project_id), outcome)
    return open_card(request, outcome)


@of_own_lease
def step(request: HttpRequest, lease_id: int) -> HttpResponse:
    tile = request.POST.get("tile", "")
    to, part = ("tile", tile) if tile else (request.POST.get("to", ""), request.POST.get("part", ""))
    if to not in {choice.value for choice in StepTo}:
        raise Http404
    wanted = _number(part) if to in {"part", "tile"} else None
    return _more_of_it(request, step_view(lease_id=lease_id, by=person_of(request), to=to, part=wanted))


@of_own_lease
def more(request: HttpRequest, lease_id: int) -> HttpResponse:
    window = _number(request.POST.get("window", ""))
    return _more_of_it(request, more_time(lease_id=lease_id, by=person_of(request), window=window))


@of_own_lease
def conceal(request: HttpRequest, lease_id: int) -> HttpResponse:
    conceal_view(lease_id=lease_id, by=person_of(request))
    return HttpResponse(status=204)


@of_own_lease
def submit(request: HttpRequest, lease_id: int) -> HttpResponse:
    lease = own_card(lease_id=lease_id, by=person_of(request))
    project = Project.objects.get(pk=lease.project_id)
    if lease.schema_id is None:
        return current(request, project)
    answers, problems = submitted(own_schema(lease.schema_id), request.POST, lease.shape)
    if not problems:
        try:
            submit_answer(lease_id=lease_id, by=person_of(request), answers=answers)
        except (AnswersInvalid, FullViewWanted, NotRevealed) as error:
            problems = (error.why,)
        except LabelingError as error:
            return next_task(request, project, notice=error.why)
    if problems:
        return _not_saved(request, lease, project, problems)
    return next_task(request, project, saved=True)


@of_own_lease
def skip(request: HttpRequest, lease_id: int) -> HttpResponse:
    """With the form of the answer, where the page sends it along."""
    lease = own_card(lease_id=lease_id, by=person_of(request))
    said = {} if lease.schema_id is None else begun(schema_of(lease.schema_id), request.POST, lease.shape)
    ended = skip_task(lease_id=lease_id, by=person_of(request), begun=said)
    project = Project.objects.get(pk=lease.project_id)
    return next_task(request, project, skipped=ended if ended.is_skip else None)


@of_own_lease
def problem(request: HttpRequest, lease_id: int) -> HttpResponse:
    kind = request.POST.get("kind", "")
    known = kind if kind in ItemProblem.Kind.values else ItemProblem.Kind.OTHER
    ended = report_problem(lease_id=lease_id, by=person_of(request), kind=known)
    said = str(PROBLEM_REPORTED) if ended.outcome == Lease.Outcome.PROBLEM else ""
    return next_task(request, project_of(request, lease_id), notice=said)


@of_own_lease
def risk(request: HttpRequest, lease_id: int) -> HttpResponse:
    """Somebody may be in danger. What is open stays open; one sentence says that it was passed on."""
    report_risk(lease_id=lease_id, by=person_of(request))
    if not getattr(request, "htmx", False):
        return current(request, project_of(request, lease_id), notice=str(RISK_REPORTED))
    return render(request, "labeling/workbench/_risk_reported.html", {"text": RISK_REPORTED})


@of_own_lease
def draft(request: HttpRequest, lease_id: int) -> HttpResponse:
    lease = own_card(lease_id=lease_id, by=person_of(request))
    if lease.schema_id is not None:
        schema, by = schema_of(lease.schema_id), person_of(request)
        if (
            "unsent" in request.POST
        ):  # from the page of an answer that was not sent, without what stands in own words
            answers = drafted(schema, request.POST, lease.shape, kept=lease.draft)
            change_draft(lease_id=lease_id, by=by, answers=answers)
            return HttpResponse(status=204)
        answers = drafted(schema, request.POST, lease.shape)
        # One that crossed its own answer on the way is nothing to tell anybody about.
        with suppress(LeaseEnded):
            save_draft(lease_id=lease_id, by=by, answers=answers)
    return HttpResponse(status=204)


def _number(text: str) -> int:
    """A number that a button of ours carries. Raises Http404 for anything else."""
    if not text.isdecimal() or len(text) > 5:
        raise Http404
    return int(text)


def _more_of_it(request: HttpRequest, outcome: Shown | Refused) -> HttpResponse:
    return told(request, outcome) if isinstance(outcome, Refused) else open_card(request, outcome)


def _not_saved(
    request: HttpRequest, lease: LeaseCard, project: Project, problems: tuple[str, ...]
) -> HttpResponse:
    """What is missing, above the form that stays as it is."""
    if lease.schema_id is None or not getattr(request, "htmx", False):
        return current(request, project, notice=" ".join(in_language(each) for each in problems), status=422)
    form = lease_form(lease, own_schema(lease.schema_id), problems=problems)
    response = render(request, "labeling/workbench/_problems.html", {"answers": form})
    response["HX-Retarget"] = "#answer-problems"
    response["HX-Reswap"] = "innerHTML"
    return response
