"""Publishing a release, its page, and its files."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from labeling import access
from labeling.downloads import files_of, release_archive, release_download
from labeling.forms.release import ReleaseForm
from labeling.models import Release
from labeling.operations.errors import LabelingError, NotYours
from labeling.operations.releases import publish_release
from labeling.views.project_report import Fact
from labeling.views.projects import project_page
from people.permissions import Permission as May
from people.views.signed_in import person

UNFINISHED = {Release.State.WAITING, Release.State.BUILDING}


@require_POST
def release_new(request: HttpRequest, project_id: int) -> HttpResponse:
    """Publish. While one is still being built, that one is the answer: a button pressed twice makes one release."""
    user = person(request)
    project = access.project_with(user, project_id, May.PUBLISH_RELEASES)
    unfinished = Release.objects.filter(project=project, state__in=UNFINISHED).order_by("-number").first()
    if unfinished is not None:
        return redirect("labeling:release", unfinished.pk)
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        return project_page(request, project, form, status=422)
    try:
        published = publish_release(
            project=project, by=user, seed=form.cleaned_data["seed"], splits=form.cleaned_data["shares"]
        )
    except LabelingError as error:
        form.add_error(None, error.why)
        return project_page(request, project, form, status=422)
    return redirect("labeling:release", published.pk)


@require_safe
def release(request: HttpRequest, release_id: int) -> HttpResponse:
    """The page, or while the files are being written the part of it that asks again."""
    found = access.release_of(person(request), release_id)
    context = {
        "release": found,
        "project": found.project,
        "is_building": found.state in UNFINISHED,
        "facts": _facts(found),
        "files": files_of(found),
    }
    part = getattr(request, "htmx", False)
    return render(request, f"labeling/releases/{'_release' if part else 'release'}.html", context)


@require_safe
def release_file(request: HttpRequest, release_id: int, name: str) -> HttpResponse | FileResponse:
    user = person(request)
    try:
        return release_download(request, access.release_of(user, release_id), name=name, by=user)
    except NotYours as error:
        raise Http404 from error


@require_safe
def release_all(request: HttpRequest, release_id: int) -> StreamingHttpResponse:
    """All files in one archive."""
    user = person(request)
    try:
        return release_archive(access.release_of(user, release_id), by=user)
    except NotYours as error:
        raise Http404 from error


def _facts(found: Release) -> list[Fact]:
    splits = found.manifest.get("splits", {})
    items = sum(split["items"] for split in splits.values())
    each = ", ".join(f"{split['items']:,} {name}" for name, split in splits.items())
    return [
        Fact(f"{items:,}", "labeled items"),
        Fact(str(len(splits)), f"splits: {each}" if each else "splits"),
        Fact(str(found.filters.get("schema_version") or "–"), "version of the label schema"),
        Fact(str(found.seed), "seed of the splits"),
    ]
