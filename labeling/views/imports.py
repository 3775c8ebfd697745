"""Items on their way in: the upload, how far it is, and which lines were not read."""

import csv
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from labeling import access
from labeling.domain.cells import safe_cell
from labeling.forms.item_file import ImportForm
from labeling.importers.runner import report_path
from labeling.models import Import
from labeling.operations.imports import FileEmpty, start_import
from people.permissions import Permission as May
from people.views.signed_in import person

ERRORS_ON_THE_PAGE = 100
UNFINISHED = {Import.State.WAITING, Import.State.RUNNING}


@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: HttpRequest, project_id: int) -> HttpResponse:
    """Take a file in, or only check it. Sent twice, the second time adds nothing: items are known by their id."""
    user = person(request)
    project = access.project_with(user, project_id, May.IMPORT_ITEMS)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            job = start_import(
                project=project,
                by=user,
                chunks=given["file"].chunks(),
                file_name=given["file"].name,
                format_name=given["format"],
                dry_run=request.POST.get("action") != "import",
                mapping={theirs: ours for theirs, ours in given["columns"].items() if ours},
                pictures=given["pictures"].chunks() if given["pictures"] else None,
                ignored=[theirs for theirs, ours in given["columns"].items() if not ours],
            )
        except FileEmpty:
            form.add_error("file", "The file holds nothing.")
        else:
            return redirect("labeling:import", job.pk)
    context = {"project": project, "form": form}
    return render(request, "labeling/imports/new.html", context, status=422 if form.errors else 200)


@require_safe
def item_import(request: HttpRequest, import_id: int) -> HttpResponse:
    """The page, or while the job runs the part of it that asks again."""
    job = access.import_of(person(request), import_id)
    context = {
        "job": job,
        "project": job.project,
        "is_running": job.state in UNFINISHED,
        "errors": job.errors[:ERRORS_ON_THE_PAGE],
        "more_errors": max(0, job.failed_lines - ERRORS_ON_THE_PAGE),
    }
    part = getattr(request, "htmx", False)
    return render(request, f"labeling/imports/{'_progress' if part else 'import'}.html", context)


@require_safe
def import_errors(request: HttpRequest, import_id: int) -> StreamingHttpResponse:
    """The whole report as CSV. Reasons are ours; no cell repeats what a line said, but for its id."""
    job = access.import_of(person(request), import_id)
    response = StreamingHttpResponse(_csv(_errors(job)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="import-{job.pk}-errors.csv"'
    return response


class _Line:
    """What csv.writer writes to: each row comes back as text."""

    def write(self, text: str) -> str:
        return text


def _errors(job: Import) -> Iterator[list[str]]:
    """All errors from the report file; without one (nothing was wrong, or it is gone) those of the row."""
    path = report_path(job.pk)
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as report:
            yield from csv.reader(report)
        return
    names = ["line", "id", "code", "path", "message"]
    yield names
    for error in job.errors:
        yield [safe_cell(error.get(name, "")) for name in names]


def _csv(rows: Iterator[list[str]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    for row in rows:
        yield writer.writerow([_inert(cell) for cell in row])


def _inert(text: str) -> str:
    """A spreadsheet must not take a message for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r", "|", "%"} else text
