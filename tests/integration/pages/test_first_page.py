"""The first page of somebody who labels: what it says when today's share is done, and when a break is due."""

from datetime import timedelta

import pytest
from django.urls import reverse

from labeling.models import Lease
from tests.factories.labeling import SourceFactory, add_tasks, project_for
from tests.factories.wellbeing import advance, advance_to, claim, fill, label
from wellbeing.interface import now

pytestmark = pytest.mark.django_db
LEFT = "What is left of it is too little for the next one."
SAID = "You have done today's share"


def test_it_names_the_budget_that_is_spent_and_the_true_turn(browser_of, labeler, lead, team):
    """Five past days of 96: the week is spent, and tomorrow all five of them still count."""
    advance_to(9)
    for ago in range(1, 6):
        fill(labeler, days_ago=ago, points_charged=96_000)
    page = browser_of(labeler)

    first = page.get("/").text

    assert SAID not in first
    assert "You have done the share of seven days" in first
    assert "The limit of seven days is reached" in first
    opens = now() + timedelta(days=2)
    limit = page.get("/limit/").text
    assert f"From {opens:%A} at 04:00 on, there is room again." in limit
    assert "That is enough for now" in limit

    for ago in range(1, 6):
        fill(labeler, days_ago=ago, points_charged=0)
    for ago in range(20, 28):
        fill(labeler, days_ago=ago, points_charged=240_000)
    assert "You have done the share of four weeks" in page.get("/").text
    assert "four weeks" in page.get("/limit/").text


def test_it_says_when_todays_share_is_done_and_where_that_is_explained(browser_of, labeler, lead, team):
    add_tasks(project_for(team, lead), 3)
    page = browser_of(labeler)
    assert SAID not in page.get("/").text

    fill(labeler, points_charged=120_000)
    said = page.get("/").text

    assert SAID in said
    assert LEFT not in said
    fill(labeler, points_charged=119_990)
    assert LEFT in page.get("/").text
    assert LEFT in page.get("/limit/").text
    assert '<a href="/limit/">What that means</a>' in said


def test_what_is_too_strong_for_the_rest_of_a_limit_is_said(browser_of, labeler, lead, team):
    """Room for a mild item alone: the work has not run out, and says so on both pages."""
    chat, mixed = project_for(team, lead, name="Chat"), project_for(team, lead, name="Mixed")
    add_tasks(chat, 2, severity=2)
    add_tasks(mixed, 1, severity=2)
    add_tasks(mixed, 1, severity=1, source=SourceFactory(project=mixed, confirmed=True))
    page = browser_of(labeler)
    bench = reverse("labeling:claim", args=[chat.pk])
    assert page.get("/").text.count(">Start ") == 2

    fill(labeler, points_charged=119_300)

    first = page.get("/").text
    assert first.count("What waits here is too strong for what is left of your limit.") == 1
    assert first.index("Mixed") < first.index("Chat")
    assert "Nothing is waiting for you here now." not in first
    nothing = page.post(bench).text
    assert "What waits here is too strong for what is left of your limit." in nothing
    assert "New tasks come when items are added" not in nothing
    page.post(reverse("labeling:at_most"), {"severity": "1"})
    mild = page.post(bench).text
    assert "What waits here is too strong for what is left of your limit." in mild
    assert "You can choose" not in mild, "more would not be handed to them"
    assert "What waits here is too strong for what is left of your limit." in page.get("/").text

    fill(labeler, points_charged=0)
    page.post(reverse("labeling:at_most"), {"severity": "4"})
    assert page.get("/").text.count(">Start ") == 2


def test_a_card_that_a_limit_has_closed_is_not_offered_and_an_open_task_is(browser_of, labeler, lead, team):
    """Its Show led to the limit page, and that page back here."""
    project = project_for(team, lead, name="Chat")
    add_tasks(project, 2, severity=2)
    page = browser_of(labeler)
    page.post(reverse("labeling:claim", args=[project.pk]))
    lease = Lease.objects.get(ended_at=None)
    assert "You have a task open" in page.get("/").text

    fill(labeler, points_charged=120_000)
    went = page.post(reverse("labeling:reveal", args=[lease.pk]), {"show": "masked"})["Location"]
    assert "The task was not opened. It goes to somebody else." in page.get(went).text
    assert "You have a task open" not in page.get("/").text
    assert "You have done today" in page.get("/").text

    fill(labeler, points_charged=0)
    assert "You have a task open" in page.get("/").text
    page.post(reverse("labeling:reveal", args=[lease.pk]), {"show": "masked"})
    fill(labeler, points_charged=120_000)
    page.post(reverse("labeling:conceal", args=[lease.pk]))
    went = page.post(reverse("labeling:reveal", args=[lease.pk]), {"show": "masked"})["Location"]
    assert "It goes to somebody else" not in page.get(went).text
    assert "You have a task open" in page.get("/").text, "an answer can always be given"


def test_while_a_break_is_due_it_leads_to_the_break(browser_of, labeler, lead, team):
    for _ in range(2):
        add_tasks(project_for(team, lead), 3)
    page = browser_of(labeler)
    way = f'action="{reverse("wellbeing:start_break")}"'
    in_header = page.get("/").text.count(way)
    label(labeler, "lease:1")
    for _ in range(13):
        advance(minutes=4)
        claim(labeler)

    said = page.get("/").text

    assert said.count("It is time for a break of five minutes.") == 1, "said once, not in each project"
    assert said.count(way) == in_header + 1
    assert said.count('data-key="Space"') == 1
    page.post(reverse("wellbeing:start_break"))
    assert 'data-break-seconds="' in page.get(reverse("wellbeing:break_")).text
