"""What of a project can be changed, by whom, and from when it holds."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from labeling.models import Annotation, Project
from labeling.operations.errors import FullViewWanted
from labeling.operations.reveal import step
from labeling.operations.submit import submit
from labeling.queries import content
from people.models import AuditEvent, Team, User
from people.permissions import Role
from tests.factories.labeling import BENIGN, add_tasks, project_for, shown
from tests.factories.people import person

Browsers = Callable[..., Client]

GIVEN = {
    "name": "Ferry talk",
    "description": "From the desk",
    "purpose": "They teach a filter.\r\nIt protects the crew.",
    "full_view": "up_to_moderate",
}


@pytest.fixture
def project(team: Team, lead: User) -> Project:
    return project_for(team, lead)


@pytest.fixture
def address(project: Project) -> str:
    return reverse("labeling:project_settings", args=[project.pk])


def events() -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(action="labeling.project_changed"))


def held(project: Project) -> tuple[str, ...]:
    return Project.objects.values_list(*GIVEN, "slug", "strategy").get(pk=project.pk)


def test_settings_are_saved_audited_and_read_at_once(
    browser_of: Browsers, project: Project, address: str, engineer: User, labeler: User
) -> None:
    response = browser_of(engineer).post(address, GIVEN, follow=True)

    assert response.redirect_chain == [(reverse("labeling:project", args=[project.pk]), 302)]
    assert "Saved." in response.content.decode()
    purpose = "They teach a filter.\nIt protects the crew."
    wanted = (*(GIVEN | {"purpose": purpose}).values(), project.slug, project.strategy)
    assert held(project) == wanted
    (event,) = events()
    assert event.actor_id == engineer.pk
    assert event.details == {
        "changed": ["description", "full_view", "name", "purpose"],
        "full_view": "up_to_moderate",
    }
    first_page = browser_of(labeler).get("/").content.decode()
    assert "Ferry talk" in first_page
    assert "It protects the crew." in first_page


def test_nothing_changed_writes_nothing(
    browser_of: Browsers, project: Project, address: str, engineer: User
) -> None:
    me = browser_of(engineer)
    me.post(address, GIVEN)

    response = me.post(address, GIVEN, follow=True)

    assert "Nothing changed." in response.content.decode()
    assert len(events()) == 1


def sent_back(response: Any) -> dict[str, str]:
    """What a browser sends when nothing is changed on the page: each field, and what it was when the page was made."""
    form, page = response.context["form"], response.content.decode()
    fields: dict[str, str] = {}
    for field in form:
        assert f'name="{field.html_initial_name}"' in page
        fields[field.html_name] = field.value()
        fields[field.html_initial_name] = form.data.get(field.html_initial_name, field.initial)
    return fields


def test_only_a_project_that_exists_may_have_a_task_open(
    browser_of: Browsers, address: str, engineer: User
) -> None:
    me = browser_of(engineer)
    new = me.get("/projects/new/").content.decode()
    for page in (new, me.get(address).content.decode()):
        assert "By expected severity." in page
        assert ("a task that is open then" in page) is (page is not new)


def test_two_who_change_different_settings_keep_both(
    browser_of: Browsers, project: Project, address: str, engineer: User, lead: User
) -> None:
    one, other = browser_of(engineer), browser_of(lead)
    one.post(address, GIVEN)
    pages = [sent_back(me.get(address)) for me in (one, other)]

    one.post(address, pages[0] | {"name": "Harbour talk"})
    other.post(address, pages[1] | {"description": "From the quay"})

    assert held(project)[:2] == ("Harbour talk", "From the quay")
    assert [event.details["changed"] for event in events()[1:]] == [["name"], ["description"]]


@pytest.mark.parametrize(
    ("field", "first", "second", "said"),
    [
        ("name", "Harbour talk", "Quay talk", "It is now “Harbour talk”"),
        ("description", "", "From the quay", "It is now empty"),
        ("purpose", "They help.\nWell.", "They teach.", "It is now “They help."),
        ("full_view", "always", "never", f"It is now “{Project.FullView.ALWAYS.label}”"),
    ],
)
def test_two_who_change_the_same_setting_are_told(
    browser_of: Browsers,
    project: Project,
    address: str,
    engineer: User,
    lead: User,
    field: str,
    first: str,
    second: str,
    said: str,
) -> None:
    one, other = browser_of(engineer), browser_of(lead)
    one.post(address, GIVEN)
    pages = [sent_back(me.get(address)) for me in (one, other)]
    one.post(address, pages[0] | {field: first})

    refused = other.post(address, pages[1] | {field: second})

    assert refused.status_code == 422
    assert f"Somebody changed this while you had the page open. {said}" in unescape(refused.content.decode())
    assert getattr(Project.objects.get(pk=project.pk), field) == first
    assert len(events()) == 2
    again = sent_back(refused)
    assert again[field] == second, "what they wrote is kept"
    assert other.post(address, again).status_code == 302
    assert getattr(Project.objects.get(pk=project.pk), field) == second


def test_two_who_change_a_setting_to_the_same_agree(
    browser_of: Browsers, project: Project, address: str, engineer: User, lead: User
) -> None:
    one, other = browser_of(engineer), browser_of(lead)
    pages = [sent_back(me.get(address)) for me in (one, other)]

    for me, page in zip((one, other), pages, strict=True):
        assert me.post(address, page | {"name": "Harbour talk"}).status_code == 302

    assert len(events()) == 1


def test_team_and_number_of_people_are_facts_and_no_fields(
    browser_of: Browsers, project: Project, address: str, engineer: User, other_team: Team
) -> None:
    me = browser_of(engineer)
    me.post(address, GIVEN | {"team": other_team.pk, "strategy": "fixed_1", "slug": "other"})

    page = me.get(address).content.decode()

    assert 'name="team"' not in page
    assert 'name="strategy"' not in page
    assert project.team.name in page
    assert "a third only where they differ" in page
    assert "It holds from the next answer on" in page
    for place in (address, reverse("labeling:project_new")):
        assert "answers gathered under two rules cannot be compared" in me.get(place).content.decode()
    now = Project.objects.get(pk=project.pk)
    assert (now.team, now.strategy, now.slug) == (project.team, project.strategy, project.slug)


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("name", ""),
        ("name", "x" * 121),
        ("name", "Ferry\ntalk"),
        ("name", "Ferry \u202etalk"),
        ("name", "\u200b"),
        ("description", "For \u2066the filter"),
        ("description", "x" * 501),
        ("purpose", "For\u2028the filter"),
        ("purpose", "x" * 501),
        ("full_view", "sometimes"),
        ("full_view", ""),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_nothing_is_saved(
    browser_of: Browsers, project: Project, address: str, engineer: User, field: str, written: str
) -> None:
    before = held(project)

    response = browser_of(engineer).post(address, GIVEN | {field: written})

    assert response.status_code == 422
    assert f'<a href="#id_{field}">' in response.content.decode()
    assert held(project) == before
    assert not events()


def test_an_empty_form_is_refused(
    browser_of: Browsers, project: Project, address: str, engineer: User
) -> None:
    assert browser_of(engineer).post(address).status_code == 422
    assert not events()


def test_settings_are_changed_by_those_who_set_the_project_up(
    browser_of: Browsers, project: Project, address: str, labeler: User, other_team: Team
) -> None:
    before = held(project)
    elsewhere = person("ellis", Role.ENGINEER, other_team)
    # An engineer here whose other role, of labeler, is all that they have where the project is.
    elsewhere.memberships.create(role=Role.LABELER, team=project.team)

    for user, status in ((labeler, 403), (elsewhere, 404)):
        me = browser_of(user)
        assert me.get(address).status_code == status
        assert me.post(address, GIVEN).status_code == status

    assert held(project) == before
    assert not events()


def test_all_of_an_item_holds_for_a_task_that_is_open(
    browser_of: Browsers, project: Project, address: str, engineer: User, labeler: User
) -> None:
    add_tasks(project, body={"text": " ".join(f"The sea is calm, says {n}." for n in range(40))})
    lease_id = shown(project, labeler).card.lease_id

    browser_of(engineer).post(address, GIVEN | {"full_view": "always"})

    with pytest.raises(FullViewWanted):
        submit(lease_id=lease_id, by=labeler, answers=BENIGN)
    step(lease_id=lease_id, by=labeler, to="full")
    submit(lease_id=lease_id, by=labeler, answers=BENIGN)
    assert Annotation.objects.get().seen == Annotation.Seen.FULL


def test_a_part_of_an_item_is_enough_from_the_next_answer_on(
    browser_of: Browsers, project: Project, address: str, engineer: User, labeler: User
) -> None:
    Project.objects.filter(pk=project.pk).update(full_view="always")
    add_tasks(project, body={"text": " ".join(f"The sea is calm, says {n}." for n in range(40))})
    lease_id = shown(project, labeler).card.lease_id

    browser_of(engineer).post(address, GIVEN | {"full_view": "never"})

    submit(lease_id=lease_id, by=labeler, answers=BENIGN)
    assert Annotation.objects.get().seen == Annotation.Seen.PARTIAL


@pytest.mark.parametrize("is_listed", [False, True])
def test_what_was_shown_as_a_whole_needs_no_second_look(
    browser_of: Browsers,
    project: Project,
    address: str,
    engineer: User,
    labeler: User,
    monkeypatch: pytest.MonkeyPatch,
    is_listed: bool,
) -> None:
    lexicon = content.bundled().with_words("insult", ["boring"] if is_listed else [])
    monkeypatch.setattr(content, "bundled", lambda: lexicon)
    add_tasks(project)
    lease_id = shown(project, labeler).card.lease_id

    browser_of(engineer).post(address, GIVEN | {"full_view": "always"})

    if is_listed:
        with pytest.raises(FullViewWanted):
            submit(lease_id=lease_id, by=labeler, answers=BENIGN)
        step(lease_id=lease_id, by=labeler, to="words")
    submit(lease_id=lease_id, by=labeler, answers=BENIGN)
    assert Annotation.objects.get().seen == Annotation.Seen.FULL
