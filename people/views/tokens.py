"""One's own API tokens."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from people.errors import NotAllowed, TokenNotPossible
from people.forms import TokenForm
from people.models import ApiToken
from people.operations.api_tokens import issue_token, revoke_token
from people.permissions import Permission
from people.queries import tokens_of
from people.views.signed_in import person


@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """List them; a POST makes one and shows it, on this answer alone."""
    user = person(request)
    form = TokenForm(request.POST if request.method == "POST" else None, user=user)
    plaintext = ""
    if request.method == "POST" and form.is_valid():
        try:
            _, plaintext = issue_token(
                user=user,
                name=form.cleaned_data["name"],
                scopes=[Permission(scope) for scope in form.cleaned_data["scopes"]],
                days=form.cleaned_data["days"],
                by=user,
            )
            form = TokenForm(user=user)
        except TokenNotPossible as error:
            form.add_error(None, error.why)
    context = {"form": form, "tokens": tokens_of(user), "plaintext": plaintext}
    status = 422 if form.errors else 200
    return render(request, "people/tokens.html", context, status=status)


@require_POST
def token_revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """End one of one's own tokens (an admin: anybody's). Somebody else's looks as if it were not there."""
    token = ApiToken.objects.filter(pk=token_id).first()
    if token is None:
        raise Http404
    try:
        revoke_token(token=token, by=person(request))
    except NotAllowed as error:
        raise Http404 from error
    messages.success(request, f"The token “{token.name}” no longer works.")
    return redirect("people:tokens")
