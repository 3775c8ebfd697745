"""Every kind of item from the card to the next one, by keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from labeling.models import Annotation, Project
from people.models import User
from people.operations.settings import set_page_language
from tests.browser.conftest import (
    axe_findings,
    look_away,
    look_back,
    save,
    show_task,
    take_task,
    wait_for_picture,
)
from tests.factories.labeling import add_tasks, openai_schema, project_for
from tests.factories.pictures import add_picture

pytestmark = pytest.mark.slow

PAIR = {
    "prompt": "Which bread keeps longest?",
    "completions": ["Rye bread, in a tin.", "Any bread, if you freeze it."],
    "context": {"use_case": "cooking help"},
}
TALK = {
    "messages": [
        {"role": "system", "content": "You help with trains."},
        {"role": "user", "content": "When is the next one?"},
        {"role": "tool", "content": "09:14, platform 2"},
        {"role": "assistant", "content": "At 09:14 from platform 2."},
    ]
}


FETCHED = "performance.getEntriesByType('resource').map(each => each.name.split('/').at(-1))"


@pytest.fixture
def kinds(live_server: LiveServer, labeler: User, lead: User) -> Project:
    project = project_for(labeler.memberships.get().team, lead, name="All kinds", schema=openai_schema())
    add_picture(project, name="secret-name.png")
    add_tasks(project, kind="pair", body=PAIR)
    add_tasks(project, kind="conversation", body=TALK)
    return project


@pytest.fixture
def bench(
    page: Page, kinds: Project, labeler: User, sign_in: Callable[[Page, User], None], live_server: LiveServer
) -> Page:
    sign_in(page, labeler)
    page.goto(f"{live_server.url}/projects/{kinds.pk}/label/")
    return page


def shown_files(page: Page) -> list[str]:
    """The names of the picture files on the page, each really loaded."""
    page.wait_for_function(
        "() => [...document.querySelectorAll('.picture img')].every(image => image.complete && image.naturalWidth > 0)"
    )
    return page.eval_on_selector_all(
        ".picture img", "all => all.map(image => image.getAttribute('src').split('/').at(-2))"
    )


def test_each_kind_by_keyboard_alone(bench: Page, labeler: User) -> None:
    take_task(bench)
    expect(bench.get_by_text("picture of medium size", exact=True)).to_be_visible()
    assert bench.locator(".picture").count() == 0
    show_task(bench)
    wait_for_picture(bench)
    assert shown_files(bench) == ["low"]
    assert bench.get_attribute(".picture-paper > img", "alt") == "Picture"
    assert axe_findings(bench) == []

    with bench.expect_response("**/step/"):
        bench.keyboard.press("t")
    bench.wait_for_selector(".tiles img")
    assert shown_files(bench) == ["low", "tile-1"]
    bench.locator(".tiles button").first.focus()
    bench.keyboard.press("ArrowDown")
    with bench.expect_response("**/step/"):
        bench.keyboard.press("Space")
    bench.wait_for_selector(".tiles img >> nth=1")
    assert shown_files(bench) == ["low", "tile-1", "tile-6"]

    bench.keyboard.press("+")
    assert bench.get_attribute(".picture", "data-zoom") == "2"
    bench.keyboard.press("-")
    assert bench.get_attribute(".picture", "data-zoom") == "1"
    bench.keyboard.press("Shift+Space")
    bench.wait_for_selector(".picture:not(:has(.tiles))")
    assert shown_files(bench) == ["grey"]
    bench.keyboard.press("c")
    bench.wait_for_selector("[src$='/colour/']")
    assert shown_files(bench) == ["colour"]

    bench.keyboard.press("f")
    bench.wait_for_function("() => document.fullscreenElement !== null")
    with bench.expect_response("**/conceal/"):
        look_away(bench)
    assert bench.locator(".picture").count() == 0
    assert "secret-name" not in bench.content()
    bench.wait_for_function("() => document.fullscreenElement === null")
    look_back(bench)
    show_task(bench)
    assert shown_files(bench) == ["low"]
    bench.keyboard.press("0")
    save(bench)

    show_task(bench)
    columns = bench.locator(".beside .turn-text")
    assert columns.all_inner_texts() == PAIR["completions"]
    assert [column.get_attribute("data-block") for column in columns.all()] == ["2", "3"]
    expect(bench.get_by_text("Reply A")).to_be_visible()
    first, second = (column.bounding_box() for column in columns.all())
    assert first["y"] == second["y"]
    bench.set_viewport_size({"width": 390, "height": 844})
    first, second = (column.bounding_box() for column in columns.all())
    assert first["x"] == second["x"]
    assert first["y"] < second["y"]
    bench.keyboard.press("0")
    save(bench)

    show_task(bench)
    for tone in ("system", "tool"):
        assert bench.locator(f".turn.{tone}").count() == 1
    bench.keyboard.press("0")
    bench.keyboard.press("Enter")
    expect(bench.get_by_role("heading", name="Nothing to label just now")).to_be_visible()
    assert Annotation.objects.filter(person=labeler).count() == 3


def test_the_script_for_pictures_comes_while_the_closed_card_is_read(bench: Page) -> None:
    """Later it would share the line with the picture, while the view's time runs."""
    assert "picture.js" not in bench.evaluate(FETCHED)
    with bench.expect_response("**/js/picture.js"):
        take_task(bench)
    assert bench.get_attribute("#stimulus", "data-state") == "closed"
    asked: list[str] = []
    bench.on("request", lambda request: asked.append(request.url))
    show_task(bench)
    wait_for_picture(bench)
    assert not [url for url in asked if url.endswith(".js")]


def test_tiles_lie_where_they_belong_on_a_page_from_right_to_left(
    page: Page, kinds: Project, labeler: User, sign_in: Callable[[Page, User], None], live_server: LiveServer
) -> None:
    set_page_language(person=labeler, language="ar")
    sign_in(page, labeler)
    page.goto(f"{live_server.url}/projects/{kinds.pk}/label/")
    take_task(page)
    show_task(page)
    with page.expect_response("**/step/"):
        page.keyboard.press("t")
    page.wait_for_selector(".tiles img")

    picture, tile = (page.locator(found).bounding_box() for found in (".picture-paper > img", ".tiles img"))
    assert picture
    assert tile
    assert abs(tile["x"] - picture["x"]) < 2
