"""A labeler's own pages."""

import os

import psycopg
from playwright.sync_api import Page

from scripts.screenshots.camera import BASE, Camera
from scripts.screenshots.workbench import CHAT, show_task, take_task

OWN_PAGES = (
    "me/exposure/days/",
    "me/choices/",
    "me/display/",
    "me/calendar/",
    "me/looks/",
    "me/seen/",
    "me/statements/",
    "me/leaving/",
    "me/data/",
    "me/day-note/",
    "limit/",
    "settings/keys/",
    "help/",
)


def visit(camera: Camera, username: str) -> None:
    page = camera.signed_in(username)
    camera.visit(page, "me/exposure/", "my-exposure")
    correction(camera, page)
    talk(camera, page)
    first_days(camera, page)
    for address in OWN_PAGES:
        camera.visit(page, address)
    camera.visit(page, "me/risks/", "my-risks")
    page.goto(f"{BASE}/me/display/")
    page.get_by_label("The whole picture at once").first.check()
    page.get_by_label("All of it at once").first.check()
    camera.take(page, "display-all-at-once")
    page.goto(f"{BASE}/help/")
    page.keyboard.press("?")
    camera.take(page, "keys-dialog")
    page.keyboard.press("Escape")
    page.goto(f"{BASE}/settings/keys/")
    page.fill("#id_skip", "p")
    page.get_by_role("button", name="Save my keys").first.click()
    page.locator("#id_skip_error").wait_for()
    camera.take(page, "settings-keys-clash")
    camera.visit(page, "no-such-page/", "error-not-found")
    camera.visit(page, "team/", "error-forbidden")
    page.context.close()


def correction(camera: Camera, page: Page) -> None:
    page.locator("tr.explain details:has(a) summary").first.click()
    camera.take(page, "my-exposure-explained")
    page.get_by_role("link", name="Ask for a correction").first.click()
    page.get_by_role("radio").first.check()
    camera.take(page, "exposure-entry")
    page.get_by_role("button", name="Send").press("Enter")
    page.wait_for_url("**/me/exposure/**")


def talk(camera: Camera, page: Page) -> None:
    camera.visit(page, "support/")
    page.get_by_role("textbox").fill("I should like to talk about my shifts.")
    page.get_by_role("button", name="Send").press("Enter")
    page.get_by_role("heading", name="You and the counsellor").wait_for()
    camera.take(page, "support-sent")


def first_days(camera: Camera, page: Page) -> None:
    """The page as it stands, after a yes was taken back, and the keys being tried; the yes is given again."""
    camera.visit(page, "first-days/", "first-days")
    page.get_by_role("button", name="Take my agreement back").press("Enter")
    page.get_by_role("button", name="I have read this, and I agree").wait_for()
    camera.take(page, "first-days-consent")
    page.get_by_role("button", name="I have read this, and I agree").press("Enter")
    page.get_by_role("button", name="Take my agreement back").wait_for()
    page.goto(BASE + "/first-days/keys/")
    page.keyboard.press("Space")
    page.get_by_role("heading", name="Is this rude?").wait_for()
    camera.take(page, "first-days-keys")


def rest(camera: Camera, username: str) -> None:
    """A break that one takes, Stop, and a break that is due."""
    page = camera.signed_in(username)
    page.goto(BASE)
    page.keyboard.press("b")
    page.wait_for_url("**/break/")
    camera.take(page, "break", whole=False)
    page.keyboard.press("Enter")
    page.wait_for_url(BASE + "/")
    take_task(page, CHAT)
    show_task(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url("**/break/")
    camera.take(page, "break-stop", whole=False)
    page.keyboard.press("Enter")
    page.wait_for_url(BASE + "/")
    work_without_a_pause(username, minutes=52)
    take_task(page, CHAT)
    page.keyboard.press("Space")
    page.wait_for_url("**/break/")
    camera.take(page, "break-due", whole=False)
    page.goto(BASE + "/accounts/sign-out/")
    camera.take(page, "sign-out")
    page.context.close()


def work_without_a_pause(username: str, *, minutes: int) -> None:
    """As if: nobody waits fifty minutes for a picture."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as database:
        database.execute(
            "UPDATE dosimeter SET stretch_started_at = respite_now() - make_interval(mins => %s),"
            " long_stretch_started_at = respite_now() - make_interval(mins => %s), last_activity_at = respite_now()"
            " WHERE person_id = (SELECT id FROM people_user WHERE username = %s)",
            [minutes, minutes, username],
        )
