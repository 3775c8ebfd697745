"""A project with three mild items, and programs that call the API."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from labeling.models import Project
from people.models import Team, User
from tests.factories.labeling import add_tasks, project_for


@pytest.fixture
def project(team: Team, lead: User) -> Project:
    project = project_for(team, lead, guideline="Look twice.")
    add_tasks(project, 3)
    return project


class Program:
    """One person's program."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(f"/api/v1/{path}", headers=headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.client.post(
            f"/api/v1/{path}",
            data={} if body is None else body,
            content_type="application/json",
            headers=headers,
        )


@pytest.fixture
def program(program_of: Callable[..., Client]) -> Callable[..., Program]:
    """`program(labeler)`: calls the API with a token of that person."""
    return lambda user, scopes=None: Program(program_of(user, scopes))


def is_problem(response: Any, status: int, code: str) -> dict[str, Any]:
    """Asserts the form that every error has; returns it."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert (body["status"], body["code"]) == (status, code)
    assert body["title"]
    assert body["detail"]
    return body
