from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from people.errors import PeopleError
from people.models import Team
from people.operations.invitations import invite
from people.permissions import Role


class Command(BaseCommand):
    help = "Invite somebody and print the path of the link, which is good once. The first admin comes in this way."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--role", choices=[role.value for role in Role], default=Role.LABELER.value)
        parser.add_argument(
            "--team", help="name of the team, made if new; without it, the whole organisation"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        team = Team.objects.get_or_create(name=options["team"])[0] if options["team"] else None
        try:
            _, secret = invite(email=options["email"], role=Role(options["role"]), team=team, by=None)
        except PeopleError as error:
            raise CommandError(error.why) from error
        except ValidationError as error:
            raise CommandError(f"{options['email']} is not an e-mail address.") from error
        self.stdout.write(reverse("people:invitation", args=[secret]))
