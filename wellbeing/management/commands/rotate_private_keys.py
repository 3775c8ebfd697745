from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wellbeing.domain.sealing import KeyMissing, SealBroken
from wellbeing.operations.private_keys import rotate_private_keys
from wellbeing.queries.private_keys import keyring


class Command(BaseCommand):
    help = (
        "Wrap every person's private key under the first of PRIVATE_KEYS, so that the others can be taken away. "
        "Safe to repeat and to interrupt."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = rotate_private_keys()
        except KeyMissing as error:
            raise CommandError(
                f"{error}. Put it back behind the new key and run this again; without it, what it protects is lost."
            ) from error
        except SealBroken as error:
            raise CommandError(
                "A person's key does not open with the key that it names. Was another one given the same name?"
            ) from error
        self.stdout.write(f"{count} keys were wrapped anew. All are under {keyring().first} now.")
