"""Label sets that never change: published, listed, downloaded."""

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request

from config.api import bodies
from config.api.bodies import BodyInvalid
from config.api.endpoint import json, person
from config.api.shapes import file_sent, problems
from labeling import access
from labeling.api import documents, pages
from labeling.api.endpoint import Endpoint
from labeling.api.shapes import projects as shapes
from labeling.downloads import release_archive, release_download
from labeling.models import Release as ReleaseRow
from labeling.operations.releases import publish_release
from people.permissions import Permission as May

TAG = ["Releases"]


class Releases(Endpoint):
    """The releases of a project."""

    @extend_schema(
        operation_id="releases",
        tags=TAG,
        parameters=[shapes.PageQuery],
        responses={200: shapes.ReleasePage, **problems(400, 404)},
    )
    def get(self, request: Request, project_id: int) -> HttpResponse:
        """By number, the first one first."""
        project = access.project_with(person(request), project_id, May.READ_RELEASES)
        after, limit = pages.asked_for(request)
        found = ReleaseRow.objects.filter(project=project, number__gt=after).order_by("number")[: limit + 1]
        rows = [documents.release_row(release) for release in found]
        return json(pages.page(request, rows, limit=limit, key="number"))

    @extend_schema(
        operation_id="publish_release",
        tags=TAG,
        request=shapes.ReleaseRequest,
        responses={201: shapes.Release, **problems(400, 404, 409)},
    )
    def post(self, request: Request, project_id: int) -> HttpResponse:
        """Freeze what is decided and contested now. Sent again, it makes the next number with the same labels."""
        by = person(request)
        project = access.project_with(by, project_id, May.PUBLISH_RELEASES)
        asked = bodies.read(request, shapes.ReleaseRequest)
        try:
            release = publish_release(
                project=project, by=by, seed=asked.get("seed"), splits=asked.get("splits")
            )
        except ValueError as error:
            raise BodyInvalid("The splits make no sense.", {"splits": [str(error)]}) from error
        release.refresh_from_db()
        return json(_document(request, release), status=201)


class Release(Endpoint):
    """One release."""

    @extend_schema(operation_id="release", tags=TAG, responses={200: shapes.Release, **problems(404)})
    def get(self, request: Request, release_id: int) -> HttpResponse:
        """Its manifest and files. Poll it until its state is `ready` or `failed`."""
        return json(_document(request, access.release_of(person(request), release_id)))


class ReleaseFile(Endpoint):
    """One file of a release."""

    @extend_schema(
        operation_id="release_file",
        tags=TAG,
        responses={
            **file_sent("The file; its ETag is its SHA-256."),
            304: OpenApiResponse(description="The caller has it: `If-None-Match` names its SHA-256."),
            **problems(404),
        },
    )
    def get(self, request: Request, release_id: int, name: str) -> HttpResponse | FileResponse:
        """Download a file. Each download is recorded."""
        by = person(request)
        return release_download(request._request, access.release_of(by, release_id), name=name, by=by)


class ReleaseArchive(Endpoint):
    """All files of a release."""

    @extend_schema(
        operation_id="release_archive",
        tags=TAG,
        responses={**file_sent("A zip archive, made while it is sent."), **problems(404)},
    )
    def get(self, request: Request, release_id: int) -> StreamingHttpResponse:
        """Download all files as one zip archive. It is recorded as one download."""
        by = person(request)
        return release_archive(access.release_of(by, release_id), by=by)


def _document(request: Request, release: ReleaseRow) -> documents.Document:
    def address(name: str) -> str:
        return request.build_absolute_uri(reverse("api:release_file", args=[release.pk, name]))

    return documents.release(release, address)
