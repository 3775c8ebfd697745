"""Train the baseline classifier on a release and say how well it does."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from labeling.management.baseline import Result, judged_by, label_quality, left_out, read_examples, train
from labeling.management.simulation.truth import Truth, TruthError, read_map, read_truth
from labeling.models import Release
from labeling.queries.releases import folder_of


class Command(BaseCommand):
    help = "Train TF-IDF + logistic regression per category on a release's training split, and test it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("release", metavar="RELEASE", help="PROJECT/NUMBER, or the folder of a release")
        parser.add_argument("--train-split", default="train")
        parser.add_argument(
            "--validation-split", default="validation", help="chooses the threshold; 0.5 without it"
        )
        parser.add_argument("--test-split", default="test")
        parser.add_argument(
            "--truth",
            type=Path,
            help="what the items really are: cells it does not label are left out, and the test is scored by it",
        )
        parser.add_argument("--truth-map", type=Path, help="needed with a CSV truth")
        parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = _folder(options["release"])
        truth = _truth(options["truth"], options["truth_map"])
        ignored = left_out(folder / "schema.json")
        examples = read_examples(folder / "items.jsonl", ignored=ignored)
        if ignored:
            self.stdout.write(f"left out, because they are no yes or no about a text: {', '.join(ignored)}")
        if truth is not None:
            for line in _quality(label_quality(truth, examples)):
                self.stdout.write(line)
            examples = judged_by(truth, examples, test_split=options["test_split"])
        try:
            results = train(
                examples,
                train_split=options["train_split"],
                validation_split=options["validation_split"],
                test_split=options["test_split"],
            )
        except ImportError as error:
            raise CommandError("scikit-learn is missing: pip install -r requirements-train.txt") from error
        sizes = {split: len(rows) for split, rows in examples.items()}
        self.stdout.write(
            ", ".join(f"{size:,} {split}" for split, size in sorted(sizes.items())) or "no decided items"
        )
        for line in _table(results):
            self.stdout.write(line)
        if options["json"]:
            document = {
                "release": str(options["release"]),
                "items": sizes,
                "categories": [r.document() for r in results],
            }
            options["json"].write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def _truth(path: Path | None, truth_map: Path | None) -> Truth | None:
    if path is None:
        return None
    try:
        return read_truth(path, read_map(truth_map) if truth_map else None)
    except TruthError as error:
        raise CommandError(str(error)) from error


def _quality(quality: dict[str, tuple[int, float, float]]) -> list[str]:
    lines = [f"{'released labels':<24} {'cells':>8} {'accuracy':>9} {'balanced':>9}"]
    lines += [
        f"{name:<24} {cells:>8,} {accuracy:>9.3f} {balanced:>9.3f}"
        for name, (cells, accuracy, balanced) in quality.items()
    ]
    return [*lines, ""]


def _folder(name: str) -> Path:
    if (Path(name) / "items.jsonl").is_file():
        return Path(name)
    slug, _, number = name.rpartition("/")
    release = None
    if slug and number.isdecimal():
        release = (
            Release.objects.select_related("project").filter(project__slug=slug, number=int(number)).first()
        )
    if release is None:
        raise CommandError(f"{name!r} is neither PROJECT/NUMBER of a release nor a folder with items.jsonl")
    if release.state != Release.State.READY:
        raise CommandError(f"release {name} is {release.state}")
    return folder_of(release)


def _table(results: list[Result]) -> list[str]:
    lines = [f"{'category':<24} {'train +':>8} {'test +':>7} {'AUROC':>7} {'F1':>7} {'threshold':>10}"]
    for result in results:
        start = f"{result.category:<24} {result.train_positive:>8} {result.test_positive:>7}"
        if result.why_undefined:
            lines.append(f"{start}   undefined: {result.why_undefined}")
        else:
            lines.append(f"{start} {result.auroc:>7.3f} {result.f1:>7.3f} {result.threshold:>10.2f}")
    return lines
