"""Print how PostgreSQL finds the next task for somebody."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from labeling.models import Project
from labeling.queries.handout import Wanted, explain_walk
from people.models import User

MOST_SEVERE_BY_DEFAULT = 2


class Command(BaseCommand):
    help = "Print the plan of a claim in a project (docs/claim-plan.md says how to read it). Nothing is handed out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", help="short name (slug) of the project")
        parser.add_argument("--person", help="username of whoever would claim; without it, somebody new")
        parser.add_argument("--max-severity", type=int, default=MOST_SEVERE_BY_DEFAULT, choices=range(5))

    def handle(self, *args: Any, **options: Any) -> None:
        project = Project.objects.filter(slug=options["project"]).first()
        if project is None:
            raise CommandError(f"there is no project {options['project']}")
        person = User.objects.filter(username=options["person"]).first() if options["person"] else None
        if person is None and options["person"]:
            raise CommandError(f"there is nobody called {options['person']}")
        wanted = Wanted(
            project_id=project.pk,
            person_id=person.pk if person else 0,
            cap=options["max_severity"],
            benign_only=False,
            takes_unrated=True,
            languages=tuple(person.languages) if person else ("en",),
            refused_categories=(),
            lease_minutes=project.lease_minutes,
        )
        with transaction.atomic():
            self.stdout.write(explain_walk(wanted=wanted))
            transaction.set_rollback(True)
