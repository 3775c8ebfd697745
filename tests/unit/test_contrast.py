"""Every pair of colours that carries words is readable in both themes (WCAG 2.2: at least 4.5 : 1)."""

import re
from pathlib import Path

import pytest

SHEET = Path(__file__).resolve().parents[2] / "static" / "css" / "base.css"
COLOURS = {
    name: (day, night)
    for name, day, night in re.findall(
        r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", SHEET.read_text()
    )
}

WORDS = ["ink", "soft", "faint", "accent"]
GROUNDS = ["paper", "card", "sunk", "accent-wash"]
PAIRS = [
    *((word, ground) for word in WORDS for ground in GROUNDS),
    *((f"s{severity}-ink", f"s{severity}") for severity in range(5)),
    *(("care", ground) for ground in ("card", "care-wash")),
    *(("error", ground) for ground in ("card", "error-wash")),
    ("ink", "care-wash"),
    ("ink", "error-wash"),
    ("accent-ink", "accent"),
]
# What is not text but must be seen to be used: borders of fields, the ring of focus.
EDGES = [(edge, ground) for edge in ("edge", "accent") for ground in ("paper", "card", "sunk")]


def luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["day", "night"])
@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_words_are_readable(front: str, back: str, theme: int) -> None:
    assert contrast(COLOURS[front][theme], COLOURS[back][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["day", "night"])
@pytest.mark.parametrize(("front", "back"), EDGES)
def test_edges_are_visible(front: str, back: str, theme: int) -> None:
    assert contrast(COLOURS[front][theme], COLOURS[back][theme]) >= 3
