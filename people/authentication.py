"""The person of an API view is the one the middleware found; Django REST framework looks no further."""

from typing import Any

from django.http import HttpRequest
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request


class RequestUserAuthentication(BaseAuthentication):
    """Takes `request.user` and `request.token` over. A session, unlike a token, must pass the CSRF check."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """(person, token or None), or None for anonymous. Raises PermissionDenied when the CSRF check fails."""
        plain: HttpRequest = request._request
        user = getattr(plain, "user", None)
        if user is None or not user.is_authenticated:
            return None
        token = getattr(plain, "token", None)
        if token is None:
            # Django's own request: through REST framework's, the check would parse the body first.
            try:
                SessionAuthentication().enforce_csrf(plain)  # type: ignore[arg-type]
            except PermissionDenied as error:
                raise PermissionDenied(str(error.detail), code="csrf_failed") from error
        return user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="respite"'


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the API's description says that a token is wanted."""

    target_class = "people.authentication.RequestUserAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
