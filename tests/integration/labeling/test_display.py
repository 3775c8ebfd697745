"""How an item first appears: the person's own choice, and the floor under it, on the server, for page and API."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from labeling.domain.picture import Picture, Step
from labeling.models import Project
from labeling.operations.claim import claim
from labeling.operations.outcomes import Shown
from labeling.operations.reveal import conceal, reveal, step
from labeling.queries import content
from people.models import User
from tests.factories.labeling import add_tasks, claimed
from tests.factories.pictures import add_picture
from tests.integration.labeling.test_claim import statements
from tests.integration.labeling.test_reveal import LONG, text_of
from wellbeing import interface
from wellbeing.interface import FirstPicture, FirstText, choose_display, set_display_floor

pytestmark = pytest.mark.django_db

MASKED, PARTS, FULL = FirstText
LOW, WHOLE = FirstPicture


@pytest.fixture(autouse=True)
def lexicon(monkeypatch: pytest.MonkeyPatch) -> None:
    """One listed word, in every sentence of LONG."""
    listed = content.bundled().with_words("insult", ["weather"])
    monkeypatch.setattr(content, "bundled", lambda: listed)


def first_look(shown: Shown) -> tuple[int, bool]:
    """How many parts are on the screen, and whether the listed word is."""
    return len(shown.parts), "weather" in text_of(shown)


def all_at_once(person: User, **more: object) -> None:
    choose_display(person_id=person.pk, text=FULL, picture=WHOLE, **more)


@pytest.mark.parametrize(("text", "parts", "word"), [(MASKED, 1, False), (PARTS, 1, True), (FULL, 5, True)])
def test_what_is_shown_first_is_what_the_person_chose(project, labeler, text, parts, word):
    choose_display(person_id=labeler.pk, text=text, picture=LOW)
    add_tasks(project, 1, body=LONG)
    card = claimed(project, labeler)
    parts = card.parts if text is FULL else parts

    first = reveal(lease_id=card.lease_id, by=labeler)

    assert first_look(first) == (parts, word)
    assert card.parts > 1
    conceal(lease_id=card.lease_id, by=labeler)
    assert first_look(reveal(lease_id=card.lease_id, by=labeler)) == (parts, word)
    assert first_look(reveal(lease_id=card.lease_id, by=labeler, show="masked"))[1] is False


def test_a_category_is_shown_as_chosen_for_it_or_for_what_stands_above(project, labeler, second_labeler):
    interface.name_categories(categories=[("A", "Above", []), ("rude", "Rude", ["A"])])
    all_at_once(labeler, categories={"A": (MASKED, None)})
    all_at_once(second_labeler)  # nobody's choice is anybody else's
    add_tasks(project, 2, body=LONG, severity=1, scores={"rude": 0.9})

    card = claimed(project, labeler)
    assert card.categories == ("rude",)
    assert first_look(reveal(lease_id=card.lease_id, by=labeler)) == (1, False)
    theirs = claimed(project, second_labeler)
    assert first_look(reveal(lease_id=theirs.lease_id, by=second_labeler)) == (card.parts, True)


@pytest.mark.parametrize("show", [None, "parts", "full"])
def test_severe_begins_no_milder_than_the_floor_whatever_is_asked(project, labeler, show):
    all_at_once(labeler)
    add_tasks(project, 1, body=LONG, severity=3)
    card = claimed(project, labeler)

    first = reveal(lease_id=card.lease_id, by=labeler, show=show)
    assert first_look(first) == (1, False)
    conceal(lease_id=card.lease_id, by=labeler)
    assert first_look(reveal(lease_id=card.lease_id, by=labeler, show="full")) == (1, False)

    # Each further step stays possible, and is paid for.
    whole = step(lease_id=card.lease_id, by=labeler, to="full")
    assert first_look(whole) == (card.parts, True)
    assert whole.view.milli_points > first.view.milli_points


def test_page_and_api_are_held_to_the_floor(project, labeler, program_of):
    all_at_once(labeler)
    add_tasks(project, 1, body=LONG, severity=3)
    lease_id = claimed(project, labeler).lease_id
    me = Client()
    me.force_login(labeler)

    card = me.get(reverse("labeling:workbench", args=[project.pk])).content.decode()
    assert 'value="full"' not in card
    assert "Show, words hidden" in card
    page = me.post(reverse("labeling:reveal", args=[lease_id]), {"show": "full"}).content.decode()
    assert "about the weather" not in page
    assert "Sentence number 0" in page
    assert "Sentence number 29" not in page

    api = program_of(labeler)
    sent = api.post(
        f"/api/v1/leases/{lease_id}/reveal", {"show": "full"}, content_type="application/json"
    ).json()
    assert sent["shown"]["parts_left"] > 0
    assert len(sent["parts"]) == 1
    assert "weather" not in str(sent["parts"])


def test_the_floor_is_what_the_officer_says(project, labeler, officer):
    all_at_once(labeler, keeps_grey=False)
    add_tasks(project, 1, body=LONG, severity=3)
    lease_id = claimed(project, labeler).lease_id

    assert set_display_floor(value=PARTS, by=officer)
    assert first_look(reveal(lease_id=lease_id, by=labeler, show="full")) == (1, True)
    assert set_display_floor(value=FULL, by=officer)
    conceal(lease_id=lease_id, by=labeler)
    assert first_look(reveal(lease_id=lease_id, by=labeler))[0] > 1


def test_the_page_offers_first_what_the_person_chose(project, labeler):
    add_tasks(project, 1, body=LONG, severity=1)
    claimed(project, labeler)
    me = Client()
    me.force_login(labeler)
    all_at_once(labeler, text_size=2, line_spacing=1)

    page = me.get(reverse("labeling:workbench", args=[project.pk])).content.decode()

    assert "bench-grid size-2 lines-1" in page
    assert page.index(">Show all ") < page.index(">Show, words hidden ")
    assert "The worst words stay hidden" not in page


@pytest.mark.parametrize(
    ("severity", "keeps_grey", "wanted"),
    [
        (1, True, Picture(Step.FULL)),
        (1, False, Picture(Step.FULL, in_colour=True)),
        (3, False, Picture(Step.LOW)),
    ],
)
def test_a_picture_begins_as_chosen_above_the_floor(project, labeler, severity, keeps_grey, wanted):
    all_at_once(labeler, keeps_grey=keeps_grey)
    add_picture(project, severity=severity)
    lease_id = claimed(project, labeler).lease_id

    assert reveal(lease_id=lease_id, by=labeler).card.picture == wanted
    whole = step(lease_id=lease_id, by=labeler, to="picture").card.picture
    assert whole == (Picture(Step.FULL) if severity == 3 else wanted)


def test_own_choices_cost_no_statement(project: Project, labeler: User) -> None:
    add_tasks(project, 2, severity=1)

    def counted() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as claiming:
            lease_id = claimed(project, labeler).lease_id
        with CaptureQueriesContext(connection) as revealing:
            reveal(lease_id=lease_id, by=labeler)
        conceal(lease_id=lease_id, by=labeler)
        return len(statements(claiming)), len(statements(revealing))

    counted()
    before = counted()
    all_at_once(labeler)

    assert counted() == before
    assert before[1] <= 6
    assert claim(project=project, by=labeler).own_display.first.text is FULL
