"""Saying sentences, numbers and moments in the language that is active: the boundary between rules and readers."""

from datetime import date
from typing import Any

from django.utils.formats import date_format, localize, number_format
from django.utils.translation import gettext, ngettext

from people.sentences import Dated, Joined, Numbered, Sentence


def in_language(text: str) -> str:
    """A sentence in the reader's language; any other text as it is."""
    if isinstance(text, Dated):
        return date_format(text.moment, text.pattern, use_l10n=True)
    if isinstance(text, Numbered):
        return number_in_words(text.value)
    if isinstance(text, Joined):
        return text.separator.join(in_language(part) for part in text.parts.values())
    if not isinstance(text, Sentence):
        return text
    if text.plural_of is None:
        template = gettext(text.template)
    else:
        template = ngettext(text.template, text.plural, text.plural_of)
    return template.format(**{name: _part(part) for name, part in text.parts.items()})


def _part(part: Any) -> Any:
    if isinstance(part, Sentence):
        return in_language(part)
    return part if isinstance(part, str) else localize(part, use_l10n=True)


def number_in_words(number: float, *, places: int | None = None) -> str:
    """ "1,234.5" as the language writes it; with `places` always so many decimals."""
    whole = places is None and number == int(number)
    exact = int(number) if whole else number if places is None else round(number, places)  # Django cuts off
    return number_format(exact, decimal_pos=places, use_l10n=True, force_grouping=True)


def day_in_words(day: date, pattern: str = "DATE_FORMAT") -> str:
    """ "24 November 2026"; `pattern` is a named format or pattern of Django's."""
    return date_format(day, pattern, use_l10n=True)
