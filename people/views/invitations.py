"""Coming in by an invitation."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.adapter import open_in_session
from people.permissions import ROLES, Role
from people.queries import open_invitation
from people.tokens import digest


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Show who invites to what; a POST goes on to choosing a name and a password.

    Only the POST takes the invitation into the session, so a link that a mail program opens ahead changes nothing.
    """
    found = open_invitation(digest(secret))
    if found is None:
        return render(request, "account/signup_closed.html", status=410)
    if request.method == "POST" and not request.user.is_authenticated:
        open_in_session(request, found)
        return redirect("account_signup")
    return render(request, "people/invitation.html", {"invitation": found, "role": ROLES[Role(found.role)]})
