"""A project of the personas' team, and the steps of a task as one person takes them."""

import pytest

from labeling.models import Project
from people.models import Team, User
from tests.factories.labeling import project_for


@pytest.fixture
def project(team: Team, lead: User) -> Project:
    return project_for(team, lead)


@pytest.fixture
def other_project(team: Team, lead: User) -> Project:
    return project_for(team, lead)
