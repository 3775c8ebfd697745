"""The route table and the addresses are the same list, and every cell of it holds: method × person × way of signing in.

The cells are generated from config.routes.ROUTES, so a new route is tested the day it gets its row.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from config.routes import ROUTES
from labeling.models import GuidelineLook, Import, Lease, Project
from labeling.operations.releases import publish_release
from people.models import Team, User
from people.operations.api_tokens import issue_token
from people.permissions import TOKEN_SCOPES, Permission, Role
from people.queries import permissions_of
from people.routes import PUBLIC, SIGNED_IN, Need, Own
from tests.factories.labeling import add_tasks, answered, project_for, rude, shown
from tests.factories.people import person
from tests.factories.wellbeing import risk_report_of, support_request_of
from tests.factories.words import example_of, masked_term_of, question_of
from wellbeing.domain.erasing import ErasureReason
from wellbeing.interface import now, propose_policy
from wellbeing.models import Dispute
from wellbeing.operations.erasure_requests import ask_for_erasure

METHODS = ("GET", "POST")
API = ("api:", "gate:")
PERSONAS = (
    "labeler",
    "second_labeler",
    "lead",
    "engineer",
    "officer",
    "counsellor",
    "admin",
    "tool",
    "outsider",
    "other_engineer",
)
# What a look leaves behind on purpose: who looked, that a file was taken, that a token was used.
LOGS = {"people_auditevent", "exposure_look", "people_apitoken", "django_session", "support_read"}


def named_routes(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from named_routes(pattern, inner)
        else:
            yield f"{space}{pattern.name}", pattern


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    names = [name for name, _ in named_routes()]

    assert sorted(set(names)) == sorted(ROUTES)
    assert len(names) == len(set(names))


@dataclass
class Entry:
    """One person's ways in, used for all cells of a scene: to sign in costs more than most answers."""

    user: User
    browser: Client
    held: frozenset[Permission]
    program: Client | None = None

    def is_signed_in(self) -> bool:
        """Without this, a GET that ends sessions would turn every later answer of that person into a 302."""
        key = self.browser.cookies[settings.SESSION_COOKIE_NAME].value
        return Session.objects.filter(session_key=key).exists()


@dataclass(frozen=True)
class Scene:
    """One team at work: ids for every kind of address, and the people around it."""

    ids: dict[str, Any]
    people: dict[str, User]
    project: Project
    entries: dict[str, Entry] = field(default_factory=dict)

    def entry_of(self, who: str) -> Entry:
        if who not in self.entries:
            user = User.objects.get(pk=self.people[who].pk)
            browser = Client(raise_request_exception=False)
            browser.force_login(user)
            self.entries[who] = Entry(user, browser, permissions_of(user))
        assert self.entries[who].is_signed_in(), f"the cell before this one ended the session of {who}"
        return self.entries[who]

    def address(self, name: str) -> str:
        pattern = dict(named_routes())[name]
        wanted = pattern.pattern.converters
        return reverse(name, kwargs={key: self.ids[key] for key in wanted})


@pytest.fixture
def scene(
    team: Team,
    other_team: Team,
    labeler: User,
    second_labeler: User,
    lead: User,
    engineer: User,
    officer: User,
    counsellor: User,
    admin: User,
    tool: User,
    outsider: User,
    django_capture_on_commit_callbacks: Any,
) -> Scene:
    project = project_for(team, lead, guideline="Be kind.")
    add_tasks(project, 4)
    annotation = answered(project, labeler, rude(2))
    answered(project, second_labeler, rude(2))
    lease = shown(project, labeler).card
    with django_capture_on_commit_callbacks(execute=True):
        release = publish_release(project=project, by=engineer)
    job = Import.objects.create(project=project, created_by=engineer, format="jsonl")
    token, _ = issue_token(user=engineer, name="theirs", scopes=[Permission.READ_RELEASES], days=1)
    dispute = Dispute.objects.create(person=labeler, seq=1, severity=1)
    proposal = propose_policy(numbers={"day_points": 150_000}, by=officer, reason="a campaign")
    example = example_of(project, lead)
    ids = {
        "project_id": project.pk,
        "lease_id": lease.lease_id,
        "annotation_id": annotation.annotation_id,
        "import_id": job.pk,
        "release_id": release.pk,
        "name": "manifest.json",
        "example_id": example.pk,
        "term_id": masked_term_of(project, lead).pk,
        "look_id": GuidelineLook.objects.create(person=labeler, example=example).pk,
        "question_id": question_of(lease.lease_id, labeler).pk,
        "task_id": lease.task_id,
        "token_id": token.pk,
        "secret": "no-such-invitation",
        "row": 1,
        "dispute_id": dispute.pk,
        "month": f"{now():%Y-%m}",
        "report_id": risk_report_of(labeler),
        "erasure_id": ask_for_erasure(
            person_id=second_labeler.pk, by=second_labeler, reason=ErasureReason.ASKED
        ).pk,
        "request_id": support_request_of(labeler),
        "person_id": labeler.pk,
        "proposal_id": proposal.pk,
    }
    people = {
        "labeler": labeler,
        "second_labeler": second_labeler,
        "lead": lead,
        "engineer": engineer,
        "officer": officer,
        "counsellor": counsellor,
        "admin": admin,
        "tool": tool,
        "outsider": outsider,
        "other_engineer": person("edda", Role.ENGINEER, other_team),
    }
    return Scene(ids, people, project)


def program(user: User, scopes: frozenset[Permission]) -> Client:
    _, plaintext = issue_token(user=user, name=f"for {len(scopes)}", scopes=scopes, days=1)
    return Client(headers={"Authorization": f"Bearer {plaintext}"}, raise_request_exception=False)


def ask(client: Client, method: str, address: str) -> int:
    if method == "POST":
        return client.post(address, data=body_for(address), content_type="application/json").status_code
    response = client.get(address)
    if response.streaming:
        response.getvalue()
    return response.status_code


def body_for(address: str) -> str:
    """A body of the right shape, so that the answer is about the person and not about the body."""
    bodies = {
        "step": '{"to": "words"}',
        "more": '{"window": 1}',
        "annotation": '{"answers": {}}',
        "question": '{"text": "?"}',
    }
    return bodies.get(address.rsplit("/", 1)[-1], "{}")


def allowed(need: Need, held: frozenset[Permission], *, by_token: bool = False) -> bool:
    if isinstance(need, Own):
        return not by_token or need.scope in held
    return need in {PUBLIC, SIGNED_IN} or need in held


# A POST may change what the next cell rests on, so each has a scene of its own; all else shares one.
POSTS = sorted(name for name in ROUTES if "POST" in ROUTES[name].needs)
QUIET = [
    (name, method) for name in sorted(ROUTES) for method in METHODS if method == "GET" or name not in POSTS
]


@pytest.mark.parametrize("name", POSTS)
def test_each_post_is_taken_from_whom_the_table_says(scene: Scene, name: str) -> None:
    assert wrong_answers(scene, name, "POST") == []


def test_each_get_is_answered_to_whom_the_table_says(scene: Scene) -> None:
    wrong = {f"{method} {name}": wrong_answers(scene, name, method) for name, method in QUIET}

    assert {cell: answers for cell, answers in wrong.items() if answers} == {}


def wrong_answers(scene: Scene, name: str, method: str) -> list[str]:
    need = ROUTES[name].needs.get(method)
    wrong: list[str] = []
    for who, status, held in answers(scene, name, method, scene.address(name)):
        if need is None:
            fine = status == 405 or (held is None and status in {302, 401})
        elif held is None:
            fine = status < 500 and (need is PUBLIC or status == (401 if is_api(name) else 302))
        elif allowed(need, held, by_token=who.endswith("by token")):
            fine = status < 500 and status not in {401, 405}
        else:
            fine = status == 403
        if not fine:
            wrong.append(f"{who}: {status}")
    return wrong


def is_api(name: str) -> bool:
    return name.startswith(API)


def answers(
    scene: Scene, name: str, method: str, address: str
) -> Iterator[tuple[str, int, frozenset[Permission] | None]]:
    """(who, status, what they hold; None for anonymous) for each person and way in."""
    yield "anonymous", ask(Client(raise_request_exception=False), method, address), None
    for who in PERSONAS:
        entry = scene.entry_of(who)
        yield f"{who} by session", ask(entry.browser, method, address), entry.held
        possible = entry.held & frozenset(TOKEN_SCOPES)
        if is_api(name) and possible:
            entry.program = entry.program or program(entry.user, possible)
            yield f"{who} by token", ask(entry.program, method, address), possible


def test_a_token_without_the_scope_is_refused(scene: Scene) -> None:
    cells = [
        (name, method, need.scope if isinstance(need, Own) else need)
        for name in ROUTES
        if is_api(name)
        for method, need in ROUTES[name].needs.items()
        if isinstance(need, Permission | Own)
    ]
    for who, user in scene.people.items():
        for scope in permissions_of(user) & set(TOKEN_SCOPES):
            client = program(user, frozenset({scope}))
            for name, method, need in cells:
                if scope != need:
                    assert ask(client, method, scene.address(name)) == 403, (who, scope, name, method)


OBJECT_KEYS = {
    "project_id",
    "lease_id",
    "annotation_id",
    "import_id",
    "release_id",
    "example_id",
    "term_id",
    "question_id",
    "task_id",
}
OBJECT_CELLS = [
    (name, method)
    for name, pattern in named_routes()
    if OBJECT_KEYS & set(pattern.pattern.converters) and name in ROUTES
    for method in sorted(ROUTES[name].needs)
]


def test_what_belongs_to_another_team_does_not_exist(scene: Scene) -> None:
    clients = {}
    for who in ("outsider", "other_engineer"):
        clients[who] = Client(raise_request_exception=False)
        clients[who].force_login(scene.people[who])
    for name, method in OBJECT_CELLS:
        need = ROUTES[name].needs[method]
        tried = [who for who in clients if allowed(need, permissions_of(scene.people[who]))]
        assert tried, name
        for who in tried:
            assert ask(clients[who], method, scene.address(name)) == 404, (who, name, method)


def test_a_lease_of_a_colleague_does_not_exist(scene: Scene) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(scene.people["second_labeler"])
    for name, method in OBJECT_CELLS:
        if "/leases/" in scene.address(name):
            assert ask(client, method, scene.address(name)) == 404, name
    assert Lease.objects.get(pk=scene.ids["lease_id"]).ended_at is None


def test_a_get_changes_no_row(scene: Scene) -> None:
    for who in ("labeler", "lead", "engineer", "admin"):
        client = Client(raise_request_exception=False)
        client.force_login(scene.people[who])
        before = rows()
        held = permissions_of(scene.people[who])
        for name in ROUTES:
            need = ROUTES[name].needs.get("GET")
            if need is None or not allowed(need, held):
                continue
            ask(client, "GET", scene.address(name))
            after = rows()
            assert sorted(table for table in after if after[table] != before[table]) == [], (who, name)


def rows() -> dict[str, str]:
    """A hash of all rows of each table but the logs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = sorted({name for (name,) in cursor.fetchall()} - LOGS)
        hashes = " UNION ALL ".join(
            f"SELECT '{table}', md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM \"{table}\" t"  # noqa: S608 - names from the catalogue
            for table in tables
        )
        cursor.execute(hashes)
        return dict(cursor.fetchall())
