"""A release file as an HTTP answer, the same for the page and the API."""

import hashlib
from pathlib import Path
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from labeling.models import Release
from labeling.operations.downloads import take_all, take_file
from labeling.queries.releases import SEALS, file_of
from labeling.zipped import zipped
from people.models import User

CONTENT_TYPE = "application/octet-stream"
"""One type for all: nothing that was imported is ever shown by a browser as a page."""


def release_download(
    request: HttpRequest, release: Release, *, name: str, by: User
) -> HttpResponse | FileResponse:
    """Streams the file; its ETag is its SHA-256. Raises NotYours when there is no such file."""
    path = take_file(release=release, name=name, by=by)
    digest = _sha256(release, path)
    etag = quote_etag(digest)
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=CONTENT_TYPE)
    response.headers["ETag"] = etag
    response.headers["X-Content-SHA256"] = digest
    _never_a_page(response)
    return response


def release_archive(release: Release, *, by: User) -> StreamingHttpResponse:
    """Streams all files as one zip archive. Raises NotYours when the release is not ready."""
    paths = take_all(release=release, by=by)
    name = f"{release.project.slug}-{release.number}"
    response = StreamingHttpResponse(zipped(paths, folder=name), content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    _never_a_page(response)
    return response


def _never_a_page(response: FileResponse | StreamingHttpResponse) -> None:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"


def files_of(release: Release) -> list[dict[str, Any]]:
    """All files of a ready release with `name`, `bytes` and `sha256`, the manifest and what proves it first."""
    seals = [
        {"name": name, "bytes": path.stat().st_size, "sha256": _sha256(release, path)}
        for name in SEALS
        if (path := file_of(release=release, name=name)) is not None and path.is_file()
    ]
    listed = release.manifest.get("files", [])
    return [*seals, *({name: file[name] for name in ("name", "bytes", "sha256")} for file in listed)]


def _sha256(release: Release, path: Path) -> str:
    """As the manifest has it; of the seals, which it cannot name, it is computed."""
    listed = {file["name"]: file["sha256"] for file in release.manifest.get("files", [])}
    if path.name in listed:
        return str(listed[path.name])
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_meant_for_a_page(request: HttpRequest) -> bool:
    """Whether a picture is asked for by a page of ours or by a program: never for another site, a prefetch or a tab of its own."""
    asked = request.headers
    return (
        asked.get("Sec-Fetch-Site", "same-origin") == "same-origin"
        and asked.get("Sec-Fetch-Dest", "image") in ("image", "empty")
        and not asked.get("Sec-Purpose")
    )


def picture_file(content: bytes) -> HttpResponse:
    """A picture on its way to the screen: nothing keeps it, and no other site shows it."""
    return never_kept(HttpResponse(content, content_type="image/jpeg"))


def never_kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Accept-Ranges"] = "none"
    return response
