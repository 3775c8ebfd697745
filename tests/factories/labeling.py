"""Projects with tasks for tests. All content is invented and mild."""

from collections.abc import Sequence
from typing import Any

import factory
from factory.django import DjangoModelFactory

from labeling.domain.handout import categories_of
from labeling.domain.masking import part_words
from labeling.domain.picture import frame_of
from labeling.domain.stopping import strategy
from labeling.models import Item, ItemContent, Project, Slot, Source, Stratum, Task
from labeling.operations.claim import claim
from labeling.operations.outcomes import Shown, Submitted
from labeling.operations.projects import create_project
from labeling.operations.reveal import reveal
from labeling.operations.submit import submit
from labeling.queries.workbench import LeaseCard
from labeling.schema_templates import template
from people.models import Team, User
from tests.factories.people import TeamFactory, UserFactory, agree_everybody

MILD = "The new map is boring, and whoever drew it should go back to school."
BENIGN: dict[str, dict[str, int]] = {"categories": {}}


def schema_document() -> dict[str, Any]:
    """A small schema: two kinds of harm, with severities."""
    return {
        "name": "Small",
        "version": 1,
        "questions": [
            {
                "id": "categories",
                "kind": "categories",
                "deciding": True,
                "categories": [
                    {"id": "rude", "name": "Rude", "key": "r", "definition": "Unfriendly words."},
                    {"id": "threat", "name": "Threat", "key": "t", "definition": "Announces harm."},
                ],
                "severity": {"anchors": {"1": "mild", "2": "moderate", "3": "severe", "4": "extreme"}},
            }
        ],
    }


def rude(severity: int = 1) -> dict[str, dict[str, int]]:
    """An answer: rude, as severely as that."""
    return {"categories": {"rude": severity}}


def threat(severity: int = 1) -> dict[str, dict[str, int]]:
    return {"categories": {"threat": severity}}


def project_for(team: Team, by: User | None = None, **fields: Any) -> Project:
    """An active project of that team with the small schema, to which everybody who was asked before agrees."""
    number = Project.objects.count() + 1
    wanted = {"name": f"Project {number}", "slug": f"project-{number}", "schema": schema_document(), **fields}
    project = create_project(team=team, by=by or UserFactory(), **wanted)
    agree_everybody()
    return project


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = Source

    name = factory.Sequence(lambda number: f"source {number}")

    class Params:
        confirmed = factory.Trait(confirmed_at="2026-01-01T00:00:00Z")
        severe = factory.Trait(expected_severity=3, basis="find")


def add_tasks(
    project: Project,
    count: int = 1,
    *,
    source: Source | None = None,
    severity: int | None = 2,
    language: str = "en",
    scores: dict[str, float] | None = None,
    body: dict[str, Any] | None = None,
    kind: str = "text",
    first_position: int | None = None,
    slots: int | None = None,
) -> list[Task]:
    """Items with their tasks and slots, in the order in which they are handed out."""
    source = source or Source.objects.get_or_create(project=project, name="forum")[0]
    stratum, _ = Stratum.objects.get_or_create(
        project=project,
        source=source,
        declared=Stratum.UNRATED if severity is None else severity,
        language=language,
        categories=categories_of(scores or {}),
    )
    body = body or {"text": MILD}
    words = part_words(body)
    start = Task.objects.filter(project=project).count() + 1
    tasks = []
    for n in range(start, start + count):
        item = Item.objects.create(
            project=project,
            source=source,
            external_id=f"item-{n}",
            kind=kind,
            language=language,
            severity=severity,
            scores=scores or {},
            words=sum(words),
            part_words=words,
            completions=len(body.get("completions", ())) or int("completion" in body),
            frame=frame_of(body["image"]["width"], body["image"]["height"]) if kind == "image" else "",
        )
        ItemContent.objects.create(item=item, body=body)
        position = n * 1_000_000 if first_position is None else first_position + (n - start) * 1_000_000
        tasks.append(Task.objects.create(item=item, project=project, stratum=stratum, position=position))
    wanted = strategy(project.strategy).first if slots is None else slots
    add_slots(tasks, wanted)
    return tasks


def add_slots(tasks: Sequence[Task], count: int) -> None:
    Slot.objects.bulk_create(
        Slot(task=task, number=number, stratum=task.stratum, position=task.position)
        for task in tasks
        for number in range(1, count + 1)
    )


def openai_schema() -> dict[str, Any]:
    return template("openai_moderation").document


def new_team() -> Team:
    return TeamFactory()


def claimed(project: Project, by: User) -> LeaseCard:
    """A lease that the person has claimed."""
    card = claim(project=project, by=by)
    assert isinstance(card, LeaseCard), card
    return card


def shown(project: Project, by: User, show: str = "masked") -> Shown:
    """Claimed and revealed."""
    answer = reveal(lease_id=claimed(project, by).lease_id, by=by, show=show)
    assert isinstance(answer, Shown), answer
    return answer


def answered(project: Project, by: User, answers: dict[str, Any] | None = None) -> Submitted:
    """Claimed, revealed and answered; benign without an answer."""
    lease_id = shown(project, by).card.lease_id
    return submit(lease_id=lease_id, by=by, answers=BENIGN if answers is None else answers)
