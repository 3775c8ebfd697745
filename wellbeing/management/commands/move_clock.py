from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError

from wellbeing.operations.clock import ClockStays, move_clock


class Command(BaseCommand):
    help = "Demo and test only: let the time of exposure run ahead. It never goes back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("minutes", type=float)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            moment = move_clock(by=timedelta(minutes=options["minutes"]))
        except ClockStays as error:
            raise CommandError(str(error)) from error
        except ProgrammingError as error:
            raise CommandError(
                "This database does not let the clock move. See `allow_clock_moves`."
            ) from error
        self.stdout.write(f"It is {moment:%Y-%m-%d %H:%M:%S} UTC now.")
