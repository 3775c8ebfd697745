from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from config.errors import problem


class PermissionsPolicyMiddleware:
    """No page of ours needs the camera, the microphone or the place; say so to the browser."""

    HEADER = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.HEADER)
        if request.user.is_authenticated if hasattr(request, "user") else False:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class LengthRequiredMiddleware:
    """Refuses a body that comes without its length. Django reads as many bytes as were announced, so such a body would
    count as an empty one: what was sent would be lost, and the answer would say that all is well.

    Stands before whatever reads a body: views, and the check of a form's token.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.headers.get("Transfer-Encoding") and not request.headers.get("Content-Length"):
            return problem(
                411,
                "length_required",
                "The body came without its length (Transfer-Encoding: chunked). Send it with a Content-Length: from a "
                "file or a value in memory, not from a stream.",
            )
        return self.get_response(request)
