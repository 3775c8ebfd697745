"""Languages by the names that people call them, and back: "Deutsch", "German", "deu" and "de" are one.

The names are Django's (the English one, the language's own, and the one in the language of the page) and those of
people.iso_639. Accents, brackets and hyphens are not needed: "Norwegian Bokmal" is known too.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext

from people.iso_639 import NAMES, tag_of

COMMA = re.compile("[,;\u060c\u3001\uff0c]")  # as the keyboards of other scripts write it
MOST_NEAR = 3


def tags_of(typed: str) -> list[str]:
    """Language tags from what somebody typed, with commas between; codes and names of one word may do without.

    What is no language that is known comes back as it was typed: `set_languages` refuses it.
    """
    named = _named()
    found: list[str] = []
    for piece in COMMA.split(typed):
        name = " ".join(piece.split())
        if name:
            whole = _tag(name, named)
            words = [whole] if whole else [_tag(word, named) for word in name.split()]
            found += [tag for tag in words if tag] if all(words) else [name]
    return found


def names_of(tags: Iterable[str]) -> str:
    """The tags as `tags_of` reads them, each by its name in the language of the page; unknown ones as they are."""
    named = _named()
    return ", ".join(_name_of(tag, named) for tag in tags)


def near_names(word: str) -> list[str]:
    """Names of languages that are written nearly like that, the nearest first, each language once."""
    named = _named()
    near = get_close_matches(_folded(word), named, n=2 * MOST_NEAR)
    return list(dict.fromkeys(_name_of(named[name], named) for name in near))[:MOST_NEAR]


def _tag(word: str, named: dict[str, str]) -> str | None:
    """A code before a name: "ga" is Irish, also to whoever speaks Ga."""
    return tag_of(word) or named.get(_folded(word))


def _name_of(tag: str, named: dict[str, str]) -> str:
    info = _info(tag)
    names = [gettext(info["name"])] if info else NAMES.get(tag, [])
    # Only by a name that leads back to it: the field is sent as it was filled.
    return next((name for name in names if _tag(name, named) == tag), tag)


def _named() -> dict[str, str]:
    named: dict[str, str] = {}
    for code, info in _known():
        tag = tag_of(code) or code
        for name in (info["name"], info["name_local"], gettext(info["name"])):
            named.setdefault(_folded(name), tag)
    for tag, names in NAMES.items():
        for name in names:
            named.setdefault(_folded(name), tag)
    return named


def _folded(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
    return " ".join(re.sub(r"[-()]", " ", re.sub("['\u2019]", "", kept)).split())


def _known() -> Iterator[tuple[str, dict[str, str]]]:
    return ((code, info) for code, info in LANG_INFO.items() if "name" in info)


def _info(tag: str) -> dict[str, str] | None:
    info = LANG_INFO.get(tag.lower())
    return info if info and "name" in info else None
