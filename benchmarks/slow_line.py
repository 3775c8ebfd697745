"""A slow laptop on a bad line, against what is promised: `python -m benchmarks.slow_line`.

What the first page weighs, and how long a text and a picture take from the key to the eye: in Chromium with its processor
slowed down six times, 400 kbit/s either way and 400 ms for a round trip; nothing is cached at the first page. The next
card's server time is taken without a browser, over HTTP, on a line that is quick.
Runs inside `python3 -m launcher with-services --migrate --web`, which brings a throw-away database and a web process.
"""

import json
import os
import secrets
import statistics
import time
from collections import Counter
from pathlib import Path
from typing import Any

import django
import requests

from launcher.browser import FLAGS, find_browser

KEEP = Path(__file__).resolve().parent.parent / "var" / "bench"
SENTENCES = 5
ROUND_TRIP_MS = 400
BYTES_PER_SECOND = 400_000 / 8
SLOWER = 6
ANSWERS = 60
REVEALS = 7
MOST = {"first_page_bytes": 150_000, "reveal_ms_max": 1_500, "picture_bytes_max": 50_000}
KINDS = {"Document": "html", "Stylesheet": "css", "Script": "js", "Font": "fonts"}
TEXT, PICTURE = "[data-content]", "[data-picture] img"
# From the key until the element is there, its picture is decoded and the frame after that is drawn.
WATCH = """selector => {
    const frame = () => new Promise(requestAnimationFrame);
    window.shown = new Promise(tell => document.addEventListener("keydown", async pressed => {
        while (!document.querySelector(selector)) await frame();
        await document.querySelector(selector).decode?.();
        await frame();
        await frame();
        tell(performance.now() - pressed.timeStamp);
    }, { capture: true, once: true }));
}"""
Result = dict[str, Any]


def main() -> None:
    django.setup()
    result = measure(os.environ["BASE_URL"])
    print("\n".join(lines(result)))
    keep(result)
    hold(result)


def keep(result: Result) -> None:
    KEEP.mkdir(parents=True, exist_ok=True)
    (KEEP / "slow_line.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def hold(result: Result) -> None:
    """Raises SystemExit above what is promised."""
    browser = result["browser"]
    over = [
        f"{name} {browser[name]}, more than {most}"
        for name, most in MOST.items()
        if browser and browser[name] > most
    ]
    if over:
        raise SystemExit("; ".join(over))


def measure(url: str) -> Result:
    """Weights in bytes, times in milliseconds. `browser` is empty where no Chromium is installed."""
    from benchmarks import stage
    from benchmarks.photograph import photograph
    from labeling.importers.pictures import take_in

    texts = stage.build(1_000, 2, sentences=SENTENCES)
    pictures = stage.build(50, 1, picture=take_in(photograph()))
    return {
        "next_card": _next_card(url, texts.project_id, _session("bench-1000-0")),
        "browser": _browser(
            url,
            {
                "reveal": (texts.project_id, _session("bench-1000-1"), TEXT),
                "picture": (pictures.project_id, _session("bench-50-0"), PICTURE),
            },
        ),
    }


def _session(username: str) -> str:
    from django.conf import settings
    from django.test import Client

    from people.models import User

    client = Client()
    client.force_login(User.objects.get(username=username))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _next_card(url: str, project_id: int, session: str) -> dict[str, float]:
    """An answer sent from the page; its reply holds the next card."""
    from django.conf import settings
    from django.urls import reverse

    token = secrets.token_hex(16)
    with requests.Session() as browser:
        browser.cookies.update({settings.SESSION_COOKIE_NAME: session, "csrftoken": token})
        browser.headers.update(
            {"X-CSRFToken": token, "HX-Request": "true", "HX-Target": "bench", "Referer": url}
        )
        card = browser.post(url + reverse("labeling:claim", args=[project_id]), timeout=30).text
        times = []
        for _ in range(ANSWERS):
            lease = _between(card, "/leases/", "/")
            browser.post(
                url + reverse("labeling:reveal", args=[lease]), {"show": "full"}, timeout=30
            ).raise_for_status()
            began = time.perf_counter()
            answer = browser.post(
                url + reverse("labeling:submit", args=[lease]), {"none": "harm"}, timeout=30
            )
            times.append(1000 * (time.perf_counter() - began))
            answer.raise_for_status()
            card = answer.text
    return {"p50": round(statistics.median(times), 1), "p95": round(statistics.quantiles(times, n=20)[-1], 1)}


def _between(text: str, before: str, after: str) -> str:
    return text.split(before, 1)[1].split(after, 1)[0]


def _browser(url: str, scenes: dict[str, tuple[int, str, str]]) -> Result:
    """`scenes`: name → project, session, and what is there once an item is shown."""
    chromium = find_browser()
    if chromium is None:
        return {}
    from playwright.sync_api import sync_playwright

    result: Result = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for name, (project_id, session, shown) in scenes.items():
            laptop = Laptop(browser, url, project_id, session)
            if not result:
                result = {**laptop.first_page}
            result |= laptop.shown(name, shown)
        browser.close()
    return result


class Laptop:
    """A workbench page on the slow line, in a browser that has nothing cached. `first_page`: what it weighed."""

    def __init__(self, browser: Any, url: str, project_id: int, session: str) -> None:
        from django.conf import settings
        from django.urls import reverse

        context = browser.new_context()
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])
        self.page = context.new_page()
        self.kinds: dict[str, str] = {}
        self.weight: Counter[str] = Counter()
        cdp = context.new_cdp_session(self.page)
        cdp.send("Network.enable")
        cdp.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": ROUND_TRIP_MS,
                "downloadThroughput": BYTES_PER_SECOND,
                "uploadThroughput": BYTES_PER_SECOND,
            },
        )
        cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        cdp.on("Network.responseReceived", self._begun)
        cdp.on("Network.loadingFinished", self._finished)
        began = time.perf_counter()
        self.page.goto(url + reverse("labeling:workbench", args=[project_id]), wait_until="load")
        seconds = time.perf_counter() - began
        self.page.wait_for_load_state("networkidle")
        self.first_page = {
            "first_page_bytes": self.weight.total(),
            "first_page_parts": dict(self.weight),
            "first_page_ms": round(1000 * seconds),
        }

    def _begun(self, event: dict[str, Any]) -> None:
        self.kinds[event["requestId"]] = KINDS.get(event["type"], "other")

    def _finished(self, event: dict[str, Any]) -> None:
        """As it went over the line: packed, and with its headers."""
        self.weight[self.kinds.get(event["requestId"], "other")] += round(event["encodedDataLength"])

    def shown(self, name: str, element: str) -> Result:
        """Items shown and answered by keyboard: how long from the key to the eye, and what came over the line."""
        self.page.keyboard.press("Space")
        self.page.locator("#stimulus[data-state=closed]").wait_for()
        times, weights = [], []
        for _ in range(REVEALS):
            self.weight.clear()
            self.page.evaluate(WATCH, element)
            self.page.keyboard.press("Space")
            times.append(self.page.evaluate("window.shown"))
            self.page.wait_for_timeout(ROUND_TRIP_MS)
            weights.append(self.weight.total())
            self.page.keyboard.press("0")
            self.page.keyboard.press("Enter")
            self.page.locator("#stimulus[data-state=closed]").wait_for()
        return {
            f"{name}_ms_p50": round(statistics.median(times)),
            f"{name}_ms_max": round(max(times)),
            f"{name}_bytes_max": max(weights),
        }


def lines(result: Result) -> list[str]:
    card, browser = result["next_card"], result["browser"]
    found = [
        f"Next card after an answer from the page: p50 {card['p50']} ms, p95 {card['p95']} ms at the client."
    ]
    if not browser:
        return [*found, "No Chromium on the PATH: nothing measured on the slow line."]
    from benchmarks import stage

    parts = ", ".join(f"{kind} {_kb(size)}" for kind, size in browser["first_page_parts"].items())
    found.append(
        f"Slow laptop ({SLOWER} × slower), {BYTES_PER_SECOND * 8 / 1000:.0f} kbit/s, {ROUND_TRIP_MS} ms a round trip:"
    )
    found.append(
        f"  first page {_kb(browser['first_page_bytes'])} kB, at most {_kb(MOST['first_page_bytes'])} ({parts}),"
        f" in {browser['first_page_ms'] / 1000:.1f} s"
    )
    found.append(
        f"  a text of {SENTENCES * stage.WORDS} words from the key to the eye: p50 {browser['reveal_ms_p50']} ms,"
        f" longest {browser['reveal_ms_max']}, at most {MOST['reveal_ms_max']}"
    )
    found.append(
        f"  a picture's first step {_kb(browser['picture_bytes_max'])} kB, at most {_kb(MOST['picture_bytes_max'])};"
        f" from the key to the eye: p50 {browser['picture_ms_p50']} ms, longest {browser['picture_ms_max']}"
    )
    return found


def _kb(size: int) -> str:
    return f"{size / 1000:.1f}".removesuffix(".0")


if __name__ == "__main__":
    main()
