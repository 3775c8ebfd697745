from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wellbeing.operations.erasure import BrokenErasures, reapply_erasures


class Command(BaseCommand):
    help = "After a restore: erase again everybody who was erased since that backup. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = reapply_erasures()
        except BrokenErasures as error:
            raise CommandError(f"The list of erasures does not hold: {error}") from error
        self.stdout.write(f"{count} people were erased again.")
