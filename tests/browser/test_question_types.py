"""Each kind of question by keyboard alone, with undo and with a draft after a reload."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from labeling.domain.lexicon import bundled
from labeling.models import Annotation, Lease
from people.models import User
from people.operations.settings import set_key_switches, set_keys
from tests.browser.answering import (
    ARABIC_PAIR,
    CHOICE,
    at_question,
    begun_and_not_sent,
    press,
    stored,
    to_the_last_answer,
)
from tests.browser.conftest import axe_findings, save, show_task, take_task
from tests.factories.labeling import add_tasks, project_for
from tests.unit.labeling.schemas import kinds

THREE = {"prompt": "How do I greet?", "completions": ["Say hello.", "Wave.", "Nod."]}
RANKING = {"id": "order", "kind": "ranking", "ties": True}


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
    beforehand = page.get_by_text("Your answer is saved as soon as you choose it.")
    expect(beforehand).to_be_visible()

    assert next_card_after(page, "2") == ["POST submit"]
    assert stored() == [{"fit": "bad"}]
    expect(page.get_by_text("Saved. You can change your last ten answers.")).to_be_visible()
    expect(page.locator("#announcer")).to_have_text(re.compile("^Saved. "))

    set_key_switches(person=labeler, single_keys=True, one_key_answers=False)
    page.reload()
    show_task(page)
    expect(beforehand).to_have_count(0)
    page.keyboard.press("1")
    expect(page.get_by_label("Fine")).to_be_checked()
    assert len(stored()) == 1
    save(page)
    assert stored() == [{"fit": "bad"}, {"fit": "fine"}]


def test_what_answering_needs_is_fetched_before_the_time_of_the_first_view_runs(
    page: Page, labeler: User, lead: User, sign_in: Any, live_server: LiveServer
) -> None:
    schema = {"name": "Test", "version": 1, "questions": kinds()}
    project = project_for(labeler.memberships.get().team, lead, schema=schema)
    add_tasks(project, kind="pair", body=ARABIC_PAIR)
    sign_in(page, labeler)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url.rsplit("/", 1)[1]))
    page.goto(f"{live_server.url}/projects/{project.pk}/label/")
    page.wait_for_load_state("networkidle")
    modules = {"strengths.js", "ranking.js", "spans.js", "own_words.js"}
    assert not modules & set(fetched)  # so that a first page stays light
    take_task(page)
    page.wait_for_load_state("networkidle")
    assert modules <= set(fetched)


def test_arrows_between_options_choose_and_do_not_save(opened: Any) -> None:
    page = opened({"id": "better", "kind": "preference", "ties": True})
    page.get_by_label("Reply A").focus()
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
    # Spans: keys begin at the first of the texts to be judged, the second on the page. There to the third word (which
    # is hidden) and the one before it.
    press(page, "ArrowRight", "ArrowRight", "ArrowRight", "Shift+ArrowLeft", "1")
    expect(page.locator("[data-span-list]")).to_contain_text("Text 2, words 2 to 3: Insult")
    assert "turnip" not in page.content()
    press(page, "Enter")
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
    page.get_by_role("group", name="Write the reply").get_by_label("Reply A").check()
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
    page.wait_for_load_state("networkidle")
    assert not [own for own in ("calls names", "ask again", "turnip") if own in page.content()]
    assert axe_findings(page) == []
    press(page, "1", "0")  # how strong is it? not this one
    page.keyboard.press("0")
    page.keyboard.press("Enter")
    page.wait_for_url("**/projects/*/answers/")
    expect(page.get_by_text("Your answer is saved.")).to_be_visible()
    assert stored() == [answer | {"categories": {}}]


def test_a_digit_after_a_whole_ranking_is_meant_for_the_next_question(opened: Any) -> None:
    page = opened(RANKING, CHOICE, kinds()[2], body=THREE)
    press(page, "3", "1")
    at_question(page, "order")
    press(page, "2")
    at_question(page, "fit")
    expect(page.locator("#announcer")).to_have_text("Reply B: 3. What is it?")
    press(page, "2")
    at_question(page, "rating")
    press(page, ",", ",")
    at_question(page, "order")
    press(page, "1", "2")  # one comes back to it: A and B are out
    at_question(page, "order")
    press(page, "2", "=", "1")  # the same place is said before the last letter
    at_question(page, "rating")
    press(page, "3")
    save(page)
    assert stored() == [{"order": [["C"], ["A", "B"]], "fit": "bad", "rating": 3}]

    to_the_last_answer(page)
    press(page, "0", "1", "2", "3")
    at_question(page, "order")  # nothing else is open
    page.keyboard.press("Enter")
    page.wait_for_url("**/projects/*/answers/")
    assert stored()[-1]["order"] == [["A"], ["B"], ["C"]]


def test_a_ranking_that_was_begun_goes_on_when_it_is_whole(opened: Any, live_server: LiveServer) -> None:
    page = opened(RANKING, CHOICE, body=THREE)
    with page.expect_response("**/draft/"):
        press(page, "2", "3")
    begun_and_not_sent(page, live_server)
    press(page, "1", "1")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your answer is saved.")).to_be_visible()
    assert stored() == [{"order": [["B"], ["C"], ["A"]], "fit": "fine"}]


def test_a_ranking_by_mouse_goes_on_into_a_field_and_by_its_own_buttons_stays(opened: Any) -> None:
    page = opened(RANKING, {"id": "why", "kind": "rationale"})
    for letter in "AB":
        page.get_by_role("button", name=f"Reply {letter}", exact=True).press("Enter")
    at_question(page, "order")  # the focus is on a button of it
    page.get_by_role("button", name="Start again").click()
    for letter in "BA":
        page.get_by_role("button", name=f"Reply {letter}", exact=True).click()
    expect(page.get_by_label("In your own words")).to_be_focused()
    page.keyboard.type("Shorter.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#stimulus[data-state=closed]")
    assert stored() == [{"order": [["B"], ["A"]], "why": {"text": "Shorter."}}]


def test_what_was_missing_goes_when_it_is_answered(opened: Any) -> None:
    page = opened(CHOICE, {"id": "why", "kind": "rationale"})
    expect(page.get_by_text("as soon as you choose it")).to_have_count(0)
    page.get_by_role("button", name="Save and go on").click()
    box = page.locator("#answer-problems")
    expect(box.get_by_role("heading", name="Something is missing")).to_be_visible()
    expect(box.get_by_role("listitem")).to_have_count(2)
    page.get_by_text("Bad").click()
    expect(box.get_by_role("listitem")).to_have_count(1)
    page.get_by_label("In your own words").fill("It is short.")
    expect(box.get_by_role("alert")).to_have_count(0)


def test_a_question_appears_only_where_it_follows(opened: Any) -> None:
    follows = {"id": "why", "kind": "rationale", "when": {"question": "fit", "is": "bad"}}
    page = opened(CHOICE, follows)
    expect(page.get_by_label("In your own words")).to_be_hidden()
    expect(page.get_by_role("button", name="Question before")).to_be_hidden()
    press(page, "2")
    expect(page.get_by_label("In your own words")).to_be_visible()
    expect(page.get_by_role("button", name="Question before")).to_be_visible()
    press(page, "Enter")
    expect(page.get_by_text("Please write something")).to_be_visible()
    expect(page.get_by_label("In your own words")).to_be_focused()
    press(page, "Escape", ",", "1")
    expect(page.get_by_label("In your own words")).to_be_hidden()
    expect(page.get_by_role("button", name="Question before")).to_be_hidden()
    save(page)
    assert stored() == [{"fit": "fine"}]


def test_what_one_types_at_a_question_in_own_words_is_its_answer(opened: Any) -> None:
    page = opened(CHOICE, {"id": "why", "kind": "rationale"})
    field = page.get_by_label("In your own words")
    outside, inside = page.get_by_text("Go into the field"), page.get_by_text("Esc leaves the field")
    expect(outside).to_be_visible()
    expect(inside).to_be_hidden()
    press(page, "2")
    expect(field).to_be_focused()
    expect(inside).to_be_visible()
    expect(outside).to_be_hidden()
    page.keyboard.type("spd 1, so?")
    expect(field).to_have_value("spd 1, so?")
    assert Lease.objects.get().outcome == Lease.Outcome.LIVE
    next_card_after(page, "Control+Enter")
    assert stored() == [{"fit": "bad", "why": {"text": "spd 1, so?"}}]


def test_one_goes_by_keys_to_a_field_and_past_it(opened: Any) -> None:
    page = opened(CHOICE, {"id": "why", "kind": "rationale", "required": False}, kinds()[2])
    field = page.get_by_label("In your own words")
    press(page, ".")
    expect(field).to_be_focused()
    press(page, "Escape", ",", "1")
    expect(field).not_to_be_focused()  # it was visited, and may stay empty
    expect(page.locator("[data-here]")).to_have_attribute("data-question", "rating")
    press(page, ",")
    expect(field).to_be_focused()
    page.keyboard.press("Enter")  # nothing is written: on to what is open
    expect(page.locator("[data-here]")).to_have_attribute("data-question", "rating")
    expect(field).to_have_value("")


def test_enter_stands_on_what_it_does(opened: Any) -> None:
    page = opened(CHOICE, {"id": "why", "kind": "rationale", "required": False}, kinds()[2])
    on_save = page.get_by_role("button", name="Save and go on").locator("kbd")
    leads = page.get_by_text("goes to the next question")
    expect(on_save).to_be_visible()  # saving would say what is missing
    expect(leads).to_be_hidden()
    press(page, "2")
    at_question(page, "why")
    expect(leads).to_be_visible()
    expect(on_save).to_be_hidden()
    assert axe_findings(page) == []
    press(page, "Enter")  # it may stay empty
    at_question(page, "rating")
    expect(on_save).to_be_visible()
    expect(leads).to_be_hidden()
    press(page, "3", ",")
    at_question(page, "why")
    expect(on_save).to_be_visible()
    save(page)
    assert stored() == [{"fit": "bad", "rating": 3}]


def test_what_is_answered_is_not_gone_to_again(opened: Any) -> None:
    page = opened(CHOICE, {"id": "more", "kind": "rationale", "required": False})
    press(page, "2")
    page.keyboard.type("It is short.")
    with page.expect_response("**/draft/"):
        press(page, "Escape")
    page.reload()
    show_task(page)
    expect(page.locator("[data-here]")).to_have_attribute("data-question", "fit")
    press(page, ".")  # on with what stands there, behind it
    field = page.get_by_label("In your own words")
    expect(field).to_be_focused()
    expect(page.locator(".own-words kbd")).to_be_hidden()
    page.keyboard.type(" Yes.")
    press(page, "Escape")
    expect(page.locator(".own-words kbd")).to_be_visible()
    save(page)
    assert stored() == [{"fit": "bad", "more": {"text": "It is short. Yes."}}]

    show_task(page)
    press(page, "u")
    page.wait_for_url("**/answers/")
    press(page, "1")
    page.wait_for_url("**/answers/*/")
    expect(page.locator("[data-here]")).to_have_attribute("data-question", "fit")
    press(page, "1")
    changed = page.url
    page.keyboard.press("Enter")
    page.wait_for_url("**/projects/*/answers/")
    assert stored() == [{"fit": "fine", "more": {"text": "It is short. Yes."}}]
    page.goto(changed)  # as Back would
    page.wait_for_url("**/projects/*/answers/")
    expect(page.get_by_text("This answer has been changed since.")).to_be_visible()


def test_a_field_that_may_stay_empty_costs_one_key(opened: Any) -> None:
    page = opened(CHOICE, {"id": "more", "kind": "rationale", "required": False})
    press(page, "1")
    expect(page.get_by_label("In your own words")).to_be_focused()
    next_card_after(page, "Enter")
    assert stored() == [{"fit": "fine"}]


def test_the_only_field_to_write_in_is_one_key_away(opened: Any) -> None:
    page = opened(CHOICE, {"id": "more", "kind": "rationale", "required": False})
    expect(page.locator("[data-here]")).to_have_attribute("data-question", "fit")
    expect(page.locator(".own-words kbd")).to_be_visible()
    press(page, "e")
    expect(page.locator("[data-question=fit] kbd").first).to_be_hidden()
    expect(page.get_by_label("In your own words")).to_be_focused()
    page.keyboard.type("both")
    press(page, "Escape", ",", "1")
    save(page)
    assert stored() == [{"fit": "fine", "more": {"text": "both"}}]


def test_an_answer_key_can_be_changed(opened: Any, labeler: User) -> None:
    set_keys(person=labeler, own={"answer_1": "V"})
    page = opened(CHOICE)
    page.keyboard.press("?")
    assert [page.locator(f"[data-key-row='{key}']").inner_text().split() for key in "12"] == [
        ["Fine", "V"],
        ["Bad", "2"],
    ]
    for unused in ("0", "3"):
        expect(page.locator(f"[data-key-row='{unused}']")).to_be_hidden()
    page.get_by_role("button", name="Close").click()
    assert next_card_after(page, "v") == ["POST submit"]
    assert stored() == [{"fit": "fine"}]
