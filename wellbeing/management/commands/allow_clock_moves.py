from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections


class Command(BaseCommand):
    help = "Demo and test only: as the owner role, allow the runtime role to move the clock forward. Run after migrate."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--database", default="owner", help="The owner role's connection.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The clock can be moved in a demo or a test only.")
        if options["database"] not in settings.DATABASES:
            raise CommandError("Set DATABASE_OWNER_URL: only the owner role can allow this.")
        connection = connections[options["database"]]
        role = connection.ops.quote_name(settings.APP_DATABASE_ROLE)
        with connection.cursor() as cursor:
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE ON public.clock_offset TO {role}")
        self.stdout.write("The runtime role may move the clock forward.")
