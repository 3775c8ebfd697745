"""Whatever a browser can be made to do with a picture's page, only the open view brings the picture's bytes.

A tap between Chromium and the server keeps every byte that is sent. Each file of the picture is known; its bytes, its
digest and its length are searched for in all of them.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256

import pytest
from playwright.sync_api import Error, Page, expect
from pytest_django.live_server_helper import LiveServer

from labeling.domain.picture import NAMES
from labeling.queries.content import picture_folder
from people.models import User
from tests.browser.conftest import look_away, look_back, show_task, take_task, wait_for_picture
from tests.browser.wiretap import Wiretap, tapped
from tests.factories.labeling import openai_schema, project_for
from tests.factories.pictures import add_picture, fruit_bowl

pytestmark = pytest.mark.slow

FETCH = """async ([address, headers]) => {
    const answer = await fetch(address, { headers });
    return [answer.status, await answer.text()];
}"""
PREFETCH = """address => new Promise(done => {
    const link = document.createElement("link");
    [link.rel, link.href, link.onload, link.onerror] = ["prefetch", address, done, done];
    document.head.append(link);
})"""


@pytest.fixture
def tap(live_server: LiveServer) -> Iterator[Wiretap]:
    with tapped(live_server.url) as tap:
        yield tap


class Files:
    """The files of one picture, and what of them is in bytes that were sent."""

    def __init__(self, raw: bytes) -> None:
        folder = picture_folder(sha256(raw).hexdigest())
        self.contents = {name: (folder / f"{name}.jpg").read_bytes() for name in NAMES}
        self._digests = [sha256(content).hexdigest() for content in (raw, *self.contents.values())]
        self._whole = [len(self.contents[name]) for name in ("low", "grey", "colour")]

    def in_view(self, runs: list[bytes]) -> set[str]:
        """The files whose bytes were sent. Their digests never may be."""
        text = b"".join(runs).lower()
        assert not [digest for digest in self._digests if digest.encode() in text]
        return {name for name, content in self.contents.items() if any(content in run for run in runs)}

    def assert_nothing(self, runs: list[bytes]) -> None:
        assert self.in_view(runs) == set()
        for run in runs:
            assert b"image/jpeg" not in run
            assert b"\xff\xd8\xff" not in run
            lengths = {int(found) for found in re.findall(rb"(?i)content-length: (\d+)", run)}
            assert not lengths & set(self._whole)


def test_no_way_around_the_page_brings_a_picture(
    page: Page,
    live_server: LiveServer,
    tap: Wiretap,
    labeler: User,
    lead: User,
    sign_in: Callable[[Page, User], None],
) -> None:
    project = project_for(labeler.memberships.get().team, lead, schema=openai_schema())
    raw = fruit_bowl()
    add_picture(project, raw)
    files = Files(raw)
    sign_in(page, labeler)
    bench = f"{tap.url}/projects/{project.pk}/label/"
    beside = page.context.new_page()  # another tab of the same browser, with the same cache
    beside.goto(f"{tap.url}/help/")
    alone = page.context.new_page()  # a third one, for an address that has no page
    page.bring_to_front()
    page.goto(f"{tap.url}/help/")
    page.goto(bench)
    take_task(page)
    lease = re.search(r"/leases/(\d+)/", page.get_attribute("#stimulus", "data-conceal-url") or "")
    address = f"/leases/{lease[1]}/picture/low/" if lease else ""
    files.assert_nothing(tap.take())

    # Open: the step's file and no other, however it is looked at
    show_task(page)
    wait_for_picture(page)
    assert files.in_view(tap.take()) == {"low"}
    page.keyboard.press("+")
    page.keyboard.press("+")
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement !== null")
    page.emulate_media(media="print")
    expect(page.locator(".picture")).to_be_hidden()
    printed = page.pdf()
    assert b"DCTDecode" not in printed
    assert b"/Subtype /Image" not in printed
    page.emulate_media(media="screen")
    page.evaluate("() => document.exitFullscreen()")
    for number in (1, 16):
        assert beside.evaluate(FETCH, [address.replace("low", f"tile-{number}"), {}])[0] == 409
    asked = page.request.get(tap.url + address, headers={"Sec-Purpose": "prefetch;prerender"})
    assert asked.status == 403
    for ahead, status in ((address, 403), (bench, 200)):
        with beside.expect_response(f"**{ahead}") as prefetched:
            beside.evaluate(PREFETCH, ahead)
        assert prefetched.value.status == status
    with alone.expect_response(f"**{address}") as own_tab, suppress(Error):  # there is no page to show
        alone.goto(tap.url + address)
    assert own_tab.value.status == 403
    assert page.locator(".picture img").count() > 0
    files.assert_nothing(tap.take())

    # Concealed: nothing that the page or a browser's own memory knows brings it back
    with page.expect_response("**/conceal/"):
        look_away(page)
    tap.take()
    look_back(page)
    assert beside.evaluate(FETCH, [address, {}])[0] == 409
    assert beside.evaluate(FETCH, [address, {"If-None-Match": "*", "Range": "bytes=0-"}])[0] == 409
    assert beside.evaluate("async a => (await fetch(a, { cache: 'force-cache' })).status", address) == 409
    source = beside.evaluate(FETCH, [bench, {}])
    assert source[0] == 200
    assert "/picture/" not in source[1]
    for move in (page.reload, page.go_back, page.go_forward):
        move()
        assert page.locator(".picture").count() == 0
    files.assert_nothing(tap.take())

    # Left by a link: the page that comes back is a closed card
    show_task(page)
    wait_for_picture(page)
    page.goto(f"{tap.url}/help/")
    beside.wait_for_function("async a => (await fetch(a)).status === 409", arg=address)
    tap.take()
    page.go_back()
    page.wait_for_selector("#stimulus[data-state=closed]")
    assert page.locator(".picture").count() == 0
    assert beside.evaluate(FETCH, [address, {}])[0] == 409
    files.assert_nothing(tap.take())
