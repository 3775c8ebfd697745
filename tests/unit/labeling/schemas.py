"""Small label schemas for the unit tests."""

from typing import Any

from labeling.domain.schema import Schema, parse


def document(*, severity: bool = True) -> dict[str, Any]:
    """Two categories, one sub-tier and one that is only named."""
    question: dict[str, Any] = {
        "id": "harm",
        "kind": "categories",
        "deciding": True,
        "categories": [
            {"id": "rude", "name": "Rude", "key": "1", "definition": "Unkind words.", "parent": None},
            {"id": "threat", "name": "Threat", "key": "2", "definition": "Announces harm.", "parent": None},
            {"id": "threat_vivid", "name": "Vivid threat", "definition": "In detail.", "parent": "threat"},
            {"id": "named", "name": "Only named", "definition": "", "offered": False},
        ],
    }
    if severity:
        question["severity"] = {"anchors": {"1": "mild", "2": "moderate", "3": "severe", "4": "extreme"}}
    return {"name": "Test", "version": 1, "questions": [question]}


def schema(*, severity: bool = True) -> Schema:
    return parse(document(severity=severity))


def asking(*questions: dict[str, Any]) -> Schema:
    """A schema of these questions."""
    return parse({"name": "Test", "version": 1, "questions": list(questions)})


def kinds() -> list[dict[str, Any]]:
    """One question of each kind, under its kind as id."""
    options = [{"id": "ok", "name": "Fine", "severity": 0}, {"id": "bad", "name": "Bad", "severity": 3}]
    return [
        {**document()["questions"][0], "id": "categories"},
        {"id": "choice", "kind": "choice", "options": options},
        {"id": "rating", "kind": "rating", "points": [{"value": n, "text": f"Level {n}"} for n in (1, 2, 3)]},
        {"id": "constraint", "kind": "constraint"},
        {"id": "preference", "kind": "preference", "ties": True},
        {"id": "ranking", "kind": "ranking", "ties": True},
        {"id": "spans", "kind": "spans", "labels": [{"id": "insult", "name": "Insult"}]},
        {"id": "rationale", "kind": "rationale"},
        {"id": "correction", "kind": "correction"},
    ]
