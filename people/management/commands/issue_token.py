from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from people.errors import PeopleError
from people.models import User
from people.operations.api_tokens import issue_token
from people.permissions import TOKEN_SCOPES, Permission
from people.queries import permissions_of


class Command(BaseCommand):
    help = "Make an API token for a person and print it. It is printed once and not stored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="made in the shell", help="what it is for")
        parser.add_argument("--days", type=int, default=30, help="how long it lives, at most 90")
        parser.add_argument(
            "--scope",
            action="append",
            choices=[scope.value for scope in TOKEN_SCOPES],
            help="what it may do; may be repeated; without it, all that the person may",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"There is nobody called {options['username']}.")
        held = permissions_of(user)
        scopes = (
            [Permission(scope) for scope in options["scope"]]
            if options["scope"]
            else [scope for scope in TOKEN_SCOPES if scope in held]
        )
        try:
            _, plaintext = issue_token(user=user, name=options["name"], scopes=scopes, days=options["days"])
        except PeopleError as error:
            raise CommandError(error.why) from error
        self.stdout.write(plaintext)
