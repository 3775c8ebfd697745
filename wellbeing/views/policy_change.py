"""Making limits stricter, proposing looser ones, and what a second person does with a proposal."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from people.models import Team, User
from people.views.signed_in import person
from wellbeing import interface
from wellbeing.domain.limit_words import WORDS
from wellbeing.domain.policy import Policy, with_numbers
from wellbeing.forms.policy import PolicyForm
from wellbeing.interface import (
    LooserPolicy,
    NotTheSecondPerson,
    PolicyNotAllowed,
    ProposalClosed,
    ProposalOpen,
)
from wellbeing.views.day_table import day_table
from wellbeing.views.policy import may_change, may_propose, team_asked_for

CLOSED = "Somebody else has decided on this proposal in the meantime."


@require_http_methods(["GET", "HEAD", "POST"])
def policy_change(request: HttpRequest) -> HttpResponse:
    """The numbers as they stand, to change. `then` says what to do: show what it would mean, tighten, or propose."""
    changer = person(request)
    team = team_asked_for(request, changer)
    if not may_change(changer, team):
        raise Http404
    standing = interface.policy_for(team=team)
    form = PolicyForm(request.POST if request.method == "POST" else None, standing=standing)
    then = request.POST.get("then", "")
    proposed = None
    if form.is_valid():
        if then == "show":
            proposed = with_numbers(standing, form.numbers())
        elif _is_done(request, form, standing, changer, team):
            return to_policy(team)
    context = {
        "form": form,
        "team": team,
        "days": day_table(standing, proposed) if proposed else [],
        "may_propose": may_propose(changer, team),
    }
    return render(request, "wellbeing/policy_change.html", context, status=422 if form.errors else 200)


def _is_done(
    request: HttpRequest, form: PolicyForm, standing: Policy, changer: User, team: Team | None
) -> bool:
    numbers, reason = form.numbers(), form.cleaned_data["reason"]
    if request.POST.get("then") == "propose" and may_propose(changer, team):
        try:
            interface.propose_policy(numbers=numbers, by=changer, reason=reason, team=team)
        except ProposalOpen:
            form.add_error(None, "A proposal is open already. It has to be signed or withdrawn first.")
            return False
        messages.success(request, "Proposed. It changes nothing until a second person has signed it.")
        return True
    try:
        interface.set_policy(numbers=numbers, by=changer, reason=reason, team=team)
    except LooserPolicy as error:
        for name in error.problems:
            now = WORDS[name].said(getattr(standing, name))
            form.add_error(name, f"Looser than now ({now}). A looser limit is proposed by the officer.")
        return False
    messages.success(request, "Saved. The stricter limits hold now.")
    return True


@require_POST
def proposal_sign(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Put a proposal into force as its second person."""
    try:
        version = interface.cosign_policy(proposal_id=proposal_id, by=person(request))
    except NotTheSecondPerson as error:
        raise PermissionDenied from error
    except ProposalClosed:
        messages.warning(request, CLOSED)
        return to_policy(None)
    messages.success(request, "Signed. It holds for each person from their next day on, and they are told.")
    return to_policy(version.team)


@require_POST
def proposal_withdraw(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Take a proposal back, or turn it down."""
    try:
        interface.withdraw_proposal(proposal_id=proposal_id, by=person(request))
    except PolicyNotAllowed as error:
        raise PermissionDenied from error
    except ProposalClosed:
        messages.warning(request, CLOSED)
        return to_policy(None)
    messages.success(request, "Withdrawn. The limits stay as they are.")
    return to_policy(None)


def to_policy(team: Team | None) -> HttpResponseRedirect:
    query = "" if team is None else f"?team={team.pk}"
    return redirect(reverse("wellbeing:policy") + query)
