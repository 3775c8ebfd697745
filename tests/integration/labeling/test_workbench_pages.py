"""The workbench over plain HTTP: without scripts it works too, and it never shows what is not paid for."""

import re
from collections.abc import Callable

import pytest
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client
from django.urls import reverse

from labeling.domain.masking import part_words
from labeling.domain.severity import Severity
from labeling.models import Annotation, Item, ItemContent, Lease, Project, Source
from labeling.operations.sources import note_severe_find
from labeling.views import bench as bench_view
from people.models import User
from tests.factories.labeling import MILD, add_tasks
from tests.integration.labeling.test_reveal import LONG
from wellbeing import interface
from wellbeing.models import ExposureView

pytestmark = pytest.mark.django_db(transaction=True)

LEASE_ROUTES = ["reveal", "step", "more", "conceal", "submit", "skip", "problem", "risk", "draft"]


@pytest.fixture
def me(browser_of: Callable[..., Client], labeler: User, project: Project) -> Client:
    add_tasks(project, 3)
    return browser_of(labeler)


def claim(me: Client, project: Project) -> Lease:
    me.post(reverse("labeling:claim", args=[project.pk]))
    return Lease.objects.get(ended_at=None)


def url(name: str, lease: Lease) -> str:
    return reverse(f"labeling:{name}", args=[lease.pk])


def test_the_whole_flow_without_scripts(me: Client, project: Project, labeler: User) -> None:
    bench = reverse("labeling:workbench", args=[project.pk])
    assert MILD not in me.get(bench).content.decode()
    card = me.post(reverse("labeling:claim", args=[project.pk]))
    assert MILD not in card.content.decode()
    lease = Lease.objects.get()
    opened = me.post(url("reveal", lease), {"show": "masked"})
    assert MILD in opened.content.decode()
    assert opened["Respite-Shown"] == url("conceal", lease)
    assert opened["Cache-Control"] == "no-store"
    assert opened["Refresh"].endswith(f"url={bench}")
    saved = me.post(url("submit", lease), {"category": "categories:rude", "severity:categories:rude": "2"})
    assert MILD not in saved.content.decode()
    assert Annotation.objects.get().answers == {"categories": {"rude": 2}}
    assert Lease.objects.get(ended_at=None).pk != lease.pk


def test_an_item_is_named_with_what_is_shown_and_not_before(me: Client, project: Project) -> None:
    """A name may be an address, and say what is in the item."""
    Item.objects.update(external_id=Concat(Value("how-to-tame-a-goose-"), "external_id"))
    card = me.post(reverse("labeling:claim", args=[project.pk]), follow=True).text
    assert "tame-a-goose" not in card
    assert "tame-a-goose" not in me.get(reverse("labeling:workbench", args=[project.pk])).text
    opened = me.post(url("reveal", Lease.objects.get()), {"show": "masked"}).text
    assert "tame-a-goose" in opened


def test_what_is_needed_moves_with_each_answer(
    me: Client, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = reverse("labeling:workbench", args=[project.pk])
    assert "6 answers still needed" in me.get(bench).content.decode()
    for _ in range(3):
        lease = claim(me, project)
        me.post(url("reveal", lease))
        saved = me.post(url("submit", lease), {"none": "categories"}).content.decode()
    assert "Nothing to label just now" in saved
    assert "still needed" not in saved, "by others, who are not spoken of"
    add_tasks(project, 1, first_position=1)
    assert "5 answers still needed" in me.get(bench).content.decode()
    monkeypatch.setattr(bench_view, "MOST_NEEDED", 4)
    assert "More than a thousand answers still needed" in me.get(bench).content.decode()


def test_reading_the_page_changes_nothing(me: Client, project: Project) -> None:
    lease = claim(me, project)
    me.post(url("reveal", lease))
    before = list(ExposureView.objects.values()), list(Lease.objects.values())
    page = me.get(reverse("labeling:workbench", args=[project.pk]))
    assert MILD not in page.content.decode()
    assert (list(ExposureView.objects.values()), list(Lease.objects.values())) == before


@pytest.mark.parametrize("name", LEASE_ROUTES)
def test_a_lease_is_its_owners_alone(
    me: Client, project: Project, second_labeler: User, browser_of: Callable[..., Client], name: str
) -> None:
    lease = claim(me, project)
    assert browser_of(second_labeler).post(url(name, lease)).status_code == 404
    assert me.get(url(name, lease)).status_code == 405


def test_another_teams_project_does_not_exist(
    me: Client, project: Project, outsider: User, browser_of: Callable[..., Client]
) -> None:
    other = browser_of(outsider)
    for name in ("workbench", "guideline", "undo"):
        assert other.get(reverse(f"labeling:{name}", args=[project.pk])).status_code == 404
    assert other.post(reverse("labeling:claim", args=[project.pk])).status_code == 404


def test_an_answer_before_the_reveal_is_refused(me: Client, project: Project) -> None:
    lease = claim(me, project)
    answer = me.post(url("submit", lease), {"none": "categories"})
    assert answer.status_code == 422
    assert "You have not looked at this item yet." in answer.content.decode()
    assert not Annotation.objects.exists()


def test_who_reports_an_item_is_told_that_it_does_not_come_again(me: Client, project: Project) -> None:
    said = "Thank you. You will not get that item again."
    lease = claim(me, project)
    next_card = me.post(url("problem", lease), {"kind": "other"}).text
    assert said in next_card
    assert f'action="{url("skip", Lease.objects.get(ended_at=None))}"' in next_card
    assert said not in me.post(url("skip", Lease.objects.get(ended_at=None))).text


def test_the_card_after_an_answer_says_that_it_is_saved(me: Client, project: Project) -> None:
    said = "Saved. You can change your last ten answers."
    lease = claim(me, project)
    assert said not in me.post(url("reveal", lease)).text
    assert said in me.post(url("submit", lease), {"none": "categories"}).text
    assert said not in me.get(reverse("labeling:workbench", args=[project.pk])).text
    lease = Lease.objects.get(ended_at=None)
    assert said not in me.post(url("skip", lease)).text
    last = Lease.objects.get(ended_at=None)
    me.post(url("reveal", last))
    done = me.post(url("submit", last), {"none": "categories"}).text
    assert "Nothing to label just now" in done
    assert said in done


def test_what_is_missing_is_said_above_the_form(me: Client, project: Project) -> None:
    lease = claim(me, project)
    me.post(url("reveal", lease))
    answer = me.post(
        url("submit", lease),
        {"category": "categories:rude"},
        headers={"HX-Request": "true", "HX-Target": "bench"},
    )
    assert answer["HX-Retarget"] == "#answer-problems"
    assert '<li data-missing="categories">Rude: say how strong it is.</li>' in answer.content.decode()
    assert "Something is missing" in answer.text
    assert "Not saved" not in answer.text, "these words are for a bad line, where nothing is to be done"


def test_a_refused_step_leaves_the_answer_possible(me: Client, project: Project) -> None:
    lease = claim(me, project)
    me.post(url("reveal", lease))
    me.post(url("conceal", lease))
    answer = me.post(
        url("step", lease), {"to": "full"}, headers={"HX-Request": "true", "HX-Target": "stimulus"}
    )
    assert answer["HX-Retarget"] == "#notice"
    assert answer["HX-Trigger"] == "respite:time-over"
    me.post(url("submit", lease), {"none": "categories"})
    assert Annotation.objects.count() == 1


def test_the_button_of_the_next_part_carries_its_number(me: Client, project: Project) -> None:
    lease = claim(me, project)
    ItemContent.objects.filter(item=lease.task.item).update(body=LONG)
    Item.objects.filter(pk=lease.task.item_id).update(
        part_words=part_words(LONG), words=sum(part_words(LONG))
    )
    opened = me.post(url("reveal", lease)).content.decode()
    assert '<input type="hidden" name="part" value="2">' in opened
    for _ in range(2):
        stepped = me.post(url("step", lease), {"to": "part", "part": "2"}).content.decode()
        assert '<input type="hidden" name="part" value="3">' in stepped
    assert me.post(url("step", lease), {"to": "part"}).status_code == 404
    assert me.post(url("step", lease), {"to": "part", "part": "9"}).status_code == 409


@pytest.mark.parametrize("asked", ["step", "more"])
def test_both_places_say_the_same_share_after_it_grew(me: Client, project: Project, asked: str) -> None:
    lease = claim(me, project)
    me.post(url("reveal", lease))
    target = {"step": "stimulus", "more": "window"}[asked]
    reply = me.post(
        url(asked, lease),
        {"to": "full", "window": "1"},
        headers={"HX-Request": "true", "HX-Target": target},
    ).text
    header = re.search(r'id="gauge"[^>]*hx-swap-oob="true"><span class="gauge-words">(.*?)</span>', reply)
    beside = re.search(r'id="day" hx-swap-oob="true">.*?<p class="small">(.*?)\. ', reply, re.DOTALL)
    assert header
    assert beside
    assert header[1] == beside[1]


def test_a_draft_comes_back_with_the_form(me: Client, project: Project) -> None:
    lease = claim(me, project)
    me.post(url("reveal", lease))
    assert me.post(url("draft", lease), {"category": "categories:threat"}).status_code == 204
    page = me.get(reverse("labeling:workbench", args=[project.pk])).content.decode()
    assert 'value="categories:threat" checked' in page


def test_a_draft_that_crossed_its_answer_is_quiet(me: Client, project: Project) -> None:
    lease = claim(me, project)
    me.post(url("reveal", lease))
    me.post(url("submit", lease), {"none": "categories"})
    assert me.post(url("draft", lease), {"category": "categories:threat"}).status_code == 204


def test_the_first_page_leads_each_to_their_work(
    me: Client, project: Project, engineer: User, browser_of: Callable[..., Client]
) -> None:
    page = me.get(reverse("labeling:home")).content.decode()
    assert "a few" in page
    answer = browser_of(engineer).get(reverse("labeling:home"))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("labeling:projects")


def test_the_card_says_whose_estimate_it_shows(
    browser_of: Callable[..., Client], labeler: User, project: Project
) -> None:
    add_tasks(project, 1, severity=1)
    source, me = Source.objects.get(), browser_of(labeler)
    claim(me, project)
    bench = reverse("labeling:workbench", args=[project.pk])

    card = me.get(bench).content.decode()
    assert "expected: moderate" in card
    assert (
        "The people who sent it here for labeling expect it milder. Until that has proved right, it counts as moderate."
        in card
    )

    Source.objects.update(confirmed_at=interface.now())
    card = me.get(bench).content.decode()
    assert "expected: mild" in card
    assert "The people who sent it here for labeling expect this." in card

    note_severe_find(source_id=source.pk, verdict=Severity.SEVERE)
    card = me.get(bench).content.decode()
    assert "this source: up to severe" in card
    assert "This is known of its source, not of this very item." in card


def test_a_paused_project_says_so(me: Client, project: Project) -> None:
    Project.objects.update(status=Project.Status.PAUSED)
    answer = me.post(reverse("labeling:claim", args=[project.pk]))
    assert "This project is paused." in answer.content.decode()


def test_nothing_to_label_is_a_page_too(me: Client, project: Project) -> None:
    for _ in range(3):
        me.post(url("skip", claim(me, project)))
    answer = me.post(reverse("labeling:claim", args=[project.pk]))
    assert "Nothing to label just now" in answer.content.decode()


def test_an_answer_is_changed_without_the_item(
    me: Client, project: Project, second_labeler: User, browser_of: Callable[..., Client]
) -> None:
    lease = claim(me, project)
    me.post(url("reveal", lease))
    me.post(url("submit", lease), {"none": "categories"})
    address = reverse("labeling:revise", args=[Annotation.objects.get().pk])
    assert MILD not in me.get(address).content.decode()
    assert browser_of(second_labeler).get(address).status_code == 404
    me.post(address, {"category": "categories:rude", "severity:categories:rude": "1"})
    assert Annotation.objects.get(superseded_at=None).answers == {"categories": {"rude": 1}}
