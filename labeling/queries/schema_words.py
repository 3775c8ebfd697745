"""A label schema as somebody reads it: in their language as far as it is translated. Display only; rules use `schema_of`."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from labeling.domain.schema import Schema, Translation, in_translation, texts_of
from labeling.models import LabelSchema, SchemaTranslation
from labeling.queries.projects import schema_of
from people.tagged_text import best_tag

ORIGINAL = 0
"""In place of a translation's number: the schema's own words."""


@dataclass(frozen=True)
class ReadSchema:
    """A version with the words to show. `missing` is the language that was wished for where nothing is translated.

    `translated` of `texts` are in `language`; the others are the original, and each text knows which it is.
    """

    schema: Schema
    original: str
    language: str
    missing: str
    translated: int
    texts: int
    is_reviewed: bool

    @property
    def is_whole(self) -> bool:
        return self.translated == self.texts

    @property
    def is_original(self) -> bool:
        return self.language == self.original


def read_schema(schema_id: int, *, language: str) -> ReadSchema:
    """The version in that language, piece by piece. At most one statement; none for readers of the original's language."""
    return read_schemas([schema_id], language=language)[schema_id]


def read_schemas(schema_ids: Iterable[int], *, language: str) -> dict[int, ReadSchema]:
    """Several versions at once, with one statement."""
    wanted = {
        schema_id: schema_of(schema_id).language.lower() == language.lower() for schema_id in schema_ids
    }
    newest = _newest([schema_id for schema_id, is_own in wanted.items() if not is_own])
    read: dict[int, ReadSchema] = {}
    for schema_id, is_own in wanted.items():
        there = newest.get(schema_id, {})
        own = schema_of(schema_id).language
        best = own if is_own else best_tag((own, *sorted(there)), language)
        missing = language if best is None else ""
        read[schema_id] = schema_as_read(schema_id, there.get(best or "", ORIGINAL), missing, is_own)
    return read


@lru_cache(maxsize=256)
def schema_as_read(schema_id: int, translation_id: int, missing: str, is_own: bool) -> ReadSchema:
    """Neither a version nor a translation ever changes, so it is kept. Readers of the original need no marks in it."""
    original = schema_of(schema_id)
    count = len(texts_of(original))
    if translation_id == ORIGINAL:
        shown = original if is_own else in_translation(original, {}, original.language)
        return ReadSchema(shown, original.language, original.language, missing, 0, count, is_reviewed=True)
    row = SchemaTranslation.objects.get(pk=translation_id)
    return ReadSchema(
        in_translation(original, row.texts, row.language),
        original.language,
        row.language,
        missing,
        len(row.texts),
        count,
        row.is_reviewed,
    )


def _newest(schema_ids: list[int]) -> dict[int, dict[str, int]]:
    """Version → language → its newest translation."""
    found: dict[int, dict[str, int]] = {}
    if schema_ids:
        rows = SchemaTranslation.objects.filter(schema_id__in=schema_ids).order_by("revision")
        for schema_id, language, translation_id in rows.values_list("schema_id", "language", "pk"):
            found.setdefault(schema_id, {})[language] = translation_id
    return found


def translations_of(schema: LabelSchema) -> list[SchemaTranslation]:
    """The translation of each language that is read now, by language."""
    newest = schema.translations.order_by("language", "-revision").distinct("language")
    return list(newest.select_related("published_by", "schema"))


def translation_in(schema: LabelSchema, language: str) -> Translation | None:
    """What there is in exactly that language."""
    row = schema.translations.filter(language=language.lower()).order_by("-revision").first()
    return None if row is None else Translation(row.language, row.texts, row.is_reviewed)
