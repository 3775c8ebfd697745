"""The bytes of a picture that is on the screen of an open view. The only address that sends any."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from labeling.operations.errors import LabelingError, NotYours
from labeling.operations.reveal import picture_of
from labeling.views.workbench import person_of

FROM_US = ("", "same-origin")
AS_A_PICTURE = ("", "image")


@require_safe
def picture(request: HttpRequest, lease_id: int, name: str) -> HttpResponse:
    """One derivative as a JPEG file. 404 for whoever does not hold the lease, 409 for what is not on the screen.

    Never for another site, a prefetch, or a tab of its own, which nothing would conceal.
    """
    if (
        request.headers.get("Sec-Fetch-Site", "") not in FROM_US
        or request.headers.get("Sec-Fetch-Dest", "") not in AS_A_PICTURE
        or request.headers.get("Sec-Purpose")
    ):
        return _guarded(HttpResponse(status=403))
    try:
        found = picture_of(lease_id=lease_id, by=person_of(request), name=name)
    except NotYours as error:
        raise Http404 from error
    except LabelingError:
        return _guarded(HttpResponse(status=409))
    return _guarded(HttpResponse(found, content_type="image/jpeg"))


def _guarded(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Accept-Ranges"] = "none"
    return response
