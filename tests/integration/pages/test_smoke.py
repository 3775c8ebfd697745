import pytest

from tests.factories.labeling import add_tasks, answered, project_for, rude


@pytest.fixture
def project(team, lead):
    project = project_for(team, lead)
    add_tasks(project, 3)
    return project


def test_pages_open(project, engineer, lead, labeler, second_labeler, browser_of):
    for person in (labeler, second_labeler):
        answered(project, person, rude(2))
    browser = browser_of(engineer)
    for path in (
        "/projects/",
        "/projects/new/",
        f"/projects/{project.pk}/",
        f"/projects/{project.pk}/schema/",
        f"/projects/{project.pk}/guideline/edit/",
        f"/projects/{project.pk}/imports/new/",
    ):
        response = browser.get(path)
        assert response.status_code == 200, path
    assert browser_of(lead).get("/team/").status_code == 200
    for path in ("/api/v1/projects", f"/api/v1/projects/{project.pk}", "/api/schema/"):
        response = browser.get(path)
        assert response.status_code == 200, (path, response.content[:400])
