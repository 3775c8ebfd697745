from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from people.models import User
from wellbeing.domain.erasing import ErasureReason
from wellbeing.operations.erasure_requests import ErasureNotAllowed, approve_erasure, ask_for_erasure


class Command(BaseCommand):
    help = (
        "Ask for a person to be erased. With --approved-by, the name of a wellbeing officer who has agreed, it is done "
        "at once; otherwise it waits for an officer at the page."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument(
            "--reason",
            choices=[reason.value for reason in ErasureReason],
            default=ErasureReason.ASKED.value,
        )
        parser.add_argument("--approved-by", help="username of the officer who agreed")

    def handle(self, *args: Any, **options: Any) -> None:
        """Nothing that is printed or kept holds the name."""
        person = self._user(options["username"])
        officer = self._user(options["approved_by"]) if options["approved_by"] else None
        request = ask_for_erasure(person_id=person.pk, by=None, reason=ErasureReason(options["reason"]))
        if officer is None:
            self.stdout.write(f"Person {person.pk} will be erased when a wellbeing officer approves it.")
            return
        try:
            approve_erasure(request_id=request.pk, by=officer)
        except ErasureNotAllowed as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Person {person.pk} was erased.")

    def _user(self, username: str) -> User:
        user = User.objects.filter(username=username, erased_at=None).first()
        if user is None:
            raise CommandError(f"There is nobody called {username}.")
        return user
