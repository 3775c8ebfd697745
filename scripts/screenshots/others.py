"""The pages of everybody else: lead, engineer, officer, representative, counsellor, admin; and before one signs in."""

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page

from scripts.screenshots.camera import BASE, Camera
from scripts.screenshots.workbench import CHAT, LIBRARY

LINES = """\
{"id": "m-1", "text": "The ferry leaves at nine.", "language": "en"}
{"id": "m-2", "text": "Your hat is on backwards again.", "language": "en"}
{"id": "m-3", "words": "this line has no text"}
{"id": "m-4", "text": "Where do I hang my coat?", "severity": 7}
"""


def before_sign_in(camera: Camera) -> None:
    page = camera.context().new_page()
    camera.visit(page, "accounts/sign-in/", "sign-in")
    page.fill("[name=login]", "amara")
    page.fill("[name=password]", "not the password")
    page.keyboard.press("Enter")
    page.locator(".error-summary, [role=alert]").first.wait_for()
    camera.take(page, "sign-in-wrong")
    camera.visit(page, "statement-key/")
    page.context.close()


def release_once(page: Page) -> None:
    page.goto(f"{BASE}/projects/{LIBRARY}/")
    page.get_by_text("Publish a release").click()
    page.get_by_role("button", name="Publish").press("Enter")
    page.wait_for_url("**/releases/*/")
    page.get_by_text("manifest.json").first.wait_for()
    page.context.close()


def visit(camera: Camera) -> None:
    for username, pages in (
        ("lead", lead),
        ("engineer", engineer),
        ("officer", officer),
        ("representative", representative),
        ("counsellor", counsellor),
        ("admin", admin),
    ):
        page = camera.signed_in(username)
        pages(camera, page)
        page.context.close()


def lead(camera: Camera, page: Page) -> None:
    camera.visit(page, "team/")
    page.locator("main a[href$='/calendar/']").first.click()
    camera.take(page, "team-calendar")
    for address, name in (
        ("questions/", "questions"),
        ("appeals/", "appeals"),
        (f"projects/{CHAT}/guideline/translations/", "translations"),
        (f"projects/{CHAT}/guideline/examples/", "examples"),
        ("policy/", "policy-lead"),
    ):
        camera.visit(page, address, name)


def engineer(camera: Camera, page: Page) -> None:
    for address, name in (
        ("projects/", "projects"),
        ("projects/new/", "project-new"),
        (f"projects/{LIBRARY}/", "project"),
        (f"projects/{CHAT}/settings/", "project-settings"),
        (f"projects/{CHAT}/schema/", "schema"),
        (f"projects/{CHAT}/schema/translations/", "schema-translations"),
        (f"projects/{CHAT}/guideline/edit/", "guideline-edit"),
        (f"projects/{CHAT}/imports/new/", "import-new"),
    ):
        camera.visit(page, address, name)
    with TemporaryDirectory() as folder:
        lines = Path(folder) / "messages.jsonl"
        lines.write_text(LINES, encoding="utf-8")
        page.set_input_files("[type=file]", lines)
        page.get_by_role("button", name="Check only").click()
        page.wait_for_url("**/imports/*/")
    page.get_by_text("m-4").or_(page.get_by_text("line 4")).first.wait_for()
    camera.take(page, "import")
    page.goto(f"{BASE}/projects/{LIBRARY}/")
    page.locator("main a[href^='/releases/']").first.click()
    camera.take(page, "release")
    camera.visit(page, "tokens/")
    page.fill("[name=name]", f"A notebook ({camera.way})")  # each name once
    page.locator("[name=scopes]").first.check()
    page.get_by_role("button", name="Make a token").press("Enter")
    page.get_by_label("Token", exact=True).wait_for()
    page.get_by_label("Token", exact=True).evaluate("field => { field.value = 'rsp_'.padEnd(44, '·') }")
    camera.take(page, "tokens-new")
    camera.visit(page, "components/")


def officer(camera: Camera, page: Page) -> None:
    for address in ("policy/", "display-floor/", "experience/", "disputes/", "records/", "risks/"):
        camera.visit(page, address)
    page.goto(f"{BASE}/disputes/")
    page.locator("main a[href^='/disputes/']").first.click()
    camera.take(page, "dispute-decide")
    camera.visit(page, "policy/change/")
    page.fill("[name=day_points]", "100")
    page.fill("[name=reason]", "A quieter week.")
    page.get_by_role("button", name="Show what it would mean").press("Enter")
    page.get_by_role("heading", name="What it would mean").wait_for()
    camera.take(page, "policy-change-shown")


def representative(camera: Camera, page: Page) -> None:
    camera.visit(page, "team/weeks/")
    camera.visit(page, "council/")


def counsellor(camera: Camera, page: Page) -> None:
    camera.visit(page, "requests/")
    page.locator("main a[href^='/requests/']").first.click()
    camera.take(page, "request")


def admin(camera: Camera, page: Page) -> None:
    camera.visit(page, "erasures/")
    camera.visit(page, "people/")
    camera.visit(page, "people/invite/")
    page.fill("[name=email]", "somebody@example.org")
    page.get_by_role("button", name="Make the link").press("Enter")
    link = page.get_by_label("Link").input_value()
    page.get_by_label("Link").evaluate(f"field => {{ field.value = '{BASE}/invitations/…/' }}")
    camera.take(page, "people-invited")
    page.context.clear_cookies()
    page.goto(BASE + link[link.index("/invitations/") :])
    camera.take(page, "invitation", address="/invitations/secret/")
    page.get_by_role("button", name="Go on").press("Enter")
    page.wait_for_url("**/sign-up/")
    camera.take(page, "sign-up")
    camera.visit(page, "invitations/used-up/", "invitation-ended")
