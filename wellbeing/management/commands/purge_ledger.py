from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wellbeing.operations.chain_heads import BrokenHeads
from wellbeing.operations.purge import LedgerDoesNotHold, purge_ledger


class Command(BaseCommand):
    help = (
        "As the owner role: remove ledger rows older than thirteen months that lie under a signed chain head, and leave "
        "a signed marker in their place. Days' sums and lifetime totals stay. Safe to repeat."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--database", default="owner", help="The owner role's connection.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["database"] not in settings.DATABASES:
            raise CommandError("Set DATABASE_OWNER_URL: only the owner role can purge.")
        try:
            purged = purge_ledger(using=options["database"])
        except LedgerDoesNotHold as error:
            raise CommandError(str(error)) from error
        except BrokenHeads as error:
            raise CommandError(f"The signed chain heads do not hold: {error}") from error
        self.stdout.write(f"{purged.rows} rows of {purged.chains} chains were purged.")
