"""docs/screenshots shows every page of the route table in each way of looking; its list is written by what took them."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve

from config.routes import ROUTES
from scripts.screenshots.camera import WAYS

FOLDER = Path(settings.BASE_DIR) / "docs" / "screenshots"
ROW = re.compile(r"^\| ([\w-]+) \| `(/[^`]*)` \|", re.MULTILINE)
NO_PAGE = {
    "healthz": "for machines",
    "readyz": "for machines",
    "favicon": "a file",
    "labeling:picture": "a file: it stands in the workbench's pictures",
    "labeling:schema_translation_file": "a file",
    "labeling:import_errors": "a file",
    "labeling:release_archive": "a file",
    "labeling:release_file": "a file",
    "wellbeing:statement_json": "a file",
    "wellbeing:statement_pdf": "a file",
    "wellbeing:lifetime_json": "a file",
    "wellbeing:lifetime_pdf": "a file",
    "wellbeing:verifier": "a file",
    "wellbeing:council_html": "a file: the report to print",
    "wellbeing:council_csv": "a file",
}
PAGES = [
    name
    for name, route in ROUTES.items()
    if "GET" in route.needs and not name.startswith(("api:", "gate:")) and name not in NO_PAGE
]


def pictures() -> dict[str, str]:
    """Name of a picture → the address at which it was taken."""
    return dict(ROW.findall((FOLDER / "README.md").read_text(encoding="utf-8")))


def route_of(address: str) -> str:
    try:
        return resolve(address).view_name
    except Resolver404:
        return ""


@pytest.mark.parametrize("name", PAGES)
def test_each_page_has_a_picture(name: str) -> None:
    assert name in {route_of(address) for address in pictures().values()}


def test_each_picture_of_the_list_is_there_in_every_way_and_no_other() -> None:
    listed = {f"{name}-{way}.png" for name in pictures() for way in WAYS}

    assert {file.name for file in FOLDER.glob("*.png")} == listed


def test_what_is_no_page_is_in_the_route_table() -> None:
    assert set(NO_PAGE) <= set(ROUTES)
