"""The page for somebody who leaves: all of their own record, what stays, also without any role."""

import json
from collections.abc import Callable

import pytest
from django.test import Client, override_settings

from people.models import User
from tests.factories import wellbeing as do
from wellbeing.domain import verify_statement as verifier

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]
FILES = ("/me/leaving/exposure.json", "/me/leaving/exposure.pdf")


def test_somebody_whose_roles_are_gone_still_takes_everything_along(
    browser_of: Browsers, labeler: User
) -> None:
    do.label(labeler, "lease:1", severity=3)
    do.label(labeler, "lease:2", severity=1)
    labeler.memberships.all().delete()
    me = browser_of(labeler)

    page = me.get("/me/leaving/").content.decode()
    file, paper = (me.get(address) for address in FILES)

    assert "All months as PDF" in page
    assert "/me/statements/" in page
    parts = verifier.opened(file.content.decode())
    assert verifier.faults(parts) == []
    assert parts["statement"]["totals"]["by_severity"]["severe"]["views"] == 1
    assert paper.content.startswith(b"%PDF-")
    assert paper["Content-Disposition"] == 'attachment; filename="exposure-all-months.pdf"'


def test_it_is_ones_own(browser_of: Browsers, labeler: User, nobody: User, lead: User) -> None:
    do.label(labeler, "lease:1", severity=3)
    for address in ("/me/leaving/", *FILES):
        assert Client().get(address)["Location"].startswith("/accounts/sign-in/")
    for other in (nobody, lead):
        assert "Your record is empty" in browser_of(other).get("/me/leaving/").content.decode()
        for address in FILES:
            assert browser_of(other).get(address).status_code == 404


def test_it_says_what_stays_what_erasure_is_and_who_to_ask(browser_of: Browsers, labeler: User) -> None:
    page = browser_of(labeler).get("/me/leaving/").content.decode()
    assert "kept for thirteen months" in page
    assert "It cannot be undone" in page
    assert "Who to talk to" in page


def test_the_organisation_is_named_as_it_wants(labeler: User, browser_of: Browsers) -> None:
    do.label(labeler, "lease:1")
    with override_settings(ORGANISATION_NAME="Harbour & Söhne"):
        document = json.loads(browser_of(labeler).get(FILES[0]).content)["statement"]
        assert browser_of(labeler).get(FILES[1]).status_code == 200
    assert document["organisation"] == "Harbour & Söhne"
