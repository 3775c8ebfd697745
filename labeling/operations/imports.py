"""An import's own row: begun, reported on while it runs, finished. Reading files is labeling.importers' work."""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from labeling.models import Import, Project
from labeling.models.clock import RespiteNow
from labeling.operations.messages import send_after_commit
from labeling.operations.turns import TurnLost, keep_turn, take_turn
from people.models import User
from people.operations.audit import record_event

ERRORS_KEPT = 1000
"""How many errors the row holds; all of them are in the report file."""
UNFINISHED = [Import.State.WAITING.value, Import.State.RUNNING.value]
FOLDER = "imports"


class FileTooLarge(ValueError):
    """More bytes were sent than settings.IMPORT_MAX_BYTES allows."""


class FileEmpty(ValueError):
    """Nothing was sent but, perhaps, white space."""


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
    pictures: Iterable[bytes] | None = None,
) -> Import:
    """Keep a file that was sent in, and leave reading it to a job.

    Args:
        mapping: a name in the file → the field that it stands for.
        ignored: names in the file that are left out.
        pictures: the archive of the pictures that its lines name.

    Raises:
        FileTooLarge, FileEmpty: nothing is kept then.
    """
    path = f"{FOLDER}/{secrets.token_hex(16)}"
    pictures_path = "" if pictures is None else f"{path}.pictures"
    try:
        _keep(chunks, settings.CONTENT_DIR / path)
        if pictures is not None:
            _keep(pictures, settings.CONTENT_DIR / pictures_path)
        row = begin_import(
            project=project,
            by=by,
            file_name=file_name,
            path=path,
            pictures_path=pictures_path,
            format_name=format_name,
            dry_run=dry_run,
            mapping=mapping,
            ignored=ignored,
        )
    except BaseException:
        _forget(path, pictures_path)
        raise
    send_after_commit(row)
    return row


@transaction.atomic
def begin_import(
    *,
    project: Project,
    by: User,
    file_name: str,
    format_name: str,
    path: str = "",
    pictures_path: str = "",
    dry_run: bool = False,
    mapping: Mapping[str, str] | None = None,
    ignored: Sequence[str] = (),
) -> Import:
    """The row of an import, and the audit event that says who brought what."""
    row = Import.objects.create(
        project=project,
        created_by=by,
        file_name=Path(file_name).name[:255],
        path=path,
        pictures_path=pictures_path,
        format=format_name,
        dry_run=dry_run,
        mapping=dict(mapping or {}),
        ignored=list(ignored),
    )
    if not dry_run:
        record_event(
            by=by,
            action="labeling.import_begun",
            subject=f"project {project.slug}",
            details={"import": row.pk},
        )
    return row


@transaction.atomic
def mark_running(*, import_id: int) -> UUID | None:
    """Start an import, or start it again after its worker died. None when it is finished, or another worker reads it."""
    turn = take_turn(work=Import, row_id=import_id, states=UNFINISHED)
    if turn is not None:
        Import.objects.filter(pk=import_id).update(
            state=Import.State.RUNNING,
            started_at=RespiteNow(),
            lines=0,
            created_items=0,
            known_items=0,
            failed_lines=0,
            errors=[],
        )
    return turn


@contextmanager
def storing(*, import_id: int, turn: UUID) -> Iterator[None]:
    """One transaction for what belongs to an import: nobody can take its turn before it ends.

    Raises:
        TurnLost: when somebody has; nothing may be stored then.
    """
    with transaction.atomic():
        keep_turn(work=Import, row_id=import_id, turn=turn)
        yield


def record_progress(*, import_id: int, turn: UUID, lines: int, created: int, known: int, failed: int) -> None:
    """The counts so far. Raises TurnLost."""
    with storing(import_id=import_id, turn=turn):
        Import.objects.filter(pk=import_id).update(
            lines=lines, created_items=created, known_items=known, failed_lines=failed
        )


def finish(*, import_id: int, turn: UUID, state: Import.State, errors: Sequence[dict[str, Any]]) -> None:
    """Close an import as done or failed, with its first errors. Raises TurnLost."""
    closed = Import.objects.filter(pk=import_id, turn=turn).update(
        state=state,
        errors=list(errors[:ERRORS_KEPT]),
        finished_at=RespiteNow(),
        turn=None,
        alive_at=None,
        tries=0,
    )
    if not closed:
        raise TurnLost
    _forget_file(import_id=import_id)


def give_up(*, import_id: int) -> None:
    """Close an import as failed that nobody can finish. What was stored stays."""
    if (turn := take_turn(work=Import, row_id=import_id, states=UNFINISHED)) is not None:
        finish(import_id=import_id, turn=turn, state=Import.State.FAILED, errors=[])


def _forget_file(*, import_id: int) -> None:
    """Remove the file that was kept for an import that is closed: what nobody will read again must not lie around."""
    _forget(*Import.objects.values_list("path", "pictures_path").get(pk=import_id))


def _forget(*paths: str) -> None:
    for path in filter(None, paths):
        (settings.CONTENT_DIR / path).unlink(missing_ok=True)


def _keep(chunks: Iterable[bytes], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    size, is_blank = 0, True
    with path.open("wb") as target:
        for chunk in chunks:
            size += len(chunk)
            is_blank = is_blank and not chunk.strip()
            if size > settings.IMPORT_MAX_BYTES:
                raise FileTooLarge(f"the file is larger than {settings.IMPORT_MAX_BYTES // 2**20} MiB")
            target.write(chunk)
    if is_blank:
        raise FileEmpty
