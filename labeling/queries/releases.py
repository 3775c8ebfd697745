"""Reads about releases: what there is to freeze, the frozen rows, and the files."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from labeling.models import Guideline, LabelSchema, Project, Release
from labeling.queries.content import stream_content

SEALS = ("manifest.json", "manifest.sig", "signing-key.pem")
"""What a release holds beside the files that its manifest lists: the manifest, and what proves it."""
PAGE = 1000
"""Frozen rows held in memory at once."""


@dataclass(frozen=True, slots=True)
class FrozenRow:
    """One item as a release froze it, with its content. `final` and `annotations` are as ReleaseRow keeps them."""

    task_id: int
    external_id: str
    split: str
    state: str
    final: dict[str, Any]
    annotations: list[dict[str, Any]]
    body: dict[str, Any]


def releases_of(*, project: Project) -> list[Release]:
    """The releases of a project, newest first."""
    return list(Release.objects.filter(project=project).order_by("-number"))


def folder_of(release: Release) -> Path:
    """Where the files of a release are once it is ready."""
    content: Path = settings.CONTENT_DIR
    return content / "releases" / release.project.slug / str(release.number)


def file_names(release: Release) -> list[str]:
    """The files of a ready release: the seals, then what its manifest lists. None before it is ready."""
    if release.state != Release.State.READY:
        return []
    return [*SEALS, *(file["name"] for file in release.manifest.get("files", []))]


def file_of(*, release: Release, name: str) -> Path | None:
    """The path of one file of a ready release; None for any other name than `file_names`."""
    return folder_of(release) / name if name in file_names(release) else None


def schema_in_force(project: Project) -> LabelSchema | None:
    """The latest published label schema."""
    return LabelSchema.objects.filter(project=project).order_by("-version").first()


def guideline_in_force(project: Project) -> Guideline | None:
    """The latest published guideline."""
    return Guideline.objects.filter(project=project).order_by("-version").first()


def tasks_to_freeze(*, project: Project, after: int, limit: int) -> list[tuple[int, str]]:
    """(task id, external id) of tasks that have a final label, in the order of their ids, after one of them."""
    return _rows(
        """
        SELECT task.id, item.external_id
          FROM labeling_task task
          JOIN labeling_finallabel label ON label.task_id = task.id
          JOIN labeling_item item ON item.id = task.item_id
         WHERE task.project_id = %s AND task.state IN ('decided', 'contested') AND task.id > %s
         ORDER BY task.id LIMIT %s
        """,
        [project.pk, after, limit],
    )


def frozen_rows(*, release_id: int) -> Iterator[FrozenRow]:
    """Every frozen row in the order of task ids, with its content: keyset pages, flat memory."""
    after = 0
    while page := _rows(
        """
        SELECT row.task_id, task.item_id, row.external_id, row.split, row.state, row.final, row.annotations
          FROM labeling_releaserow row JOIN labeling_task task ON task.id = row.task_id
         WHERE row.release_id = %s AND row.task_id > %s
         ORDER BY row.task_id LIMIT %s
        """,
        [release_id, after, PAGE],
    ):
        after = page[-1][0]
        bodies = dict(stream_content(item_ids=[row[1] for row in page]))
        for task_id, item_id, external_id, split, state, final, annotations in page:
            yield FrozenRow(
                task_id,
                external_id,
                split,
                state,
                _loaded(final),
                _loaded(annotations),
                bodies.get(item_id, {}),
            )


def _loaded(value: Any) -> Any:
    """Django's cursors give JSONB as text."""
    return json.loads(value) if isinstance(value, str) else value


def _rows(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
