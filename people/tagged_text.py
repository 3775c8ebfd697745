"""Texts that somebody here wrote in one language and may have translated: each knows the language that it is in.

Plain Python, for `domain/` too. A `TaggedText` is a `str`; pages mark its language (people.templatetags.tagged_text).
"""

from collections.abc import Iterable, Mapping


class TaggedText(str):
    """Made by `tagged`. `language` is a BCP 47 tag."""

    language: str


def tagged(text: str, language: str) -> TaggedText:
    """The text, in that language."""
    made = TaggedText(text)
    made.language = language
    return made


def best_tag(available: Iterable[str], wanted: str) -> str | None:
    """The tag that fits best: the same one, else the same language ("pt" for "pt-BR"), else None."""
    tags = tuple(available)
    same = [tag for tag in tags if tag.lower() == wanted.lower()]
    alike = [tag for tag in tags if primary(tag) == primary(wanted)]
    return next(iter([*same, *alike]), None)


def translated(original: str, translations: Mapping[str, str], wanted: str) -> str:
    """The translation that fits; else the original, of which nobody said what language it is in."""
    best = best_tag(translations, wanted)
    return original if best is None else tagged(translations[best], best)


def primary(tag: str) -> str:
    """The language without region or script: "pt" of "pt-BR"."""
    return tag.split("-")[0].lower()
