from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wellbeing.operations.chain_heads import BrokenHeads, RestoreNotPossible, mark_restore


class Command(BaseCommand):
    help = (
        "After a restore: say in the file of signed heads to which time the database was restored, so that verify_ledger "
        "does not take the rows that were lost for tampering. Then run reapply_erasures."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "time",
            help="the time the backup stands for, such as 2026-11-24T02:00:00; UTC unless it says otherwise",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            moment = datetime.fromisoformat(options["time"])
        except ValueError as error:
            raise CommandError(f"{options['time']!r} is not a time like 2026-11-24T02:00:00.") from error
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        try:
            explained = mark_restore(to=moment)
        except (BrokenHeads, RestoreNotPossible) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Marked as restored to {moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC. "
            f"{explained} signed heads after that time are expected to be missing."
        )
