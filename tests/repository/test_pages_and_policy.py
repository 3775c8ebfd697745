"""What the content security policy forbids does not stand in a template, and what is vendored is what was checked."""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FORBIDDEN = {
    "an inline style": r"\sstyle\s*=|<style\b",
    "an inline handler": r"\son[a-z]+\s*=\s*[\"']|hx-on",
    "an inline script": r"<script(?![^>]*\ssrc=)",
    "something from elsewhere": r"(?:src|href|action)=[\"']https?://",
    "evaluated values": r"hx-(?:vals|headers)=[\"']js:|hx-trigger=[\"'][^\"']*\[",
}
# Help texts of Django's own forms hold lists; nothing that people typed.
MAY_SAY_SAFE = {"field.html"}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_nothing_that_the_policy_forbids(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert [what for what, pattern in FORBIDDEN.items() if re.search(pattern, text)] == []
    assert template.name in MAY_SAY_SAFE or not re.search(r"\|\s*safe\b|autoescape off", text)


@pytest.mark.parametrize("folder", ["static/vendor", "tests/vendor"])
def test_vendored_files_are_those_that_were_checked(folder: str) -> None:
    home = ROOT / folder
    listed = json.loads((home / "VENDOR.json").read_text(encoding="utf-8"))
    sums = {file["path"]: file["sha256"] for package in listed for file in package["files"]}
    found = {
        str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in home.rglob("*")
        if path.is_file() and path.name != "VENDOR.json"
    }
    assert found == sums
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for package in listed:
        assert locked[f"node_modules/{package['name']}"]["version"] == package["version"]
        assert any(file["path"].endswith("LICENSE") for file in package["files"])


def test_the_lock_names_no_registry() -> None:
    assert "resolved" not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_every_own_script_keeps_to_its_own_files() -> None:
    for script in (ROOT / "static" / "js").glob("*.js"):
        text = script.read_text(encoding="utf-8")
        assert not re.search(r"\beval\(|new Function|innerHTML|insertAdjacentHTML|https?://", text), (
            script.name
        )


def test_no_script_is_both_loaded_and_imported() -> None:
    """Loaded by its hashed name and imported by its plain one, it would run twice in production."""
    loaded = {
        name
        for template in TEMPLATES
        for name in re.findall(r"'js/([\w-]+\.js)'", template.read_text("utf-8"))
    }
    imported = {
        name
        for script in (ROOT / "static" / "js").glob("*.js")
        for name in re.findall(r'from "\./([\w-]+\.js)"|import "\./([\w-]+\.js)"', script.read_text("utf-8"))
        for name in name
        if name
    }
    assert loaded & imported == set()
