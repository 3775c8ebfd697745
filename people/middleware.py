"""Who is asking, and whether the route lets them in. Both are settled before a view runs."""

from collections.abc import Callable
from hmac import compare_digest
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import resolve_url
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.module_loading import import_string

from config.errors import problem
from config.languages import BY_CODE
from people.operations.api_tokens import note_use
from people.permissions import READ_ONLY
from people.queries import BearerToken, bearer_token, hold_to_scopes, permissions_of
from people.routes import PUBLIC, SIGNED_IN, Need, Own, Route
from people.tokens import digest, prefix_of

API = "/api/"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
GetResponse = Callable[[HttpRequest], HttpResponse]


class PageLanguageMiddleware(LocaleMiddleware):
    """The language that the person chose; without a choice the one of this browser's cookie, then what it asks for.

    Stands after whoever signs people in. What a token's program is told stays as the program asks for it.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        chosen = getattr(request.user, "page_language", "")
        if chosen in BY_CODE and getattr(request, "token", None) is None:
            translation.activate(chosen)
            request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        patch_vary_headers(response, ("Cookie",))
        return super().process_response(request, response)


class OwnTimeZoneMiddleware:
    """Every time on a page is by the clock of whoever reads it. What a program reads under /api/ stays in UTC."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(_zone_of(request)):
            return self.get_response(request)


def _zone_of(request: HttpRequest) -> ZoneInfo | None:
    return None if request.path_info.startswith(API) else getattr(request.user, "zone", None)


def _unauthorised(code: str, detail: str) -> HttpResponse:
    response = problem(401, code, detail)
    response.headers["WWW-Authenticate"] = 'Bearer realm="respite"'
    return response


class BearerTokenMiddleware:
    """Signs a program in by `Authorization: Bearer …`, for addresses under /api/ alone.

    Sets `request.token` (None for everybody else). A token is never looked for in an address, a form or a cookie. A
    request that carries a bad one is refused with 401, even if a session came with it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.token = None  # type: ignore[attr-defined]
        header = request.META.get("HTTP_AUTHORIZATION")
        if header is not None and request.path_info.startswith(API):
            token = _token_of(header)
            if token is None:
                return _unauthorised("token_invalid", "The access token is unknown, expired or revoked.")
            if token.is_use_worth_noting:
                note_use(token_id=token.token_id)
            hold_to_scopes(token.user, token.scopes)
            request.user = token.user
            request.token = token  # type: ignore[attr-defined]
            # Nothing was sent by a browser on its own, so there is nothing to forge.
            request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        return self.get_response(request)


def _token_of(header: str) -> BearerToken | None:
    scheme, _, plaintext = header.partition(" ")
    if scheme.lower() != "bearer":
        return None
    plaintext = plaintext.strip()
    prefix = prefix_of(plaintext)
    token = None if prefix is None else bearer_token(prefix)
    if token is None or not compare_digest(token.hash, digest(plaintext)):
        return None
    return token


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Anonymous people go to the sign-in page, programs get 401, and a live part of a page leads the whole page there."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponse:
        return ask_to_sign_in(request)


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """The answer to somebody unknown who asks for what is not public."""
    if request.path_info.startswith(API):
        return _unauthorised("not_signed_in", "Send an access token in the Authorization header.")
    if request.headers.get("HX-Request") == "true":
        # A redirect would be followed by the script, and the sign-in form would land inside the page.
        page = urlsplit(request.headers.get("HX-Current-URL", ""))
        response = HttpResponse(status=401)
        response.headers["HX-Redirect"] = redirect_to_login(page.path or "/").url
        return response
    # Going back to a POST after signing in would be a GET that means something else.
    after = request.get_full_path() if request.method == "GET" else "/"
    return redirect_to_login(after, resolve_url(settings.LOGIN_URL))


class RoutePermissionMiddleware:
    """Holds every request to its row of the route table (`settings.ROUTE_TABLE`).

    No row: nobody gets in; that is a bug, so it raises ImproperlyConfigured wherever DEBUG or DEMO is on. A method
    that the row does not name: 405. Which object is meant is the next question, and the apps answer it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        table: dict[str, Route] = import_string(settings.ROUTE_TABLE)
        self.needs = {name: _with_implied_methods(route) for name, route in table.items()}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None lets the view run; a response refuses. Raises PermissionDenied and Http404."""
        match = request.resolver_match
        name = match.view_name if match else ""
        needs = self.needs.get(name)
        if needs is None:
            if settings.DEBUG or settings.DEMO:
                raise ImproperlyConfigured(f"The route {name!r} has no row in {settings.ROUTE_TABLE}.")
            raise Http404
        method = request.method or "GET"
        need = needs.get(method)
        if need is None:
            return _method_not_allowed(request, sorted(needs))
        return None if need is PUBLIC else _refusal(request, need, is_safe=method in SAFE_METHODS)


def _with_implied_methods(route: Route) -> dict[str, Need]:
    needs = dict(route.needs)
    if "GET" in needs:
        needs.setdefault("HEAD", needs["GET"])
    if needs:
        # OPTIONS describes; whoever may use the route in its first way may ask.
        needs.setdefault("OPTIONS", needs.get("GET") or next(iter(needs.values())))
    return needs


def _refusal(request: HttpRequest, need: Need, *, is_safe: bool) -> HttpResponse | None:
    user = request.user
    if not user.is_authenticated:
        return ask_to_sign_in(request)
    token: BearerToken | None = getattr(request, "token", None)
    if token is not None:
        if not is_safe and token.scopes <= READ_ONLY:
            return problem(403, "scope_missing", "This access token may only read.")
        scope = need.scope if isinstance(need, Own) else need
        if scope is not SIGNED_IN and scope not in token.scopes:
            return problem(
                403, "scope_missing", f"This access token lacks the scope {scope}.", scope=str(scope)
            )
    if need is SIGNED_IN or isinstance(need, Own) or need in permissions_of(user):
        return None
    raise PermissionDenied


def _method_not_allowed(request: HttpRequest, allowed: list[str]) -> HttpResponse:
    if not request.path_info.startswith(API):
        return HttpResponseNotAllowed(allowed)
    response = problem(405, "method_not_allowed", "This address does not take that method.")
    response.headers["Allow"] = ", ".join(allowed)
    return response
