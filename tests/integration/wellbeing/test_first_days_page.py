"""The page of the first days: what it says, what its buttons keep, and that nothing but consent is needed."""

import pytest
from django.test import Client
from django.urls import reverse

from people.permissions import Role
from tests.factories.people import unasked
from wellbeing import interface
from wellbeing.context import first_days_steps
from wellbeing.interface import CONSENT_VERSION
from wellbeing.models import Consent, FirstDays

pytestmark = pytest.mark.django_db

PAGE = "/first-days/"


@pytest.fixture
def nia(team):
    interface.name_categories(categories=[("V", "Violence", []), ("H", "Hate", [])])
    interface.define_categories(team=team, definitions={"V": "Harm to a body.", "H": "Against a group."})
    return unasked("nia", Role.LABELER, team)


@pytest.fixture
def browser(nia) -> Client:
    browser = Client()
    browser.force_login(nia)
    return browser


def said(browser: Client, address: str = PAGE) -> str:
    return browser.get(address).content.decode()


def press(browser: Client, save: str, **more: object) -> int:
    return browser.post(PAGE, {"save": save, **more}).status_code


def agree(browser: Client, *kinds: str, version: int = CONSENT_VERSION) -> int:
    return press(browser, "agree", version=version, kind=kinds)


def test_somebody_reads_what_it_is_agrees_and_takes_it_back(browser, nia):
    page = said(browser)
    assert "Harm to a body." in page
    assert "I have read this, and I agree" in page
    assert "Week 1 of 4: a quarter of the daily limit, nothing above moderate" in page
    assert "Before your first task" in said(browser, "/")

    assert agree(browser, "V", "H") == 302
    assert "You can begin." in said(browser)
    assert Consent.objects.get().categories == ["H", "V"]
    assert press(browser, "withdraw") == 302
    assert "You took your yes back." in said(browser)


def test_a_new_kind_is_pointed_out_and_an_old_page_does_not_cover_it(browser, team):
    agree(browser, "V", "H")
    interface.define_categories(team=team, definitions={"S": "About sex."})
    page = said(browser)
    assert "Something has changed since you agreed" in page
    assert page.count('<span class="chip">new</span>') == 1
    agree(browser, "V", "H")
    assert "Something has changed since you agreed" in said(browser)


def test_a_text_that_changed_meanwhile_is_read_again(browser):
    page = browser.post(
        PAGE, {"save": "agree", "version": CONSENT_VERSION + 1, "kind": ["V", "H"]}, follow=True
    )
    assert "This page has changed." in page.content.decode()
    assert not Consent.objects.exists()


def test_steps_are_ticked_off_opened_again_and_put_away(browser, nia):
    agree(browser, "V", "H")
    assert "steps of your first days are left" in said(browser, "/")
    for step in first_days_steps():
        press(browser, f"done:{step}")
        press(browser, f"done:{step}")
    assert "of your first days" not in said(browser, "/")
    press(browser, "open:pace")
    assert "1 step of your first days is left" in said(browser, "/")
    press(browser, "dismiss")
    assert "of your first days is left" not in said(browser, "/")
    assert "Remind me of the steps below again" in said(browser)
    press(browser, "recall")
    assert sorted(FirstDays.objects.get().done) == sorted(set(first_days_steps()) - {"pace"})


def test_a_button_says_what_it_does_and_a_step_what_it_is(browser):
    """In some languages one word would read as a state on both."""
    agree(browser, "V", "H")
    before = said(browser)
    assert before.count(">Mark as done<") > 0
    assert '<span class="chip">Done</span>' not in before
    press(browser, "done:categories")
    after = said(browser)
    assert after.count(">Mark as done<") == before.count(">Mark as done<") - 1
    assert '<span class="chip">Done</span>' in after


@pytest.mark.parametrize("save", ["", "agreed", "done:", "done:made-up", "open"])
def test_what_no_button_sends_is_not_found(browser, save):
    assert press(browser, save) == 404


def test_the_keys_are_tried_on_a_text_of_our_own_and_nothing_is_kept_but_that(browser, nia):
    address = reverse("wellbeing:practice")
    assert "snail" not in said(browser, address)
    for state, key in (("shown", "1"), ("strength", "4"), ("chosen", "Enter")):
        page = browser.post(address, {"to": state}).content.decode()
        assert "snail" in page
        assert f'data-key="{key}"' in page
    assert not FirstDays.objects.filter(done__contains=["keys"]).exists()
    assert "Skipped." in browser.post(address, {"to": "skipped"}).content.decode()
    assert browser.post(address, {"to": "elsewhere"}).status_code == 404
    assert FirstDays.objects.get().done == ["keys"]
    assert interface.exposure_of(person_id=nia.pk, looked_by=nia.pk).points.used == 0
