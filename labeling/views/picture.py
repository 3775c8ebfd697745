"""The bytes of a picture that is on the screen of an open view."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from labeling.downloads import is_meant_for_a_page, never_kept, picture_file
from labeling.operations.errors import LabelingError, NotYours
from labeling.operations.reveal import picture_of
from labeling.views.workbench import person_of


@require_safe
def picture(request: HttpRequest, lease_id: int, name: str) -> HttpResponse:
    """One derivative as a JPEG file. 404 for whoever does not hold the lease, 409 for what is not on the screen."""
    if not is_meant_for_a_page(request):
        return never_kept(HttpResponse(status=403))
    try:
        return picture_file(picture_of(lease_id=lease_id, by=person_of(request), name=name))
    except NotYours as error:
        raise Http404 from error
    except LabelingError:
        return never_kept(HttpResponse(status=409))
