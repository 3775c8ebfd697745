"""Import items from a file into a project."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from labeling.domain.records import KINDS
from labeling.importers import FORMATS, format_of
from labeling.importers.runner import Options, Summary, run
from labeling.models import Import, Project
from labeling.operations.imports import begin_import
from people.models import User

ERRORS_SHOWN = 20


class Command(BaseCommand):
    help = "Import items (JSONL or CSV, gzipped or not). Good lines go in even when others are bad."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", help="short name (slug) of the project")
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--images",
            type=Path,
            metavar="FOLDER|ARCHIVE",
            help="the pictures that the lines name (folder, zip, tar)",
        )
        parser.add_argument("--dry-run", action="store_true", help="check everything and keep nothing")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="COLUMN=FIELD",
            help="a name in the file that stands for a field",
        )
        parser.add_argument(
            "--ignore", action="append", default=[], metavar="COLUMN,…", help="columns to leave out"
        )
        parser.add_argument("--source", default="", help="where the items come from, unless a line says so")
        parser.add_argument("--language", default="", help="their language, unless a line says so")
        parser.add_argument("--kind", choices=KINDS, help="refuse items of any other kind")
        parser.add_argument("--format", choices=sorted(FORMATS), help="unless the file's name tells")
        parser.add_argument(
            "--by", metavar="USERNAME", help="who brings them (default: who made the project)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        project = Project.objects.filter(slug=options["project"]).first()
        if project is None:
            raise CommandError(f"there is no project {options['project']!r}")
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"there is no file {path}")
        pictures: Path | None = options["images"]
        if pictures is not None and not pictures.exists():
            raise CommandError(f"there is nothing at {pictures}")
        known = FORMATS.get(options["format"] or "") or format_of(path.name)
        if known is None:
            raise CommandError("the file's name does not tell its format; give --format")
        row = begin_import(
            project=project,
            by=_person(options["by"], project),
            file_name=path.name,
            format_name=known.name,
            dry_run=options["dry_run"],
        )
        started = time.monotonic()
        summary = run(
            import_id=row.pk,
            path=path,
            pictures=pictures,
            options=Options(
                mapping=_mapping(options["map"]),
                ignored=frozenset(name for group in options["ignore"] for name in group.split(",") if name),
                source=options["source"],
                language=options["language"],
                kind=options["kind"],
            ),
            on_progress=self._progress if options["verbosity"] else None,
        )
        self._report(summary, time.monotonic() - started, options["dry_run"])
        row.refresh_from_db()
        if row.state == Import.State.FAILED:
            raise CommandError("the file could not be read to its end")
        if summary.failed:
            raise CommandError(f"{summary.failed:,} lines are not in; all others are", returncode=2)

    def _progress(self, summary: Summary) -> None:
        self.stderr.write(f"{summary.lines:,} lines", ending="\r")

    def _report(self, summary: Summary, seconds: float, dry_run: bool) -> None:
        for error in summary.first_errors[:ERRORS_SHOWN]:
            item = f" ({error['id']})" if error["id"] else ""
            self.stderr.write(f"line {error['line']}{item}: {error['message']} [{error['code']}]")
        if summary.error_file:
            self.stderr.write(f"all errors: {summary.error_file}")
        rate = summary.lines / seconds if seconds else 0
        would = "would be " if dry_run else ""
        self.stdout.write(
            f"{summary.lines:,} lines: {summary.created:,} {would}new, {summary.updated:,} {would}updated, "
            f"{summary.unchanged:,} unchanged, {summary.failed:,} bad ({seconds:.1f} s, {rate:,.0f} lines/s)"
        )


def _person(username: str | None, project: Project) -> User:
    if not username:
        return project.created_by
    person = User.objects.filter(username=username).first()
    if person is None:
        raise CommandError(f"there is no user {username!r}")
    return person


def _mapping(pairs: list[str]) -> dict[str, str]:
    mapping = {}
    for pair in pairs:
        column, _, name = pair.partition("=")
        if not column or not name:
            raise CommandError(f"--map wants COLUMN=FIELD, not {pair!r}")
        mapping[column] = name
    return mapping
