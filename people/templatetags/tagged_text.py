"""How a page prints a text whose language may be another than its own: with its `lang`, and in its own direction."""

from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from people.tagged_text import TaggedText

register = template.Library()


@register.filter
def bdi(text: str) -> SafeString:
    """Within a line: `<bdi lang="de">Gewalt</bdi>`. A text of no known language stays as it is."""
    if isinstance(text, TaggedText):
        return format_html('<bdi lang="{}">{}</bdi>', text.language, str(text))
    return conditional_escape(text)


@register.filter
def lang(text: str) -> SafeString:
    """For an element that holds this text alone: ` lang="de"`, or nothing."""
    return format_html(' lang="{}"', text.language) if isinstance(text, TaggedText) else SafeString("")


def around(message: str, **names: Any) -> str:
    """A sentence of the page ("%(category)s, maybe") with such texts in it. Plain where none of them is marked."""
    if not any(isinstance(name, TaggedText) for name in names.values()):
        return message % names
    parts = {key: bdi(name) for key, name in names.items()}
    return mark_safe(conditional_escape(message) % parts)  # noqa: S308 - message and parts are escaped
