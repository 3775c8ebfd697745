"""Pages read from left to right and from right to left: style sheets say start and end, never left and right."""

import re
from pathlib import Path

import pytest

CSS = sorted((Path(__file__).resolve().parents[2] / "static" / "css").glob("*.css"))
SIDES = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)|left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)
FOUR = re.compile(
    r"(?<![\w-])(?:margin|padding|inset|border-width)\s*:\s*([^\s;]+)\s+([^\s;]+)\s+([^\s;]+)\s+([^\s;]+)\s*;"
)


@pytest.mark.parametrize("sheet", CSS, ids=lambda path: path.name)
def test_a_sheet_names_no_side(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert SIDES.findall(text) == []
    assert [found for found in FOUR.findall(text) if found[1] != found[3]] == []
