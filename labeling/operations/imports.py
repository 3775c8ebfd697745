"""An import's own row: begun, reported on while it runs, finished. Reading files is labeling.importers' work."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import transaction

from labeling.models import Import, Project
from labeling.models.clock import RespiteNow
from people.models import User
from people.operations.audit import record_event

ERRORS_KEPT = 1000
"""How many errors the row holds; all of them are in the report file."""
JOB = "labeling.jobs.run_import"
FOLDER = "imports"


class FileTooLarge(ValueError):
    """More bytes were sent than settings.IMPORT_MAX_BYTES allows."""


def start_import(
    *,
    project: Project,
    by: User,
    chunks: Iterable[bytes],
    file_name: str,
    format_name: str,
    dry_run: bool = False,
    mapping: Mapping[str, str] | None = None,
    ignored: Sequence[str] = (),
) -> Import:
    """Keep a file that was sent in, and leave reading it to a job.

    Args:
        mapping: a name in the file → the field that it stands for.
        ignored: names in the file that are left out.

    Raises:
        FileTooLarge: nothing is kept then.
    """
    path = f"{FOLDER}/{secrets.token_hex(16)}"
    _keep(chunks, settings.CONTENT_DIR / path)
    with transaction.atomic():
        row = begin_import(
            project=project, by=by, file_name=file_name, path=path, format_name=format_name, dry_run=dry_run
        )
        names = {"mapping": dict(mapping or {}), "ignored": list(ignored)}
        transaction.on_commit(current_app.signature(JOB, args=(row.pk,), kwargs=names).delay)
    return row


@transaction.atomic
def begin_import(
    *, project: Project, by: User, file_name: str, format_name: str, path: str = "", dry_run: bool = False
) -> Import:
    """The row of an import, and the audit event that says who brought what."""
    row = Import.objects.create(
        project=project,
        created_by=by,
        file_name=Path(file_name).name[:255],
        path=path,
        format=format_name,
        dry_run=dry_run,
    )
    if not dry_run:
        record_event(
            by=by,
            action="labeling.import_begun",
            subject=f"project {project.slug}",
            details={"import": row.pk},
        )
    return row


def mark_running(*, import_id: int) -> bool:
    """Start an import, or start it again after its worker died. False when it is finished already."""
    started = Import.objects.filter(
        pk=import_id, state__in=[Import.State.WAITING, Import.State.RUNNING]
    ).update(
        state=Import.State.RUNNING,
        started_at=RespiteNow(),
        lines=0,
        created_items=0,
        known_items=0,
        failed_lines=0,
        errors=[],
    )
    return bool(started)


def record_progress(*, import_id: int, lines: int, created: int, known: int, failed: int) -> None:
    """The counts so far."""
    Import.objects.filter(pk=import_id).update(
        lines=lines, created_items=created, known_items=known, failed_lines=failed
    )


def finish(*, import_id: int, state: Import.State, errors: Sequence[dict[str, Any]]) -> None:
    """Close an import as done or failed, with its first errors."""
    Import.objects.filter(pk=import_id).update(
        state=state, errors=list(errors[:ERRORS_KEPT]), finished_at=RespiteNow()
    )


def _keep(chunks: Iterable[bytes], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    try:
        with path.open("wb") as target:
            for chunk in chunks:
                size += len(chunk)
                if size > settings.IMPORT_MAX_BYTES:
                    raise FileTooLarge(f"the file is larger than {settings.IMPORT_MAX_BYTES // 2**20} MiB")
                target.write(chunk)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
