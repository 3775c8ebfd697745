"""One's own data and its end; an admin's asking for it; an officer's page on the records and what waits for approval."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from people.views.signed_in import person
from wellbeing import interface
from wellbeing.domain.erasing import ErasureReason
from wellbeing.forms.erasure import ErasureForm
from wellbeing.models import ErasureRequest
from wellbeing.operations import erasure_requests
from wellbeing.queries.erasures import erasures_to_approve, open_erasures

MINUTES_LATE = 20


@require_GET
def my_data(request: HttpRequest) -> HttpResponse:
    """What is kept of this person, for how long, and how to have it erased."""
    waiting = open_erasures().filter(person=person(request)).first()
    return render(request, "wellbeing/my_data.html", {"waiting": waiting})


@require_POST
def my_erasure(request: HttpRequest) -> HttpResponse:
    """Ask for one's own erasure, or take that back."""
    me = person(request)
    if request.POST.get("wish") == "withdraw":
        if erasure_requests.withdraw_erasure(person_id=me.pk, by=me):
            messages.success(request, gettext("Taken back. Nothing is erased."))
    elif request.POST.get("wish") == "ask":
        erasure_requests.ask_for_erasure(person_id=me.pk, by=me, reason=ErasureReason.ASKED)
        messages.success(request, gettext("Asked for. A wellbeing officer will look at it."))
    return redirect("wellbeing:my_data")


@require_http_methods(["GET", "HEAD", "POST"])
def erasures(request: HttpRequest) -> HttpResponse:
    """An admin's requests that wait; a POST asks for one."""
    me = person(request)
    form = ErasureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            erasure_requests.ask_for_erasure(
                person_id=form.cleaned_data["username"].pk,
                by=me,
                reason=ErasureReason(form.cleaned_data["reason"]),
            )
        except erasure_requests.ErasureNotAllowed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Asked for. A wellbeing officer has to approve it.")
            return redirect("wellbeing:erasures")
    context = {"form": form, "waiting": [_row(one) for one in open_erasures().filter(asked_by=me)]}
    return render(request, "wellbeing/erasures.html", context, status=422 if form.errors else 200)


@require_GET
def records(request: HttpRequest) -> HttpResponse:
    """How the ledger stands, and which erasures wait for this officer."""
    context = {
        "lines": _lines(),
        "waiting": [_row(one) for one in erasures_to_approve(person(request))],
    }
    return render(request, "wellbeing/records.html", context)


@require_POST
def erasure_approve(request: HttpRequest, erasure_id: int) -> HttpResponse:
    """The end of a person's name here; it cannot be taken back."""
    try:
        erasure_requests.approve_erasure(request_id=erasure_id, by=person(request))
    except (erasure_requests.NoSuchRequest, erasure_requests.ErasureNotAllowed) as error:
        raise Http404 from error
    messages.success(request, "Erased.")
    return redirect("wellbeing:records")


def _row(one: ErasureRequest) -> dict[str, object]:
    return {
        "id": one.pk,
        "name": one.person.get_full_name(),
        "asked_by": "the shell" if one.asked_by is None else one.asked_by.get_full_name(),
        "reason": ErasureReason(one.reason).in_words,
        "asked_at": one.asked_at,
    }


def _lines() -> list[dict[str, object]]:
    """One sentence on each safeguard of the record, and whether somebody should see to it."""
    return [_heads_line(), _sums_line()]


def _heads_line() -> dict[str, object]:
    try:
        signed = interface.last_signed_at()
    except interface.BrokenHeads:
        return {
            "care": True,
            "text": "The file of signed heads was torn or changed. Somebody must run verify_ledger.",
        }
    if signed is None:
        return {"care": True, "text": "The ledger’s heads have never been signed outside the database."}
    minutes = int((interface.now() - signed).total_seconds() // 60)
    return {
        "care": minutes > MINUTES_LATE,
        "text": f"The ledger’s heads were signed outside the database {_ago(minutes)}.",
    }


def _sums_line() -> dict[str, object]:
    last = interface.last_reconciling()
    if last.at is None:
        return {
            "care": last.is_late,
            "text": "Sums and ledger have not been compared yet. That happens once a day.",
        }
    hours = int((interface.now() - last.at).total_seconds() // 3600)
    when = "within the last hour" if hours < 1 else "an hour ago" if hours == 1 else f"{hours} hours ago"
    if last.differences:
        text = f"Sums and ledger were compared {when}: {last.differences} of the days do not agree."
        return {"care": True, "text": text + " Somebody must run verify_ledger."}
    text = f"Sums and ledger were compared {when}, over {last.days_checked} days. They agree."
    return {"care": last.is_late, "text": text}


def _ago(minutes: int) -> str:
    if minutes < 1:
        return "less than a minute ago"
    return "a minute ago" if minutes == 1 else f"{minutes} minutes ago"
