"""Nothing of an example or of a masked word leaves the server before what pays for it is committed."""

import secrets

import pytest

from labeling.models import GuidelineLook
from people.models import User
from tests.factories.labeling import add_tasks, claimed, project_for
from tests.factories.words import example_of, masked_term_of
from tests.journeys.test_canary import Wire, _at, by_session, every_get

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def with_form_token(url: str, person: User) -> Wire:
    wire = by_session(url, person)
    token = secrets.token_hex(16)
    wire.headers["Cookie"] += f"; csrftoken={token}"
    wire.headers |= {"X-CSRFToken": token, "Origin": url}
    return wire


def test_no_byte_of_what_stands_beside_is_sent_before_its_ledger_row_is_committed(
    live_server, owner_connection, team, labeler, lead, engineer, officer, admin
):
    project = project_for(team, lead, guideline="Be kind.")
    add_tasks(project, 1)
    lease = claimed(project, labeler).lease_id
    tokens = [f"canary{secrets.token_hex(8)}" for _ in range(2)]
    example = example_of(project, lead, f"{tokens[0]} in the harbour")
    term = masked_term_of(project, lead, word=tokens[1])

    for person in (labeler, lead, engineer, officer, admin):
        eyes = by_session(live_server.url, person)
        for address in every_get(lease, project.pk):
            eyes.send("GET", address)
            eyes.send("GET", address, HX_Request="true")
            eyes.send("GET", f"{address}?q={tokens[0][:9]}")
        # What somebody searched for stands in their own search box; nothing else of it does.
        assert {token for token in eyes.first_seen if token.decode() in tokens} == set(), person

    eyes = with_form_token(live_server.url, labeler)
    for number, address in enumerate((f"/examples/{example.pk}/look/", f"/terms/{term.pk}/look/")):
        status, raw = eyes.send("POST", address, HX_Request="true")
        assert status == 200, raw[:500]
        look = GuidelineLook.objects.get(person=labeler)
        (committed,) = owner_connection.execute(
            "SELECT min(pg_xact_commit_timestamp(entry.xmin)) FROM ledger_entry entry"
            "  JOIN exposure_view view ON view.ref = entry.view_ref WHERE view.occasion = %s",
            [f"beside:{look.pk}"],
        ).fetchone()
        assert _at(eyes.first_seen[tokens[number].encode()]) > committed

    other = with_form_token(live_server.url, labeler)
    owner_connection.execute("REVOKE INSERT ON ledger_entry FROM respite_app")
    owner_connection.execute(
        "DO $$ DECLARE name text; BEGIN FOR name IN SELECT attname FROM pg_attribute"
        " WHERE attrelid = 'ledger_entry'::regclass AND attnum > 0 LOOP"
        " EXECUTE format('REVOKE INSERT (%I) ON ledger_entry FROM respite_app', name); END LOOP; END $$"
    )
    status, _ = other.send("POST", f"/examples/{example.pk}/look/", HX_Request="true")
    assert status >= 500
    assert not other.first_seen
