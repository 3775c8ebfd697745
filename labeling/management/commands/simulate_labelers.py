import io
import json
import time
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config.celery import app
from labeling.management.simulation import cast
from labeling.management.simulation.client import ApiClient, ApiError
from labeling.management.simulation.clock import FastClock, WallClock
from labeling.management.simulation.labeler import ScriptedLabeler, temperaments
from labeling.management.simulation.loop import Limits, Progress, run
from labeling.management.simulation.report import Person, Report
from labeling.management.simulation.shift import Shift
from labeling.management.simulation.truth import TruthError, read_map, read_truth
from labeling.models import Project
from wellbeing import interface


class Command(BaseCommand):
    """Scripted labelers work through a project, as people would: over HTTP, with breaks and budgets.

    1. Make the demo labelers that are missing, and give each a token for a day.
    2. Loop: whoever acts next, acts. They claim, reveal, read, answer or skip, rest when told to, go home at five.
    3. With `--clock fast` the clock jumps to the next moment at which somebody acts; night jobs are sent for each
       night that passes. Sign-on, tokens and beat keep the real clock.
    4. Print what it cost.
    """

    help = "Let scripted labelers work through a project over HTTP (demo and test settings only)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", help="the project's slug")
        parser.add_argument("--truth", type=Path, required=True, help="CSV (with --truth-map) or JSONL")
        parser.add_argument(
            "--truth-map", type=Path, help="JSON: item column, columns, severity of each category"
        )
        parser.add_argument("--url", default="http://127.0.0.1:8000", help="where the web process listens")
        parser.add_argument("--labelers", type=int, default=12)
        parser.add_argument("--accuracy", type=float, default=0.92)
        parser.add_argument("--words-per-minute", type=float, default=200.0)
        parser.add_argument("--skip-rate", type=float, default=0.01)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--days", type=int, default=120, help="give up after so many simulated days")
        parser.add_argument("--clock", choices=["fast", "wall"], default="fast")
        parser.add_argument("--json", type=Path, help="write the figures here as well")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("simulate_labelers runs with demo or test settings only.")
        project = Project.objects.filter(slug=options["project"]).select_related("team").first()
        if project is None:
            raise CommandError(f"There is no project {options['project']!r}.")
        members = cast.assemble(project, options["labelers"])
        try:
            report = self._play(project, members, options)
        except (TruthError, ApiError, OSError) as error:
            raise CommandError(str(error)) from error
        finally:
            cast.dismiss(members)
        self.stdout.write("\n".join(["", *report.lines()]))
        if options["json"]:
            options["json"].parent.mkdir(parents=True, exist_ok=True)
            options["json"].write_text(json.dumps(report.document(), indent=1) + "\n", encoding="utf-8")
        if not report.finished:
            raise CommandError(
                "Some tasks are still open: nobody could take them within the limits of the run."
            )

    def _play(self, project: Project, members: list[cast.Member], options: dict[str, Any]) -> Report:
        mapping = read_map(options["truth_map"]) if options["truth_map"] else None
        truth = read_truth(options["truth"], mapping)
        clients = [ApiClient(options["url"], member.secret) for member in members]
        question, categories = self._question(clients[0], project.pk)
        characters = temperaments(
            [member.username for member in members],
            accuracy=options["accuracy"],
            words_per_minute=options["words_per_minute"],
            skip_rate=options["skip_rate"],
            seed=options["seed"],
        )
        shifts = [
            Shift(
                project_id=project.pk,
                question=question,
                client=client,
                labeler=ScriptedLabeler(character, categories, mapping.severity if mapping else {}),
                truth=truth,
                zone=ZoneInfo("UTC"),
            )
            for client, character in zip(clients, characters, strict=True)
        ]
        clock = (
            FastClock(interface.now, self._move_clock)
            if options["clock"] == "fast"
            else WallClock(interface.now)
        )
        began, wall = clock.now(), time.monotonic()
        finished = run(
            shifts,
            clock,
            progress=lambda: self._progress(clients[0], project.pk),
            night=self._night,
            tell=self._tell,
            limits=Limits(days=options["days"]),
        )
        ended = clock.now()
        people = [self._person(shift) for shift in shifts]
        return Report(
            finished=finished,
            progress=self._counts(clients[0], project.pk),
            people=people,
            simulated_days=(ended - began).total_seconds() / 86400,
            seconds=time.monotonic() - wall,
        )

    def _question(self, client: ApiClient, project_id: int) -> tuple[str, list[str]]:
        """The one question of the published schema, and the categories it offers.

        Raises ApiError where it asks for more than scripted labelers can answer.
        """
        answer = client.get(f"projects/{project_id}")
        if answer.status != 200:
            raise ApiError(f"GET projects/{project_id}: {answer.status} {answer.code}")
        schema = answer.body["schema"] or {"document": {"questions": []}}
        asked = schema["document"]["questions"]
        for question in asked:
            if len(asked) == 1 and question["kind"] == "categories":
                offered = [c["id"] for c in question["categories"] if c.get("offered", True)]
                return str(question["id"]), offered
        kinds = ", ".join(question["kind"] for question in asked) or "nothing"
        raise ApiError(
            f"Scripted labelers answer one question of kind categories. This project asks: {kinds}."
        )

    def _counts(self, client: ApiClient, project_id: int) -> dict[str, Any]:
        counts: dict[str, int] = client.get(f"projects/{project_id}").body["counts"]
        return {"tasks": sum(counts.values()), **counts}

    def _progress(self, client: ApiClient, project_id: int) -> Progress:
        counts = self._counts(client, project_id)
        return Progress(tasks=int(counts["tasks"]), open=int(counts["open"]))

    def _person(self, shift: Shift) -> Person:
        exposure = shift.client.get("me/exposure").body
        tally = shift.tally
        return Person(
            name=shift.labeler.temperament.name,
            annotations=tally.annotations,
            skips=tally.skips,
            breaks=tally.breaks,
            budget_stops=tally.budget_stops,
            days=len(tally.days),
            exposure_points=exposure["month_points"]["used"] / 1000,
        )

    def _night(self, night: datetime) -> None:
        self.stdout.write(f"{night:%a %d %b} night")
        self._send_scheduled_jobs()

    def _send_scheduled_jobs(self) -> None:
        """Each simulated hour and night: beat keeps the real clock, to which a simulated day is a minute."""
        app.finalize()
        for entry in app.conf.beat_schedule.values():
            app.send_task(entry["task"], kwargs=entry.get("kwargs", {}))

    def _move_clock(self, seconds: float) -> None:
        call_command("move_clock", seconds / 60, stdout=io.StringIO())

    def _tell(self, moment: datetime, progress: Progress) -> None:
        done = progress.tasks - progress.open
        self.stdout.write(f"{moment:%a %d %b %H:%M}  {done:,} of {progress.tasks:,} decided")
        self.stdout.flush()
        self._send_scheduled_jobs()
