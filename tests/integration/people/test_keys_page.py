"""One's own keys: kept on the server, for one person, and explained where they clash."""

import html
import json
import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.errors import SettingNotPossible
from people.models import AuditEvent, User
from people.operations.erasure import erase_account
from people.operations.settings import set_key_switches, set_keys

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(browser_of, labeler: User) -> Client:
    return browser_of(labeler)


def attribute(response, name: str) -> str:
    found = re.search(rf'<html[^>]* {name}="([^"]*)"', response.content.decode())
    assert found is not None
    return html.unescape(found[1])


def test_own_keys_are_saved_and_come_with_every_page(browser: Client, labeler: User) -> None:
    response = browser.post(reverse("people:keys"), {"skip": "x", "save": "v", "lead": '"'})
    assert response.status_code == 422
    response = browser.post(reverse("people:keys"), {"skip": "x", "save": "v", "do": "save"})
    assert response.status_code == 302
    labeler.refresh_from_db()
    assert labeler.own_keys == "save=V skip=X"
    page = browser.get(reverse("people:help"))
    assert json.loads(attribute(page, "data-own-keys")) == {"S": "X", "Enter": "V"}
    assert (attribute(page, "data-keys"), attribute(page, "data-one-key")) == ("on", "on")
    assert not AuditEvent.objects.exists()


def test_a_clash_is_explained_at_its_field_and_nothing_is_saved(browser: Client, labeler: User) -> None:
    response = browser.post(reverse("people:keys"), {"skip": "p", "problem": "p"})
    page = html.unescape(response.content.decode())
    assert response.status_code == 422
    for field, other in (("skip", "Problem with the item"), ("problem", "Skip")):
        said = re.search(rf'id="id_{field}_error">([^<]*)<', page)
        assert said is not None
        assert other in said[1]
        assert re.search(rf'<input[^>]*aria-invalid="true"[^>]*id="id_{field}"', page)
    labeler.refresh_from_db()
    assert labeler.own_keys == ""


def test_one_key_goes_back_without_losing_what_else_was_typed(browser: Client, labeler: User) -> None:
    set_keys(person=labeler, own={"skip": "X", "save": "V"})
    browser.post(reverse("people:keys"), {"skip": "x", "save": "v", "undo": "z", "reset": "skip"})
    labeler.refresh_from_db()
    assert labeler.own_keys == "save=V undo=Z"
    browser.post(reverse("people:keys"), {"preset": "left"})
    labeler.refresh_from_db()
    assert "problem=C" in labeler.own_keys
    browser.post(reverse("people:keys"), {"preset": "usual"})
    labeler.refresh_from_db()
    assert labeler.own_keys == ""
    assert browser.post(reverse("people:keys"), {"preset": "feet"}).status_code == 404
    assert browser.post(reverse("people:keys"), {"reset": "fly"}).status_code == 404


def test_the_switches(browser: Client, labeler: User) -> None:
    quiet = browser.post(
        reverse("people:keys"),
        {"do": "switches", "one_key_answers": "on"},
        headers={"X-Requested-With": "fetch"},
    )
    assert quiet.status_code == 204
    page = browser.get(reverse("people:keys"))
    assert (attribute(page, "data-keys"), attribute(page, "data-one-key")) == ("off", "on")
    browser.post(reverse("people:keys"), {"do": "switches", "single_keys": "on"})
    page = browser.get(reverse("people:keys"))
    assert (attribute(page, "data-keys"), attribute(page, "data-one-key")) == ("on", "off")


def test_own_keys_cost_no_statement(browser: Client, labeler: User) -> None:
    browser.get(reverse("people:help"))
    with CaptureQueriesContext(connection) as before:
        browser.get(reverse("people:help"))
    set_keys(person=labeler, own={"skip": "X"})
    with CaptureQueriesContext(connection) as after:
        browser.get(reverse("people:help"))
    assert len(after) == len(before)


def test_an_operation_refuses_what_the_page_refuses(labeler: User) -> None:
    for own in ({"skip": "P"}, {"skip": "xx"}):
        with pytest.raises(SettingNotPossible):
            set_keys(person=labeler, own=own)


def test_the_database_refuses_another_shape(labeler: User) -> None:
    with pytest.raises(IntegrityError, match="people_user_own_keys_are_pairs"), transaction.atomic():
        User.objects.filter(pk=labeler.pk).update(own_keys="skip=<script>")


def test_erasure_puts_the_keys_back(labeler: User) -> None:
    set_keys(person=labeler, own={"skip": "X"})
    set_key_switches(person=labeler, single_keys=False, one_key_answers=False)
    erase_account(user_id=labeler.pk, by=None)
    labeler.refresh_from_db()
    assert (labeler.own_keys, labeler.single_keys, labeler.one_key_answers) == ("", True, True)
