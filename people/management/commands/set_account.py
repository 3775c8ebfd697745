from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from people.errors import PeopleError
from people.models import User
from people.operations.accounts import set_active


class Command(BaseCommand):
    help = "Close a person's account or open it again. Sessions and tokens of a closed one are dead at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("state", choices=["open", "closed"])

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"There is nobody called {options['username']}.")
        try:
            set_active(user=user, active=options["state"] == "open", by=None)
        except PeopleError as error:
            raise CommandError(error.why) from error
