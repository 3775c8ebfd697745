"""A project's questions and categories in the language of the page: what every page of a labeler shows of a schema.

Leads and engineers look at the original (labeling.queries.projects.schema_of), and so do all rules.
"""

from collections.abc import Iterable

from django.utils.translation import get_language, get_language_info, gettext, ngettext

from labeling.domain.schema import Schema
from labeling.queries.schema_words import ReadSchema, read_schema, read_schemas


def read_own(schema_id: int) -> ReadSchema:
    return read_schema(schema_id, language=get_language() or "en")


def own_schema(schema_id: int) -> Schema:
    """That version in the language of the page, piece by piece."""
    return read_own(schema_id).schema


def own_schemas(schema_ids: Iterable[int]) -> dict[int, Schema]:
    """Several versions, for a list: one statement."""
    read = read_schemas(schema_ids, language=get_language() or "en")
    return {schema_id: one.schema for schema_id, one in read.items()}


def translation_lines(read: ReadSchema) -> list[str]:
    """What a reader should know of the words before them; nothing where all are in their language and were read through."""
    if read.missing:
        return [
            gettext("These questions are not translated into %(language)s yet.")
            % {"language": language_name(read.missing)}
        ]
    if read.is_original:
        return []
    lines = []
    if not read.is_whole:
        said = ngettext(
            "%(count)s of %(all)s text is translated. The rest is in %(language)s.",
            "%(count)s of %(all)s texts are translated. The rest is in %(language)s.",
            read.translated,
        )
        lines.append(
            said % {"count": read.translated, "all": read.texts, "language": language_name(read.original)}
        )
    if not read.is_reviewed:
        lines.append(gettext("No person has checked the translation of these questions yet."))
    return lines


def language_name(tag: str) -> str:
    """The language's own name ("Deutsch"); the tag where none is known."""
    try:
        return str(get_language_info(tag.lower())["name_local"]) if tag else ""
    except KeyError:
        return tag
