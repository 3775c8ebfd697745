"""Draw the harmless picture that /me/display/ shows: `python scripts/fruit_bowl.py` writes static/img/fruit-bowl/.

Four files, as a view would show it: low.jpg (small and grey), tiles.jpg (some tiles sharp), grey.jpg, colour.jpg.
"""

from pathlib import Path

from PIL import Image, ImageDraw

TO = Path(__file__).resolve().parents[1] / "static/img/fruit-bowl"
WIDTH, HEIGHT = 640, 480
LOW = (40, 30)  # coarser than a real first look: a drawing has less in it to hide
GRID = 4
SHARP = (5, 6, 9, 10)
FRUIT = (
    (150, 190, 96, "#c0392b"),
    (265, 150, 104, "#e67e22"),
    (385, 185, 92, "#5d8a3a"),
    (330, 215, 70, "#d4ac0d"),
)


def main() -> None:
    colour = bowl()
    grey = colour.convert("L")
    low = grey.resize(LOW, Image.Resampling.BOX).resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR)
    tiles = low.copy()
    for number in SHARP:
        row, column = divmod(number, GRID)
        left, upper = WIDTH * column // GRID, HEIGHT * row // GRID
        box = (left, upper, left + WIDTH // GRID, upper + HEIGHT // GRID)
        tiles.paste(grey.crop(box), box)
    TO.mkdir(parents=True, exist_ok=True)
    for name, image in (("colour", colour), ("grey", grey), ("low", low), ("tiles", tiles)):
        image.save(TO / f"{name}.jpg", "JPEG", quality=72, optimize=True)


def bowl() -> Image.Image:
    """A bowl with round fruit on a table, drawn at twice its size for smooth edges. RGB."""
    image = Image.new("RGB", (WIDTH * 2, HEIGHT * 2), "#f4ecd8")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 720, WIDTH * 2, HEIGHT * 2), fill="#a1887f")
    for left, upper, size, shade in FRUIT:
        draw.ellipse((left * 2, upper * 2, (left + size) * 2, (upper + size) * 2), fill=shade)
        draw.line(
            ((left + size // 2) * 2, upper * 2, (left + size // 2 + 6) * 2, upper * 2 - 24), "#5d4037", 8
        )
    draw.pieslice((220, 200, 1060, 880), 0, 180, fill="#2980b9")
    draw.arc((220, 500, 1060, 580), 0, 180, fill="#1f618d", width=8)
    return image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()
