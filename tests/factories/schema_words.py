"""Translations of the small schema. All of it invented and mild."""

from typing import Any

from labeling.models import Project, SchemaTranslation
from labeling.operations.schema_words import translate_schema
from people.models import User

GERMAN = {
    "categories/rude/name": "Unhöflich",
    "categories/rude/definition": "Unfreundliche Worte.",
    "categories/threat/name": "Drohung",
    "categories/threat/definition": "Kündigt Schaden an.",
    "categories/1": "leicht",
    "categories/2": "mittel",
    "categories/3": "schwer",
    "categories/4": "extrem",
}
ARABIC = {"categories/rude/name": "فظّ", "categories/rude/definition": "كلمات غير ودّية."}


def words_in(language: str, texts: dict[str, str], **more: Any) -> dict[str, Any]:
    """A filled-in document."""
    return {"language": language, "texts": texts, **more}


def translated(
    project: Project, by: User, language: str = "de", texts: dict[str, str] | None = None, **more: Any
) -> SchemaTranslation:
    document = words_in(language, GERMAN if texts is None else texts, **more)
    return translate_schema(project=project, document=document, by=by)
