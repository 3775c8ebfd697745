"""Each kind of question by keyboard alone, with undo and with a draft after a reload."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from labeling.domain.lexicon import bundled
from labeling.models import Annotation, Lease
from people.models import User
from people.operations.settings import set_key_switches, set_keys
from tests.browser.conftest import axe_findings, save, show_task, take_task
from tests.factories.labeling import add_tasks, project_for
from tests.unit.labeling.schemas import kinds

PAIR = {
    "prompt": "How do I greet a neighbour?",
    "completions": ["You old turnip, work it out.", "Say hello and smile."],
}
TWO = {"kind": "pair", "body": PAIR}
CHOICE = {
    "id": "fit",
    "kind": "choice",
    "prompt": "What is it?",
    "options": [{"id": "fine", "name": "Fine"}, {"id": "bad", "name": "Bad"}],
}


@pytest.fixture
def opened(page: Page, labeler: User, lead: User, sign_in: Any, live_server: LiveServer) -> Any:
    """`opened(*questions)`: the workbench of a project that asks them about pairs of completions."""

    def at(*questions: dict[str, Any], tasks: int = 3) -> Page:
        schema = {"name": "Test", "version": 1, "questions": list(questions)}
        project = project_for(labeler.memberships.get().team, lead, name="Replies", schema=schema)
        add_tasks(project, tasks, **TWO)
        sign_in(page, labeler)
        page.goto(f"{live_server.url}/projects/{project.pk}/label/")
        take_task(page)
        show_task(page)
        return page

    return at


def stored() -> list[Any]:
    return list(
        Annotation.objects.filter(superseded_at=None).order_by("pk").values_list("answers", flat=True)
    )


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def next_card_after(page: Page, key: str) -> list[str]:
    """The addresses asked for until the next card is there."""
    task = page.get_attribute("#stimulus", "data-conceal-url")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url.rsplit('/', 2)[1]}"))
    page.keyboard.press(key)
    page.wait_for_function(
        "before => document.querySelector('#stimulus').dataset.concealUrl !== before", arg=task
    )
    return sent


def test_one_key_answers_saves_and_brings_the_next_card_in_one_round_trip(opened: Any, labeler: User) -> None:
    page = opened(CHOICE)

    assert next_card_after(page, "2") == ["POST submit"]
    assert stored() == [{"fit": "bad"}]

    set_key_switches(person=labeler, single_keys=True, one_key_answers=False)
    page.reload()
    show_task(page)
    page.keyboard.press("1")
    expect(page.get_by_label("Fine")).to_be_checked()
    assert len(stored()) == 1
    save(page)
    assert stored() == [{"fit": "bad"}, {"fit": "fine"}]


def test_arrows_between_options_choose_and_do_not_save(opened: Any) -> None:
    page = opened({"id": "better", "kind": "preference", "ties": True})
    page.get_by_label("Completion A").focus()
    press(page, "ArrowDown", "ArrowDown")
    expect(page.get_by_label("Both alike")).to_be_checked()
    assert stored() == []
    page.evaluate("document.activeElement.blur()")
    next_card_after(page, "2")
    assert stored() == [{"better": "B"}]


def test_every_kind_of_question_by_keyboard_alone(opened: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    words = bundled().with_words("insult", ["turnip"])
    monkeypatch.setattr("labeling.queries.content.bundled", lambda: words)
    page = opened(*kinds())
    press(page, "1", "2")  # rude, moderate
    press(page, "Enter")
    press(page, "2")  # choice: bad
    press(page, "3")  # rating
    press(page, "2")  # constraint: ignored
    press(page, "0")  # preference: both alike
    press(page, "2", "1")  # ranking: B before A
    press(page, "Enter")
    # Spans: to the second text, its third word (which is hidden) and the one before it.
    press(page, "ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "Shift+ArrowLeft", "1")
    expect(page.locator("[data-span-list]")).to_contain_text("Text 2, words 2 to 3: Insult")
    assert "turnip" not in page.content()
    press(page, "Enter", "e")
    page.keyboard.type("It calls names, s and b.")
    with page.expect_response("**/draft/"):
        press(page, "Escape")
    assert axe_findings(page) == []

    page.reload()
    show_task(page)
    expect(page.get_by_label("In your own words").first).to_have_value("It calls names, s and b.")
    expect(page.locator("[data-span-list]")).to_contain_text("Text 2, words 2 to 3: Insult")
    press(page, "e")
    page.keyboard.type("Please ask again.")
    page.keyboard.press("Escape")
    page.get_by_role("group", name="Write the completion").get_by_label("Completion A").check()
    page.evaluate("document.activeElement.blur()")
    save(page)

    (answer,) = stored()
    assert answer == {
        "categories": {"rude": 2},
        "choice": "bad",
        "rating": 3,
        "constraint": "ignored",
        "preference": "tie",
        "ranking": [["B"], ["A"]],
        "spans": [{"block": 1, "start": 4, "end": 15, "label": "insult"}],
        "rationale": {"text": "It calls names, s and b."},
        "correction": {"text": "Please ask again.", "completion": "A"},
    }
    assert Lease.objects.get(ended_at=None).task_id != Annotation.objects.get().task_id

    show_task(page)
    page.keyboard.press("u")
    page.wait_for_url("**/answers/")
    expect(page.get_by_text("1 part marked")).to_be_visible()
    assert "calls names" not in page.content()
    page.get_by_role("link", name="Change").press("Enter")
    page.wait_for_url("**/answers/*/")
    assert not [own for own in ("calls names", "ask again", "turnip") if own in page.content()]
    assert axe_findings(page) == []
    page.keyboard.press("1")  # still moderate: takes the category back
    page.keyboard.press("0")
    page.keyboard.press("Enter")
    page.wait_for_url("**/projects/*/answers/")
    assert stored() == [answer | {"categories": {}}]


def test_a_question_appears_only_where_it_follows(opened: Any) -> None:
    follows = {"id": "why", "kind": "rationale", "when": {"question": "fit", "is": "bad"}}
    page = opened(CHOICE, follows)
    expect(page.get_by_label("In your own words")).to_be_hidden()
    press(page, "2")
    expect(page.get_by_label("In your own words")).to_be_visible()
    press(page, "Enter")
    expect(page.get_by_text("Please write something")).to_be_visible()
    press(page, ",", "1")
    expect(page.get_by_label("In your own words")).to_be_hidden()
    save(page)
    assert stored() == [{"fit": "fine"}]


def test_words_are_marked_by_mouse_as_well(opened: Any) -> None:
    page = opened({"id": "kept", "kind": "constraint"}, kinds()[6])
    press(page, "1")
    page.locator("[data-block='2']").dblclick(position={"x": 8, "y": 12})
    page.get_by_role("button", name="Insult").click()
    expect(page.locator("[data-span-list]")).to_contain_text("Text 3, words 1 to 1: Insult")
    page.locator("[data-block='2']").dblclick(position={"x": 8, "y": 12})
    press(page, "0")
    expect(page.locator("[data-span-list] li")).to_have_count(0)
    save(page)
    assert stored() == [{"kept": "followed", "spans": []}]


def test_an_answer_key_can_be_changed(opened: Any, labeler: User) -> None:
    set_keys(person=labeler, own={"answer_1": "V"})
    page = opened(CHOICE)
    page.keyboard.press("?")
    assert [page.locator(f"[data-key-row='{key}']").inner_text().split() for key in "12"] == [
        ["Fine", "V"],
        ["Bad", "2"],
    ]
    expect(page.locator("[data-key-row='3']")).to_be_hidden()
    page.get_by_role("button", name="Close").click()
    assert next_card_after(page, "v") == ["POST submit"]
    assert stored() == [{"fit": "fine"}]
