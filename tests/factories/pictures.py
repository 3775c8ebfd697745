"""Invented pictures, drawn when a test asks for them: a bowl with round fruit on a table."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from labeling.importers.pictures import take_in
from labeling.models import Project, Task
from tests.factories.labeling import add_tasks

FRUIT = ("#c0392b", "#e67e22", "#27ae60")


def fruit_bowl(width: int = 640, height: int = 480, *, kind: str = "PNG", **saved: Any) -> bytes:
    """The bytes of a picture file. `saved` is what Pillow is to write beside the pixels."""
    image = Image.new("RGB", (width, height), "#f4ecd8")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, height * 3 // 4, width, height), fill="#8d6e63")
    for number, colour in enumerate(FRUIT):
        left = width * (2 + number * 2) // 10
        draw.ellipse((left, height // 3, left + width // 5, height // 3 + width // 5), fill=colour)
    draw.pieslice((width // 8, height // 4, width * 7 // 8, height * 9 // 10), 0, 180, fill="#2980b9")
    target = BytesIO()
    image.save(target, kind, **saved)
    return target.getvalue()


def add_picture(project: Project, raw: bytes | None = None, *, name: str = "bowl.png", **more: Any) -> Task:
    """An image item with its task; `caption` and `context` are written beside it."""
    taken = take_in(raw or fruit_bowl())
    written = {key: more.pop(key) for key in ("caption", "context") if key in more}
    image = {"name": name, "sha256": taken.sha256, "width": taken.width, "height": taken.height}
    (task,) = add_tasks(project, kind="image", body={"image": image, **written}, **more)
    return task
