"""The labeler's flow by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from labeling.domain.lexicon import bundled
from labeling.models import Annotation, Lease, Project
from labeling.operations.projects import publish_schema
from people.models import User
from tests.browser.conftest import save, show_task, take_task
from tests.factories.labeling import add_tasks, answered, openai_schema, project_for


def answers_of(person: User) -> list[dict]:
    return list(Annotation.objects.filter(person=person).order_by("pk").values_list("answers", flat=True))


def test_three_tasks_by_keyboard_alone(
    page: Page, project: Project, labeler: User, sign_in, live_server: LiveServer
) -> None:
    sign_in(page, labeler)
    page.goto(live_server.url)
    page.keyboard.press("Space")  # Start
    page.wait_for_url("**/label/")
    take_task(page)
    for keys in (["0"], ["3", "2"], ["4", "1", "3", "3"]):
        show_task(page)
        for key in keys:
            page.keyboard.press(key)
        save(page)
    assert answers_of(labeler) == [{"harm": {}}, {"harm": {"V": 2}}, {"harm": {"V": 3, "HR": 1}}]
    assert list(Annotation.objects.order_by("pk").values_list("verdict", flat=True)) == [0, 2, 3]


def test_nothing_of_the_content_is_on_a_closed_card(bench: Page) -> None:
    take_task(bench)
    assert "referee" not in bench.content()
    expect(bench.locator("#stimulus")).to_contain_text("expected: moderate")
    show_task(bench)
    assert "referee" in bench.content()


def test_a_get_changes_nothing(bench: Page) -> None:
    bench.reload()
    assert not Lease.objects.exists()


def test_an_answer_without_a_strength_is_asked_for_it(bench: Page, labeler: User) -> None:
    take_task(bench)
    show_task(bench)
    bench.keyboard.press("3")
    bench.keyboard.press("Enter")
    expect(bench.get_by_text("Violence: say how strong it is.")).to_be_visible()
    bench.keyboard.press("2")  # still the strength of Violence
    save(bench)
    assert answers_of(labeler) == [{"harm": {"V": 2}}]


def test_an_answer_is_never_assumed(bench: Page) -> None:
    take_task(bench)
    show_task(bench)
    bench.keyboard.press("Enter")
    expect(bench.get_by_text("Something is missing")).to_be_visible()
    assert not Annotation.objects.exists()


def test_skip_and_problem_lead_to_the_next_card(bench: Page) -> None:
    take_task(bench)
    skipped = bench.get_attribute("#stimulus", "data-conceal-url")
    bench.keyboard.press("s")
    expect(bench.locator("#stimulus")).not_to_have_attribute("data-conceal-url", skipped or "")
    bench.keyboard.press("p")
    with bench.expect_response("**/problem/"):
        bench.get_by_role("button", name="Cannot be read").press("Enter")
    assert list(Lease.objects.order_by("pk").values_list("outcome", flat=True)) == ["skipped", "problem", ""]


def test_a_long_item_comes_in_parts(bench: Page, project: Project) -> None:
    long = " ".join(
        f"On day {day} the harbour was quiet and the gulls sat on the wall." for day in range(1, 20)
    )
    add_tasks(project, body={"text": long}, first_position=-1_000_000)
    take_task(bench)
    show_task(bench)
    assert "day 19 " not in bench.content()
    bench.keyboard.press("n")
    expect(bench.get_by_text("Part 2 of")).to_be_visible()
    bench.keyboard.press("Shift+Space")
    expect(bench.locator(".content")).to_contain_text("On day 19 the harbour")


def test_hidden_words_are_not_on_the_page(bench: Page, project: Project, monkeypatch) -> None:
    words = bundled().with_words("V", ["turnip"])
    monkeypatch.setattr("labeling.queries.content.bundled", lambda: words)
    add_tasks(project, body={"text": "You old turnip, that was my castle."}, first_position=-1_000_000)
    take_task(bench)
    show_task(bench)
    assert "turnip" not in bench.content()
    expect(bench.get_by_role("img", name="one word hidden, violence")).to_be_visible()
    bench.keyboard.press("h")
    expect(bench.locator(".content")).to_contain_text("You old turnip")


def test_a_task_that_is_open_elsewhere_is_one_step_away(
    bench: Page, project: Project, labeler: User, lead: User
) -> None:
    other = project_for(project.team, lead, name="Match replays", schema=openai_schema())
    add_tasks(other, body={"text": "The second half was dull."})
    take_task(bench)
    show_task(bench)
    here = bench.url
    bench.goto(here.replace(f"/{project.pk}/", f"/{other.pk}/"))
    expect(bench.get_by_role("heading", name="You have a task open")).to_be_visible()
    expect(bench.get_by_role("button", name="Next task")).to_have_count(0)
    bench.wait_for_load_state("networkidle")  # keys work once the page's script has run
    bench.keyboard.press("Space")
    bench.wait_for_url(here)
    expect(bench.locator("#stimulus")).to_contain_text("Hidden again")


def test_space_leads_to_a_task_that_was_opened_elsewhere_meanwhile(
    bench: Page, project: Project, labeler: User, lead: User
) -> None:
    other = project_for(project.team, lead, name="Match replays", schema=openai_schema())
    add_tasks(other, body={"text": "The second half was dull."})
    here = bench.url
    second = bench.context.new_page()
    second.goto(here.replace(f"/{project.pk}/", f"/{other.pk}/"))
    take_task(bench)
    show_task(bench)
    second.bring_to_front()
    second.keyboard.press("Space")
    expect(second.locator("#notice")).to_contain_text("You have an open task in “Match reports”.")
    second.keyboard.press("Space")
    second.wait_for_url(here)


@pytest.mark.parametrize("width", [1280, 390])
def test_no_line_of_the_drawing_runs_through_the_words_of_a_card(bench: Page, width: int) -> None:
    bench.set_viewport_size({"width": width, "height": 900})
    take_task(bench)
    drawing = bench.locator(".closed .ghost").bounding_box()
    words = bench.locator(".closed-words").bounding_box()
    assert drawing["height"] > 0
    assert drawing["y"] + drawing["height"] < words["y"]


def test_the_last_answers_can_be_changed(bench: Page, labeler: User) -> None:
    take_task(bench)
    show_task(bench)
    bench.keyboard.press("0")
    save(bench)
    show_task(bench)
    bench.keyboard.press("u")
    bench.wait_for_url("**/answers/")
    bench.keyboard.press("1")
    bench.wait_for_url("**/answers/*/")
    assert "referee" not in bench.content()
    bench.keyboard.press("3")
    bench.keyboard.press("1")
    bench.keyboard.press("Enter")
    bench.wait_for_url("**/projects/*/answers/")
    expect(bench.get_by_text("Violence: mild")).to_be_visible()
    assert answers_of(labeler)[-1] == {"harm": {"V": 1}}


def test_the_first_nine_of_the_last_answers_have_a_key(bench: Page, project: Project, labeler: User) -> None:
    add_tasks(project, 3)
    for _ in range(10):
        answered(project, labeler, {"harm": {}})
    bench.goto(bench.url.replace("/label/", "/answers/"))
    links = bench.get_by_role("link", name="Change")
    assert [link.get_attribute("data-key") for link in links.all()] == [*"123456789", None]
    wanted = links.nth(8).get_attribute("href")
    bench.keyboard.press("9")
    bench.wait_for_url(f"**{wanted}")


def test_the_guideline_opens_beside_the_task(bench: Page, project: Project, lead: User) -> None:
    project.guidelines.create(version=1, body="Judge the last sentence.", published_by=lead)
    bench.reload()
    bench.keyboard.press("g")
    expect(bench.get_by_text("Judge the last sentence.")).to_be_visible()
    bench.keyboard.press("g")
    expect(bench.get_by_text("Judge the last sentence.")).to_be_hidden()


def test_the_definitions_beside_the_task_are_those_of_its_version(
    bench: Page, project: Project, lead: User
) -> None:
    take_task(bench)
    show_task(bench)
    document = openai_schema()
    document["questions"][0]["categories"][0]["name"] = "Quarrel"
    publish_schema(project=project, document=document, by=lead)
    beside = bench.locator("#rules summary").first
    expect(beside).not_to_have_text("Quarrel")
    bench.keyboard.press("0")
    save(bench)
    expect(beside).to_have_text("Quarrel")
