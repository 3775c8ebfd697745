"""Items on their way in."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from config.api.bodies import BodyInvalid, BodyTooLarge
from config.api.endpoint import Untouched, json, person
from config.api.shapes import problems
from labeling import access
from labeling.api import documents
from labeling.api.endpoint import Endpoint
from labeling.api.shapes import projects as shapes
from labeling.importers import FORMATS, format_of
from labeling.operations.imports import FileEmpty, FileTooLarge, start_import
from people.permissions import Permission as May

TAG = ["Imports"]
CHUNK_BYTES = 256 * 1024
FORM_BYTES = 64 * 1024
"""What a multipart body may hold beside its file."""


class Imports(Endpoint):
    """A new import."""

    parser_classes = (MultiPartParser, Untouched)

    @extend_schema(
        operation_id="import_items",
        tags=TAG,
        request={
            "multipart/form-data": shapes.ImportUpload,
            "application/x-ndjson": OpenApiTypes.BINARY,
        },
        responses={202: shapes.Import, **problems(400, 404, 411, 413)},
    )
    def post(self, request: Request, project_id: int) -> HttpResponse:
        """Send a file, or the records themselves as NDJSON. Items that are here already stay as they are."""
        by = person(request)
        project = access.project_with(by, project_id, May.IMPORT_ITEMS)
        refuse_too_large(request)
        name, chosen, dry_run, chunks, pictures = _upload(request)
        try:
            job = start_import(
                project=project,
                by=by,
                chunks=chunks,
                file_name=name,
                format_name=chosen,
                dry_run=dry_run,
                pictures=pictures,
            )
        except FileTooLarge as error:
            raise BodyTooLarge(settings.IMPORT_MAX_BYTES) from error
        except FileEmpty as error:
            place = "file" if name else "body"
            raise BodyInvalid("There is nothing to import.", {place: ["is empty"]}) from error
        job.refresh_from_db()
        return json(documents.item_import(job), status=202)


class Import(Endpoint):
    """One import."""

    @extend_schema(operation_id="import", tags=TAG, responses={200: shapes.Import, **problems(404)})
    def get(self, request: Request, import_id: int) -> HttpResponse:
        """How far it is, and which lines were not read. Poll it until its state is `done` or `failed`."""
        return json(documents.item_import(access.import_of(person(request), import_id)))


def refuse_too_large(request: Request) -> None:
    """Before a byte is read: one file, and in a form an archive of pictures beside it. Raises BodyTooLarge."""
    announced = int(request.META.get("CONTENT_LENGTH") or 0)
    files = 2 if (request.content_type or "").startswith("multipart/") else 1
    if announced > settings.IMPORT_MAX_BYTES * files + FORM_BYTES:
        raise BodyTooLarge(settings.IMPORT_MAX_BYTES)


def _upload(request: Request) -> tuple[str, str, bool, Iterator[bytes], Iterator[bytes] | None]:
    """(file name, format, dry run, bytes, bytes of the pictures). Raises BodyInvalid."""
    if (request.content_type or "").startswith("multipart/"):
        form = shapes.ImportUpload(data=request.data)
        if not form.is_valid():
            raise BodyInvalid("Send the items as `file`.", form.errors)
        file = form.validated_data["file"]
        chosen = form.validated_data.get("format") or getattr(format_of(file.name), "name", "")
        if chosen not in FORMATS:
            raise BodyInvalid("Say which format it is.", {"format": [f"One of {', '.join(FORMATS)}."]})
        pictures = form.validated_data.get("pictures")
        packed = pictures.chunks(CHUNK_BYTES) if pictures else None
        return file.name, chosen, form.validated_data["dry_run"], file.chunks(CHUNK_BYTES), packed
    stream = request._request
    dry_run = request.query_params.get("dry_run", "") in {"1", "true"}
    return "", "jsonl", dry_run, iter(lambda: stream.read(CHUNK_BYTES), b""), None
