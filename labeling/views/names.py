"""What languages and categories are called in the middle of a line, in the reader's language."""

from collections.abc import Iterable

from django.utils.translation import get_language_info

from labeling.domain.schema import Schema
from people.tagged_text import TaggedText, primary, tagged


def category_name(schema: Schema, category_id: str) -> str:
    """In the middle of a line. What is translated stays as it was written: elsewhere nouns may begin with a capital."""
    category = schema.category(category_id)
    name = category.name if category else category_id
    if not isinstance(name, TaggedText):
        return name.lower()
    return tagged(name.lower(), name.language) if primary(name.language) == "en" else name


def languages_in_words(tags: Iterable[str]) -> str:
    """ "French, German"."""
    return ", ".join(sorted({language_in_words(tag) for tag in tags}))


def language_in_words(tag: str) -> str:
    """ "German" for "de-AT", in the reader's language; the tag itself where no name is known."""
    if not tag:
        return ""
    try:
        return str(get_language_info(tag.lower())["name_translated"])
    except KeyError:
        return tag
