"""Publish the next release of a project and write its files."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from labeling.exporters.build import build
from labeling.models import Project
from labeling.operations.errors import LabelingError
from labeling.operations.releases import publish_release
from labeling.queries.releases import folder_of
from people.models import User


class Command(BaseCommand):
    help = "Freeze the labels of a project as its next numbered release, and write the files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", help="short name (slug) of the project")
        parser.add_argument("--seed", type=int, help="decides the splits (default: the project's own)")
        parser.add_argument(
            "--split",
            action="append",
            default=[],
            metavar="NAME=SHARE",
            help="instead of train 0.8, validation and test 0.1",
        )
        parser.add_argument("--by", metavar="USERNAME", help="who publishes (default: who made the project)")
        parser.add_argument("--queue", action="store_true", help="leave writing the files to a worker")

    def handle(self, *args: Any, **options: Any) -> None:
        project = Project.objects.filter(slug=options["project"]).first()
        if project is None:
            raise CommandError(f"there is no project {options['project']!r}")
        by = User.objects.filter(username=options["by"]).first() if options["by"] else project.created_by
        if by is None:
            raise CommandError(f"there is no user {options['by']!r}")
        try:
            release = publish_release(
                project=project,
                by=by,
                seed=options["seed"],
                splits=_splits(options["split"]) or None,
                enqueue=options["queue"],
            )
        except (LabelingError, ValueError) as error:
            raise CommandError(str(error)) from error
        if options["queue"]:
            self.stdout.write(f"{project.slug}/{release.number} is waiting for a worker")
            return
        manifest = build(release.pk)
        if manifest is None:
            raise CommandError(f"a worker builds {project.slug}/{release.number} already")
        items = manifest["items"]
        self.stdout.write(
            f"{project.slug}/{release.number}: {items['decided']:,} decided and {items['contested']:,} contested items, "
            f"{manifest['annotations']:,} annotations, HEAL {manifest['efficiency']['heal']}"
        )
        self.stdout.write(str(folder_of(release)))


def _splits(pairs: list[str]) -> dict[str, float]:
    try:
        return {name: float(share) for name, share in (pair.split("=") for pair in pairs)}
    except ValueError as error:
        raise CommandError("--split wants NAME=SHARE, such as train=0.9") from error
