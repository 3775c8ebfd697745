"""A person can see exactly what their lead sees of them: the same row, to the last byte, without a look."""

import re
from collections.abc import Callable

from django.test import Client

from people.models import User
from tests.factories import wellbeing as do
from wellbeing.models import ExposureLook, PolicyVersion

Browsers = Callable[..., Client]


def rows(client: Client, address: str) -> list[str]:
    body = client.get(address).content.decode().split("<tbody>")[1].split("</tbody>")[0]
    return re.findall(r"<tr>.*?</tr>", body, re.DOTALL)


def test_it_is_the_leads_row_byte_for_byte(
    browser_of: Browsers, labeler: User, second_labeler: User, lead: User
) -> None:
    do.fill(labeler, points_charged=115_000, open_ms_charged=1_234_567)
    do.fill(labeler, days_ago=2, points_charged=70_500)
    do.fill(second_labeler, points_charged=3_000)
    PolicyVersion.objects.create(
        scope="person",
        person=labeler,
        numbers={"day_points": 60_000},
        valid_from="2026-01-01T00:00:00Z",
        reason="",
    )

    of_all = rows(browser_of(lead), "/team/")
    mine = rows(browser_of(labeler), "/me/seen/")

    assert len(mine) == 1
    assert mine[0] in of_all
    assert labeler.username in mine[0]
    assert "115 of 120" in mine[0], "not the person's own limit"
    assert rows(browser_of(second_labeler), "/me/seen/") == [row for row in of_all if row != mine[0]]


def test_looking_at_oneself_is_no_look(browser_of: Browsers, labeler: User) -> None:
    browser_of(labeler).get("/me/seen/")
    assert not ExposureLook.objects.exists()


def test_nobody_sees_anything_of_somebody_who_does_not_label(
    browser_of: Browsers, nobody: User, labeler: User
) -> None:
    assert "No lead sees anything of you" in browser_of(nobody).get("/me/seen/").content.decode()
    labeler.memberships.all().delete()
    assert "<table" not in browser_of(labeler).get("/me/seen/").content.decode()
    assert Client().get("/me/seen/")["Location"].startswith("/accounts/sign-in/")
