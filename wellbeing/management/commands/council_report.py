from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from people.models import Team
from wellbeing.domain.council import as_csv, as_html
from wellbeing.domain.month import Month
from wellbeing.operations.council import council_report


class Command(BaseCommand):
    help = (
        "The monthly report for a works council: limits and their changes, looks by role, figures of groups, and whether "
        "the record can be trusted. Nothing in it is about one person who labels."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("month", metavar="MONTH", help="a month that is over, like 2026-10")
        parser.add_argument("--team", help="the name of one team; without it, the whole organisation")
        parser.add_argument("--format", choices=("html", "csv"), default="html")
        parser.add_argument("--output", type=Path, help="the file to write; without it, standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            team = None if options["team"] is None else Team.objects.get(name=options["team"])
            report = council_report(month=Month.named(options["month"]), team=team)
        except Team.DoesNotExist as error:
            raise CommandError(f"There is no team {options['team']!r}.") from error
        except ValueError as error:
            raise CommandError(f"{error}. Name a month that is over, like 2026-10.") from error
        content = as_csv(report) if options["format"] == "csv" else as_html(report)
        if options["output"] is None:
            self.stdout.write(content)
        else:
            options["output"].write_text(content, encoding="utf-8")
