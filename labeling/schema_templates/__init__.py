"""Label schemas to start from. One JSON document each; a project gets a copy as its first version."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Template:
    """A document beside this module. `key` is its file name without the ending."""

    key: str

    @cached_property
    def document(self) -> dict[str, Any]:
        text = Path(__file__).with_name(f"{self.key}.json").read_text(encoding="utf-8")
        document: dict[str, Any] = json.loads(text)
        return document

    @property
    def title(self) -> str:
        return str(self.document["name"])


TEMPLATES: tuple[Template, ...] = (
    Template("openai_moderation"),
    Template("mlcommons_hazards"),
    Template("misleading_influence"),
    Template("prompt_response_refusal"),
    Template("constraint_following"),
    Template("pairwise_harmlessness"),
)


def template(key: str) -> Template:
    """Raises KeyError for a name that is not in the list."""
    return {known.key: known for known in TEMPLATES}[key]
