"""The gate for another review tool: who may use it, what it answers, and that nobody gets round a limit by it."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from labeling.models import Project
from people.models import User
from people.operations.api_tokens import issue_token
from people.operations.memberships import remove_membership
from people.permissions import Permission, Role
from tests.api.conftest import Program, is_problem
from tests.factories.people import person
from tests.factories.wellbeing import advance, advance_to, conceal, fill, reveal
from wellbeing import interface
from wellbeing.interface import Refusal, View, choose_category, name_categories
from wellbeing.models import DoseDay, Dosimeter, ExposureLook, ExposureView, LedgerEntry

Programs = Callable[..., Program]
ROOT = Path(__file__).resolve().parents[2]
LIMIT = 120_000


@pytest.fixture(autouse=True)
def _nine_in_the_morning(db: None) -> None:
    advance_to(9)


@pytest.fixture
def gate(program: Programs, tool: User) -> Program:
    return program(tool)


def about(who: User, occasion: str = "report-1", **more: Any) -> dict[str, Any]:
    return {"person": who.username, "occasion": occasion, **more}


def showing(
    who: User, occasion: str = "report-1", severity: int = 2, words: int = 60, **stimulus: Any
) -> Any:
    return about(
        who,
        occasion,
        stimulus={"modality": "text", "severity": severity, "words": 60, **stimulus},
        disclosure={"words": words, "of_words": 60},
    )


def rows_of(who: User) -> list[str]:
    chain = Dosimeter.objects.get(pk=who.pk).chain
    return list(LedgerEntry.objects.filter(chain=chain).order_by("seq").values_list("kind", flat=True))


def points(who: User) -> int:
    return sum(
        day.points_reserved + day.points_charged for day in DoseDay.objects.filter(dosimeter_id=who.pk)
    )


def test_a_report_from_clear_to_settle(gate: Program, labeler: User) -> None:
    cleared = gate.post("wellbeing/clear", {"person": labeler.username})
    opened = gate.post("wellbeing/reveal", showing(labeler, words=30))
    stepped = gate.post("wellbeing/step", about(labeler, disclosure={"words": 60, "of_words": 60}))
    longer = gate.post("wellbeing/more", about(labeler, window=1))
    advance(seconds=20)
    hidden = gate.post("wellbeing/conceal", about(labeler))
    done = gate.post("wellbeing/settle", about(labeler, verdict=1, categories=["H2"]))

    assert (cleared.status_code, cleared.json()["max_severity"]) == (200, 3)
    assert [answer.status_code for answer in (opened, stepped, longer, hidden, done)] == [200] * 5
    assert (opened.json()["state"], opened.json()["disclosed_share"]) == ("open", 500)
    assert (stepped.json()["disclosed_share"], longer.json()["window"]) == (1000, 2)
    assert [answer.json()["state"] for answer in (hidden, done)] == ["closed", "settled"]
    assert rows_of(labeler) == ["reserve", "extend", "extend", "close", "settle"]
    assert ExposureView.objects.get().categories == ["H2"]


def test_every_request_may_be_repeated(gate: Program, labeler: User) -> None:
    calls = [
        ("reveal", showing(labeler, words=30)),
        ("step", about(labeler, disclosure={"words": 60, "of_words": 60})),
        ("more", about(labeler, window=1)),
        ("conceal", about(labeler)),
        ("settle", about(labeler, verdict=2)),
    ]
    for action, body in calls:
        answers = [gate.post(f"wellbeing/{action}", body).json() for _ in range(2)]
        for answer in answers:
            answer.pop("seconds_left")
        assert answers[0] == answers[1], action

    assert rows_of(labeler) == ["reserve", "extend", "extend", "close", "settle"]
    stops = [gate.post("wellbeing/stop", {"person": labeler.username}).json() for _ in range(2)]
    assert stops[0]["started_at"] == stops[1]["started_at"]


def test_nothing_was_shown_is_204(gate: Program, labeler: User) -> None:
    assert gate.post("wellbeing/conceal", about(labeler)).status_code == 204
    assert gate.post("wellbeing/settle", about(labeler, verdict=None)).status_code == 204


def test_a_tool_that_never_asks_still_begins_the_day(gate: Program, labeler: User) -> None:
    """From four hours after the first hand-out on at most S2, also for a tool that only reveals."""
    gate.post("wellbeing/reveal", showing(labeler, "report-1", 3))
    gate.post("wellbeing/settle", about(labeler, "report-1", verdict=3))
    advance(hours=4, minutes=1)

    is_problem(gate.post("wellbeing/reveal", showing(labeler, "report-2", 3)), 409, "not_cleared")


def test_a_refusal_says_until_when_and_why(gate: Program, labeler: User) -> None:
    fill(labeler, points_charged=LIMIT)

    response = gate.post("wellbeing/reveal", showing(labeler))
    refusal = is_problem(response, 409, "budget_spent")

    assert refusal["until"].endswith("Z")
    assert refusal["why"]
    assert int(response["Retry-After"]) > 3_600
    assert not ExposureView.objects.exists()
    assert gate.post("wellbeing/clear", {"person": labeler.username}).json()["confirmed_benign_only"]
    benign = showing(labeler, severity=0, confirmed_benign=True)
    assert gate.post("wellbeing/reveal", benign).status_code == 200


@pytest.mark.parametrize(
    ("action", "change"),
    [
        ("reveal", {"occasion": "two\nlines"}),
        ("reveal", {"occasion": ""}),
        ("reveal", {"occasion": "x" * 201}),
        ("reveal", {"occasion": "caf\u00e9"}),
        ("reveal", {"person": "le\u0000na"}),
        ("reveal", {"stimulus": {"modality": "smell", "severity": 1}}),
        ("reveal", {"stimulus": {"modality": "text", "severity": 5}}),
        ("reveal", {"stimulus": {"modality": "text", "severity": 1, "confirmed_benign": True}}),
        ("reveal", {"disclosure": {"words": 61, "of_words": 60}}),
        ("reveal", {"disclosure": {"words": -1, "of_words": 60}}),
        ("reveal", {"words_per_minute": 4_000}),
        ("step", {"disclosure": {"words": 1e9, "of_words": 1e9}}),
        ("more", {"window": 0}),
        ("settle", {}),
        ("settle", {"verdict": 5}),
        ("settle", {"verdict": 1, "categories": "H2"}),
    ],
)
def test_a_body_of_another_shape_is_refused(gate: Program, labeler: User, action: str, change: Any) -> None:
    is_problem(gate.post(f"wellbeing/{action}", {**showing(labeler), **change}), 400, "body_invalid")

    assert not ExposureView.objects.exists()


ACTIONS = ("clear", "reveal", "step", "more", "conceal", "settle", "stop")


def everything(api: Program, who: User) -> list[Any]:
    body = {**showing(who), "window": 1, "verdict": 0}
    return [
        *(api.post(f"wellbeing/{action}", body) for action in ACTIONS),
        api.get(f"wellbeing/exposure?person={who.username}"),
    ]


def test_somebody_of_another_team_does_not_exist(gate: Program, outsider: User) -> None:
    for answer in everything(gate, outsider):
        is_problem(answer, 404, "not_found")


def test_nobody_of_that_name_and_nobody_active_is_the_same(gate: Program, labeler: User) -> None:
    User.objects.filter(pk=labeler.pk).update(is_active=False)

    for answer in [*everything(gate, labeler), *everything(gate, User(username="nobody"))]:
        is_problem(answer, 404, "not_found")


def test_a_tool_does_not_meter_its_own_account(gate: Program, tool: User) -> None:
    for answer in everything(gate, tool):
        is_problem(answer, 404, "not_found")


def test_the_role_in_the_whole_organisation_reaches_every_team(program: Programs, outsider: User) -> None:
    everywhere = program(person("tycho", Role.INTEGRATION))

    assert everywhere.post("wellbeing/reveal", showing(outsider)).status_code == 200


def test_a_labelers_own_token_is_no_way_in(program: Programs, labeler: User) -> None:
    for answer in everything(program(labeler), labeler):
        assert is_problem(answer, 403, "scope_missing")["scope"] == "meter"


def test_a_token_of_the_tool_without_the_scope_is_refused(
    program: Programs, tool: User, labeler: User
) -> None:
    tool.memberships.create(role=Role.ENGINEER, team=tool.memberships.get().team)
    other = program(User.objects.get(pk=tool.pk), [Permission.IMPORT_ITEMS])

    for answer in everything(other, labeler):
        is_problem(answer, 403, "scope_missing")


def test_the_role_taken_ends_it_with_the_next_request(gate: Program, tool: User, labeler: User) -> None:
    gate.post("wellbeing/reveal", showing(labeler))
    remove_membership(user=tool, role=Role.INTEGRATION, team=tool.memberships.get().team, by=None)

    for answer in everything(gate, labeler):
        is_problem(answer, 403, "forbidden")


def test_a_session_is_refused_with_and_without_its_csrf_token(
    browser_of: Any, tool: User, labeler: User
) -> None:
    for answer in everything(Program(browser_of(tool, csrf=True)), labeler)[:-1]:
        is_problem(answer, 403, "csrf_failed")
    for answer in everything(Program(browser_of(tool)), labeler):
        is_problem(answer, 403, "token_needed")
    assert not ExposureView.objects.exists()


def test_what_was_begun_can_be_put_away_after_leaving(gate: Program, labeler: User, team: Any) -> None:
    gate.post("wellbeing/reveal", showing(labeler))
    remove_membership(user=labeler, role=Role.LABELER, team=team, by=None)

    is_problem(gate.post("wellbeing/step", showing(labeler)), 404, "not_found")
    is_problem(gate.post("wellbeing/conceal", about(labeler, "another")), 404, "not_found")
    assert gate.post("wellbeing/conceal", about(labeler)).status_code == 200
    assert gate.post("wellbeing/settle", about(labeler, verdict=2)).status_code == 200


@pytest.mark.parametrize("given", ["lease:{}", "../lease:{}", "tool:1:report-1", "0:lease:{}"])
def test_no_occasion_meets_that_of_a_lease(
    gate: Program, program: Programs, project: Project, labeler: User, given: str
) -> None:
    own = program(labeler)
    lease = own.post(f"projects/{project.pk}/claim").json()["lease"]["id"]
    own.post(f"leases/{lease}/reveal", {"show": "full"})
    name = given.format(lease)

    is_problem(gate.post("wellbeing/reveal", showing(labeler, name)), 409, "view_open")
    assert gate.post("wellbeing/conceal", about(labeler, name)).status_code == 204
    assert gate.post("wellbeing/settle", about(labeler, name, verdict=0)).status_code == 204
    assert own.post(f"leases/{lease}/step", {"to": "full"}).json()["view"]["state"] == "open"
    assert list(ExposureView.objects.values_list("occasion", flat=True)) == [f"lease:{lease}"]


def test_two_tools_may_use_the_same_names(gate: Program, program: Programs, team: Any, labeler: User) -> None:
    other = program(person("toki", Role.INTEGRATION, team))
    gate.post("wellbeing/reveal", showing(labeler))

    assert other.post("wellbeing/settle", about(labeler, verdict=0)).status_code == 204
    gate.post("wellbeing/settle", about(labeler, verdict=2))
    assert other.post("wellbeing/reveal", showing(labeler)).status_code == 200
    assert ExposureView.objects.count() == 2


def test_what_one_shows_the_other_waits_for(
    gate: Program, program: Programs, project: Project, labeler: User
) -> None:
    own = program(labeler)
    lease = own.post(f"projects/{project.pk}/claim").json()["lease"]["id"]
    gate.post("wellbeing/reveal", showing(labeler))

    is_problem(own.post(f"leases/{lease}/reveal", {"show": "full"}), 409, "view_open")
    gate.post("wellbeing/settle", about(labeler, verdict=2))
    assert own.post(f"leases/{lease}/reveal", {"show": "full"}).status_code == 200


def test_a_budget_spent_in_the_tool_is_spent_at_home_and_the_other_way_round(
    gate: Program, labeler: User
) -> None:
    """Whoever comes first gets what is left; together they never pass the limit."""
    fill(labeler, points_charged=LIMIT - 2_200)
    answers: list[bool] = []
    for number in range(6):
        if number % 2:
            shown = gate.post("wellbeing/reveal", showing(labeler, f"report-{number}")).status_code == 200
            gate.post("wellbeing/conceal", about(labeler, f"report-{number}"))
        else:
            shown = isinstance(reveal(labeler, f"lease:{number}"), View)
            conceal(labeler)
        answers.append(shown)
    assert answers[:2] == [True, True]
    assert not answers[-1]
    assert points(labeler) <= LIMIT


def test_a_break_due_in_the_tool_is_due_at_home(
    gate: Program, program: Programs, project: Project, labeler: User
) -> None:
    for number in range(30):
        done = gate.post("wellbeing/reveal", showing(labeler, f"report-{number}", 3))
        if done.status_code == 409:
            break
        advance(seconds=40)
        gate.post("wellbeing/settle", about(labeler, f"report-{number}", verdict=3))
    is_problem(done, 409, "break_due")

    is_problem(program(labeler).post(f"projects/{project.pk}/claim"), 423, "break_due")
    assert isinstance(reveal(labeler, "lease:9"), Refusal)


def test_exposure_is_what_a_lead_sees_and_the_person_sees_the_look(
    gate: Program, tool: User, labeler: User
) -> None:
    gate.post("wellbeing/reveal", showing(labeler))
    gate.post("wellbeing/settle", about(labeler, verdict=2))

    seen = gate.get(f"wellbeing/exposure?person={labeler.username}").json()

    assert seen["points"]["limit"] == LIMIT
    assert seen["points"]["used"] == points(labeler)
    assert list(ExposureLook.objects.values_list("person", "looked_by")) == [(labeler.pk, tool.pk)]


def test_own_weights_stay_private(gate: Program, labeler: User) -> None:
    """Somebody for whom a category weighs more is charged more, and no answer of the gate shows it."""
    name_categories(categories=[("H2", "Insults", ())])
    before = gate.post("wellbeing/reveal", showing(labeler, "report-1", categories=["H2"])).json()
    gate.post("wellbeing/settle", about(labeler, "report-1", verdict=2))
    charged = points(labeler)
    choose_category(person_id=labeler.pk, category="H2", refused=False, self_weight=1_500)
    after = gate.post("wellbeing/reveal", showing(labeler, "report-2", categories=["H2"])).json()
    gate.post("wellbeing/settle", about(labeler, "report-2", verdict=2))

    assert points(labeler) > 2 * charged
    assert {key: after[key] for key in ("state", "window", "disclosed_share")} == {
        key: before[key] for key in ("state", "window", "disclosed_share")
    }
    seen = gate.get(f"wellbeing/exposure?person={labeler.username}").json()
    assert seen["points"]["used"] == 2 * charged


@pytest.mark.django_db(transaction=True)
def test_the_example_client_reviews_until_it_is_refused(live_server: Any, tool: User, labeler: User) -> None:
    fill(labeler, points_charged=LIMIT - 1_500)
    _, secret = issue_token(user=tool, name="example", scopes=[Permission.METER], days=1)
    reports = [
        {"id": f"report-{number}", "text": "The ferry was rude today.", "severity": severity}
        for number, severity in enumerate((4, 1, 1, 2))
    ]
    done = subprocess.run(
        [sys.executable, "docs/examples/review_tool.py", live_server.url, secret, labeler.username],
        cwd=ROOT,
        input="\n".join(json.dumps(report) for report in reports),
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()

    assert done.returncode == 0, done.stderr
    assert lines[0] == "report-0: for somebody else today"
    assert lines[1].startswith("report-1, for ")
    assert lines[1].endswith("The ferry was rude today.")
    assert rows_of(labeler)[:2] == ["reserve", "settle"]
    assert points(labeler) <= LIMIT


def test_who_took_their_yes_back_is_handed_nothing_here_or_there(
    gate: Program, program: Programs, project: Project, labeler: User
) -> None:
    gate.post("wellbeing/reveal", showing(labeler))
    interface.withdraw_consent(person=labeler, language="en")
    # What is open can be put away.
    assert gate.post("wellbeing/conceal", about(labeler)).status_code == 200
    assert gate.post("wellbeing/settle", about(labeler, verdict=2)).status_code == 200

    own = program(labeler).post(f"projects/{project.pk}/claim")
    assert is_problem(own, 409, "consent_needed")["until"] is None
    # Another tool is told that it must not, and not what the person said.
    for refused in (
        gate.post("wellbeing/clear", {"person": labeler.username}),
        gate.post("wellbeing/reveal", showing(labeler, "report-2")),
    ):
        assert is_problem(refused, 409, "not_cleared")["until"] is None
        assert "onsent" not in refused.content.decode()
