"""The pictures in docs/screenshots, taken of the demo project (invented content): light, dark, and 390 px wide.

python3 -m launcher with-services --migrate --web -- .venv/bin/python scripts/screenshots.py
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TO = ROOT / "docs" / "screenshots"
WAYS = {
    "light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "narrow": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]


def main() -> None:
    subprocess.run(
        [sys.executable, "manage.py", "demo_project"], check=True, cwd=ROOT, stdout=subprocess.DEVNULL
    )
    accounts = (Path(os.environ["RESPITE_HOME"]) / "demo-accounts.txt").read_text(encoding="utf-8")
    password = str(re.search(r"password (\S+)", accounts)[1])  # type: ignore[index]
    TO.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for (way, look), labeler in zip(WAYS.items(), ("amara", "bo", "chen"), strict=True):
            for person, visit in (
                (labeler, labeling),
                ("lead", leading),
                ("engineer", engineering),
                (
                    "officer",
                    pages_of(
                        "policy",
                        "policy/change",
                        "display-floor",
                        "experience",
                        "disputes",
                        "records",
                        "risks",
                    ),
                ),
                ("representative", pages_of("team/weeks", "council")),
                ("counsellor", pages_of("requests")),
                ("admin", pages_of("erasures")),
                ("admin", inviting),
            ):
                context = browser.new_context(**look, reduced_motion="reduce")  # type: ignore[arg-type]
                visit(sign_in(context, person, password), picture(way))
                context.close()
        browser.close()


def sign_in(context: BrowserContext, username: str, password: str) -> Page:
    page = context.new_page()
    page.goto(os.environ["BASE_URL"] + "/accounts/sign-in/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    return page


def picture(way: str) -> Callable[[Page, str], None]:
    def take(page: Page, name: str) -> None:
        page.wait_for_load_state("networkidle")
        page.screenshot(path=TO / f"{name}-{way}.png", full_page=name != "break")

    return take


def labeling(page: Page, take: Callable[[Page, str], None]) -> None:
    base = os.environ["BASE_URL"]
    take(page, "home")
    every_kind(page, take)
    page.goto(base + "/projects/1/label/")
    page.keyboard.press("Space")
    page.get_by_text("Nothing is shown yet").wait_for()
    take(page, "workbench-card")
    for _ in range(3):
        page.keyboard.press("Space")
        page.get_by_role("heading", name="Which of these").wait_for()
        page.keyboard.press("4")
        page.keyboard.press("1")
        take(page, "workbench-open")
        page.keyboard.press("Enter")
        page.get_by_text("Nothing is shown yet").wait_for()
    beside(page, take)
    page.goto(base + "/projects/1/answers/")
    take(page, "workbench-undo")
    for language in ("ar", "de"):
        in_language(page, take, language)
    speak(page, "en")
    page.goto(base + "/me/exposure/")
    take(page, "my-exposure")
    first_days(page, take)
    for address in (
        "me/choices",
        "me/display",
        "me/calendar",
        "me/exposure/days",
        "me/looks",
        "me/seen",
        "me/statements",
        "me/leaving",
        "me/data",
        "me/risks",
        "me/day-note",
        "me/exposure/entries/1",
        "support",
        "limit",
        "settings/keys",
        "help",
    ):
        page.goto(f"{base}/{address}/")
        take(page, address.removeprefix("me/").replace("/", "-"))
    page.goto(f"{base}/me/display/")
    page.get_by_label("The whole picture at once").first.check()
    page.get_by_label("All of it at once").first.check()
    take(page, "display-all-at-once")
    page.goto(f"{base}/help/")
    page.keyboard.press("?")
    take(page, "keys-dialog")
    page.keyboard.press("Escape")
    page.goto(f"{base}/settings/keys/")
    page.fill("#id_skip", "p")
    page.get_by_role("button", name="Save my keys").first.click()
    page.locator("#id_skip_error").wait_for()
    take(page, "settings-keys-clash")
    page.keyboard.press("b")
    page.wait_for_url("**/break/")
    take(page, "break")


def every_kind(page: Page, take: Callable[[Page, str], None]) -> None:
    """Pictures, completions side by side and conversations: each item is opened whole and skipped."""
    taken: set[str] = set()
    for project in (2, 4, 5):  # in the order of labeling/demo/projects.py
        page.goto(f"{os.environ['BASE_URL']}/projects/{project}/label/")
        page.keyboard.press("Space")
        each_item(page, take, taken)


def each_item(page: Page, take: Callable[[Page, str], None], taken: set[str]) -> None:
    """Until nothing is left in the project."""
    nothing = page.get_by_role("heading", name="Nothing to label just now")
    while True:
        page.locator("#stimulus[data-state=closed]").or_(nothing).first.wait_for()
        if nothing.count():
            return
        task = page.get_attribute("#stimulus", "data-conceal-url")
        page.keyboard.press("Space")
        page.locator("[data-content]").wait_for()
        while page.locator(".steps input[name=part]").count():
            part = page.locator(".steps input[name=part]").input_value()
            page.keyboard.press("n")
            page.wait_for_function(
                "part => document.querySelector('.steps input[name=part]')?.value !== part", arg=part
            )
        for selector, name in (
            (".picture", "workbench-picture-low"),
            (".beside", "workbench-completions"),
            (".turn.tool", "workbench-conversation"),
            (".turn.context", "workbench-context"),
        ):
            if page.locator(selector).count() and name not in taken:
                taken.add(name)
                take(page, name)
                if selector == ".picture":
                    picture_steps(page, take)
        page.keyboard.press("s")
        page.wait_for_function(
            "task => document.querySelector('#stimulus')?.dataset.concealUrl !== task", arg=task
        )


def picture_steps(page: Page, take: Callable[[Page, str], None]) -> None:
    """After the small grey picture: some sharp tiles, all of it, its colours."""
    for number in range(1, 7):
        page.keyboard.press("t")
        page.locator(f".tiles img[src$='tile-{number}/']").wait_for()
    take(page, "workbench-picture-tiles")
    page.keyboard.press("Shift+Space")
    page.locator(".picture img[src$='/grey/']").wait_for()
    take(page, "workbench-picture-full")
    page.keyboard.press("c")
    page.locator(".picture img[src$='/colour/']").wait_for()
    take(page, "workbench-picture-colour")


def beside(page: Page, take: Callable[[Page, str], None]) -> None:
    """What opens beside a task: the guideline with a search, an example, the glossary, a question."""
    base = os.environ["BASE_URL"]
    drawer = page.locator("#guideline")
    page.keyboard.press("g")
    drawer.get_by_role("searchbox").fill("joke")
    page.keyboard.press("Enter")
    drawer.locator("mark").first.wait_for()
    take(page, "workbench-guideline")
    drawer.get_by_role("button", name="Show this example").first.click()
    drawer.get_by_role("button", name="Hide it").wait_for()
    take(page, "workbench-example")
    page.keyboard.press("w")
    drawer.get_by_role("button", name="Show the word").wait_for()
    take(page, "workbench-glossary")
    page.keyboard.press("q")
    drawer.get_by_role("textbox").fill("Does the joke in the last line count?")
    take(page, "workbench-question")
    drawer.get_by_role("button", name="Send and keep the task").click()
    drawer.get_by_text("Your lead has your question").wait_for()
    for address, name in (
        ("projects/1/guideline", "guideline"),
        ("projects/1/guideline/versions", "guideline-versions"),
        ("projects/1/glossary", "glossary"),
        ("projects/1/decisions", "decisions"),
        ("me/questions", "my-questions"),
    ):
        page.goto(f"{base}/{address}/")
        take(page, name)


def speak(page: Page, language: str) -> None:
    page.goto(os.environ["BASE_URL"] + "/help/")
    page.select_option("#page-language", language)
    page.locator("form:has(#page-language) button").press("Enter")
    page.locator(f"html[lang={language}]").wait_for()


def in_language(page: Page, take: Callable[[Page, str], None], language: str) -> None:
    base = os.environ["BASE_URL"]
    speak(page, language)
    for address, name in (("", "home"), ("me/exposure/", "my-exposure"), ("first-days/", "first-days")):
        page.goto(f"{base}/{address}")
        take(page, f"{language}-{name}")
    page.goto(base + "/projects/1/label/")
    page.locator("#bench").wait_for()
    if not page.locator("#stimulus").count():
        page.keyboard.press("Space")
    page.locator("#stimulus[data-state=closed]").wait_for()
    take(page, f"{language}-workbench-card")
    page.keyboard.press("Space")
    page.locator("[data-content]").wait_for()
    take(page, f"{language}-workbench-open")


def first_days(page: Page, take: Callable[[Page, str], None]) -> None:
    """The page as it stands, after a yes was taken back, and the keys being tried; the yes is given again."""
    base = os.environ["BASE_URL"]
    page.goto(base + "/first-days/")
    take(page, "first-days")
    page.get_by_role("button", name="Take it back").press("Enter")
    page.get_by_role("button", name="I have read this, and I agree").wait_for()
    take(page, "first-days-consent")
    page.get_by_role("button", name="I have read this, and I agree").press("Enter")
    page.get_by_role("button", name="Take it back").wait_for()
    page.goto(base + "/first-days/keys/")
    page.keyboard.press("Space")
    page.get_by_role("heading", name="Is this rude?").wait_for()
    take(page, "first-days-keys")


def inviting(page: Page, take: Callable[[Page, str], None]) -> None:
    """An invitation to label, as whoever gets the link sees it."""
    base = os.environ["BASE_URL"]
    page.goto(base + "/people/invite/")
    page.fill("[name=email]", "somebody@example.org")
    page.get_by_role("button", name="Make the link").press("Enter")
    link = page.get_by_label("Link").input_value()
    page.context.clear_cookies()
    page.goto(base + link[link.index("/invitations/") :])
    take(page, "invitation")


def pages_of(*addresses: str) -> Callable[[Page, Callable[[Page, str], None]], None]:
    """Pages that only need to be opened."""

    def visit(page: Page, take: Callable[[Page, str], None]) -> None:
        for address in addresses:
            page.goto(f"{os.environ['BASE_URL']}/{address}/")
            take(page, address.replace("/", "-"))

    return visit


def leading(page: Page, take: Callable[[Page, str], None]) -> None:
    page.goto(os.environ["BASE_URL"] + "/team/")
    take(page, "team")
    for address, name in (
        ("questions", "questions"),
        ("appeals", "appeals"),
        ("projects/1/guideline/translations", "translations"),
        ("projects/1/guideline/examples", "examples"),
    ):
        page.goto(f"{os.environ['BASE_URL']}/{address}/")
        take(page, name)


def engineering(page: Page, take: Callable[[Page, str], None]) -> None:
    page.goto(os.environ["BASE_URL"] + "/projects/1/")
    take(page, "project")
    page.goto(os.environ["BASE_URL"] + "/projects/1/schema/")
    take(page, "schema")
    page.goto(os.environ["BASE_URL"] + "/projects/1/schema/translations/")
    take(page, "schema-translations")


if __name__ == "__main__":
    main()
