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
