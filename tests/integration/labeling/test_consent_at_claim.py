"""A schema with a new kind of content is published while somebody claims: they are asked before they are handed any."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from labeling.models import Lease, Project, Slot
from labeling.operations import claim as claim_module
from labeling.operations.claim import claim
from labeling.operations.outcomes import Refused
from labeling.operations.projects import publish_schema
from labeling.queries.workbench import LeaseCard
from people.models import User
from tests.factories.labeling import add_tasks, schema_document
from wellbeing import interface

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def published_meanwhile(project: Project, lead: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next claim finds a new version of the schema once it has been cleared, committed by somebody else."""
    add_tasks(project)
    document = schema_document()
    document["questions"][0]["categories"].append(
        {"id": "spam", "name": "Spam", "definition": "Unasked adverts."}
    )
    take_slot = claim_module.take_slot

    def publish() -> None:
        try:
            publish_schema(project=project, document=document, by=lead)
        finally:
            connections["default"].close()

    def publish_first(**wanted: Any) -> Any:
        monkeypatch.setattr(claim_module, "take_slot", take_slot)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(publish).result()
        return take_slot(**wanted)

    monkeypatch.setattr(claim_module, "take_slot", publish_first)


@pytest.mark.usefixtures("published_meanwhile")
def test_it_is_asked_about_and_nothing_is_taken(project: Project, labeler: User) -> None:
    answer = claim(project=project, by=labeler)

    assert isinstance(answer, Refused)
    assert answer.code == "consent_needed"
    assert not Lease.objects.exists()
    assert not Slot.objects.filter(available_at__gt=interface.now()).exists()


@pytest.mark.usefixtures("published_meanwhile")
def test_without_the_second_look_it_is_handed_out(
    project: Project, labeler: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interface, "claimed", lambda **_: None)

    card = claim(project=project, by=labeler)

    assert isinstance(card, LeaseCard)
    assert card.schema_version == 2
