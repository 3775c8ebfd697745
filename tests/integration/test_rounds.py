"""One person in several places at one moment, round after round: two sessions, a token, another tool, two projects.

RACE_ROUNDS says how many rounds (50 unless set). The oracle recounts from the rows of the ledger.
"""

import os
from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from labeling.models import Project
from people.models import Team, User
from people.permissions import Role
from tests.factories.labeling import add_tasks, project_for
from tests.factories.people import person
from tests.factories.wellbeing import advance_to, conceal, fill, reveal
from tests.integration.ledger_oracle import admissions, opened_twice, overruns
from tests.integration.wellbeing.parallel import Crowd, crowd_of
from tests.integration.wellbeing.test_lost_guards import ROOM, lose_safeguards, lose_the_lock, reveal_two
from wellbeing.interface import Refusal, View, policy_for, set_policy
from wellbeing.models import ExposureView
from wellbeing.queries.ledger import differences

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.slow]

ROUNDS = int(os.environ.get("RACE_ROUNDS", "50"))
LIMIT = 120_000
FILLED = LIMIT - 2_600  # room for three windows of half a minute at S2
Delivery = tuple[str, int]
ACTORS = 6


@pytest.fixture(autouse=True)
def _nine_in_the_morning(db: None) -> None:
    advance_to(9)


@pytest.fixture
def crowd() -> Iterator[Crowd]:
    with crowd_of(ACTORS) as crowd:
        yield crowd


@pytest.fixture
def projects(team: Team, lead: User) -> list[Project]:
    both = [project_for(team, lead), project_for(team, lead)]
    for project in both:
        add_tasks(project, ACTORS * 2)
    return both


def post(client: Client, path: str, body: Any = None) -> Any:
    answer = client.post(f"/api/v1/{path}", data=body or {}, content_type="application/json")
    assert answer.status_code < 500, answer.content
    return answer


def at_the_workbench(client: Client, project: Project, number: int) -> list[Delivery]:
    """Claim, reveal, ask for more time, hide or skip: what reached the screen, by lease and window."""
    seen: list[Delivery] = []
    claimed = post(client, f"projects/{project.pk}/claim")
    if claimed.status_code != 201:
        return seen
    lease = claimed.json()["lease"]["id"]
    for path, body in (("reveal", {"show": "full"}), ("more", {"window": 1})):
        answer = post(client, f"leases/{lease}/{path}", body)
        if answer.status_code == 200:
            seen.append((f"lease:{lease}", answer.json()["view"]["window"]))
    post(client, f"leases/{lease}/{'skip' if number % 2 else 'conceal'}")
    post(client, f"leases/{lease}/skip")
    return seen


def in_another_tool(client: Client, who: User, number: int) -> list[Delivery]:
    """The same through the gate."""
    about = {"person": who.username, "occasion": f"report-{number}"}
    seen: list[Delivery] = []
    showing = {
        "stimulus": {"modality": "text", "severity": 2, "words": 13},
        "disclosure": {"words": 13, "of_words": 13, "full": True},
    }
    post(client, "wellbeing/clear", about)
    for path, body in (("reveal", showing), ("more", {"window": 1})):
        answer = post(client, f"wellbeing/{path}", {**about, **body})
        if answer.status_code == 200:
            seen.append((about["occasion"], answer.json()["window"]))
    post(client, "wellbeing/conceal", about)
    post(client, "wellbeing/settle", {**about, "verdict": 2})
    return seen


Places = Callable[[User], Callable[[int], list[Delivery]]]


@pytest.fixture
def places(browser_of: Any, program_of: Any, projects: list[Project], tool: User) -> Places:
    """`places(who)`: what each of six threads does, all of them for that person."""
    gate = [program_of(tool), program_of(tool)]

    def of(who: User) -> Callable[[int], list[Delivery]]:
        own = [browser_of(who), browser_of(who), program_of(who), program_of(who)]

        def act(number: int) -> list[Delivery]:
            seen: list[Delivery] = []
            for turn in range(2):
                if number < len(own):
                    seen += at_the_workbench(own[number], projects[(number + turn) % 2], number)
                else:
                    seen += in_another_tool(gate[number % 2], who, number * 10 + turn)
            return seen

        return act

    return of


def test_one_person_in_six_places_never_passes_the_limit(crowd: Crowd, places: Places, team: Team) -> None:
    delivered = 0
    for number in range(ROUNDS):
        who = person(f"racer{number}", Role.LABELER, team)
        fill(who, points_charged=FILLED)
        answers = crowd.at_once(places(who))
        assert [answer for answer in answers if isinstance(answer, DatabaseError)] == []
        seen = {delivery for answer in answers for delivery in answer}
        assert overruns(who, limit=LIMIT, filled=FILLED) == 0
        assert opened_twice(who) == 0
        assert len(seen) <= admissions(who)
        delivered += len(seen)
    assert delivered >= ROUNDS, "hardly anything was shown: this test sees nothing"


def tightened_meanwhile(
    crowd: Crowd, who: User, by: User, team: Team
) -> list[tuple[bool, View | Refusal | None]]:
    """Five tabs reveal one thing after another while an officer lowers the day's limit.

    (whether the new limit stood before it was asked for, what was answered), for each reveal.
    """
    stands = Event()
    limit = policy_for(team=team).day_points - 500

    def act(number: int) -> list[tuple[bool, View | Refusal | None]]:
        if number == 0:
            set_policy(numbers={"day_points": limit}, by=by, reason="A hard week.", team=team)
            stands.set()
            return []
        seen: list[tuple[bool, View | Refusal | None]] = []
        for turn in range(3):
            before = stands.is_set()
            seen.append((before, reveal(who, f"lease:{number * 10 + turn}")))
            conceal(who, f"lease:{number * 10 + turn}")
        return seen

    answers = crowd.at_once(act)
    assert [answer for answer in answers if isinstance(answer, DatabaseError)] == []
    return [one for answer in answers for one in answer]


def test_a_limit_lowered_in_the_middle_holds_from_that_moment(
    crowd: Crowd, team: Team, officer: User
) -> None:
    before_it = refused_after = 0
    for number in range(ROUNDS):
        own_team = Team.objects.create(name=f"Team {number}")
        who = person(f"racer{number}", Role.LABELER, own_team)
        fill(who, points_charged=FILLED)
        seen = tightened_meanwhile(crowd, who, officer, own_team)
        assert overruns(who, limit=LIMIT, filled=FILLED) == 0
        assert opened_twice(who) == 0
        assert old_version_used_after(who, seen) == 0
        before_it += sum(not stood and isinstance(answer, View) for stood, answer in seen)
        refused_after += sum(stood and isinstance(answer, Refusal) for stood, answer in seen)
    assert differences_but_filled() == []
    assert before_it, "the limit was never lowered in the middle: this test sees nothing"
    assert refused_after


def old_version_used_after(who: User, seen: list[tuple[bool, View | Refusal | None]]) -> int:
    """Reveals that were asked for once the new version stood, and still were admitted without it."""
    late = {one.occasion for stood, one in seen if stood and isinstance(one, View)}
    return sum(
        view.policy_version == 0
        for view in ExposureView.objects.filter(dosimeter_id=who.pk, occasion__in=late)
    )


def differences_but_filled() -> list[Any]:
    """Where days, views and ledger disagree by anything but what the test had written into the day itself."""
    return [found for found in differences() if found[3] != found[4] or found[2] - found[3] != FILLED]


def test_without_the_safeguards_the_oracle_sees_it(monkeypatch: Any, owner_connection: Any) -> None:
    lose_the_lock(monkeypatch)
    lose_safeguards(owner_connection)
    who = person("racer")
    fill(who, points_charged=LIMIT - ROOM)

    reveal_two(who)

    assert overruns(who, limit=LIMIT, filled=LIMIT - ROOM) == 2  # both rows have the number one
    assert opened_twice(who) == 2
