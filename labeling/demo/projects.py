"""The projects of the demo: a folder each with its items, its guideline and, where it has its own, its schema.

`schema.de.json` and `guideline.de.md` are their words in another language.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labeling.schema_templates import template

HERE = Path(__file__).parent


@dataclass(frozen=True)
class DemoProject:
    """What `manage.py demo_project` makes a project of. The slug is also the name of its folder."""

    slug: str
    name: str
    description: str
    purpose: str

    @property
    def items(self) -> Path:
        return HERE / self.slug / "items.jsonl"

    @property
    def answers(self) -> Path:
        """What was answered before the demo begins; most projects have none."""
        return HERE / self.slug / "answers.jsonl"

    @property
    def guideline(self) -> str:
        return (HERE / self.slug / "guideline.md").read_text(encoding="utf-8")

    @property
    def schema(self) -> dict[str, Any]:
        own = HERE / self.slug / "schema.json"
        return _read(own) if own.exists() else template("openai_moderation").document

    @property
    def schema_translations(self) -> list[dict[str, Any]]:
        """A filled-in document for each language, beside the schema or with the template."""
        own = sorted((HERE / self.slug).glob("schema.*.json"))
        return [_read(path) for path in own] or template("openai_moderation").translations

    @property
    def guideline_translations(self) -> dict[str, str]:
        """Language → the guideline in it."""
        files = sorted((HERE / self.slug).glob("guideline.*.md"))
        return {path.stem.removeprefix("guideline."): path.read_text(encoding="utf-8") for path in files}


def _read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


CHAT = DemoProject(
    "chat-logs-may",
    "Chat logs, May",
    "Sixty short texts, answers and talks from a game chat, a town forum and an assistant.",
    "To find unkind messages before others read them.",
)
BOARD = DemoProject(
    "notice-board-june",
    "Notice board, June",
    "A few drawn pictures from a town notice board.",
    "To keep the notice board fit for everybody.",
)
LIBRARY = DemoProject(
    "library-desk-april",
    "Library desk, April",
    "Short messages to a library. One key answers each. Fifty were decided before, and they were as mild as expected.",
    "To let cross letters be answered by somebody who is rested.",
)
LETTERS = DemoProject(
    "letter-helper-june",
    "Letter helper, June",
    "Two to four letters for the same wish, side by side: choose one, put them in order, rate them.",
    "To teach an assistant to write kindly.",
)
FERRY = DemoProject(
    "ferry-desk-june",
    "Ferry desk, June",
    "Answers of an assistant that had a rule to keep to. Where it did not, mark the words and correct them.",
    "To see where the assistant forgets its rules.",
)
PROJECTS = (CHAT, BOARD, LIBRARY, LETTERS, FERRY)
