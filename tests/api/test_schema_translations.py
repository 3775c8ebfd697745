"""The words of a label schema over HTTP: read by whoever works with it, given by whoever sets projects up."""

from collections.abc import Callable

import pytest

from labeling.models import Project, SchemaTranslation
from labeling.operations.projects import publish_schema
from people.models import Team, User
from people.permissions import Role
from tests.api.conftest import Program, is_problem
from tests.factories.labeling import project_for, schema_document
from tests.factories.people import person
from tests.factories.schema_words import GERMAN, words_in

Programs = Callable[..., Program]


@pytest.fixture
def path(project: Project) -> str:
    return f"projects/{project.pk}/schema/translations"


def test_a_translation_goes_in_and_comes_out(
    program: Programs, path: str, engineer: User, labeler: User
) -> None:
    api = program(engineer)
    sent = api.post(path, words_in("de", GERMAN))
    assert sent.status_code == 201, sent.content
    made = sent.json()
    assert (made["schema"], made["revision"], made["translated"], made["of"]) == (1, 1, 8, 8)
    assert api.post(path, words_in("de", GERMAN)).json() == made

    body = program(labeler).get(path).json()
    assert body["original"]["categories/rude/name"] == "Rude"
    assert body["translations"] == [made]


def test_a_version_that_a_lease_names_can_be_read(
    program: Programs, path: str, project: Project, engineer: User, lead: User
) -> None:
    api = program(engineer)
    api.post(path, words_in("de", GERMAN))
    document = schema_document()
    document["questions"][0]["categories"][0]["name"] = "Impolite"
    publish_schema(project=project, document=document, by=lead)

    (newest,), (first,) = (api.get(path + query).json()["translations"] for query in ("", "?schema=1"))
    assert (newest["schema"], newest["translated"]) == (2, 7)
    assert (first["schema"], first["translated"]) == (1, 8)
    is_problem(api.get(f"{path}?schema=9"), 404, "not_found")
    is_problem(api.get(f"{path}?schema=x"), 400, "body_invalid")


def test_mistakes_come_with_their_places(program: Programs, path: str, engineer: User) -> None:
    api = program(engineer)
    body = is_problem(api.post(path, words_in("xx", {"a/b": "c"})), 422, "translation_invalid")
    assert {error["place"] for error in body["errors"]} == {"language", "texts.a/b"}
    is_problem(api.post(path, {"language": "de"}), 400, "body_invalid")
    is_problem(api.post(path, words_in("de", {"categories/1": 7})), 422, "translation_invalid")  # type: ignore[dict-item]
    assert SchemaTranslation.objects.count() == 0


@pytest.mark.parametrize("said", [1, 0, "true", "yes", None])
def test_read_through_is_true_or_false_and_nothing_like_it(
    program: Programs, path: str, engineer: User, said: object
) -> None:
    body = is_problem(
        program(engineer).post(path, words_in("de", GERMAN, is_reviewed=said)), 400, "body_invalid"
    )
    assert set(body["errors"]) == {"is_reviewed"}
    assert SchemaTranslation.objects.count() == 0


def test_what_is_not_there_was_not_read_through(program: Programs, path: str, engineer: User) -> None:
    api, some = program(engineer), {"categories/rude/name": "Unhöflich"}
    refused = is_problem(api.post(path, words_in("de", some, is_reviewed=True)), 422, "translation_invalid")
    (error,) = refused["errors"]
    assert (error["place"], "1 of 8" in error["message"]) == ("is_reviewed", True)

    assert api.post(path, words_in("de", some)).json()["is_reviewed"] is False
    assert api.post(path, words_in("de", GERMAN, is_reviewed=True)).json()["is_reviewed"] is True


def test_who_may_not_set_it_up_cannot_translate_it(
    program: Programs, path: str, labeler: User, other_team: Team
) -> None:
    other_engineer = person("edda", Role.ENGINEER, other_team)
    is_problem(program(labeler).post(path, words_in("de", GERMAN)), 403, "scope_missing")
    is_problem(program(other_engineer).post(path, words_in("de", GERMAN)), 404, "not_found")
    is_problem(program(other_engineer).get(path), 404, "not_found")


def test_a_project_that_asks_nothing_has_nothing_to_translate(
    program: Programs, team, lead: User, engineer: User
) -> None:
    path = f"projects/{project_for(team, lead, schema=None).pk}/schema/translations"
    is_problem(program(engineer).post(path, words_in("de", GERMAN)), 409, "no_schema")
    is_problem(program(engineer).get(path), 404, "not_found")
