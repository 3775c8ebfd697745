"""Answers to every kind of question through the API: taken, decided, released, and refused with their place."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from labeling.exporters.build import build
from labeling.models import Annotation, FinalLabel, Project
from labeling.operations.releases import publish_release
from labeling.queries.releases import folder_of
from people.models import User
from people.permissions import Role
from tests.api.conftest import Program
from tests.factories.labeling import add_tasks, project_for
from tests.factories.people import person
from tests.unit.labeling.schemas import kinds

PAIR = {
    "prompt": "Well?",
    "completions": ["You old turnip.", "Hello there."],
    "context": {"use_case": "chat"},
}
GIVEN = {
    "categories": {"threat_vivid": 2},
    "choice": "bad",
    "rating": 2,
    "constraint": "ignored",
    "preference": "B",
    "ranking": [["B"], ["A"]],
    "spans": [{"block": 2, "words": [2, 3], "label": "insult"}],
    "rationale": {"text": "It calls somebody a turnip."},
    "correction": {"text": "Good day.", "completion": "A"},
}
KEPT = GIVEN | {
    "categories": {"threat": 2, "threat_vivid": 2},
    "spans": [{"block": 2, "start": 4, "end": 15, "label": "insult"}],
}


@pytest.fixture
def asked(team: Any, lead: User) -> Project:
    schema = {"name": "Every kind", "version": 1, "questions": kinds()}
    project = project_for(team, lead, schema=schema)
    add_tasks(project, body=PAIR, kind="pair")
    return project


def opened(api: Program, project: Project) -> tuple[int, dict[str, Any]]:
    claimed = api.post(f"projects/{project.pk}/claim").json()
    lease = int(claimed["lease"]["id"])
    assert claimed["card"]["completions"] == 2
    return lease, api.post(f"leases/{lease}/reveal", {"show": "full"}).json()


def test_an_answer_of_every_kind_is_taken_decided_and_released(
    program: Callable[..., Program], asked: Project, team: Any, labeler: User, lead: User, settings, tmp_path
) -> None:
    settings.CONTENT_DIR = tmp_path
    first, second = program(labeler), program(person("Second", Role.LABELER, team))
    lease, shown = opened(first, asked)
    segments = [segment for part in shown["parts"] for segment in part["segments"]]
    assert [(segment["block"], segment["offset"]) for segment in segments] == [(0, 0), (1, 0), (2, 0), (3, 0)]
    assert first.post(f"leases/{lease}/annotation", {"answers": GIVEN}).json()["decision"] == "open"
    assert Annotation.objects.get().answers == KEPT
    assert Annotation.objects.get().verdict == 3

    lease, _ = opened(second, asked)
    other = GIVEN | {"spans": [], "rationale": {"text": "Another view."}}
    assert second.post(f"leases/{lease}/annotation", {"answers": other}).json()["decision"] == "decided"

    final = FinalLabel.objects.get()
    assert final.answers == {name: said for name, said in KEPT.items() if name in DECIDED} | {"spans": []}
    assert final.severity == 3
    release = publish_release(project=asked, by=lead, enqueue=False)
    build(release.pk)
    folder = folder_of(release)
    texts = [json.loads(line) for line in (folder / "texts.jsonl").read_text().splitlines()]
    assert sorted(row["text"] for row in texts) == [
        "Another view.",
        "Good day.",
        "Good day.",
        "It calls somebody a turnip.",
    ]
    assert "turnip" not in (folder / "annotations.jsonl").read_text() + (folder / "labels.csv").read_text()
    head, row = (
        line.replace('"', "").split(",") for line in (folder / "labels.csv").read_text().splitlines()
    )
    cells = dict(zip(head, row, strict=True))
    assert [cells[name] for name in ("threat", "choice", "rating", "preference", "ranking", "spans")] == [
        "2",
        "bad",
        "2",
        "B",
        "B>A",
        "0",
    ]
    assert cells["soft.spans.insult"] == "0.5"
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["answers"]["choice"] == {"bad": 1}
    assert {"rating", "ranking"} <= manifest["agreement"].keys()


DECIDED = {"categories", "choice", "rating", "constraint", "preference", "ranking"}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"choice": "other"}, "choice"),
        ({"rating": 9}, "rating"),
        ({"preference": "C"}, "preference"),
        ({"ranking": [["A"]]}, "ranking"),
        ({"spans": [{"block": 9, "start": 0, "end": 1, "label": "insult"}]}, "spans[0].block"),
        ({"spans": [{"block": 1, "start": 0, "end": 99, "label": "insult"}]}, "spans[0]"),
        ({"correction": {"text": "x", "completion": "Z"}}, "correction.completion"),
        ({"rationale": {"text": ""}}, "rationale"),
        ({"more": 1}, "more"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(
    program: Callable[..., Program], asked: Project, labeler: User, change: dict[str, Any], place: str
) -> None:
    api = program(labeler)
    lease, _ = opened(api, asked)
    refused = api.post(f"leases/{lease}/annotation", {"answers": GIVEN | change})
    assert refused.status_code == 422
    assert refused.json()["code"] == "answers_invalid"
    assert place in [error["place"] for error in refused.json()["errors"]]
    assert not Annotation.objects.exists()


def test_the_length_of_a_text_is_not_told_before_it_is_revealed(
    program: Callable[..., Program], asked: Project, labeler: User
) -> None:
    api = program(labeler)
    lease = api.post(f"projects/{asked.pk}/claim").json()["lease"]["id"]
    far = GIVEN | {"spans": [{"block": 999, "start": 0, "end": 9999, "label": "insult"}]}
    assert api.post(f"leases/{lease}/annotation", {"answers": far}).json()["code"] == "not_revealed"
