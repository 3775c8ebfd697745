"""Takes a picture of a page as it stands, and writes the list of all pictures."""

import io
import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page

BASE = os.environ.get("BASE_URL", "")
TO = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
LIST = TO / "README.md"
WAYS = {
    "light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    # A phone. The picture of a whole page still shows the keys: the browser takes it as if there were a mouse.
    "narrow": {
        "viewport": {"width": 390, "height": 844},
        "color_scheme": "light",
        "has_touch": True,
        "is_mobile": True,
    },
}
COLOURS = 256
"""A page has fewer; a picture with a palette takes a third of the room in the history of the project."""

HEAD = """# Pictures of every page and state

Taken of the demo, whose content is invented, by the command in `scripts/screenshots/`, which also writes this list.
`tests/repository/test_screenshots.py` fails when a page of the route table has no picture here.

| picture | page | light | dark | 390 px wide |
|---|---|---|---|---|
"""


class Camera:
    """`take(page, name)` for one way of looking; remembers at which address each picture was taken."""

    def __init__(self, browser: Browser, way: str, password: str) -> None:
        self.way = way
        self.addresses: dict[str, str] = {}
        self._browser = browser
        self._password = password

    def context(self) -> BrowserContext:
        context = self._browser.new_context(**WAYS[self.way], reduced_motion="reduce")  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        return context

    def signed_in(self, username: str) -> Page:
        """A page in a browser of this person's own."""
        page = self.context().new_page()
        page.goto(BASE + "/accounts/sign-in/")
        page.fill("[name=login]", username)
        page.fill("[name=password]", self._password)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "sign-in" not in url)
        return page

    def take(self, page: Page, name: str, *, whole: bool = True, address: str = "") -> None:
        """Write `name`-`way`.png: the whole page, or what the screen shows of it.

        `address` names the page where the browser's own address does not say it, or holds a secret.
        """
        page.wait_for_load_state("networkidle")
        page.mouse.move(0, 0)
        if whole:
            page.evaluate(
                "scrollTo(0, 0)"
            )  # what stays at the top of the screen stands at the top of the picture
        picture = Image.open(io.BytesIO(page.screenshot(full_page=whole))).convert("RGB")
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(TO / f"{name}-{self.way}.png", optimize=True)
        at = address or urlsplit(page.url).path
        if self.addresses.setdefault(name, at) != at:
            raise ValueError(f"two pages would have the picture {name}: {self.addresses[name]} and {at}")

    def visit(self, page: Page, address: str, name: str = "") -> None:
        """Open a page and take it. Without a name it is called after its address."""
        page.goto(f"{BASE}/{address}")
        self.take(page, name or address.strip("/").removeprefix("me/").replace("/", "-"))


def write_list(addresses: Mapping[str, str]) -> None:
    rows = "".join(
        f"| {name} | `{address}` | " + " | ".join(f"[{way}]({name}-{way}.png)" for way in WAYS) + " |\n"
        for name, address in sorted(addresses.items(), key=lambda row: (row[1], row[0]))
    )
    LIST.write_text(HEAD + rows, encoding="utf-8")
