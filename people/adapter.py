"""How allauth's pages behave here: nobody signs up without an invitation, and messages stay few."""

from contextlib import suppress
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, gettext_lazy

from people.errors import InvitationNotValid
from people.models import Invitation, User
from people.operations.invitations import accept_invitation
from people.permissions import Permission
from people.queries import open_invitation, permissions_of

# The session keeps the hash alone: whoever reads the session table cannot use the invitation.
INVITATION_IN_SESSION = "invitation"
FIRST_DAYS = "wellbeing:first_days"
SIGNED_OUT = "account/messages/logged_out.txt"


class InvitationOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up exists only for a browser that has just opened a valid invitation."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": gettext_lazy("The name or the password is not right."),
        "too_many_login_attempts": gettext_lazy(
            "That was tried too often. Wait five minutes, then try again."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return invitation_of(request) is not None

    def clean_email(self, email: str) -> str:
        """The address is the invitation's; raises ValidationError for any other."""
        invitation = invitation_of(self.request)
        if invitation is None or invitation.email != email.lower():
            raise ValidationError(
                gettext("Use the e-mail address that was invited."), code="email_not_invited"
            )
        return invitation.email

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        """The account, its role and the end of the invitation are kept together or not at all."""
        token_hash = bytes.fromhex(request.session.get(INVITATION_IN_SESSION, ""))
        # Set before there is a dosimeter: the first day begins in their own zone, not in UTC.
        user.time_zone = form.cleaned_data.get("time_zone") or user.time_zone
        try:
            with transaction.atomic():
                super().save_user(request, user, form, commit=True)
                accept_invitation(token_hash=token_hash, user=user)
        except InvitationNotValid as error:
            raise ImmediateHttpResponse(render(request, "account/signup_closed.html", status=410)) from error
        del request.session[INVITATION_IN_SESSION]
        return user

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """Whoever will label begins with what the work is, where there is such a page."""
        if Permission.LABEL in permissions_of(request.user):
            with suppress(NoReverseMatch):  # an app that is not installed here has no pages
                return reverse(FIRST_DAYS)
        return str(super().get_signup_redirect_url(request))

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        return render(request, "account/account_inactive.html", status=403)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Only what the next page does not show by itself: it says that one is in, not why one is out."""
        if message_template == SIGNED_OUT:
            messages.success(request, gettext("You are signed out. What you saved is kept."))


def invitation_of(request: HttpRequest) -> Invitation | None:
    """The valid invitation that this browser opened, if any."""
    token_hash = request.session.get(INVITATION_IN_SESSION)
    return None if token_hash is None else open_invitation(bytes.fromhex(token_hash))


def open_in_session(request: HttpRequest, invitation: Invitation) -> None:
    """Let this browser sign up with the invitation, under its address and no other."""
    request.session[INVITATION_IN_SESSION] = bytes(invitation.token_hash).hex()
    # Whoever holds the link got it at this address, or from the admin in person.
    InvitationOnlyAdapter(request).stash_verified_email(request, invitation.email)
