"""The OpenAPI document: complete, without warnings, and true of real answers."""

import warnings
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator

from config.routes import ROUTES
from labeling.api.problems import STATUS
from labeling.models import Project
from people.models import User
from tests.api.conftest import Program
from tests.factories.labeling import rude
from tests.factories.schema_words import GERMAN, words_in
from tests.repository.test_routes import API

METHODS = {"get", "post"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    GENERATOR_STATS.reset()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    assert not GENERATOR_STATS, [*GENERATOR_STATS._warn_cache, *GENERATOR_STATS._error_cache]
    return made


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        operation["operationId"]: operation
        for path in document["paths"].values()
        for method, operation in path.items()
        if method in METHODS
    }


def test_every_route_and_method_is_described(document: dict[str, Any]) -> None:
    described = sum(len(METHODS & path.keys()) for path in document["paths"].values())
    routed = sum(
        len(route.needs) for name, route in ROUTES.items() if name.startswith(API) and name != "api:schema"
    )

    assert described == routed


def test_every_operation_says_what_can_go_wrong(document: dict[str, Any]) -> None:
    for name, operation in operations(document).items():
        assert {"401", "403", "405"} <= operation["responses"].keys(), name
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert list(response["content"]) == ["application/problem+json"], (name, status)


def test_every_documented_refusal_has_a_status(document: dict[str, Any]) -> None:
    statuses = {
        int(status) for operation in operations(document).values() for status in operation["responses"]
    }

    assert {int(status) for status in STATUS.values()} - {503} <= statuses | {400}


def test_a_token_is_how_programs_sign_in(document: dict[str, Any]) -> None:
    assert document["components"]["securitySchemes"]["token"] == {"type": "http", "scheme": "bearer"}


@pytest.fixture
def holds(document: dict[str, Any]) -> Callable[[str, Any], None]:
    """`holds("reveal", response)`: the answer is as the document says."""

    def check(operation_id: str, response: Any) -> None:
        described = operations(document)[operation_id]["responses"][str(response.status_code)]
        if "content" not in described:
            assert response.content == b""
            return
        schema = described["content"][response["Content-Type"].split(";")[0]]["schema"]
        whole = {**schema, "components": document["components"]}
        jsonschema.Draft202012Validator(_strict(whole), format_checker=jsonschema.FormatChecker()).validate(
            response.json()
        )

    return check


def _strict(schema: Any) -> Any:
    """Objects hold nothing that the document does not name; OpenAPI 3.0's nullable becomes a type."""
    if isinstance(schema, list):
        return [_strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: _strict(value) for key, value in schema.items()}
    if made.get("type") == "object" and "properties" in made and "additionalProperties" not in made:
        made["additionalProperties"] = False
    return {"anyOf": [made, {"type": "null"}]} if made.pop("nullable", False) else made


def test_real_answers_are_as_described(
    program: Callable[..., Program], project: Project, labeler: User, engineer: User, holds: Any
) -> None:
    api, pipeline = program(labeler), program(engineer)
    claimed = api.post(f"projects/{project.pk}/claim")
    lease = claimed.json()["lease"]["id"]
    holds("claim", claimed)
    holds("annotate", api.post(f"leases/{lease}/annotation", {"answers": rude()}))
    holds("reveal", api.post(f"leases/{lease}/reveal", {"show": "masked"}))
    holds("step", api.post(f"leases/{lease}/step", {"to": "full"}))
    holds("more", api.post(f"leases/{lease}/more", {"window": 1}))
    holds("conceal", api.post(f"leases/{lease}/conceal"))
    holds("annotate", api.post(f"leases/{lease}/annotation", {"answers": {"categories": {"x": 1}}}))
    holds("annotate", api.post(f"leases/{lease}/annotation", {"answers": rude()}))
    holds("skip", api.post(f"leases/{lease}/skip"))
    holds("skip", api.post("leases/999999/skip"))
    holds("reveal", api.post(f"leases/{lease}/reveal", {"show": "everything"}))
    holds("my_exposure", api.get("me/exposure"))
    holds("start_break", api.post("me/break", {"kind": "micro"}))
    holds("stop", api.post("me/stop"))
    holds("projects", pipeline.get("projects"))
    holds("projects", pipeline.get("projects?limit=0"))
    holds("project", pipeline.get(f"projects/{project.pk}"))
    translations = f"projects/{project.pk}/schema/translations"
    holds("translate_schema", pipeline.post(translations, words_in("de", GERMAN)))
    holds("translate_schema", pipeline.post(translations, words_in("xx", {})))
    holds("schema_translations", pipeline.get(translations))
    holds("releases", pipeline.get(f"projects/{project.pk}/releases"))
    holds("publish_release", pipeline.post(f"projects/{project.pk}/releases", {"seed": 7}))


def test_real_answers_of_the_gate_are_as_described(
    program: Callable[..., Program], tool: User, labeler: User, holds: Any
) -> None:
    api, name = program(tool), labeler.username
    about = {"person": name, "occasion": "report-1"}
    showing = {**about, "disclosure": {"words": 60, "of_words": 60}}
    stimulus = {"modality": "text", "severity": 1, "words": 60}
    holds("gate_clear", api.post("wellbeing/clear", {"person": name}))
    holds("gate_clear", api.post("wellbeing/clear", {"person": "nobody-of-that-name"}))
    holds("gate_step", api.post("wellbeing/step", showing))
    holds("gate_conceal", api.post("wellbeing/conceal", about))
    holds("gate_reveal", api.post("wellbeing/reveal", {**showing, "stimulus": stimulus}))
    holds("gate_reveal", api.post("wellbeing/reveal", showing))
    holds("gate_step", api.post("wellbeing/step", showing))
    holds("gate_more", api.post("wellbeing/more", {**about, "window": 1}))
    holds("gate_conceal", api.post("wellbeing/conceal", about))
    holds("gate_settle", api.post("wellbeing/settle", {**about, "verdict": 1}))
    holds("gate_exposure", api.get(f"wellbeing/exposure?person={name}"))
    holds("gate_exposure", api.get("wellbeing/exposure"))
    holds("gate_stop", api.post("wellbeing/stop", {"person": name}))


def test_the_document_is_served_to_those_who_are_signed_in(
    browser_of: Any, labeler: User, client: Any
) -> None:
    assert client.get("/api/schema/").status_code == 401
    assert browser_of(labeler).get("/api/schema/").status_code == 200
