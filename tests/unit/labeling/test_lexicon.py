import re

import pytest

from labeling.domain.lexicon import BUNDLED, Lexicon, LexiconError, bundled, normalise, parse


def test_the_bundled_file_holds_no_word():
    lines = (BUNDLED / "en.txt").read_text(encoding="utf-8").splitlines()[2:]
    assert len(lines) >= 100
    assert all(re.fullmatch(r"(violence|insult|sexual|self_harm)\t[0-9a-f]{20}", line) for line in lines)
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("word", "category"),
    [("stupid", "insult"), ("KILLED", "violence"), ("overdoses", "self_harm"), ("nude", "sexual")],
)
def test_the_bundled_list_knows_common_words(word, category):
    assert bundled().category_of(word) == category


@pytest.mark.parametrize(
    "word",
    [
        "the",
        "skill",
        "sextant",
        "assess",
        "grape",
        "class",
        "rapper",
        "therapist",
        "pass",
        "2010",
        "football",
    ],
)
def test_the_bundled_list_leaves_ordinary_words_alone(word):
    assert bundled().category_of(word) is None


def test_a_lexicon_survives_being_written_and_read():
    lexicon = Lexicon(salt="s", categories={}).with_words("insult", ["Grumble", "", "n\u00f6rgler"])
    again = parse(lexicon.dump())
    assert len(again) == 2
    assert again.category_of("grumbling") == again.category_of("N\u00d6RGLER") == "insult"
    assert "rumble" not in lexicon.dump()


@pytest.mark.parametrize("text", ["insult\tword", "salt\ts\nplain words", "insult\t" + "a" * 20])
def test_a_broken_file_is_refused(text):
    with pytest.raises(LexiconError):
        parse(text)


def test_normal_form():
    assert normalise("H\u00cb11\u00f6-W@rld!") == "heiiowarldi"
