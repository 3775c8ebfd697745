"""A project with many open, harmless tasks, made by a few SQL statements, and people with tokens."""

import json
from dataclasses import dataclass

from django.db import connection, transaction

from labeling.domain.masking import part_words
from labeling.domain.picture import frame_of
from labeling.importers.pictures import Taken
from labeling.operations.projects import create_project
from people.models import Team, User
from people.operations.api_tokens import issue_token
from people.operations.memberships import add_membership
from people.permissions import Permission, Role
from wellbeing import interface

SCHEMA = {
    "name": "Bench",
    "version": 1,
    "questions": [
        {
            "id": "harm",
            "kind": "categories",
            "deciding": True,
            "prompt": "Which of these?",
            "categories": [
                {
                    "id": "V",
                    "name": "Violence",
                    "key": "1",
                    "definition": "Harm to a person.",
                    "yes": [],
                    "no": [],
                }
            ],
            "severity": {"anchors": {"1": "mild", "2": "moderate", "3": "severe", "4": "extreme"}},
        }
    ],
}

SENTENCE = "The ferry leaves the harbour at nine and comes back before noon."
WORDS = 12

# Random positions, as the importer gives them, so that the index is not suspiciously well ordered.
FILL = """
WITH made AS (
    INSERT INTO labeling_item (project_id, source_id, external_id, kind, language, severity, scores, words,
                               part_words, frame, meta, neutral_line)
    SELECT %(project)s, %(source)s, 'bench-' || n, %(kind)s, '', 0, '{}', %(words)s, %(part_words)s, %(frame)s, '{}', ''
    FROM generate_series(1, %(tasks)s) AS n
    RETURNING id
), content AS (
    INSERT INTO labeling_itemcontent (item_id, body)
    SELECT id, %(body)s::jsonb FROM made
), task AS (
    INSERT INTO labeling_task (item_id, project_id, stratum_id, position, state)
    SELECT id, %(project)s, %(stratum)s, (random() * 9e18)::bigint, 'open' FROM made
    RETURNING id, position
)
INSERT INTO labeling_slot (task_id, number, stratum_id, position)
SELECT id, number, %(stratum)s, position FROM task, generate_series(1, 2) AS number
"""


@dataclass(frozen=True)
class Stage:
    project_id: int
    tokens: list[str]


def build(tasks: int, labelers: int, *, sentences: int = 1, picture: Taken | None = None) -> Stage:
    """`tasks` open tasks declared S0, of a source where that proved right, and `labelers` people with a token.

    Each is a text of so many sentences of twelve words, or that picture.
    """
    body: dict[str, object] = {"text": " ".join([SENTENCE] * sentences)}
    if picture is not None:
        size = {"width": picture.width, "height": picture.height}
        body = {"image": {"name": "bench.jpg", "sha256": picture.sha256, **size}}
    words = part_words(body)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        team = Team.objects.create(name=f"Bench {tasks}")
        maker = User.objects.create_user(f"bench-maker-{tasks}")
        project = create_project(
            team=team, name=f"Bench {tasks}", by=maker, schema=SCHEMA, guideline="Judge what is there."
        )
        cursor.execute(
            "INSERT INTO labeling_source (project_id, name, expected_severity, basis, confirmed_at)"
            " VALUES (%s, 'bench', 0, 'decided', respite_now()) RETURNING id",
            [project.pk],
        )
        source = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO labeling_stratum (project_id, source_id, declared, language, categories)"
            " VALUES (%s, %s, 0, '', '{}') RETURNING id",
            [project.pk, source],
        )
        stratum = cursor.fetchone()[0]
        cursor.execute(
            FILL,
            {
                "project": project.pk,
                "source": source,
                "stratum": stratum,
                "tasks": tasks,
                "kind": "text" if picture is None else "image",
                "words": sum(words),
                "part_words": words,
                "frame": "" if picture is None else frame_of(picture.width, picture.height),
                "body": json.dumps(body),
            },
        )
    tokens = []
    for number in range(labelers):
        person = User.objects.create_user(f"bench-{tasks}-{number}")
        add_membership(user=person, role=Role.LABELER, team=team, by=None)
        interface.recognise_experience(person_id=person.pk, step=4, by=None)
        interface.give_consent(person=person, version=interface.CONSENT_VERSION, language="en")
        tokens.append(issue_token(user=person, name="bench", scopes=[Permission.LABEL], days=1)[1])
    return Stage(project.pk, tokens)


def analyze() -> None:
    """What autovacuum would do a minute later; without it the first plans are guesses."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("ANALYZE")
