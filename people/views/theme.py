"""Light or dark."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from people.context import THEME_COOKIE, THEMES

ONE_YEAR = 365 * 24 * 60 * 60


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the choice in a cookie of this browser; a script gets 204, a form its page again."""
    chosen = request.POST.get("theme", "")
    after = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure()):
        after = "/"
    by_script = request.headers.get("X-Requested-With") == "fetch"  # static/js/csrf.js
    response = HttpResponse(status=204) if by_script else HttpResponseRedirect(after)
    if chosen in THEMES:
        response.set_cookie(
            THEME_COOKIE, chosen, max_age=ONE_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    return response
