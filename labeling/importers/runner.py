"""Reading a whole file into a project: streamed, in batches, with a report on every line that is no item."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.utils import DataError

from labeling.domain.records import Expected, ItemRecord, Problem, RecordError, read_record
from labeling.domain.schema import parse
from labeling.importers import FORMATS
from labeling.importers.lines import BadLine, UnreadableFile, open_lines
from labeling.importers.seen_ids import SeenIds
from labeling.models import Import, LabelSchema, Project
from labeling.operations import imports
from labeling.operations.item_batches import BatchOutcome, Places, store_batch

if TYPE_CHECKING:
    from _csv import Writer

BATCH = 5000
"""Lines per transaction: what a crash may cost, against what a commit costs."""

_DUPLICATE = Problem("duplicate_id", "id", "was used on an earlier line of this file")
_CONFLICT = Problem("conflict", "id", "is here already with other content, and somebody has been handed it")
_REFUSED = Problem("refused", "", "holds a value that the database refuses")

_Checked = tuple[int, ItemRecord]


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
    """Writes every error to the report file, and keeps the first ones for the row."""

    def __init__(self, summary: Summary, path: Path) -> None:
        self._summary, self._path = summary, path
        self._writer: Writer | None = None
        self._pending: list[tuple[int, Problem]] = []

    def add(self, line: int, problem: Problem, *, failed: bool = True) -> None:
        self._summary.failed += failed
        self._pending.append((line, problem))

    def flush(self) -> None:
        """Write what has been added since the last time, by line."""
        for line, problem in sorted(self._pending, key=lambda error: error[0]):
            if len(self._summary.first_errors) < imports.ERRORS_KEPT:
                message = f"{problem.path} {problem.message}".strip()
                entry = {"line": line, "code": problem.code, "path": problem.path, "message": message}
                self._summary.first_errors.append(entry)
            if self._writer is not None:
                self._writer.writerow([line, problem.code, problem.path, problem.message])
        self._pending.clear()

    @contextmanager
    def written(self) -> Iterator[None]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("w", encoding="utf-8", newline="") as target:
            self._writer = csv.writer(target)
            self._writer.writerow(["line", "code", "path", "message"])
            yield
            self.flush()
        self._writer = None
        if self._summary.first_errors:
            self._summary.error_file = self._path
        else:
            self._path.unlink()


def run(
    *,
    import_id: int,
    path: Path | None = None,
    options: Options | None = None,
    on_progress: Callable[[Summary], None] | None = None,
) -> Summary:
    """Read the file of an import. Safe to run again: what is in already counts as known.

    Args:
        path: the file, when it is not the one that was kept for this import.
        on_progress: called after each batch.
    """
    row = Import.objects.select_related("project").get(pk=import_id)
    summary = Summary()
    if not imports.mark_running(import_id=import_id):
        return summary
    errors = _Errors(summary, report_path(import_id))
    state = Import.State.DONE
    try:
        with errors.written():
            try:
                _read_all(
                    row,
                    path or settings.CONTENT_DIR / row.path,
                    options or Options(),
                    summary,
                    errors,
                    on_progress,
                )
            except UnreadableFile as unreadable:
                state = Import.State.FAILED
                errors.add(unreadable.line, unreadable.problem, failed=False)
    except BaseException:
        _close(row, Import.State.FAILED, summary)
        raise
    _close(row, state, summary)
    return summary


def _close(row: Import, state: Import.State, summary: Summary) -> None:
    """Note the end, and only then remove the file that was kept: what nobody will read again must not lie around."""
    imports.finish(import_id=row.pk, state=state, errors=summary.first_errors)
    if row.path:
        (settings.CONTENT_DIR / row.path).unlink(missing_ok=True)


def report_path(import_id: int) -> Path:
    """Where the CSV report with every error of an import is, if it had any."""
    folder: Path = settings.CONTENT_DIR / imports.FOLDER
    return folder / f"{import_id}.errors.csv"


def _read_all(
    row: Import,
    path: Path,
    options: Options,
    summary: Summary,
    errors: _Errors,
    on_progress: Callable[[Summary], None] | None,
) -> None:
    source = options.source or row.file_name.split(".")[0] or "unnamed"
    expected = Expected(_categories(row.project), source, options.language, options.kind)
    places, seen = Places(), SeenIds()
    with open_lines(path) as stream:
        lines = FORMATS[row.format].read(stream, options.mapping, options.ignored)
        checked = _checked(lines, expected, summary, errors)
        while batch := list(islice(checked, BATCH)):
            records = _distinct([record for record in batch if record is not None], seen, errors)
            _store(row.project, records, places, row.dry_run, summary, errors)
            errors.flush()
            imports.record_progress(
                import_id=row.pk,
                lines=summary.lines,
                created=summary.created,
                known=summary.updated + summary.unchanged,
                failed=summary.failed,
            )
            if on_progress:
                on_progress(summary)


def _checked(
    lines: Iterator[Any], expected: Expected, summary: Summary, errors: _Errors
) -> Iterator[_Checked | None]:
    """Each line as a checked record, or None for one that was reported."""
    for line in lines:
        summary.lines += 1
        if isinstance(line, BadLine):
            errors.add(line.line, line.problem)
            yield None
            continue
        try:
            yield line.line, read_record(line.fields, expected)
        except RecordError as refused:
            for n, problem in enumerate(refused.problems):
                errors.add(line.line, problem, failed=n == 0)
            yield None


def _distinct(batch: list[_Checked], seen: SeenIds, errors: _Errors) -> list[_Checked]:
    """The batch without the lines whose id the file has named before; those are reported."""
    is_new = seen.add([record.external_id for _, record in batch])
    for (line, _), new in zip(batch, is_new, strict=True):
        if not new:
            errors.add(line, _DUPLICATE)
    return [checked for checked, new in zip(batch, is_new, strict=True) if new]


def _store(
    project: Project, batch: list[_Checked], places: Places, dry_run: bool, summary: Summary, errors: _Errors
) -> None:
    """Store a batch; if the database refuses a value, halve it until the line is found that holds it."""
    if not batch:
        return
    try:
        outcome = store_batch(
            project=project, records=[record for _, record in batch], places=places, dry_run=dry_run
        )
    except DataError:
        if len(batch) == 1:
            errors.add(batch[0][0], _REFUSED)
            return
        half = len(batch) // 2
        _store(project, batch[:half], places, dry_run, summary, errors)
        _store(project, batch[half:], places, dry_run, summary, errors)
        return
    _count(outcome, batch, summary, errors)


def _count(outcome: BatchOutcome, batch: list[_Checked], summary: Summary, errors: _Errors) -> None:
    summary.created += outcome.created
    summary.updated += outcome.updated
    summary.unchanged += outcome.unchanged
    for line, record in batch:
        if record.external_id in outcome.conflicts:
            errors.add(line, _CONFLICT)


def _categories(project: Project) -> frozenset[str]:
    """What scores may name: the categories of the label schema in force; nothing before there is one."""
    latest = LabelSchema.objects.filter(project=project).order_by("-version").first()
    return parse(latest.document).category_ids if latest else frozenset()
