"""Label schemas to start from. One JSON document each; a project gets a copy as its first version.

`translations/` holds their words in other languages, one file for each template and language, in the form that people
fill in (docs/schema.md). Whoever publishes a template's words publishes them too.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from labeling.domain.schema import Schema, Texts, parse, still_true

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Template:
    """A document beside this module. `key` is its file name without the ending."""

    key: str

    @property
    def document(self) -> dict[str, Any]:
        """Read anew each time, so that whoever begins from it may change theirs."""
        return _read(HERE / f"{self.key}.json")

    @cached_property
    def schema(self) -> Schema:
        return parse(self.document)

    @cached_property
    def translations(self) -> list[dict[str, Any]]:
        """A filled-in document for each language."""
        return [_read(path) for path in sorted((HERE / "translations").glob(f"{self.key}.*.json"))]

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


def shipped_texts(schema: Schema) -> dict[str, Texts]:
    """Language → what the schema says in the very words of a template, in that language."""
    found: dict[str, Texts] = {}
    for known in TEMPLATES:
        if known.schema.language != schema.language:
            continue
        for document in known.translations:
            if texts := still_true(known.schema, document["texts"], schema):
                found.setdefault(document["language"], {}).update(texts)
    return found


def _read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document
