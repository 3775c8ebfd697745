"""Everybody with an account, and inviting somebody new."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from people.errors import PeopleError
from people.forms import WHOLE_ORGANISATION, InviteForm
from people.operations.invitations import invite as invite_somebody
from people.permissions import ROLES, Permission, Role
from people.queries import everybody, open_invitations, teams_with
from people.views.signed_in import person

PEOPLE_ON_A_PAGE = 50


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Names, roles and open invitations, as far as this person looks after them."""
    teams = teams_with(person(request), Permission.MANAGE_PEOPLE)
    page = Paginator(everybody(teams), PEOPLE_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "invitations": open_invitations(teams), "whole": WHOLE_ORGANISATION}
    return render(request, "people/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Make an invitation and show its link, on this answer alone."""
    user = person(request)
    form = InviteForm(
        request.POST if request.method == "POST" else None, teams=teams_with(user, Permission.MANAGE_PEOPLE)
    )
    context = {"form": form, "roles": [ROLES[role] for role in Role]}
    if request.method == "POST" and form.is_valid():
        try:
            invitation, secret = invite_somebody(
                email=form.cleaned_data["email"],
                role=Role(form.cleaned_data["role"]),
                team=form.cleaned_data["team"],
                by=user,
            )
        except PeopleError as error:
            form.add_error(None, error.why)
        else:
            address = request.build_absolute_uri(reverse("people:invitation", args=[secret]))
            return render(request, "people/invited.html", {"invitation": invitation, "address": address})
    return render(request, "people/invite.html", context, status=422 if form.errors else 200)
