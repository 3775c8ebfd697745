"""A project of the personas' team, and the steps of a task as one person takes them."""

import pytest
from celery import Celery
from django.conf import settings

from labeling.models import Item, Project, Slot, Task
from labeling.operations import messages
from labeling.operations.imports import start_import
from labeling.operations.projects import publish_schema
from labeling.operations.releases import publish_release
from people.models import Team, User
from tests.factories.labeling import add_tasks, answered, project_for, schema_document
from tests.factories.people import agree_everybody

LINES = b"".join(b'{"key": "n%d", "text": "The bus is late.", "note": 1}\n' % n for n in range(6))


@pytest.fixture
def project(team: Team, lead: User) -> Project:
    return project_for(team, lead)


@pytest.fixture
def other_project(team: Team, lead: User) -> Project:
    return project_for(team, lead)


@pytest.fixture
def lost(monkeypatch):
    """Until `lost.undo()` messages go to a broker that is not there."""
    nowhere = Celery(
        "nowhere",
        broker="redis://127.0.0.1:1/0",
        broker_transport_options=settings.CELERY_BROKER_TRANSPORT_OPTIONS,
        set_as_current=False,
    )
    with monkeypatch.context() as patch:
        patch.setattr(messages, "current_app", nowhere)
        yield patch


@pytest.fixture
def waiting(project, engineer, lost):
    """An import that was sent in while no broker was there, with options."""
    return start_import(
        project=project,
        by=engineer,
        chunks=[LINES],
        file_name="items.jsonl",
        format_name="jsonl",
        mapping={"key": "id"},
        ignored=["note"],
    )


@pytest.fixture
def unbuilt(project, engineer, labeler, second_labeler):
    add_tasks(project, 1, severity=1)
    answered(project, labeler)
    answered(project, second_labeler)
    return publish_release(project=project, by=engineer, enqueue=False)


def is_complete(row):
    row.refresh_from_db()
    assert (row.state, row.lines, row.created_items + row.known_items, row.failed_lines) == ("done", 6, 6, 0)
    assert Item.objects.count() == Task.objects.count() == 6
    assert Slot.objects.count() == 12
    assert (row.turn, row.alive_at, row.tries) == (None, None, 0)
    assert not (settings.CONTENT_DIR / row.path).exists()


def of_three_kinds(project, by):
    document = schema_document()
    document["questions"][0]["categories"].append(
        {"id": "spam", "name": "Spam", "key": "s", "definition": "Adverts."}
    )
    publish_schema(project=project, document=document, by=by)
    agree_everybody()
