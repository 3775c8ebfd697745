"""The workbench in each of its states, and what lies beside a task."""

from playwright.sync_api import Page

from scripts.screenshots.camera import BASE, Camera

CHAT, BOARD, LIBRARY, LETTERS, FERRY = range(1, 6)  # in the order of labeling/demo/projects.py
CARD = "#stimulus[data-state=closed]"
OPEN = "#stimulus[data-state=open]"


def visit(camera: Camera, username: str) -> None:
    page = camera.signed_in(username)
    camera.take(page, "home")
    one_key(camera, page)
    each_kind(camera, page)
    first_task(camera, page)
    beside(camera, page)
    other_states(camera, page)
    afterwards(camera, page)
    for language in ("ar", "de"):
        in_language(camera, page, language)
    page.context.close()
    left_over(camera, username)
    last_seconds(camera, username)


def left_over(camera: Camera, username: str) -> None:
    """What was begun and not sent, after a sign-out."""
    page = camera.signed_in(username)
    take_task(page, LETTERS)
    show_task(page)
    with page.expect_response("**/draft/"):
        page.keyboard.press("1")
    page.goto(f"{BASE}/accounts/sign-out/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/sign-in/**")
    page.context.close()
    page = camera.signed_in(username)
    camera.visit(page, "", "home-unsent")
    page.get_by_role("link", name="Send it, or drop it").click()
    camera.take(page, "workbench-unsent")
    page.get_by_text("Drop it", exact=True).click()
    page.get_by_role("button", name="Yes, drop it").click()
    page.locator("#bench").wait_for()
    page.context.close()


def take_task(page: Page, project: int) -> None:
    """Until a card of this project is on the page."""
    page.goto(f"{BASE}/projects/{project}/label/")
    page.locator("#bench").wait_for()
    if not page.locator("#stimulus").count():
        page.keyboard.press("Space")
    page.locator(CARD).wait_for()


def show_task(page: Page) -> None:
    page.keyboard.press("Space")
    page.locator(OPEN).wait_for()


def next_task(page: Page, key: str) -> None:
    """Press what ends a task, and wait for what comes after it."""
    task = page.get_attribute("#stimulus", "data-conceal-url")
    page.keyboard.press(key)
    page.wait_for_function(
        "task => document.querySelector('#stimulus')?.dataset.concealUrl !== task", arg=task
    )


def answer_by_one_key(page: Page, *, project: int, times: int) -> None:
    """Show a task and answer it, so often; then leave."""
    take_task(page, project)
    for number in range(times):
        show_task(page)
        next_task(page, "2" if number % 5 == 4 else "1")
    next_task(page, "s")
    page.context.close()


def one_key(camera: Camera, page: Page) -> None:
    take_task(page, LIBRARY)
    show_task(page)
    camera.take(page, "workbench-one-key")
    for _ in range(3):
        next_task(page, "1")
        show_task(page)
    next_task(page, "s")


def each_kind(camera: Camera, page: Page) -> None:
    """Pictures, completions side by side and conversations: each item is opened whole and skipped."""
    taken: set[str] = set()
    for project in (BOARD, LETTERS, FERRY):
        page.goto(f"{BASE}/projects/{project}/label/")
        page.keyboard.press("Space")
        each_item(camera, page, taken)
    camera.take(page, "workbench-empty")


def each_item(camera: Camera, page: Page, taken: set[str]) -> None:
    """Until nothing is left in the project."""
    nothing = page.get_by_role("heading", name="Nothing to label just now")
    while True:
        page.locator(CARD).or_(nothing).first.wait_for()
        if nothing.count():
            return
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
                camera.take(page, name)
                if selector == ".picture":
                    picture_steps(camera, page)
        next_task(page, "s")


def picture_steps(camera: Camera, page: Page) -> None:
    """After the small grey picture: some sharp tiles, all of it, its colours."""
    for number in range(1, 7):
        page.keyboard.press("t")
        page.locator(f".tiles img[src$='tile-{number}/']").wait_for()
    camera.take(page, "workbench-picture-tiles")
    page.keyboard.press("Shift+Space")
    page.locator(".picture img[src$='/grey/']").wait_for()
    camera.take(page, "workbench-picture-full")
    page.keyboard.press("c")
    page.locator(".picture img[src$='/colour/']").wait_for()
    camera.take(page, "workbench-picture-colour")


def first_task(camera: Camera, page: Page) -> None:
    page.goto(f"{BASE}/projects/{CHAT}/label/")
    camera.take(page, "workbench-start")
    take_task(page, CHAT)
    camera.take(page, "workbench-card")
    show_task(page)
    page.keyboard.press("Enter")
    page.locator(".error-summary").wait_for()
    camera.take(page, "workbench-unanswered")
    page.keyboard.press("4")
    page.keyboard.press("1")
    camera.take(page, "workbench-open")
    for _ in range(9):  # with these the answers of one_key are not among the last ten
        next_task(page, "Enter")
        show_task(page)
        page.keyboard.press("4")
        page.keyboard.press("1")
    next_task(page, "Enter")


def beside(camera: Camera, page: Page) -> None:
    """What opens beside a task: the guideline with a search, an example, the glossary, a question."""
    drawer = page.locator("#guideline")
    page.keyboard.press("g")
    drawer.get_by_role("searchbox").fill("joke")
    page.keyboard.press("Enter")
    drawer.locator("mark").first.wait_for()
    camera.take(page, "workbench-guideline")
    drawer.get_by_role("button", name="Show this example").first.click()
    drawer.get_by_role("button", name="Hide it").wait_for()
    camera.take(page, "workbench-example")
    page.keyboard.press("w")
    drawer.get_by_role("button", name="Show the word").wait_for()
    camera.take(page, "workbench-glossary")
    page.keyboard.press("q")
    drawer.get_by_role("textbox").fill("Does the joke in the last line count?")
    camera.take(page, "workbench-question", address=str(page.get_attribute("[data-drawer=question]", "href")))
    drawer.get_by_role("button", name="Send and keep the task").click()
    drawer.get_by_text("Your lead has your question").wait_for()
    page.keyboard.press("Escape")


def other_states(camera: Camera, page: Page) -> None:
    """Menus, an item that was hidden again, and a line that is down."""
    take_task(page, CHAT)
    page.keyboard.press("p")
    camera.take(page, "workbench-problem")
    page.keyboard.press("Escape")
    page.wait_for_function("!document.activeElement.matches('summary')")  # the keyboard is given back
    show_task(page)
    page.evaluate("window.dispatchEvent(new Event('blur'))")
    page.get_by_role("heading", name="Hidden again").wait_for()
    camera.take(page, "workbench-hidden")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.keyboard.press("d")
    camera.take(page, "workbench-danger")
    page.get_by_role("button", name="Tell the wellbeing officer").click()
    page.locator("#notice .note").wait_for()
    camera.take(page, "workbench-danger-told")
    page.keyboard.press("2")
    page.keyboard.press("1")
    page.wait_for_timeout(1000)  # the draft is kept before the line goes down
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    page.locator("#save-state").wait_for()
    camera.take(page, "workbench-not-saved", whole=False)
    task = page.get_attribute("#stimulus", "data-conceal-url")
    page.context.set_offline(False)
    page.wait_for_function(
        "task => document.querySelector('#stimulus')?.dataset.concealUrl !== task", arg=task
    )


def afterwards(camera: Camera, page: Page) -> None:
    camera.visit(page, f"projects/{CHAT}/answers/", "workbench-undo")
    page.keyboard.press("1")
    page.get_by_role("heading", name="Change your answer").wait_for()
    camera.take(page, "workbench-revise")
    decisions(camera, page)
    for address, name in (
        (f"projects/{CHAT}/guideline/", "guideline"),
        (f"projects/{CHAT}/guideline/versions/", "guideline-versions"),
        (f"projects/{CHAT}/glossary/", "glossary"),
        ("me/questions/", "my-questions"),
        ("my-releases/", "my-releases"),
    ):
        camera.visit(page, address, name)
    page.goto(BASE)
    page.get_by_role("button", name="mild", exact=True).click()
    page.locator("button.chosen", has_text="mild").wait_for()
    camera.take(page, "home-milder")
    page.get_by_role("button", name="all that is open to me").click()


def decisions(camera: Camera, page: Page) -> None:
    camera.visit(page, f"projects/{LIBRARY}/decisions/", "decisions")
    page.get_by_role("link", name="I think this is wrong").first.click()
    page.get_by_role("textbox").fill("The second sentence is about a machine, not about a person.")
    camera.take(page, "appeal")
    page.get_by_role("button", name="Send").press("Enter")
    page.wait_for_url("**/me/questions/")


def speak(page: Page, language: str) -> None:
    page.goto(BASE + "/help/")
    page.select_option("#page-language", language)
    page.locator("form:has(#page-language) button").press("Enter")
    page.locator(f"html[lang={language}]").wait_for()


def in_language(camera: Camera, page: Page, language: str) -> None:
    speak(page, language)
    for address, name in (("", "home"), ("me/exposure/", "my-exposure"), ("first-days/", "first-days")):
        camera.visit(page, address, f"{language}-{name}")
    take_task(page, CHAT)
    camera.take(page, f"{language}-workbench-card")
    page.keyboard.press("Space")
    page.locator("[data-content]").wait_for()
    camera.take(page, f"{language}-workbench-open")
    speak(page, "en")


def last_seconds(camera: Camera, username: str) -> None:
    """The browser's clock runs ahead of the server's, which is what counts: the page only repeats it."""
    page = camera.signed_in(username)
    page.clock.install()
    take_task(page, CHAT)
    show_task(page)
    left = int(str(page.get_attribute("#window", "data-seconds-left")))
    page.clock.fast_forward((left - 8) * 1000)
    page.get_by_role("button", name="more time").wait_for()
    camera.take(page, "workbench-last-seconds")
    page.context.close()
