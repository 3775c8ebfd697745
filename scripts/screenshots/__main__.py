"""Sets out the demo, lets its people do something worth a picture, and takes the pictures."""

import os
import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from launcher.browser import FLAGS, find_browser
from scripts.screenshots import labeler, others, workbench
from scripts.screenshots.camera import TO, WAYS, Camera, write_list

LABELERS = ("amara", "bo", "chen")  # one for each way: what one has answered is not shown to them again


def main() -> None:
    subprocess.run([sys.executable, "manage.py", "demo_project"], check=True, stdout=subprocess.DEVNULL)
    accounts = (Path(os.environ["RESPITE_HOME"]) / "demo-accounts.txt").read_text(encoding="utf-8")
    password = str(re.search(r"password (\S+)", accounts)[1])  # type: ignore[index]
    TO.mkdir(parents=True, exist_ok=True)
    for old in TO.glob("*.png"):
        old.unlink()
    addresses: dict[str, str] = {}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
        first = Camera(browser, "light", password)
        # The first of two opinions: whoever gives the second has decisions to look at.
        workbench.answer_by_one_key(first.signed_in("dilnoza"), project=workbench.LIBRARY, times=12)
        others.release_once(first.signed_in("engineer"))
        for way, username in zip(WAYS, LABELERS, strict=True):
            camera = Camera(browser, way, password)
            others.before_sign_in(camera)
            workbench.visit(camera, username)
            labeler.visit(camera, username)
            others.visit(camera)
            labeler.rest(camera, username)
            addresses |= camera.addresses
        browser.close()
    write_list(addresses)


if __name__ == "__main__":
    main()
