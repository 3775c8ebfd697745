"""Nothing of an item leaves the server before what pays for it is committed.

Every block of every item carries a token of its own. A raw socket records each byte that the server sends, with the
time at which it came. A token that is in the bytes must belong to a view whose ledger row was committed earlier
(`track_commit_timestamp` is on in the test cluster; both clocks are this machine's).
"""

import json
import re
import secrets
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from config.routes import ROUTES
from labeling.domain.picture import NAMES
from labeling.models import Project
from labeling.queries.content import picture_folder
from people.models import User
from people.operations.api_tokens import issue_token
from people.permissions import Permission
from tests.factories.labeling import add_tasks, project_for
from tests.factories.pictures import add_picture, fruit_bowl

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

TOKEN = re.compile(rb"canary[0-9a-f]{16}")
FILLER = "The ferry goes at nine and the weather is fine today. "


@dataclass
class Wire:
    """A client that writes HTTP by hand and keeps everything that came back, with the time of its first byte."""

    url: str
    headers: dict[str, str]
    first_seen: dict[bytes, float] = field(default_factory=dict)

    def send(self, method: str, path: str, body: str = "", **more: str) -> tuple[int, bytes]:
        parts = urlsplit(self.url)
        headers = {
            "Host": parts.netloc,
            "Connection": "close",
            "Content-Length": str(len(body.encode())),
            "Content-Type": "application/json",
            **self.headers,
            **{name.replace("_", "-"): value for name, value in more.items()},
        }
        lines = [
            f"{method} {path} HTTP/1.1",
            *(f"{name}: {value}" for name, value in headers.items()),
            "",
            body,
        ]
        with socket.create_connection((parts.hostname, parts.port), timeout=20) as connection:
            connection.sendall("\r\n".join(lines).encode())
            raw = b"".join(self._receive(connection))
        return int(raw.split(b" ", 2)[1]), raw

    def _receive(self, connection: socket.socket) -> Iterator[bytes]:
        seen = b""
        while chunk := connection.recv(4096):
            now = time.time()
            seen += chunk
            for token in set(TOKEN.findall(seen)):
                self.first_seen.setdefault(token, now)
            yield chunk


def body(kind: str) -> tuple[dict[str, object], list[bytes]]:
    """An item of that kind with a token in each of its blocks, long enough for several parts."""
    tokens = [f"canary{secrets.token_hex(8)}" for _ in range(3)]
    text = [f"{token} {FILLER * 9}" for token in tokens]
    bodies: dict[str, dict[str, object]] = {
        "text": {"text": "".join(text)},
        "pair": {"prompt": text[0], "completion": text[1] + text[2]},
        "conversation": {
            "messages": [{"role": "user", "content": text[0]}, {"role": "assistant", "content": text[1]}],
            "context": {"system": text[2]},
        },
    }
    return bodies[kind], [token.encode() for token in tokens]


@pytest.fixture
def project(team, engineer) -> Project:
    return project_for(team, by=engineer)


@pytest.fixture
def tokens_of_items(project: Project) -> dict[str, list[bytes]]:
    """Item id → its tokens, over all kinds."""
    found = {}
    for kind in ("text", "pair", "conversation") * 2:
        content, tokens = body(kind)
        (task,) = add_tasks(project, kind=kind, body=content, severity=1)
        found[task.item.external_id] = tokens
    return found


def by_token(url: str, person: User) -> Wire:
    _, secret = issue_token(user=person, name="canary", scopes=[Permission.LABEL], days=1)
    return Wire(url, {"Authorization": f"Bearer {secret}", "Accept": "application/json"})


def by_session(url: str, person: User) -> Wire:
    client = Client()
    client.force_login(person)
    return Wire(
        url,
        {"Cookie": f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"},
    )


def every_get(lease_id: int, project_id: int) -> Iterator[str]:
    return addresses_of_gets({"project_id": project_id, "lease_id": lease_id})


def addresses_of_gets(ids: dict[str, object]) -> Iterator[str]:
    """The address of every route that answers GET, with ids that exist where there are such."""
    resolver = get_resolver()
    for name, route in ROUTES.items():
        if "GET" not in route.needs or name == "account_logout":
            continue
        try:
            found = _pattern(resolver, name)
        except LookupError:
            continue
        yield re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(ids.get(match[1], 1)), "/" + found)


def _pattern(resolver, name: str) -> str:
    for part in name.split(":")[:-1]:
        prefix, resolver = resolver.namespace_dict[part]
        possibilities = resolver.reverse_dict.getlist(name.rsplit(":", 1)[-1])
        for possibility, *_ in possibilities:
            template, _parameters = possibility[0]
            return prefix + re.sub(r"%\((\w+)\)s", r"<\1>", template)
        raise LookupError(name)
    for possibility, *_ in resolver.reverse_dict.getlist(name):
        template, _parameters = possibility[0]
        return re.sub(r"%\((\w+)\)s", r"<\1>", template)
    raise LookupError(name)


def committed(connection: psycopg.Connection, lease_id: int) -> list[datetime]:
    """When each ledger row of the lease's view was committed, in order."""
    rows = connection.execute(
        "SELECT pg_xact_commit_timestamp(entry.xmin) FROM ledger_entry entry"
        "  JOIN exposure_view view ON view.ref = entry.view_ref WHERE view.occasion = %s ORDER BY entry.seq",
        [f"lease:{lease_id}"],
    )
    return [row[0] for row in rows]


def test_no_byte_of_an_item_is_sent_before_its_ledger_row_is_committed(
    live_server, owner_connection, labeler, lead, engineer, officer, admin, project, tokens_of_items
):
    program = by_token(live_server.url, labeler)
    answered = 0
    while True:
        status, raw = program.send("POST", f"/api/v1/projects/{project.pk}/claim", "{}")
        if status != 201:
            break
        document = _json(raw)
        lease_id, item = document["lease"]["id"], document["card"]["item"]
        tokens = tokens_of_items[item]
        if answered == 0:
            for person in (labeler, lead, engineer, officer, admin):
                eyes = by_session(live_server.url, person)
                for address in every_get(lease_id, project.pk):
                    eyes.send("GET", address)
                    eyes.send("HEAD", address, Range="bytes=0-100", If_None_Match="*")
                assert not eyes.first_seen, f"{person} got content without a reveal"
        assert not set(tokens) & set(program.first_seen), "content came before the reveal"

        status, raw = program.send("POST", f"/api/v1/leases/{lease_id}/reveal", '{"show": "masked"}')
        assert status == 200, raw[:500]
        rows = committed(owner_connection, lease_id)
        shown = [token for token in tokens if token in program.first_seen]
        assert shown, "the reveal showed nothing"
        assert len(rows) == 1
        assert all(_at(program.first_seen[token]) > rows[0] for token in shown)

        parts = len(rows)
        while _json(raw)["shown"]["parts_left"]:
            before = set(program.first_seen)
            body = json.dumps({"to": "part", "part": len(_json(raw)["parts"]) + 1})
            status, raw = program.send("POST", f"/api/v1/leases/{lease_id}/step", body)
            assert status == 200, raw[:500]
            rows = committed(owner_connection, lease_id)
            assert len(rows) == parts + 1, "a part was shown without a row of its own"
            parts = len(rows)
            assert all(
                _at(program.first_seen[token]) > rows[-1] for token in set(program.first_seen) - before
            )

        status, raw = program.send(
            "POST", f"/api/v1/leases/{lease_id}/annotation", '{"answers": {"categories": {}}}'
        )
        assert status == 200, raw[:500]
        answered += 1
    assert answered == len(tokens_of_items)
    assert set(program.first_seen) == {token for tokens in tokens_of_items.values() for token in tokens}


def test_a_picture_gives_away_the_bytes_of_its_step_and_nothing_else(
    live_server, owner_connection, labeler, second_labeler, lead, engineer, admin, project
):
    """Pixels cannot be searched for: every file of the picture is known, and every reply is searched for all of them."""
    hidden, said = (f"canary{secrets.token_hex(8)}" for _ in range(2))
    raw = fruit_bowl(kind="JPEG", comment=hidden.encode())
    add_picture(project, raw, name=f"{hidden}.jpg", caption=said)
    folder = picture_folder(sha256(raw).hexdigest())
    files = {name: (folder / f"{name}.jpg").read_bytes() for name in NAMES}
    program = by_token(live_server.url, labeler)
    _, reply = program.send("POST", f"/api/v1/projects/{project.pk}/claim", "{}")
    lease_id = _json(reply)["lease"]["id"]

    def post(verb: str, **body: object) -> bytes:
        status, reply = program.send("POST", f"/api/v1/leases/{lease_id}/{verb}", json.dumps(body))
        assert status in (200, 204), reply[:300]
        return reply

    def given(eyes: Wire) -> set[str]:
        found = set()
        for name in (*NAMES, "full", "size"):
            page = f"/leases/{lease_id}/picture/{name}"
            address = f"{page}/" if "Cookie" in eyes.headers else f"/api/v1{page}"
            _, whole = eyes.send("GET", address, Range="bytes=0-99")
            _, head = eyes.send("HEAD", address, Range="bytes=0-99")
            assert head.partition(b"\r\n\r\n")[2] == b""
            sent = {name for name, content in files.items() if content in whole}
            assert sent <= {name}
            assert sent or b"\xff\xd8" not in whole
            found |= sent
        return found

    assert given(program) == set()
    for step, expected in (
        (("reveal", {}), set()),
        (("step", {"to": "part", "part": 2}), {"low"}),
        (("step", {"to": "tile", "part": 16}), {"low", "tile-16"}),
        (("step", {"to": "full"}), {"grey"}),
        (("step", {"to": "colour"}), {"colour"}),
    ):
        reply = post(step[0], **step[1])
        assert not [name for name, content in files.items() if content in reply]
        assert given(program) == expected
        rows = committed(owner_connection, lease_id)
        assert len(rows) == (1 if step[0] == "reveal" else 2)
        assert _at(program.first_seen[said.encode()]) > rows[0]

    for person in (second_labeler, lead, engineer, admin):
        eyes = by_session(live_server.url, person)
        assert given(eyes) == set()
        for address in every_get(lease_id, project.pk):
            _, reply = eyes.send("GET", address)
            assert not [name for name, content in files.items() if content in reply]
        assert not eyes.first_seen
    post("conceal")
    assert given(program) == set()
    assert hidden.encode() not in program.first_seen


def test_no_content_is_sent_when_the_ledger_cannot_be_written(
    live_server, owner_connection, labeler, project, tokens_of_items
):
    program = by_token(live_server.url, labeler)
    _, raw = program.send("POST", f"/api/v1/projects/{project.pk}/claim", "{}")
    lease_id = _json(raw)["lease"]["id"]
    owner_connection.execute("REVOKE INSERT ON ledger_entry FROM respite_app")
    owner_connection.execute(
        "DO $$ DECLARE name text; BEGIN FOR name IN SELECT attname FROM pg_attribute"
        " WHERE attrelid = 'ledger_entry'::regclass AND attnum > 0 LOOP"
        " EXECUTE format('REVOKE INSERT (%I) ON ledger_entry FROM respite_app', name); END LOOP; END $$"
    )

    status, raw = program.send("POST", f"/api/v1/leases/{lease_id}/reveal", '{"show": "full"}')

    assert status >= 500
    assert not program.first_seen
    assert committed(owner_connection, lease_id) == []


def test_the_page_of_an_open_view_is_the_only_page_with_content(
    live_server, labeler, second_labeler, lead, engineer, admin, project, tokens_of_items
):
    program = by_token(live_server.url, labeler)
    _, raw = program.send("POST", f"/api/v1/projects/{project.pk}/claim", "{}")
    lease_id = _json(raw)["lease"]["id"]
    program.send("POST", f"/api/v1/leases/{lease_id}/reveal", '{"show": "full"}')

    for person in (second_labeler, lead, engineer, admin):
        eyes = by_session(live_server.url, person)
        for address in every_get(lease_id, project.pk):
            eyes.send("GET", address)
        for verb in ("reveal", "step", "more", "conceal"):
            status, _ = by_token(live_server.url, second_labeler).send(
                "POST", f"/api/v1/leases/{lease_id}/{verb}", '{"to": "full", "window": 1}'
            )
            assert status == 404
        assert not eyes.first_seen, f"{person} saw what was shown to somebody else"


def _json(raw: bytes) -> dict:
    head, _, rest = raw.partition(b"\r\n\r\n")
    if b"chunked" in head.lower():
        whole = b""
        while rest:
            size, _, rest = rest.partition(b"\r\n")
            length = int(size, 16)
            whole, rest = whole + rest[:length], rest[length + 2 :]
            if length == 0:
                break
        rest = whole
    return json.loads(rest)


def _at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
