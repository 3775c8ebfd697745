"""What somebody chose for themself changes no byte of any page that others can open.

Everybody else reads every page before and after; each choice is a canary.
"""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from people.models import AuditEvent, User
from people.permissions import Role
from tests.factories.labeling import add_tasks, answered, project_for, rude
from tests.factories.people import person
from tests.journeys.test_canary import every_get
from wellbeing import interface
from wellbeing.models import CategoryChoice, DisplayChoice, ExposureLook, PolicyVersion

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

# What is new in each answer whoever asks: tokens against forgery, a form's own number, and the nonce of the policy.
EACH_TIME_NEW = re.compile(
    rb'(csrfmiddlewaretoken" value="|name="id" value="|csrf-token" content="|nonce="|nonce-)[\w+/=-]+|"csrf_?token": "\w+"',
    re.IGNORECASE,
)
# Reading the board leaves a look at everybody on it, on their own page.
WHO_LOOKED = re.compile(rb'<section [^>]*aria-labelledby="looked".*?</section>', re.DOTALL)
CANARY_POINTS = 37_000


def everything(eyes: Client, person_id: int, project_id: int) -> Iterator[tuple[str, int, bytes]]:
    """Every address that answers GET, with the labeler's id wherever a person is named."""
    for address in every_get(1, project_id):
        for one in {address, re.sub(r"^/(team|experience)/1/", rf"/\1/{person_id}/", address)}:
            response = eyes.get(one)
            content = response.getvalue() if response.streaming else response.content
            yield one, response.status_code, WHO_LOOKED.sub(b"", EACH_TIME_NEW.sub(b"", content))


def test_choices_change_nothing_that_anybody_else_can_open(
    labeler: User, second_labeler: User, lead: User, engineer: User, officer: User, admin: User, team
) -> None:
    interface.name_categories(categories=[("canary", "Canary birds", []), ("H", "Hate", [])])
    project = project_for(team, lead, guideline="Be kind.")
    add_tasks(project, 4)
    answered(project, labeler, rude(2))
    others = {
        "lead": lead,
        "engineer": engineer,
        "officer": officer,
        "admin": admin,
        "representative": person("rhea", Role.REPRESENTATIVE),
        "auditor": person("auri", Role.AUDITOR),
        "colleague": second_labeler,
    }
    eyes = {}
    for who, someone in others.items():
        eyes[who] = Client(raise_request_exception=False)
        eyes[who].force_login(someone)

    before = {who: list(everything(eyes[who], labeler.pk, project.pk)) for who in eyes}
    assert any(status == 200 and b"lena" in content for _, status, content in before["lead"]), (
        "pages with them"
    )
    looks, events = ExposureLook.objects.count(), AuditEvent.objects.count()

    mine = Client()
    mine.force_login(labeler)
    choices = reverse("wellbeing:my_choices")
    key = b"canary".hex()
    for sent in (
        {"save": "limits", "day": "own", "day_number": "37", "week": "250"},
        {"save": "categories", f"never-{key}": "on", f"heavier-{b'H'.hex()}": "on"},
        {"save": "pace", "words_per_minute": "77"},
    ):
        assert mine.post(choices, sent).status_code == 302
    display = reverse("wellbeing:display")
    look = {"first_text": "full", "first_picture": "full", "text_size": "1", "line_spacing": "0"}
    assert mine.post(display, {**look, f"text-{key}": "masked"}).status_code == 302
    mine.post(reverse("wellbeing:extreme"), {"opt_in": "yes"})
    assert PolicyVersion.objects.get(person=labeler).numbers["day_points"] == CANARY_POINTS
    assert CategoryChoice.objects.filter(person=labeler).count() == 2
    assert (ExposureLook.objects.count(), AuditEvent.objects.count()) == (looks, events)

    assert DisplayChoice.objects.filter(person=labeler).count() == 2
    own = {
        choices,
        display,
    }  # everybody may choose about every category, so its name stands on one's own pages
    for who in eyes:
        after = list(everything(eyes[who], labeler.pk, project.pk))
        changed = [
            address
            for (address, *was), (_, *now) in zip(before[who], after, strict=True)
            if was != now and address != "/me/looks/"  # the same looks, one page of them
        ]
        assert changed == [], who
        assert not any(b"canary" in content.lower() for address, _, content in after if address not in own)
