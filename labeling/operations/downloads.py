"""Taking a file of a release away: recorded before the first byte leaves."""

from pathlib import Path

from django.db import transaction

from labeling.models import Release
from labeling.operations.errors import NotYours
from labeling.queries.releases import file_names, file_of, folder_of
from people.models import User
from people.operations.audit import record_event


@transaction.atomic
def take_file(*, release: Release, name: str, by: User) -> Path:
    """Where the file is, once it is written down who takes it.

    Raises NotYours when the release has no such file or is not ready.
    """
    path = file_of(release=release, name=name)
    if path is None or not path.is_file():
        raise NotYours
    _record(release, name, by)
    return path


@transaction.atomic
def take_all(*, release: Release, by: User) -> list[Path]:
    """Where each file is, once it is written down who takes all of them. Raises NotYours when it is not ready."""
    paths = [folder_of(release) / name for name in file_names(release)]
    if not paths or not all(path.is_file() for path in paths):
        raise NotYours
    _record(release, "all", by)
    return paths


def _record(release: Release, file: str, by: User) -> None:
    record_event(
        action="labeling.release_downloaded",
        subject=f"release {release.pk}",
        by=by,
        details={"project": release.project_id, "number": release.number, "file": file},
    )
