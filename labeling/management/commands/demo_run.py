import json
import os
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from labeling.management.simulation.truth import TruthError, read_map
from labeling.models import Project, Release
from labeling.operations.projects import create_project
from labeling.operations.releases import publish_release
from people.models import Team, User

DEMO_SET = settings.BASE_DIR / "labeling" / "demo" / "set"
SCHEMA = settings.BASE_DIR / "labeling" / "schema_templates" / "openai_moderation.json"
GUIDELINE = "Judge what the text says, not who may have written it. Mark every kind that is present.\n"
RELEASE_SECONDS = 600


class Command(BaseCommand):
    """The whole main job without a person, as one command.

    1. A new project with the moderation taxonomy; import the items.
    2. Scripted labelers work through it over HTTP (`simulate_labelers`).
    3. Publish a release and wait for its files.
    4. Train the baseline on it (`train_baseline`).

    `make demo-run` runs it beside a throw-away database, web process, worker and beat.
    """

    help = "Import, label with scripted labelers over HTTP, decide, release, train (demo settings only)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--items", type=Path, default=DEMO_SET / "items.jsonl", help="JSONL or CSV, also .gz"
        )
        parser.add_argument(
            "--truth", type=Path, help="default: truth.jsonl beside the items, or the items' CSV"
        )
        parser.add_argument("--truth-map", type=Path, help="needed with a CSV truth")
        parser.add_argument("--url", default=os.environ.get("BASE_URL", "http://127.0.0.1:8000"))
        parser.add_argument("--labelers", type=int, default=12)
        parser.add_argument("--accuracy", type=float, default=0.92)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--name", default="Demo run", help="the project's name")
        parser.add_argument("--json", type=Path, help="write the figures of the simulation here as well")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("demo_run runs with demo or test settings only.")
        truth = options["truth"] or self._truth_beside(options["items"])
        began = time.monotonic()
        if "owner" in settings.DATABASES:
            call_command("allow_clock_moves", stdout=self.stdout)
        project = self._project(options["name"])
        self._title("Import")
        self._import(project, options)
        self._title(f"Label: {options['labelers']} scripted labelers over HTTP, on a simulated clock")
        call_command(
            "simulate_labelers", project.slug, truth=truth, **self._passed_on(options), stdout=self.stdout
        )
        self._title("Release")
        release = self._release(project)
        self._title("Train")
        call_command(
            "train_baseline",
            f"{project.slug}/{release.number}",
            truth=truth,
            truth_map=options["truth_map"],
            stdout=self.stdout,
        )
        self.stdout.write(f"\nAll of it took {time.monotonic() - began:,.0f} s.")

    def _truth_beside(self, items: Path) -> Path:
        beside = items.parent / "truth.jsonl"
        return beside if beside.exists() else items

    def _project(self, name: str) -> Project:
        team, _ = Team.objects.get_or_create(name="Demo run")
        maker, _ = User.objects.get_or_create(username="demo-run", defaults={"display_name": "Demo run"})
        schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
        return create_project(team=team, name=name, by=maker, schema=schema, guideline=GUIDELINE)

    def _import(self, project: Project, options: dict[str, Any]) -> None:
        extra: dict[str, Any] = {}
        if options["truth_map"] and ".csv" in options["items"].suffixes:
            try:
                mapping = read_map(options["truth_map"])
            except TruthError as error:
                raise CommandError(str(error)) from error
            extra = {
                "map": [f"{mapping.item_column}=id"] if mapping.item_column != "id" else [],
                "ignore": [",".join([*mapping.columns, *mapping.unused])],
            }
        call_command("import_items", project.slug, options["items"], stdout=self.stdout, verbosity=0, **extra)

    def _passed_on(self, options: dict[str, Any]) -> dict[str, Any]:
        names = ("truth_map", "url", "labelers", "accuracy", "seed", "json")
        return {name: options[name] for name in names}

    def _release(self, project: Project) -> Release:
        release = publish_release(project=project, by=project.created_by)
        deadline = time.monotonic() + RELEASE_SECONDS
        while release.state not in {Release.State.READY, Release.State.FAILED}:
            if time.monotonic() > deadline:
                raise CommandError("The release was not built in time. Is a worker running?")
            time.sleep(0.2)
            release.refresh_from_db()
        if release.state == Release.State.FAILED:
            raise CommandError(f"The release failed: {release.failure}")
        for file in release.manifest["files"]:
            self.stdout.write(f"{file['name']:<20}{file.get('rows') or '':>9}{file['bytes']:>13,} bytes")
        self._figures(release.manifest)
        return release

    def _figures(self, manifest: dict[str, Any]) -> None:
        """The release's own figures: agreement by name and category, and what a label cost."""
        self.stdout.write("")
        for category, figures in manifest["agreement"].items():
            for figure in figures:
                if figure["name"].startswith(("percent", "Krippendorff")):
                    said = figure["why_undefined"] or (
                        f"{figure['value']:.3f} ({figure['low']:.3f} to {figure['high']:.3f})"
                        f" on {figure['units']:,} items"
                    )
                    self.stdout.write(f"{category:<10}{figure['name']:<28}{said}")
        for name, value in manifest["efficiency"].items():
            self.stdout.write(f"{name:<38}{value}")

    def _title(self, text: str) -> None:
        self.stdout.write(f"\n== {text}")
        self.stdout.flush()
