"""A picture asked for while its view is concealed: bytes are given before the conceal is committed, or not at all.

Each promise is tried by real threads over the page's own address, and its guard is taken away in a twin that must fail.
"""

from dataclasses import dataclass
from functools import partial
from threading import Barrier, Event, local
from time import monotonic

import pytest
from django.test import Client
from django.urls import reverse

from labeling.models import Project
from labeling.operations import reveal as reveal_module
from labeling.operations.reveal import conceal, reveal
from people.models import User
from tests.factories.labeling import claimed, project_for
from tests.factories.pictures import add_picture
from tests.integration.labeling.together import together
from wellbeing import interface
from wellbeing.interface import View

pytestmark = [pytest.mark.race, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ROUNDS = 10
EYES = 4


@dataclass(frozen=True)
class Asked:
    """One GET: when it began, and whether it brought the picture."""

    began: float
    brought: bool


@pytest.fixture
def lease(labeler: User) -> int:
    project: Project = project_for(labeler.memberships.get().team)
    add_picture(project)
    return claimed(project, labeler).lease_id


def browser_of(person: User) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def ask(browser: Client, lease_id: int) -> Asked:
    began = monotonic()
    answer = browser.get(reverse("labeling:picture", args=[lease_id, "low"]))
    assert answer.status_code in (200, 409)
    return Asked(began, answer.status_code == 200)


def ask_across(browser: Client, lease_id: int, begun: Event, concealed: Event) -> list[Asked]:
    """Again and again until the view is concealed, and twice more."""
    asked = [ask(browser, lease_id)]
    begun.set()
    while not concealed.is_set():
        asked.append(ask(browser, lease_id))
    return [*asked, *(ask(browser, lease_id) for _ in range(2))]


def conceal_at(lease_id: int, person: User, begun: Event, concealed: Event) -> float:
    """The moment by which the conceal was committed; it comes once somebody has the picture."""
    assert begun.wait(timeout=60)
    try:
        conceal(lease_id=lease_id, by=person)
        return monotonic()
    finally:
        concealed.set()


def races(labeler: User, lease_id: int) -> list[Asked]:
    """What was brought although it was asked for after the commit, over all rounds."""
    browsers = [browser_of(labeler) for _ in range(EYES)]
    late, brought = [], 0
    for _ in range(ROUNDS):
        reveal(lease_id=lease_id, by=labeler)
        begun, concealed = Event(), Event()
        *answers, committed = together(
            [
                *(partial(ask_across, browser, lease_id, begun, concealed) for browser in browsers),
                partial(conceal_at, lease_id, labeler, begun, concealed),
            ]
        )
        asked = [one for answer in answers for one in answer]
        brought += sum(one.brought for one in asked)
        late += [one for one in asked if one.brought and one.began > committed]
    assert brought >= ROUNDS
    return late


def test_what_is_asked_for_after_the_conceal_is_never_brought(labeler, lease):
    assert races(labeler, lease) == []


def test_if_the_view_were_remembered_it_would_be_brought(labeler, lease, monkeypatch):
    remembered: dict[str, View] = {}
    look = interface.read_view

    def remember(*, person_id: int, occasion: str) -> View | None:
        found = remembered.get(occasion) or look(person_id=person_id, occasion=occasion)
        return found and remembered.setdefault(occasion, found)

    monkeypatch.setattr(interface, "read_view", remember)
    assert races(labeler, lease)


def brought_across_the_conceal(labeler: User, lease_id: int, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Everybody has the bytes in hand; then the view is concealed, and only then do they go on."""
    reveal(lease_id=lease_id, by=labeler)
    in_hand, concealed = Barrier(EYES + 1), Event()
    disclose_picture = reveal_module.disclose_picture

    def read(**asked: object) -> bytes:
        found = disclose_picture(**asked)
        in_hand.wait(timeout=60)
        assert concealed.wait(timeout=60)
        return found

    def conceal_between() -> None:
        in_hand.wait(timeout=60)
        conceal(lease_id=lease_id, by=labeler)
        concealed.set()

    monkeypatch.setattr(reveal_module, "disclose_picture", read)
    *answers, failed = together(
        [*(partial(ask, browser_of(labeler), lease_id) for _ in range(EYES)), conceal_between]
    )
    assert failed is None, failed
    return [answer.brought for answer in answers]


def test_bytes_in_hand_at_the_conceal_are_not_given(labeler, lease, monkeypatch):
    assert brought_across_the_conceal(labeler, lease, monkeypatch) == [False] * EYES


def test_without_the_second_look_they_are_given(labeler, lease, monkeypatch):
    looks, look = local(), interface.read_view

    def first_look_only(*, person_id: int, occasion: str) -> View | None:
        if not hasattr(looks, "first"):
            looks.first = look(person_id=person_id, occasion=occasion)
        return looks.first

    monkeypatch.setattr(interface, "read_view", first_look_only)
    assert brought_across_the_conceal(labeler, lease, monkeypatch) == [True] * EYES
