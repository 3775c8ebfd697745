"""The words that masking hides, known by their hashes alone.

No harmful word is readable in the repository: a lexicon file holds salted SHA-256 prefixes, so nobody meets a word
by opening a file or searching the code (docs/adr/0006-hashed-lexicon.md). That is a courtesy to readers, not a
secret: whoever guesses a word can check it.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

PREFIX_LENGTH = 20
"""Hexadecimal digits kept of each hash: 80 bits, so no word of any language is hidden by accident."""
BUNDLED = Path(__file__).resolve().parent.parent / "lexicon"

_MOST_REMEMBERED = 50_000
_LOOKALIKES = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i", "|": "i"}
)
_NOT_LETTER = re.compile(r"[\W_]+")
_STRETCHED = re.compile(r"(.)\1{2,}")
_ENDINGS = ("s", "es", "ed", "d", "er", "ers", "ing", "in", "y")
_SHORTEST_STEM = 3


class LexiconError(ValueError):
    """A lexicon file that cannot be read; the message names the line."""


class Lexicon:
    """Words to hide, each with the category of harm it stands for."""

    def __init__(self, *, salt: str, categories: Mapping[str, str]) -> None:
        self.salt = salt
        self._categories = dict(categories)
        self._remembered: dict[str, str | None] = {}

    def __len__(self) -> int:
        return len(self._categories)

    def category_of(self, word: str) -> str | None:
        """The category of a word as it stands in a text (inflected, stretched, spelled with digits), or None."""
        if word not in self._remembered:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            found = (self._categories.get(self.hash_of(form)) for form in forms(word))
            self._remembered[word] = next((category for category in found if category), None)
        return self._remembered[word]

    def hash_of(self, form: str) -> str:
        """The hash that stands for one normalised word."""
        return sha256(f"{self.salt}:{form}".encode()).hexdigest()[:PREFIX_LENGTH]

    def with_words(self, category: str, words: Iterable[str]) -> "Lexicon":
        """The same lexicon with more words of one category."""
        added = {self.hash_of(form): category for form in map(normalise, words) if form}
        return Lexicon(salt=self.salt, categories={**self._categories, **added})

    def dump(self) -> str:
        """The file of this lexicon: one `category<TAB>hash` per line, in an order that says nothing."""
        rows = sorted(f"{category}\t{digest}" for digest, category in self._categories.items())
        return "\n".join(
            ["# Salted hashes; see docs/adr/0006-hashed-lexicon.md", f"salt\t{self.salt}", *rows, ""]
        )


def parse(text: str) -> Lexicon:
    """Read a lexicon file.

    Raises:
        LexiconError: for a line that is neither a comment, the salt, nor a category and a hash.
    """
    salt, categories = "", {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        name, _, value = line.partition("\t")
        if name == "salt" and value:
            salt = value
        elif name and re.fullmatch(f"[0-9a-f]{{{PREFIX_LENGTH}}}", value):
            categories[value] = name
        else:
            raise LexiconError(f"line {number} is neither a comment, the salt, nor a category and a hash")
    if not salt:
        raise LexiconError("the salt is missing")
    return Lexicon(salt=salt, categories=categories)


@cache
def bundled(name: str = "en") -> Lexicon:
    """A lexicon that comes with the product.

    Raises:
        FileNotFoundError: when there is none of that name.
    """
    return parse((BUNDLED / f"{name}.txt").read_text(encoding="utf-8"))


def normalise(word: str) -> str:
    """A word as its hash was made of: compatible letters, no marks, lower case, digits read as letters."""
    plain = unicodedata.normalize("NFKD", word)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    return _NOT_LETTER.sub("", plain.translate(_LOOKALIKES))


def forms(word: str) -> list[str]:
    """The normalised forms under which a word might be listed, likeliest first."""
    whole = normalise(word)
    stems = [whole]
    if _STRETCHED.search(whole):
        stems = [_STRETCHED.sub(r"\1", whole), _STRETCHED.sub(r"\1\1", whole)]
    pieces = [normalise(piece) for piece in _NOT_LETTER.split(word.translate(_LOOKALIKES))]
    stems += [piece for piece in pieces if len(piece) >= _SHORTEST_STEM and piece != whole]
    found = [form for stem in stems if stem for form in _uninflected(stem)]
    return list(dict.fromkeys(found))


def _uninflected(word: str) -> list[str]:
    found = [word]
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _SHORTEST_STEM:
            continue
        found.append(stem)
        if ending in ("ed", "er", "ers", "ing", "in", "y"):
            found.append(stem + "e")
            if stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return found
