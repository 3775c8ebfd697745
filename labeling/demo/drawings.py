"""Invented, harmless pictures for the demo, drawn when it is set out: nobody took or owns them."""

from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

Draw = ImageDraw.ImageDraw

SIZE = (800, 600)
SKY, SEA, SAND, WOOD = "#bfe3f5", "#2e6f95", "#f4ecd8", "#8d6e63"


def _fruit(draw: Draw) -> None:
    draw.rectangle((0, 430, 800, 600), fill=WOOD)
    for left, colour in ((210, "#c0392b"), (340, "#e67e22"), (470, "#27ae60")):
        draw.ellipse((left, 210, left + 130, 340), fill=colour)
    draw.pieslice((150, 130, 650, 530), 0, 180, fill=SEA)


def _ferry(draw: Draw) -> None:
    draw.rectangle((0, 0, 800, 600), fill=SKY)
    draw.ellipse((620, 60, 720, 160), fill="#f6c945")
    draw.polygon(((120, 340), (680, 340), (610, 440), (190, 440)), fill="#b03a2e")
    draw.rectangle((220, 260, 580, 340), fill="white")
    for left in range(245, 560, 60):
        draw.rectangle((left, 280, left + 30, 310), fill=SEA)
    draw.rectangle((420, 170, 480, 260), fill="#34495e")
    draw.rectangle((0, 420, 800, 600), fill=SEA)


def _sign(words: str) -> Callable[[Draw], None]:
    def draw_it(draw: Draw) -> None:
        draw.rectangle((0, 0, 800, 600), fill="#dfeee0")
        draw.rectangle((385, 330, 415, 600), fill=WOOD)
        draw.rounded_rectangle((80, 120, 720, 340), 24, fill="white", outline="#333333", width=8)
        draw.multiline_text(
            (400, 230), words, "#222222", ImageFont.load_default(52), anchor="mm", align="center"
        )

    return draw_it


def _kites(draw: Draw) -> None:
    draw.rectangle((0, 0, 800, 600), fill=SKY)
    draw.rectangle((0, 480, 800, 600), fill="#7cb66b")
    for left, top, colour in ((120, 90, "#8e44ad"), (360, 170, "#e67e22"), (580, 60, "#c0392b")):
        draw.line((left + 50, top + 130, left + 10, 500), fill="#555555", width=3)
        draw.polygon(
            ((left + 50, top), (left + 100, top + 60), (left + 50, top + 130), (left, top + 60)), fill=colour
        )


def _cat(draw: Draw) -> None:
    draw.rectangle((0, 430, 800, 600), fill="#b5cbb7")
    draw.ellipse((260, 260, 620, 540), fill="#5d4037")
    draw.ellipse((200, 160, 400, 350), fill="#5d4037")
    for left in (215, 325):
        draw.polygon(((left, 200), (left + 25, 110), (left + 60, 190)), fill="#5d4037")
    for left in (250, 325):
        draw.ellipse((left, 230, left + 24, 260), fill="#f6c945")


DRAWINGS: dict[str, Callable[[Draw], None]] = {
    "fruit.png": _fruit,
    "ferry.png": _ferry,
    "sign-duck.png": _sign("Please do not\nfeed the ducks"),
    "sign-goal.png": _sign("Worst goalkeeper\nin the valley"),
    "kites.png": _kites,
    "cat.png": _cat,
}


def draw_all(folder: Path) -> None:
    """Write every picture that the demo's items name into a folder."""
    for name, draw_it in DRAWINGS.items():
        image = Image.new("RGB", SIZE, SAND)
        draw_it(ImageDraw.Draw(image))
        image.save(folder / name)
