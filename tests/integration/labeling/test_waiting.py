"""The first page: what is waiting by expected severity, and choosing the milder work for a sitting."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from labeling.operations.claim import claim
from labeling.operations.outcomes import NothingToLabel
from labeling.operations.reveal import reveal
from labeling.operations.submit import submit
from labeling.queries import waiting
from labeling.queries.waiting import answers_needed, waiting_for
from labeling.queries.workbench import LeaseCard, live_card
from tests.factories.labeling import SourceFactory, add_tasks, answered, claimed, project_for, rude, shown
from tests.factories.wellbeing import fill
from wellbeing import interface
from wellbeing.interface import Clearance

pytestmark = pytest.mark.django_db


@pytest.fixture
def mixed(team, lead):
    """Three mild tasks and two severe ones, by the items' own estimates, in a source that proved right."""
    project = project_for(team, lead)
    source = SourceFactory(project=project, confirmed_at=interface.now())
    add_tasks(project, 3, severity=1, source=source)
    add_tasks(project, 2, severity=3, source=source)
    return project


def waits(person, project, **clearance):
    cleared = Clearance(**{"max_severity": 4, **clearance})
    return waiting_for(person=person, project_ids=[project.pk], clearance=cleared).get(project.pk, {})


def test_by_severity_and_only_what_one_is_cleared_for(labeler, mixed):
    assert waits(labeler, mixed) == {1: 3, 3: 2}
    assert waits(labeler, mixed, max_severity=2) == {1: 3}
    assert waits(labeler, mixed, confirmed_benign_only=True) == {}
    assert waits(labeler, mixed, max_severity=2, wait_max_severity=3) == {1: 3, 3: 2}


def test_what_one_has_answered_or_somebody_holds_is_not_waiting(labeler, second_labeler, mixed):
    answered(mixed, labeler)
    assert sum(waits(labeler, mixed).values()) == 4
    claimed(mixed, second_labeler)
    assert sum(waits(labeler, mixed).values()) >= 3
    assert sum(waits(second_labeler, mixed).values()) >= 4


def test_each_answer_moves_what_a_project_still_needs(labeler, second_labeler, mixed, monkeypatch):
    """Also those of one person who works alone, by whom nothing is decided."""
    project = project_for(mixed.team, mixed.created_by)
    add_tasks(project, 1)
    assert [answers_needed(mixed.pk), answers_needed(project.pk)] == [10, 2]
    claimed(project, labeler)
    assert answers_needed(project.pk) == 2, "a task that somebody holds is not answered yet"
    answered(project, labeler, rude(2))
    assert answers_needed(project.pk) == 1
    answered(project, second_labeler)
    assert answers_needed(project.pk) == 1, "they differ, so a third is asked"
    monkeypatch.setattr(waiting, "MOST_NEEDED", 5)
    assert answers_needed(mixed.pk) == 6, "no more than that is counted"


def test_the_count_is_bounded_and_says_when_it_saw_nothing_for_sure(labeler, mixed, monkeypatch):
    monkeypatch.setattr(waiting, "LOOK", 2)
    assert waits(labeler, mixed) == {1: 1, 3: 1}, "two slots of one task"
    for _ in range(5):
        answered(mixed, labeler)
    # The second slots are open to others; whether anything lies behind them was not looked at.
    assert set(waits(labeler, mixed).values()) <= {1}


def test_who_reads_none_of_what_waits_is_told_in_which_languages_it_is(labeler, team, lead, browser_of):
    project = project_for(team, lead)
    add_tasks(project, 1, severity=1, language="fr-BE")
    add_tasks(project, 1, severity=1, language="fr")
    add_tasks(project, 1, severity=1, language="ar")
    labeler.languages = ["en", "de"]
    labeler.save()
    me = browser_of(labeler)

    def pages():
        start = reverse("labeling:claim", args=[project.pk])
        return me.get(reverse("labeling:home")).text, me.post(start).text

    for page in pages():
        assert "What waits here is in other languages than yours: Arabic, French." in page
        assert f'href="{reverse("wellbeing:my_choices")}#place">My languages</a>' in page
    assert "Nothing is waiting for you here now." not in pages()[0]

    add_tasks(project, 1, severity=4, language="de")  # that is not for them either, but for another reason
    for page in pages():
        assert "What waits here" not in page


def test_what_is_in_a_language_one_does_not_read_is_not_waiting(labeler, team, lead):
    project = project_for(team, lead)
    add_tasks(project, 1, severity=1, language="fr")
    assert waits(labeler, project) == {}


def test_the_page_says_it_in_words_and_counts_nothing_exactly(browser_of, labeler, mixed):
    page = browser_of(labeler).get("/").content.decode()
    assert page.count("a few") == 2
    assert "5 task" not in page


def test_at_most_mild_holds_for_the_claim_until_sign_out(browser_of, labeler, mixed):
    me = browser_of(labeler)
    me.post(reverse("labeling:at_most"), {"severity": "1"})
    assert me.get("/").content.decode().count("a few") == 1
    for _ in range(3):
        me.post(reverse("labeling:claim", args=[mixed.pk]))
        lease = labeler_lease(labeler)
        assert lease.expected == 1
        answered_by(labeler, lease)
    page = me.post(reverse("labeling:claim", args=[mixed.pk])).content.decode()
    assert "Nothing mild just now" in page
    browser_of(labeler).post(reverse("labeling:claim", args=[mixed.pk]))
    assert labeler_lease(labeler).expected == 3, "another sitting"


def test_more_is_offered_only_where_there_is_more(browser_of, labeler, second_labeler, team, lead):
    project = project_for(team, lead, strategy="fixed_1")
    source = SourceFactory(project=project, confirmed_at=interface.now())
    add_tasks(project, 1, severity=3, source=source)
    me = browser_of(labeler)

    def pages(asked):
        me.post(reverse("labeling:at_most"), {"severity": asked})
        bench = me.post(reverse("labeling:claim", args=[project.pk])).text
        return me.get(reverse("labeling:home")).text, bench.partition("<aside")[0]

    home, bench = pages("1")
    assert "Nothing mild is waiting here. You can choose more above." in home
    assert "You asked for mild work. More is waiting here" in bench
    home, bench = pages("2")
    assert "Nothing mild or moderate is waiting here. You can choose more above." in home
    assert "You asked for mild or moderate work. More is waiting here" in bench

    answered(project, labeler)
    for asked in ("1", "2"):
        home, bench = pages(asked)
        assert "Nothing is waiting for you here now." in home
        assert "Nothing to label just now" in bench
        assert "You asked for" not in bench
        assert "choose" not in home.partition('class="plain projects"')[2].partition("</ul>")[0]


def test_what_can_be_started_stands_first_and_has_the_key(browser_of, labeler, team, lead):
    severe, mild, also_severe, also_mild = (
        project_for(team, lead, name=name) for name in ("A severe", "B mild", "C severe", "D mild")
    )
    for project, severity in ((severe, 3), (mild, 1), (also_severe, 3), (also_mild, 1)):
        source = SourceFactory(project=project, confirmed_at=interface.now())
        add_tasks(project, 1, severity=severity, source=source)
    me = browser_of(labeler)

    def names(page):
        return re.findall(r'<h2 dir="auto">(.*?)</h2>', page)

    assert names(me.get("/").text) == ["A severe", "B mild", "C severe", "D mild"]
    page = me.post(reverse("labeling:at_most"), {"severity": "1"}, follow=True).text
    assert names(page) == ["B mild", "D mild", "A severe", "C severe"]
    spaces = re.findall(r'href="([^"]*)" data-key="Space"', page)
    assert spaces == [reverse("labeling:workbench", args=[mild.pk])]


def labeler_lease(person):
    card = live_card(person_id=person.pk)
    assert card is not None
    return card


def answered_by(person, lease):
    reveal(lease_id=lease.lease_id, by=person, show="full")
    submit(lease_id=lease.lease_id, by=person, answers=rude(1))


def test_it_only_tightens(labeler, mixed):
    fill(labeler, points_charged=120_000)
    assert isinstance(claim(project=mixed, by=labeler, at_most=4), NothingToLabel)


def test_an_unopened_task_above_it_goes_back_and_an_opened_one_stays(labeler, mixed, monkeypatch):
    while (held := claim(project=mixed, by=labeler)).expected < 3:
        answered_by(labeler, held)
    milder = claim(project=mixed, by=labeler, at_most=1)
    assert not isinstance(milder, LeaseCard) or milder.expected == 1
    if isinstance(milder, LeaseCard):
        answered_by(labeler, milder)
    opened = shown(mixed, labeler).card
    assert claim(project=mixed, by=labeler, at_most=1).lease_id == opened.lease_id


@pytest.mark.parametrize("wrong", ["", "7", "-1", "x"])
def test_another_number_changes_nothing(browser_of, labeler, wrong):
    me = browser_of(labeler)
    me.post(reverse("labeling:at_most"), {"severity": "2"})
    me.post(reverse("labeling:at_most"), {"severity": wrong})
    assert me.session["at_most"] == 2


def test_the_page_asks_a_fixed_number_of_times(browser_of, labeler, team, lead, mixed):
    me = browser_of(labeler)
    me.get("/")
    with CaptureQueriesContext(connection) as one:
        me.get("/")
    for _ in range(3):
        add_tasks(project_for(team, lead), 2, severity=1)
    with CaptureQueriesContext(connection) as more:
        me.get("/")
    assert len(more) == len(one)


def test_a_program_can_ask_for_less_too(program_of, labeler, mixed):
    me = program_of(labeler)
    address = f"/api/v1/projects/{mixed.pk}/claim"
    answer = me.post(address, {"at_most": 1}, content_type="application/json")
    assert (answer.status_code, answer.json()["card"]["expected_severity"]) == (201, 1)
    assert me.post(address, {"at_most": 5}, content_type="application/json").status_code == 400
