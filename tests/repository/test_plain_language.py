"""Labelers read these pages for four hours a day, many of them in their second language: short sentences, plain words.

Words are held by a list of those to avoid, each with what to say instead, and by a list of the long words (eleven letters
or more) that may stand. A list of every word allowed would be seven hundred words that nobody reads before adding one
more; what makes a text hard are the few that come from forms and from clinics, and the long ones.
"""

import re

import pytest

from scripts import messages
from tests.repository.plain_words import AVOID, LONG
from tests.repository.test_catalogue import OTHERS

LIBRARY = "people/library_words.py"  # the English of others; our catalogues say it plainly
MOST_WORDS = 20
LONG_FROM = 11
END = re.compile(r"(?<=[.?!])[”\"’)]*\s+|\n")
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
NO_WORDS = re.compile(r"<[^>]*>|\w+\.(?:py|json)|%\(\w+\)[sd]|\{\w*\}|&\w+;")


def texts() -> list[str]:
    """English, as it stands in the catalogues, of all that labelers may read."""
    found = messages.extract().where
    mine = [key for key, paths in found.items() if any(_for_labelers(path) for path in paths)]
    # The names of an item's blocks are as data has them.
    return sorted({text for context, one, many in mine if context != "block" for text in (one, many) if text})


def _for_labelers(path: str) -> bool:
    name = path.removeprefix("templates/")
    return name != LIBRARY and not any(name == one or name.startswith(f"{one}/") for one in OTHERS)


TEXTS = texts()


def long_sentences(text: str) -> list[str]:
    # What a placeholder brings counts as one word; a tag counts as none.
    plain = re.sub(r"%\(\w+\)[sd]|\{\w*\}", "one", re.sub(r"<[^>]*>", "", text))
    return [sentence for sentence in END.split(plain) if len(WORD.findall(sentence)) > MOST_WORDS]


def hard_words(text: str) -> list[str]:
    words = {re.sub(r"[’']s$", "", word.lower()) for word in WORD.findall(NO_WORDS.sub(" ", text))}
    avoided = [f"{word}: say {AVOID[entry]}" for word in words for entry in AVOID if _is(word, entry)]
    parts = {part for word in words for part in word.split("-")}
    return sorted(avoided + [part for part in parts if len(part) >= LONG_FROM and part not in LONG])


def _is(word: str, entry: str) -> bool:
    return word.startswith(entry[:-1]) if entry.endswith("-") else word == entry


def test_no_sentence_is_longer_than_twenty_words() -> None:
    assert [sentence for text in TEXTS for sentence in long_sentences(text)] == []


def test_no_word_is_hard() -> None:
    assert {text: hard_words(text) for text in TEXTS if hard_words(text)} == {}


def test_every_long_word_that_may_stand_is_needed() -> None:
    said = {part for text in TEXTS for word in WORD.findall(text) for part in word.lower().split("-")}

    assert sorted(LONG - said) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You are required to take a break.", ["required: say need"]),
        ("Your annotation was <b>kept</b> by %(nothing)s.", []),
        ("An incomprehensible sentence.", ["incomprehensible"]),
    ],
)
def test_hard_words_are_found(text: str, found: list[str]) -> None:
    assert hard_words(text) == found


def test_long_sentences_are_found() -> None:
    assert long_sentences("word " * 20 + ". Short one.") == []
    assert len(long_sentences("word " * 21 + ". Short one.")) == 1
