"""A slow laptop on a bad line: what a page weighs, and how long a text takes from the key to the eye.

Chromium with its processor slowed down six times, 400 kbit/s either way and 400 ms for a round trip; nothing is
cached at the first page. The next card's server time is taken without a browser, over HTTP, on a line that is quick.
"""

import secrets
import shutil
import statistics
import time
from typing import Any

import requests
from django.conf import settings
from django.test import Client
from django.urls import reverse

from benchmarks import stage
from people.models import User

SENTENCES = 5
ROUND_TRIP_MS = 400
BYTES_PER_SECOND = 400_000 / 8
SLOWER = 6
ANSWERS = 60
REVEALS = 7


def measure(url: str) -> dict[str, Any]:
    """Weights in bytes, times in milliseconds. `browser` is empty where no Chromium is installed."""
    scene = stage.build(1_000, 3, sentences=SENTENCES)
    people = list(User.objects.filter(username__startswith="bench-1000-").order_by("pk"))
    return {
        "next_card": _next_card(url, scene.project_id, people[0]),
        "browser": _browser(url, scene.project_id, people[1]),
    }


def _session(person: User) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _next_card(url: str, project_id: int, person: User) -> dict[str, float]:
    """An answer sent from the page; its reply holds the next card."""
    token = secrets.token_hex(16)
    with requests.Session() as browser:
        browser.cookies.update({settings.SESSION_COOKIE_NAME: _session(person), "csrftoken": token})
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


def _browser(url: str, project_id: int, person: User) -> dict[str, float]:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        return {}
    session = _session(person)

    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context()
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])
        page = context.new_page()
        cdp = context.new_cdp_session(page)
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
        weight: list[float] = []
        cdp.on("Network.loadingFinished", lambda event: weight.append(event["encodedDataLength"]))
        began = time.perf_counter()
        page.goto(url + reverse("labeling:workbench", args=[project_id]), wait_until="load")
        first_page = time.perf_counter() - began
        page_bytes = sum(weight)
        page.keyboard.press("Space")
        page.locator("#stimulus[data-state=closed]").wait_for()
        reveals = []
        for _ in range(REVEALS):
            began = time.perf_counter()
            page.keyboard.press("Space")
            page.locator("[data-content]").wait_for()
            reveals.append(1000 * (time.perf_counter() - began))
            page.keyboard.press("0")
            page.keyboard.press("Enter")
            page.locator("#stimulus[data-state=closed]").wait_for()
        browser.close()
    return {
        "first_page_bytes": round(page_bytes),
        "first_page_ms": round(1000 * first_page),
        "reveal_ms_p50": round(statistics.median(reveals)),
        "reveal_ms_max": round(max(reveals)),
    }


def lines(result: dict[str, Any]) -> list[str]:
    card, browser = result["next_card"], result["browser"]
    found = [
        f"Next card after an answer from the page: p50 {card['p50']} ms, p95 {card['p95']} ms at the client."
    ]
    if not browser:
        return [*found, "No Chromium on the PATH: nothing measured on the slow line."]
    return [
        *found,
        (
            f"Slow laptop ({SLOWER} × slower), {BYTES_PER_SECOND * 8 / 1000:.0f} kbit/s, {ROUND_TRIP_MS} ms: first page "
            f"{browser['first_page_bytes'] / 1000:.0f} kB in {browser['first_page_ms'] / 1000:.1f} s; a text of {SENTENCES * stage.WORDS} words from "
            f"the key to the eye p50 {browser['reveal_ms_p50']} ms, longest {browser['reveal_ms_max']} ms."
        ),
    ]
