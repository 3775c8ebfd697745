"""One's own keys: on every machine, by keyboard alone, and on keyboards without Latin letters."""

from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from labeling.models import Annotation, Lease, Project
from people.models import User
from people.operations.settings import set_keys
from tests.browser.conftest import show_task, take_task


def press(page: Page, key: str, code: str) -> None:
    """A press as another keyboard layout sends it."""
    page.evaluate(
        "([key, code]) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true,"
        " cancelable: true }))",
        [key, code],
    )


def press_and_go_on(page: Page, key: str) -> None:
    task = page.get_attribute("#stimulus", "data-conceal-url")
    page.keyboard.press(key)
    page.wait_for_function(
        "u => (document.querySelector('#stimulus')?.dataset.concealUrl ?? u) !== u", arg=task
    )


def test_keys_changed_on_one_machine_hold_on_another(
    bench: Page, browser: Browser, labeler: User, sign_in, live_server: LiveServer
) -> None:
    bench.goto(f"{live_server.url}/settings/keys/")
    bench.get_by_label("Skip", exact=True).focus()
    for key in ("Control+a", "p", "Enter"):
        bench.keyboard.press(key)
    expect(bench.locator("#id_skip_error")).to_contain_text("“P” is also the key for: Problem with the item")
    for field, key in (("Skip", "x"), ("Save and go on", "v"), ("First answer, or mild", "j")):
        bench.get_by_label(field, exact=True).click()  # one key takes the place of the one that stands there
        bench.keyboard.press(key)
    bench.keyboard.press("Enter")
    bench.get_by_text("Your keys are saved").wait_for()

    other = browser.new_context().new_page()
    sign_in(other, labeler)
    other.goto(live_server.url)
    other.keyboard.press("Space")
    other.wait_for_url("**/label/")
    take_task(other)
    expect(other.get_by_role("button", name="Skip, no reason needed").locator("kbd")).to_have_text("X")
    other.keyboard.press("s")  # does nothing any more
    press_and_go_on(other, "x")
    show_task(other)
    other.keyboard.press("3")
    other.keyboard.press("j")
    press_and_go_on(other, "v")
    assert list(Lease.objects.order_by("pk").values_list("outcome", flat=True)) == [
        "skipped",
        "submitted",
        "",
    ]
    assert Annotation.objects.get(person=labeler).answers == {"harm": {"V": 1}}

    other.keyboard.press("?")
    expect(other.locator("[data-key-row=S] kbd")).to_have_text("X")
    other.get_by_label("Use single keys").focus()
    with other.expect_response("**/settings/keys/"):
        other.keyboard.press("Space")
    other.reload()
    other.keyboard.press("Space")
    expect(other.locator("#stimulus")).to_have_attribute("data-state", "closed")
    labeler.refresh_from_db()
    assert not labeler.single_keys
    other.context.close()


def test_a_field_names_the_key_that_is_no_letter(bench: Page, live_server: LiveServer) -> None:
    bench.goto(f"{live_server.url}/settings/keys/")
    for label, key in (
        ("Next task, show it, more time", "Space"),
        ("Show all", "Shift Space"),
        ("Save and go on", "Enter"),
    ):
        field = bench.get_by_label(label, exact=True)
        expect(field).to_have_attribute("placeholder", key)
        assert field.evaluate("field => field.scrollWidth <= field.clientWidth")

    field.click()
    bench.keyboard.press("Space")
    expect(field).to_have_value("")  # so that the name is still read
    bench.keyboard.press("v")
    expect(field).to_have_value("v")


def test_keyboards_without_latin_letters(bench: Page, project: Project, labeler: User) -> None:
    take_task(bench)
    show_task(bench)
    press(bench, "é", "Digit2")  # French: the digit without Shift
    expect(bench.locator("[data-asking]")).to_have_count(1)
    with bench.expect_response(
        "**/draft/"
    ):  # kept, so that the page does not have to send it after the reload
        press(bench, "\u0661", "Numpad1")  # Arabic
    expect(bench.locator("[data-asking]")).to_have_count(0)
    press(bench, "ᛟ", "KeyP")  # any script: the key where P stands
    expect(bench.get_by_role("button", name="Cannot be read")).to_be_visible()
    press(bench, "؟", "Slash")
    expect(bench.get_by_role("dialog")).to_be_visible()
    bench.get_by_role("button", name="Close").click()
    set_keys(person=labeler, own={"skip": "Ы"})
    bench.reload()
    with bench.expect_response("**/skip/"):
        press(bench, "ы", "KeyS")
    expect(bench.locator("#stimulus")).to_have_count(1)
