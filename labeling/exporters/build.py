"""Writing the files of a release, from its frozen rows alone.

Building the same release again gives the same bytes. Files are written to a folder of their own and renamed into
place when all of them are complete, so a build that dies leaves nothing that looks like a release.
"""

import hashlib
import json
import logging
import secrets
import shutil
import time
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from labeling.domain.schema import parse
from labeling.exporters import ROW_FILES, RowWriter, readme, signature, verify
from labeling.exporters.context import ReleaseContext
from labeling.exporters.figures import Figures
from labeling.models import Guideline, LabelSchema, Release
from labeling.operations.releases import begin_build, freeze, made_ready, mark_failed, show_life
from labeling.operations.turns import TurnLost
from labeling.queries.releases import folder_of, frozen_rows

MANIFEST = "manifest.json"
MANIFEST_VERSION = 1
_STALE_SECONDS = 24 * 3600
_ROWS_BETWEEN_SIGNS = 5000

logger = logging.getLogger(__name__)


def build(release_id: int) -> dict[str, Any] | None:
    """Freeze a release (once) and write its files; its manifest. Safe to run again at any time.

    None, with nothing changed, while somebody else builds it, or when somebody has taken it over from us.

    Raises:
        Whatever went wrong, after the release has been marked as failed.
    """
    turn = begin_build(release_id=release_id)
    if turn is None:
        return None
    try:
        try:
            return _build(release_id, turn)
        except TurnLost:
            raise
        except Exception as error:
            mark_failed(release_id=release_id, turn=turn, failure=type(error).__name__)
            raise
    except TurnLost:
        logger.warning("release %s was taken over by another worker", release_id)
        return None


def _build(release_id: int, turn: UUID) -> dict[str, Any]:
    release = freeze(release_id=release_id, turn=turn)
    folder = folder_of(release)
    draft = _draft_folder(folder)
    try:
        manifest = _write(_context(release), draft, turn)
        with made_ready(release_id=release_id, turn=turn, manifest=manifest):
            _put_in_place(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return manifest


def _context(release: Release) -> ReleaseContext:
    filters = release.filters
    document = LabelSchema.objects.get(project=release.project, version=filters["schema_version"]).document
    guideline = Guideline.objects.filter(
        project=release.project, version=filters["guideline_version"]
    ).first()
    return ReleaseContext(
        release=release,
        schema=parse(document),
        schema_document=document,
        guideline=guideline.body if guideline else "There was no guideline.\n",
        key=bytes.fromhex(release.pseudonym_key),
        schemas={
            version: parse(document)
            for version, document in LabelSchema.objects.filter(project=release.project).values_list(
                "version", "document"
            )
        },
    )


def _write(context: ReleaseContext, folder: Path, turn: UUID) -> dict[str, Any]:
    figures = Figures(context)
    rows = _write_rows(context, folder, figures, turn)
    summary = figures.summary()
    splits = {
        name: {"share": share, "items": figures.splits.get(name, 0)}
        for name, share in context.release.filters["splits"]
    }
    texts = {
        "guideline.md": context.guideline,
        "schema.json": json.dumps(context.schema_document, ensure_ascii=False, indent=2) + "\n",
        "README.md": readme.text(context, summary, splits),
        "verify.py": Path(verify.__file__).read_text(encoding="utf-8"),
    }
    for name, content in texts.items():
        (folder / name).write_text(content, encoding="utf-8", newline="\n")
    release = context.release
    manifest = {
        "manifest": MANIFEST_VERSION,
        "project": release.project.slug,
        "release": release.number,
        "published_on": release.created_at.date().isoformat(),
        "schema_version": release.filters["schema_version"],
        "guideline_version": release.filters["guideline_version"],
        "filters": {"states": release.filters["states"]},
        "seed": release.seed,
        "splits": splits,
        "aggregation": {
            "overlap": release.filters["strategy"],
            "labels": "majority",
            "severity": "weighted median",
            "rating": "weighted median",
            "ranking": "majority of each pair",
            "spans": "what more than half marked",
        },
        "machine_annotation_tools": [],
        **summary,
        "files": [_file(folder / name, rows.get(name)) for name in sorted([*rows, *texts])],
    }
    (folder / MANIFEST).write_text(_pretty(manifest), encoding="utf-8", newline="\n")
    signature.sign(folder / MANIFEST, secret=settings.SECRET_KEY)
    return manifest


def _write_rows(context: ReleaseContext, folder: Path, figures: Figures, turn: UUID) -> dict[str, int]:
    writers: list[RowWriter] = [writer(context, folder) for writer in ROW_FILES]
    try:
        for number, row in enumerate(frozen_rows(release_id=context.release.pk), start=1):
            if number % _ROWS_BETWEEN_SIGNS == 0:
                show_life(release_id=context.release.pk, turn=turn)
            figures.add(row)
            for writer in writers:
                writer.add(row)
    finally:
        for writer in writers:
            writer.close()
    return {writer.name: writer.rows for writer in writers}


def _file(path: Path, rows: int | None) -> dict[str, Any]:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {"name": path.name, "bytes": path.stat().st_size, "rows": rows, "sha256": digest}


def _pretty(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _draft_folder(folder: Path) -> Path:
    """A fresh folder beside the release's; what builds left behind that died a day ago is removed."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    for left in folder.parent.glob(".draft-*"):
        if time.time() - left.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
    draft = folder.parent / f".draft-{folder.name}-{secrets.token_hex(4)}"
    draft.mkdir()
    return draft


def _put_in_place(draft: Path, folder: Path) -> None:
    if folder.exists():
        old = folder.parent / f".draft-{folder.name}-old-{secrets.token_hex(4)}"
        folder.rename(old)
        draft.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    else:
        draft.rename(folder)
