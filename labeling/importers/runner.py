"""Reading a whole file into a project: streamed, in batches, with a report on every line that is no item."""

import csv
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db.utils import DataError

from labeling.domain.cells import safe_cell
from labeling.domain.records import Expected, ItemRecord, Problem, RecordError, id_of, read_record
from labeling.domain.schema import parse
from labeling.importers import FORMATS
from labeling.importers.lines import BadLine, UnreadableFile, open_lines
from labeling.importers.picture_files import PictureFiles, open_pictures
from labeling.importers.pictures import BadPicture, take_in
from labeling.importers.seen_ids import SeenIds
from labeling.models import Import, LabelSchema, Project
from labeling.operations import imports
from labeling.operations.item_batches import BatchOutcome, Places, store_batch
from labeling.operations.turns import TurnLost

if TYPE_CHECKING:
    from _csv import Writer

BATCH = 5000
"""Lines per transaction: what a crash may cost, against what a commit costs."""
PICTURE_BATCH = 200
"""As BATCH, where pictures come with the lines: one of them takes as long as hundreds of texts."""

_CONFLICT = Problem("conflict", "id", "is here already with other content, and somebody has been handed it")
_REFUSED = Problem("refused", "", "holds a value that the database refuses")

_Checked = tuple[int, ItemRecord]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Options:
    """How to read a file. `mapping` and `ignored` speak of the names in the file.

    `source` names where items come from that do not say so themselves; without it, the file's name does.
    """

    mapping: dict[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    source: str = ""
    language: str = ""
    kind: str | None = None


@dataclass
class Summary:
    """The counts of an import: lines are records read, good or bad."""

    lines: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0
    first_errors: list[dict[str, Any]] = field(default_factory=list)
    error_file: Path | None = None


class _Errors:
    """Writes every error to the report file, and keeps the first ones for the row.

    While it is written the file bears the name of the turn, so that two workers never write into one.
    """

    def __init__(self, summary: Summary, path: Path, turn: UUID) -> None:
        self._summary, self._path = summary, path
        self._draft = path.with_name(f"{path.name}.{turn}")
        self._writer: Writer | None = None
        self._pending: list[tuple[int, str, Problem]] = []

    def add(self, line: int, problem: Problem, *, external_id: str = "", failed: bool = True) -> None:
        self._summary.failed += failed
        self._pending.append((line, external_id, problem))

    def flush(self) -> None:
        """Write what has been added since the last time, by line."""
        for line, external_id, problem in sorted(self._pending, key=lambda error: error[0]):
            if len(self._summary.first_errors) < imports.ERRORS_KEPT:
                message = f"{problem.path} {problem.message}".strip()
                self._summary.first_errors.append(
                    {
                        "line": line,
                        "id": external_id,
                        "code": problem.code,
                        "path": problem.path,
                        "message": message,
                    }
                )
            if self._writer is not None:
                cells = (line, external_id, problem.code, problem.path, problem.message)
                self._writer.writerow([safe_cell(cell) for cell in cells])
        self._pending.clear()

    @contextmanager
    def written(self) -> Iterator[None]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        for left in self._path.parent.glob(f"{self._path.name}.*"):
            left.unlink(missing_ok=True)  # of a worker that died
        try:
            with self._draft.open("w", encoding="utf-8", newline="") as target:
                self._writer = csv.writer(target)
                self._writer.writerow(["line", "id", "code", "path", "message"])
                yield
                self.flush()
            if self._summary.first_errors:
                self._draft.replace(self._path)
                self._summary.error_file = self._path
        finally:
            self._writer = None
            self._draft.unlink(missing_ok=True)


def run(
    *,
    import_id: int,
    path: Path | None = None,
    pictures: Path | None = None,
    options: Options | None = None,
    on_progress: Callable[[Summary], None] | None = None,
) -> Summary:
    """Read the file of an import. Safe to run again: what is in already counts as known.

    While another worker reads it, or when it is finished, nothing is read and nothing counted.

    Args:
        path: the file, when it is not the one that was kept for this import.
        pictures: the folder or archive of pictures, likewise.
        options: how to read it, when the row does not say so.
        on_progress: called after each batch.
    """
    summary = Summary()
    turn = imports.mark_running(import_id=import_id)
    if turn is None:
        return summary
    row = Import.objects.select_related("project").get(pk=import_id)
    options = options or Options(mapping=row.mapping, ignored=frozenset(row.ignored))
    reading = _Reading(
        row, turn, options, summary, _Errors(summary, report_path(import_id), turn), on_progress
    )
    try:
        if pictures is None and row.pictures_path:
            pictures = settings.CONTENT_DIR / row.pictures_path
        state = _read(reading, path or settings.CONTENT_DIR / row.path, pictures)
        imports.finish(import_id=row.pk, turn=turn, state=state, errors=summary.first_errors)
    except TurnLost:
        logger.warning("import %s was taken over by another worker", import_id)
    except BaseException as error:
        # A worker that is told to go leaves the import to the next one; a command has no next one.
        if isinstance(error, Exception) or not row.path:
            with suppress(TurnLost):
                imports.finish(
                    import_id=row.pk, turn=turn, state=Import.State.FAILED, errors=summary.first_errors
                )
        raise
    return summary


def report_path(import_id: int) -> Path:
    """Where the CSV report with every error of an import is, if it had any."""
    folder: Path = settings.CONTENT_DIR / imports.FOLDER
    return folder / f"{import_id}.errors.csv"


@dataclass(frozen=True)
class _Reading:
    """One run of one import: what it reads for, with which turn, and where it counts."""

    row: Import
    turn: UUID
    options: Options
    summary: Summary
    errors: _Errors
    on_progress: Callable[[Summary], None] | None


def _read(reading: _Reading, path: Path, pictures: Path | None) -> Import.State:
    scratch = settings.CONTENT_DIR / imports.FOLDER / f"{reading.row.pk}.{reading.turn}.pictures"
    with reading.errors.written():
        try:
            with open_pictures(pictures, scratch=scratch) as files:
                _read_all(reading, path, files, PICTURE_BATCH if pictures else BATCH)
        except UnreadableFile as unreadable:
            reading.errors.add(unreadable.line, unreadable.problem, failed=False)
            return Import.State.FAILED
    return Import.State.DONE


def _read_all(reading: _Reading, path: Path, files: PictureFiles, batch_size: int) -> None:
    row, options, summary, errors = reading.row, reading.options, reading.summary, reading.errors
    source = options.source or row.file_name.split(".")[0] or "unnamed"
    expected = Expected(_categories(row.project), source, options.language, options.kind)
    places, seen = Places(), SeenIds()
    with open_lines(path) as stream:
        lines = FORMATS[row.format].read(stream, options.mapping, options.ignored)
        checked = _checked(lines, expected, files, reading)
        while batch := list(islice(checked, batch_size)):
            records = _distinct([record for record in batch if record is not None], seen, errors)
            _store(reading, records, places)
            errors.flush()
            imports.record_progress(
                import_id=row.pk,
                turn=reading.turn,
                lines=summary.lines,
                created=summary.created,
                known=summary.updated + summary.unchanged,
                failed=summary.failed,
            )
            if reading.on_progress:
                reading.on_progress(summary)


def _checked(
    lines: Iterator[Any], expected: Expected, files: PictureFiles, reading: _Reading
) -> Iterator[_Checked | None]:
    """Each line as a checked record with its picture, or None for one that was reported."""
    summary, errors, keep = reading.summary, reading.errors, not reading.row.dry_run
    for line in lines:
        summary.lines += 1
        if isinstance(line, BadLine):
            errors.add(line.line, line.problem)
            yield None
            continue
        try:
            record = read_record(line.fields, expected)
            yield line.line, _with_picture(record, files, keep) if record.image_name else record
        except BadPicture as refused:
            errors.add(line.line, refused.problem, external_id=record.external_id)
            yield None
        except RecordError as refused:
            for n, problem in enumerate(refused.problems):
                errors.add(line.line, problem, external_id=id_of(line.fields), failed=n == 0)
            yield None


def _with_picture(record: ItemRecord, files: PictureFiles, keep: bool) -> ItemRecord:
    """Raises BadPicture."""
    taken = take_in(files.read(record.image_name), keep=keep)
    return record.with_picture(sha256=taken.sha256, width=taken.width, height=taken.height)


def _distinct(batch: list[_Checked], seen: SeenIds, errors: _Errors) -> list[_Checked]:
    """The batch without the lines whose id the file has named before; those are reported."""
    earlier = seen.add([record.external_id for _, record in batch], [line for line, _ in batch])
    for (line, record), before in zip(batch, earlier, strict=True):
        if before:
            problem = Problem("duplicate_id", "id", f"was used on line {before} of this file already")
            errors.add(line, problem, external_id=record.external_id)
    return [checked for checked, before in zip(batch, earlier, strict=True) if not before]


def _store(reading: _Reading, batch: list[_Checked], places: Places) -> None:
    """Store a batch; if the database refuses a value, halve it until the line is found that holds it."""
    if not batch:
        return
    row = reading.row
    try:
        with imports.storing(import_id=row.pk, turn=reading.turn):
            outcome = store_batch(
                project=row.project,
                records=[record for _, record in batch],
                places=places,
                dry_run=row.dry_run,
            )
    except DataError:
        if len(batch) == 1:
            line, record = batch[0]
            reading.errors.add(line, _REFUSED, external_id=record.external_id)
            return
        half = len(batch) // 2
        _store(reading, batch[:half], places)
        _store(reading, batch[half:], places)
        return
    _count(outcome, batch, reading.summary, reading.errors)


def _count(outcome: BatchOutcome, batch: list[_Checked], summary: Summary, errors: _Errors) -> None:
    summary.created += outcome.created
    summary.updated += outcome.updated
    summary.unchanged += outcome.unchanged
    for line, record in batch:
        if record.external_id in outcome.conflicts:
            errors.add(line, _CONFLICT, external_id=record.external_id)


def _categories(project: Project) -> frozenset[str]:
    """What scores may name: the categories of the label schema in force; nothing before there is one."""
    latest = LabelSchema.objects.filter(project=project).order_by("-version").first()
    return parse(latest.document).category_ids if latest else frozenset()
