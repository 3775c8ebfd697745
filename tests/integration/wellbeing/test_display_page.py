"""How things look: the person's page with its example, and the officer's floor."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from people.models import AuditEvent, User
from people.permissions import Role
from tests.factories.people import person
from wellbeing import interface
from wellbeing.domain.erasing import ErasureReason
from wellbeing.interface import FirstPicture, FirstText, FloorNotAllowed, choose_display, set_display_floor
from wellbeing.models import DisplayChoice, DisplayFloor
from wellbeing.operations.choices import NoSuchCategory
from wellbeing.operations.erasure import erase_person

pytestmark = pytest.mark.django_db

GENERAL = {"first_text": "parts", "first_picture": "low", "text_size": "2", "line_spacing": "1"}
V = b"V".hex()


@pytest.fixture(autouse=True)
def catalogue(db: None) -> None:
    interface.name_categories(categories=[("V", "Violence", []), ("H", "Hate", [])])


@pytest.fixture
def me(browser_of: Callable[..., Client], labeler: User) -> Client:
    return browser_of(labeler)


def save(me: Client, **typed: str):
    return me.post(reverse("wellbeing:display"), {**GENERAL, **typed}, follow=True)


def rows() -> list[tuple[object, ...]]:
    fields = ("category", "first_text", "first_picture", "keeps_grey", "text_size", "line_spacing")
    return sorted(DisplayChoice.objects.values_list(*fields))


def test_the_page_shows_the_usual_look_and_keeps_what_is_chosen(me: Client) -> None:
    page = me.get(reverse("wellbeing:display")).content.decode()
    assert 'value="masked" id="id_first_text_0" required checked' in page
    assert (
        "At first you never see more of it than this: The first part, listed words hidden. You can choose to see less."
        in page
    )
    assert "img/fruit-bowl/low" in page

    page = save(me, **{f"text-{V}": "masked"}).content.decode()

    assert "Saved. It holds for the next thing that you open." in page
    assert 'value="parts" id="id_first_text_1" required checked' in page
    assert rows() == [("", "parts", "low", False, 2, 1), ("V", "masked", "", True, 0, 0)]
    assert not AuditEvent.objects.exists()


def test_an_old_page_takes_back_nothing_of_a_category(me: Client) -> None:
    save(me, **{f"text-{V}": "masked"})

    save(me, **{f"picture-{V}": "full", f"text-{V}": "", f"initial-text-{V}": "", f"initial-picture-{V}": ""})
    assert rows()[1] == ("V", "masked", "full", True, 0, 0)

    stood = {f"initial-text-{V}": "masked", f"initial-picture-{V}": "full"}
    save(me, **stood, **{f"text-{V}": "", f"picture-{V}": ""})
    assert [row[0] for row in rows()] == [""]


def test_what_is_not_offered_is_not_saved(me: Client, labeler: User) -> None:
    answer = save(me, first_text="louder")
    assert answer.status_code == 422
    assert "One thing needs another look" in answer.content.decode()
    assert rows() == []
    with pytest.raises(NoSuchCategory):
        choose_display(
            person_id=labeler.pk,
            text=FirstText.MASKED,
            picture=FirstPicture.LOW,
            categories={"X": (FirstText.FULL, None)},
        )
    with pytest.raises(ValueError, match="0, 1 or 2"):
        choose_display(person_id=labeler.pk, text=FirstText.MASKED, picture=FirstPicture.LOW, text_size=3)
    assert rows() == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"category": "V"},
        {"category": "V", "first_text": "louder"},
        {"category": "V", "first_text": "full", "text_size": 1},
        {"category": "", "first_text": "full"},
        {"category": "", "first_text": "full", "first_picture": "low", "line_spacing": 3},
    ],
)
def test_the_table_holds_no_other_row(labeler: User, wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match="display_choice"), transaction.atomic():
        DisplayChoice.objects.create(person=labeler, **wrong)


def test_an_erased_person_has_chosen_nothing(me: Client, labeler: User) -> None:
    save(me, **{f"text-{V}": "masked"})
    erase_person(person_id=labeler.pk, by=None, reason=ErasureReason.ASKED)
    assert rows() == []


def test_the_officer_sets_the_floor_on_the_record(
    browser_of: Callable[..., Client], officer: User, me: Client
) -> None:
    page = reverse("wellbeing:display_floor")
    theirs = browser_of(officer)
    assert page in theirs.get(reverse("wellbeing:policy")).content.decode()
    assert "the default holds" in theirs.get(page).content.decode()

    saved = theirs.post(page, {"value": "parts"}, follow=True).content.decode()
    assert "Saved. It holds for everybody now." in saved
    assert f"Set by {officer.get_full_name()} on " in saved
    theirs.post(page, {"value": "parts"})

    assert DisplayFloor.objects.count() == 1
    event = AuditEvent.objects.get(action="wellbeing.display_floor_set")
    assert (event.actor_id, event.details) == (officer.pk, {"before": "masked", "after": "parts"})
    assert "Part by part, no words hidden. You can" in me.get(reverse("wellbeing:display")).content.decode()
    theirs.post(page, {"value": "full"})
    assert "Your organisation has a rule" not in me.get(reverse("wellbeing:display")).content.decode()
    assert theirs.post(page, {"value": "none"}).status_code == 422


def test_nobody_else_sets_the_floor(browser_of: Callable[..., Client], lead: User, team, me: Client) -> None:
    page = reverse("wellbeing:display_floor")
    of_a_team = person("olga", Role.OFFICER, team)
    for client in (me, browser_of(lead), browser_of(of_a_team)):
        assert client.get(page).status_code == 403
        assert client.post(page, {"value": "full"}).status_code == 403
    with pytest.raises(FloorNotAllowed):
        set_display_floor(value=FirstText.FULL, by=of_a_team)
    assert not DisplayFloor.objects.exists()
