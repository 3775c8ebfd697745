"""Projects, imports and releases over HTTP."""

import hashlib
import io
import json
from collections.abc import Callable
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from labeling.models import Import, Item, Project, Release
from labeling.operations.projects import publish_guideline, publish_schema
from people.models import AuditEvent, User
from tests.api.conftest import Program, is_problem
from tests.factories.labeling import answered, project_for, rude, schema_document

Programs = Callable[..., Program]
GOOD = '{"id": "a", "text": "The sea is calm."}\n{"id": "b", "text": "So is the harbour."}\n'


@pytest.fixture
def api(program: Programs, engineer: User) -> Program:
    return program(engineer)


@pytest.fixture(autouse=True)
def jobs_run(django_capture_on_commit_callbacks: Any) -> Any:
    """`jobs_run()` around a request: what it leaves to a job is done when it ends."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_projects_of_ones_teams_page_by_key(api: Program, project: Project, team, other_team, lead) -> None:
    second = project_for(team, lead, name="Second", slug="second")
    project_for(other_team, lead, name="Theirs", slug="theirs")

    first = api.get("projects?limit=1").json()
    rest = api.client.get(first["next"]).json()

    assert [row["id"] for row in first["results"] + rest["results"]] == [project.pk, second.pk]
    assert rest["next"] is None
    assert first["results"][0]["counts"] == {"open": 3, "decided": 0, "contested": 0}


def test_the_list_asks_no_more_for_more_projects(api: Program, team, lead) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert api.get("projects").status_code == 200
        return len(asked)

    for number in range(2):
        project_for(team, lead, slug=f"few-{number}")
    api.get("projects")
    few = statements()
    for number in range(18):
        project_for(team, lead, slug=f"many-{number}")

    assert statements() == few


def test_a_project_with_its_schema_and_guideline(api: Program, project: Project) -> None:
    body = api.get(f"projects/{project.pk}").json()

    assert body["schema"]["version"] == 1
    assert body["schema"]["document"]["questions"][0]["id"] == "categories"
    assert body["guideline"] == {"version": 1, "body": "Look twice."}


def test_a_project_with_the_versions_that_a_lease_names(
    api: Program, program: Callable[..., Program], project: Project, labeler: User, lead: User
) -> None:
    lease = program(labeler).post(f"projects/{project.pk}/claim").json()["lease"]
    publish_schema(project=project, document={**schema_document(), "name": "Second"}, by=lead)
    publish_guideline(project=project, body="Look three times.", by=lead)

    newest = api.get(f"projects/{project.pk}").json()
    asked = api.get(f"projects/{project.pk}?schema={lease['schema']}&guideline={lease['guideline']}").json()

    assert (newest["schema"]["version"], newest["guideline"]["version"]) == (2, 2)
    assert (asked["schema"]["document"]["name"], asked["guideline"]["body"]) == ("Small", "Look twice.")
    is_problem(api.get(f"projects/{project.pk}?schema=3"), 404, "not_found")
    is_problem(api.get(f"projects/{project.pk}?guideline=99999999999"), 404, "not_found")
    is_problem(api.get(f"projects/{project.pk}?schema=new"), 400, "body_invalid")


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "after=x", "after=-1"])
def test_a_page_that_cannot_be(api: Program, project: Project, query: str) -> None:
    is_problem(api.get(f"projects?{query}"), 400, "body_invalid")


def test_records_as_the_body(api: Program, project: Project, jobs_run) -> None:
    bad = GOOD + '{"id": "c"}\nnot json\n'
    with jobs_run():
        response = api.client.post(
            f"/api/v1/projects/{project.pk}/imports", data=bad, content_type="application/x-ndjson"
        )

    assert response.status_code == 202, response.content
    job = api.get(f"imports/{response.json()['id']}").json()
    assert (job["state"], job["lines"], job["created_items"], job["failed_lines"]) == ("done", 4, 2, 2)
    assert [error["line"] for error in job["errors"]] == [3, 4]
    assert "calm" not in json.dumps(job)
    assert AuditEvent.objects.filter(action="labeling.import_begun").count() == 1


def test_the_same_file_twice_adds_nothing(api: Program, project: Project, jobs_run) -> None:
    for _ in range(2):
        with jobs_run():
            upload = SimpleUploadedFile("items.jsonl", GOOD.encode())
            response = api.client.post(f"/api/v1/projects/{project.pk}/imports", {"file": upload})

    job = Import.objects.get(pk=response.json()["id"])
    assert (job.created_items, job.known_items) == (0, 2)
    assert Item.objects.filter(project=project, external_id__in=["a", "b"]).count() == 2


def test_a_dry_run_keeps_nothing(api: Program, project: Project, jobs_run) -> None:
    with jobs_run():
        upload = SimpleUploadedFile("items.jsonl", GOOD.encode())
        body = {"file": upload, "dry_run": "true"}
        response = api.client.post(f"/api/v1/projects/{project.pk}/imports", body)

    job = Import.objects.get(pk=response.json()["id"])
    assert (job.dry_run, job.created_items) == (True, 2)
    assert not Item.objects.filter(external_id="a").exists()


def test_a_file_of_no_known_format(api: Program, project: Project) -> None:
    body = {"file": SimpleUploadedFile("items.exe", b"x")}

    is_problem(api.client.post(f"/api/v1/projects/{project.pk}/imports", body), 400, "body_invalid")


def test_a_form_without_a_file(api: Program, project: Project) -> None:
    is_problem(api.client.post(f"/api/v1/projects/{project.pk}/imports", {"a": "b"}), 400, "body_invalid")


@pytest.mark.parametrize("address", ["projects/{}/imports", "projects/{}/releases", "me/break"])
def test_a_body_without_its_length_is_refused_before_it_is_lost(
    api: Program, project: Project, address: str
) -> None:
    response = api.client.generic(
        "POST",
        f"/api/v1/{address.format(project.pk)}",
        headers={"Transfer-Encoding": "chunked"},
        **{"wsgi.input": io.BytesIO(GOOD.encode())},
    )

    assert "Content-Length" in is_problem(response, 411, "length_required")["detail"]
    assert (Import.objects.count(), Release.objects.count()) == (0, 0)


@pytest.mark.parametrize("body", ["", "\n \n"])
def test_an_empty_body_is_no_import(api: Program, project: Project, body: str) -> None:
    address = f"/api/v1/projects/{project.pk}/imports"

    bare = api.client.post(address, data=body, content_type="application/x-ndjson")
    form = api.client.post(address, {"file": SimpleUploadedFile("items.jsonl", body.encode())})

    assert is_problem(bare, 400, "body_invalid")["errors"] == {"body": ["is empty"]}
    assert list(is_problem(form, 400, "body_invalid")["errors"]) == ["file"]
    assert Import.objects.count() == 0


@pytest.mark.parametrize("announced", [True, False])
def test_a_file_that_is_too_large(api: Program, project: Project, settings, announced: bool) -> None:
    settings.IMPORT_MAX_BYTES = 1000
    body = GOOD * (2000 if announced else 20)

    response = api.client.post(
        f"/api/v1/projects/{project.pk}/imports", data=body, content_type="application/x-ndjson"
    )

    assert is_problem(response, 413, "body_too_large")["limit_bytes"] == 1000
    assert Import.objects.count() == 0


@pytest.fixture
def release(api: Program, project: Project, labeler: User, second_labeler: User, jobs_run) -> dict[str, Any]:
    answered(project, labeler, rude(2))
    answered(project, second_labeler, rude(2))
    with jobs_run():
        response = api.post(f"projects/{project.pk}/releases", {"seed": 7, "splits": {"all": 1.0}})
    assert response.status_code == 201, response.content
    found: dict[str, Any] = api.get(f"releases/{response.json()['id']}").json()
    return found


def test_a_release_with_its_files(api: Program, project: Project, release: dict[str, Any]) -> None:
    assert (release["state"], release["number"], release["seed"]) == ("ready", 1, 7)
    assert release["files"]
    for file in release["files"]:
        response = api.client.get(file["url"])
        content = response.getvalue()
        assert hashlib.sha256(content).hexdigest() == file["sha256"]
        assert len(content) == file["bytes"]
        assert response["ETag"] == f'"{file["sha256"]}"'
        assert response["Content-Disposition"].startswith("attachment")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Type"] == "application/octet-stream"
    assert AuditEvent.objects.filter(action="labeling.release_downloaded").count() == len(release["files"])


def test_all_files_of_a_release_as_one_archive(api: Program, project: Project, release, tmp_path) -> None:
    response = api.get(f"releases/{release['id']}/archive")

    name = f"{project.slug}-1"
    assert response["Content-Disposition"] == f'attachment; filename="{name}.zip"'
    assert response["X-Content-Type-Options"] == "nosniff"
    with ZipFile(io.BytesIO(response.getvalue())) as archive:
        sums = {entry: hashlib.sha256(archive.read(entry)).hexdigest() for entry in archive.namelist()}
    assert sums == {f"{name}/{file['name']}": file["sha256"] for file in release["files"]}
    assert AuditEvent.objects.filter(action="labeling.release_downloaded").count() == 1


def test_a_release_that_is_not_ready_has_no_archive(api: Program, release: dict[str, Any]) -> None:
    Release.objects.update(state="building", ready_at=None)

    is_problem(api.get(f"releases/{release['id']}/archive"), 404, "not_found")


def test_a_file_that_the_caller_has(api: Program, release: dict[str, Any]) -> None:
    file = release["files"][0]

    response = api.client.get(file["url"], headers={"If-None-Match": f'"{file["sha256"]}"'})

    assert response.status_code == 304


@pytest.mark.parametrize("name", ["no-such-file", "..", "..%2Fmanifest.json", "manifest.json%00"])
def test_a_file_that_is_not_there(api: Program, release: dict[str, Any], name: str) -> None:
    assert api.get(f"releases/{release['id']}/files/{name}").status_code == 404


def test_releases_page_by_number(api: Program, project: Project, release: dict[str, Any]) -> None:
    with_next = api.post(f"projects/{project.pk}/releases").json()

    first = api.get(f"projects/{project.pk}/releases?limit=1").json()
    rest = api.client.get(first["next"]).json()

    assert [row["number"] for row in first["results"] + rest["results"]] == [1, 2]
    assert with_next["number"] == 2


@pytest.mark.parametrize("splits", [{"train": 0.5}, {"a": 2}, {"a": "x"}, []])
def test_splits_that_make_no_sense(api: Program, project: Project, splits) -> None:
    is_problem(api.post(f"projects/{project.pk}/releases", {"splits": splits}), 400, "body_invalid")
    assert Release.objects.count() == 0


def test_nobody_else_s_release_exists(
    program: Programs, outsider: User, other_team, release: dict[str, Any]
) -> None:
    outsider.memberships.create(role="engineer", team=other_team)
    theirs = program(User.objects.get(pk=outsider.pk))

    is_problem(theirs.get(f"releases/{release['id']}"), 404, "not_found")
    assert theirs.client.get(release["files"][0]["url"]).status_code == 404
    is_problem(theirs.get(f"projects/{release['project']}/releases"), 404, "not_found")
    is_problem(theirs.get(f"projects/{release['project']}"), 404, "not_found")
