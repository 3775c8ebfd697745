from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from people.errors import PeopleError
from people.models import Team, User
from people.operations.memberships import add_membership, remove_membership
from people.permissions import Role


class Command(BaseCommand):
    help = "Give a person a role, or take it with --remove. It holds from their next request."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("role", choices=[role.value for role in Role])
        parser.add_argument("--team", help="name of the team; without it, the whole organisation")
        parser.add_argument("--remove", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"There is nobody called {options['username']}.")
        team = Team.objects.filter(name=options["team"]).first() if options["team"] else None
        if options["team"] and team is None:
            raise CommandError(f"There is no team called {options['team']}.")
        role = Role(options["role"])
        if options["remove"]:
            if not remove_membership(user=user, role=role, team=team, by=None):
                raise CommandError("They did not hold that role there.")
            return
        try:
            add_membership(user=user, role=role, team=team, by=None)
        except PeopleError as error:
            raise CommandError(error.why) from error
