"""Claim, reveal, step, more, conceal, annotation, skip: the good way, and each way it can be refused."""

import json
from collections.abc import Callable

import pytest

from labeling.models import Annotation, Lease, Project
from labeling.operations.draft import save_draft
from labeling.operations.projects import pause
from people.models import User
from tests.api.conftest import Program, is_problem
from tests.factories.labeling import MILD, add_tasks, project_for, rude
from tests.factories.wellbeing import advance, fill, sql
from tests.integration.labeling.test_reveal import LONG

Programs = Callable[..., Program]


@pytest.fixture
def api(program: Programs, labeler: User) -> Program:
    return program(labeler)


def claim(api: Program, project: Project) -> int:
    response = api.post(f"projects/{project.pk}/claim")
    assert response.status_code == 201, response.content
    return int(response.json()["lease"]["id"])


def reveal(api: Program, project: Project) -> int:
    lease = claim(api, project)
    response = api.post(f"leases/{lease}/reveal", {"show": "masked"})
    assert response.status_code == 200, response.content
    return lease


def test_a_task_from_claim_to_answer(api: Program, project: Project) -> None:
    claimed = api.post(f"projects/{project.pk}/claim")
    card = claimed.json()["card"]
    lease = claimed.json()["lease"]["id"]

    assert claimed.status_code == 201
    assert (card["item"], card["kind"], card["expected_severity"]) == ("item-1", "text", 2)
    assert MILD[:12] not in claimed.content.decode()

    opened = api.post(f"leases/{lease}/reveal", {"show": "full"}).json()
    assert opened["view"]["state"] == "open"
    assert opened["shown"]["parts_left"] == 0
    assert "".join(run["text"] for run in opened["parts"][0]["segments"][0]["runs"]) == MILD

    done = api.post(f"leases/{lease}/annotation", {"answers": rude(2)})
    assert done.status_code == 200
    assert done.json()["decision"] == "open"
    assert Annotation.objects.get().answers == rude(2)


def test_a_claim_repeated_is_the_same_lease(api: Program, project: Project) -> None:
    assert claim(api, project) == claim(api, project)


def test_nothing_to_label_is_204(api: Program, team, lead) -> None:
    assert api.post(f"projects/{project_for(team, lead).pk}/claim").status_code == 204


def test_every_post_may_be_repeated(api: Program, project: Project) -> None:
    lease = reveal(api, project)

    again = api.post(f"leases/{lease}/reveal", {"show": "masked"})
    more = [api.post(f"leases/{lease}/more", {"window": again.json()["view"]["window"]}) for _ in range(2)]
    concealed = [api.post(f"leases/{lease}/conceal").status_code for _ in range(2)]
    answers = [api.post(f"leases/{lease}/annotation", {"answers": rude(2)}).json() for _ in range(2)]

    assert again.status_code == 200
    assert more[0].status_code == 200
    assert more[1].json().get("code") in {None, "window_taken"}
    assert concealed == [200, 200]
    assert answers[0]["annotation"] == answers[1]["annotation"]
    assert [answer["repeated"] for answer in answers] == [False, True]
    assert Annotation.objects.count() == 1


def test_a_step_to_a_part_names_it_and_may_be_repeated(api: Program, team, lead) -> None:
    project = project_for(team, lead)
    add_tasks(project, 1, body=LONG)
    lease = reveal(api, project)

    first, again = (api.post(f"leases/{lease}/step", {"to": "part", "part": 2}).json() for _ in range(2))
    problem = is_problem(api.post(f"leases/{lease}/step", {"to": "part", "part": 4}), 422, "part_not_next")

    assert [part["number"] for part in first["parts"]] == [1, 2]
    assert again["parts"] == first["parts"]
    assert again["view"]["window_ends_at"] == first["view"]["window_ends_at"]
    assert "Ask for part 3 next." in problem["detail"]


def test_a_skip_may_be_repeated_and_takes_the_task_away(api: Program, project: Project) -> None:
    lease = claim(api, project)

    assert [api.post(f"leases/{lease}/skip").status_code for _ in range(2)] == [204, 204]
    assert claim(api, project) != lease


def test_conceal_before_a_reveal_is_204(api: Program, project: Project) -> None:
    assert api.post(f"leases/{claim(api, project)}/conceal").status_code == 204


def test_an_answer_without_a_reveal_is_refused(api: Program, project: Project) -> None:
    lease = claim(api, project)

    is_problem(api.post(f"leases/{lease}/annotation", {"answers": rude(2)}), 409, "not_revealed")


def test_an_opened_task_elsewhere_comes_first(api: Program, project: Project, team, lead) -> None:
    other = project_for(team, lead, name="Other", slug="other")
    add_tasks(other, 1)
    reveal(api, project)

    is_problem(api.post(f"projects/{other.pk}/claim"), 409, "lease_open")


def test_a_paused_project_hands_nothing_out(api: Program, project: Project, lead) -> None:
    pause(project=project, by=lead)

    is_problem(api.post(f"projects/{project.pk}/claim"), 409, "project_paused")


def test_step_and_more_need_an_open_view(api: Program, project: Project) -> None:
    lease = claim(api, project)

    is_problem(api.post(f"leases/{lease}/step", {"to": "full"}), 409, "not_open")
    is_problem(api.post(f"leases/{lease}/more", {"window": 1}), 409, "not_open")


def test_a_window_that_is_over(api: Program, project: Project) -> None:
    lease = reveal(api, project)
    advance(minutes=4)

    is_problem(api.post(f"leases/{lease}/step", {"to": "words"}), 409, "window_over")


def test_an_expired_lease_shows_nothing_and_still_takes_the_answer(api: Program, project: Project) -> None:
    lease = reveal(api, project)
    advance(minutes=30)

    is_problem(api.post(f"leases/{lease}/reveal", {"show": "masked"}), 410, "lease_expired")
    assert api.post(f"leases/{lease}/annotation", {"answers": rude(2)}).status_code == 200


def test_a_lease_that_ended_with_a_skip_takes_no_answer(api: Program, project: Project) -> None:
    lease = reveal(api, project)
    api.post(f"leases/{lease}/skip")

    is_problem(api.post(f"leases/{lease}/annotation", {"answers": rude(2)}), 409, "lease_ended")


def test_an_answer_that_was_begun_in_a_browser_is_taken_after_a_skip(
    api: Program, project: Project, labeler: User
) -> None:
    lease = reveal(api, project)
    save_draft(lease_id=lease, by=labeler, answers=rude(3))
    assert api.post(f"leases/{lease}/skip").status_code == 204

    assert api.post(f"leases/{lease}/annotation", {"answers": rude(2)}).status_code == 200
    assert Annotation.objects.get().answers == rude(2)
    assert Lease.objects.get(pk=lease).outcome == "submitted"


def test_another_answer_to_the_same_task(api: Program, project: Project) -> None:
    lease = reveal(api, project)
    api.post(f"leases/{lease}/annotation", {"answers": rude(2)})

    is_problem(api.post(f"leases/{lease}/annotation", {"answers": rude(3)}), 409, "already_submitted")


def test_a_spent_budget_says_until_when(api: Program, project: Project, labeler: User) -> None:
    fill(labeler, points_charged=120_000)

    response = api.post(f"projects/{project.pk}/claim")

    if response.status_code == 204:  # only surely harmless tasks are left, and there is none
        return
    body = is_problem(response, 429, "budget_spent")
    assert body["until"].endswith("Z")
    assert int(response["Retry-After"]) > 0


def test_a_reveal_past_the_budget_is_429(api: Program, project: Project, labeler: User) -> None:
    lease = claim(api, project)
    fill(labeler, points_charged=120_000)

    response = api.post(f"leases/{lease}/reveal", {"show": "masked"})

    body = is_problem(response, 429, "budget_spent")
    assert body["until"].endswith("Z")
    assert int(response["Retry-After"]) > 0
    assert MILD[:12] not in response.content.decode()


def test_a_due_break_is_423(api: Program, project: Project, labeler: User) -> None:
    lease = reveal(api, project)
    api.post(f"leases/{lease}/conceal")
    sql(
        "UPDATE dosimeter SET stretch_started_at = respite_now() - interval '51 minutes',"
        " last_activity_at = respite_now() WHERE person_id = %s",
        labeler.pk,
    )

    for path in (f"projects/{project.pk}/claim", f"leases/{lease}/reveal"):
        response = api.post(path)
        body = is_problem(response, 423, "break_due")
        assert body["until"].endswith("Z")
        assert int(response["Retry-After"]) > 0
    assert api.post(f"leases/{lease}/annotation", {"answers": rude(2)}).status_code == 200


@pytest.mark.parametrize("what", ["reveal", "step", "more", "conceal", "annotation", "skip"])
def test_a_lease_of_somebody_else_does_not_exist(
    program: Programs, project: Project, labeler: User, second_labeler: User, what: str
) -> None:
    lease = reveal(program(labeler), project)
    body = {"step": {"to": "part", "part": 2}, "more": {"window": 1}, "annotation": {"answers": {}}}.get(
        what, {}
    )

    response = program(second_labeler).post(f"leases/{lease}/{what}", body)

    assert is_problem(response, 404, "not_found")
    assert Lease.objects.get(pk=lease).ended_at is None


def test_the_outsider_cannot_claim(program: Programs, project: Project, outsider: User) -> None:
    is_problem(program(outsider).post(f"projects/{project.pk}/claim"), 404, "not_found")
    assert Lease.objects.count() == 0


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        ({"categories": {"no-such": 1}}, "categories.no-such"),
        ({"categories": {"rude": 9}}, "categories.rude"),
        ({"categories": {"rude": "2"}}, "categories.rude"),
        ({"categories": {"rude": True}}, "categories.rude"),
        ({}, "categories"),
        ({"categories": []}, "categories"),
        ({"categories": {}, "no-question": {}}, "no-question"),
    ],
)
def test_answers_that_do_not_fit_say_where(api: Program, project: Project, answers, place: str) -> None:
    lease = reveal(api, project)

    body = is_problem(api.post(f"leases/{lease}/annotation", {"answers": answers}), 422, "answers_invalid")

    assert place in [error["place"] for error in body["errors"]]
    assert Annotation.objects.count() == 0


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[]",
        "null",
        "7",
        '{"answers": 1}',
        '{"answers": NaN}',
        b"\xff\xfe{}",
        "[" * 100_000,
        '{"answers": ' + "9" * 10_000 + "}",
    ],
    ids=lambda body: repr(body[:14]),
)
def test_a_broken_body_is_400(api: Program, project: Project, body) -> None:
    lease = reveal(api, project)

    is_problem(api.post(f"leases/{lease}/annotation", body), 400, "body_invalid")


def test_a_huge_body_is_413(api: Program, project: Project) -> None:
    lease = reveal(api, project)
    huge = json.dumps({"answers": {"categories": {}}, "padding": "x" * (3 * 1024 * 1024)})

    body = is_problem(api.post(f"leases/{lease}/annotation", huge), 413, "body_too_large")

    assert body["limit_bytes"] == 2 * 1024 * 1024


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("reveal", {"show": "all"}),
        ("step", {}),
        ("step", {"to": "x"}),
        ("step", {"to": "part"}),
        ("more", {"window": 0}),
    ],
)
def test_a_body_of_another_shape_is_400(api: Program, project: Project, path: str, body) -> None:
    lease = claim(api, project)

    assert is_problem(api.post(f"leases/{lease}/{path}", body), 400, "body_invalid")["errors"]


def test_a_session_needs_the_csrf_token(browser_of, labeler: User, project: Project) -> None:
    browser = browser_of(labeler, csrf=True)

    refused = browser.post(f"/api/v1/projects/{project.pk}/claim", data="{}", content_type="application/json")

    assert refused.status_code == 403
    assert Lease.objects.count() == 0


def test_a_session_with_the_csrf_token_may_post(browser_of, labeler: User, project: Project) -> None:
    browser = browser_of(labeler, csrf=True)
    browser.get("/")
    token = browser.cookies["csrftoken"].value

    taken = browser.post(
        f"/api/v1/projects/{project.pk}/claim",
        data="{}",
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )

    assert taken.status_code == 201, taken.content


def test_a_question_to_the_lead_leaves_the_lease_and_what_is_open_as_they_are(
    api: Program, program: Programs, project: Project, second_labeler: User
) -> None:
    lease = reveal(api, project)
    number = "2f6c2b52-0000-4000-8000-000000000001"
    asked = {"text": "Does the second sentence count?", "id": number}

    for _ in range(2):
        response = api.post(f"leases/{lease}/question", asked)
        assert (response.status_code, response.json()) == (201, {"question": number})

    assert sql("SELECT count(*) FROM labeling_taskquestion") == [(1,)]
    assert sql("SELECT count(*) FROM exposure_view WHERE closed_at IS NULL") == [(1,)]
    assert Lease.objects.get().outcome == ""
    is_problem(api.post(f"leases/{lease}/question", {"text": "And this?"}), 409, "question_open")
    is_problem(api.post(f"leases/{lease}/question", {"text": "x" * 601}), 422, "text_unfit")
    is_problem(api.post(f"leases/{lease}/question", {}), 400, "body_invalid")
    other = program(second_labeler)
    is_problem(other.post(f"leases/{lease}/question", asked), 404, "not_found")
