"""Asking for a correction of one's own entry, and the officer's pages that decide on it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from people.models import User
from people.views.signed_in import person
from wellbeing.domain.dispute import Outcome
from wellbeing.forms.disputes import DecisionForm, DisputeForm
from wellbeing.models import Dispute
from wellbeing.operations.corrections import NoSuchEntry
from wellbeing.operations.disputes import (
    NoSuchDispute,
    SameSeverity,
    decline_dispute,
    dispute_entry,
    grant_dispute,
    open_disputes_for,
)
from wellbeing.queries.disputes import OpenDispute, latest_disputes
from wellbeing.queries.own_views import own_view
from wellbeing.views.entries import KINDS, entry_in_words
from wellbeing.views.when import moment_in_words


@dataclass(frozen=True)
class ToDecide:
    """A disputed entry as an officer sees it. Times are by the officer's clock."""

    id: int
    opened: str
    asked: str
    what: str
    severity: int
    wished: int
    points: str


@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request: HttpRequest, row: int) -> HttpResponse:
    """One own entry with all that led to it, and a form to say what it should count as."""
    me = person(request)
    view = own_view(person_id=me.pk, row=row)
    if view is None:
        raise Http404
    latest = latest_disputes(person_id=me.pk, rows=[row]).get(row)
    form = DisputeForm(request.POST if request.method == "POST" else None, counts_as=view.severity)
    if request.method == "POST" and form.is_valid():
        try:
            dispute_entry(row=row, severity=form.cleaned_data["severity"], by=me)
        except (NoSuchEntry, SameSeverity):
            messages.info(request, gettext("The entry has changed in the meantime. Please look at it again."))
            return redirect("wellbeing:dispute", row=row)
        messages.success(
            request, gettext("Sent. An officer will look at it. You can read the answer at the entry.")
        )
        return redirect("wellbeing:dispute", row=row)
    entry = entry_in_words(view, me, latest)
    context = {"entry": entry, "form": form if entry.can_dispute else None, "is_settled": view.is_settled}
    return render(request, "wellbeing/dispute.html", context, status=422 if form.errors else 200)


@require_safe
def disputes(request: HttpRequest) -> HttpResponse:
    """What this officer has to decide."""
    officer = person(request)
    rows = [_to_decide(one, officer) for one in open_disputes_for(officer=officer)]
    return render(request, "wellbeing/disputes.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def dispute_decide(request: HttpRequest, dispute_id: int) -> HttpResponse:
    officer = person(request)
    found = open_disputes_for(officer=officer, dispute_id=dispute_id)
    if not found:
        return _gone(request, dispute_id, officer)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["outcome"] == Outcome.GRANTED:
                grant_dispute(dispute_id=dispute_id, by=officer, reason=form.cleaned_data["reason"])
            else:
                decline_dispute(dispute_id=dispute_id, by=officer, reason=form.cleaned_data["reason"])
        except NoSuchDispute:
            return _gone(request, dispute_id, officer)
        messages.success(request, "Saved. The person can read it at their entry.")
        return redirect("wellbeing:disputes")
    context = {"row": _to_decide(found[0], officer), "form": form}
    return render(request, "wellbeing/dispute_decide.html", context, status=422 if form.errors else 200)


def _gone(request: HttpRequest, dispute_id: int, officer: User) -> HttpResponse:
    """Sent twice, the form is answered as the first time; what was never this officer's does not exist."""
    if not Dispute.objects.filter(pk=dispute_id, by=officer).exists():
        raise Http404
    messages.info(request, "This one is decided.")
    return redirect("wellbeing:disputes")


def _to_decide(found: OpenDispute, officer: User) -> ToDecide:
    return ToDecide(
        id=found.id,
        opened=moment_in_words(found.opened_at, officer),
        asked=moment_in_words(found.made_at, officer),
        what=str(KINDS.get(found.modality, found.modality)),
        severity=found.severity,
        wished=found.wished,
        points=f"{found.milli_points / 1000:.2f}",
    )
