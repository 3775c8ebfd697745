import io
import re

import pytest
from django.core.management import CommandError, call_command

from labeling.domain.lexicon import BUNDLED, Lexicon, LexiconError, bundled, normalise, parse
from labeling.management.commands import add_lexicon_words


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


def test_words_are_added_from_standard_input_and_only_their_hashes_are_kept(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(add_lexicon_words, "BUNDLED", tmp_path)
    for words in ("grumble\n\nmoan\n", "whine\n"):
        monkeypatch.setattr("sys.stdin", io.StringIO(words))
        call_command("add_lexicon_words", "insult", "--lexicon", "tiny")
    assert "tiny.txt: 2 words before, 3 now" in capsys.readouterr().out
    written = (tmp_path / "tiny.txt").read_text(encoding="utf-8")
    lexicon = parse(written)
    assert [lexicon.category_of(word) for word in ("grumbled", "moaning", "whine", "tea")] == [
        *["insult"] * 3,
        None,
    ]
    assert not any(word in written for word in ("grumbl", "moan", "whin"))


@pytest.mark.parametrize("arguments", [["two words"], ["insult", "--lexicon", "../en"]])
def test_a_category_or_lexicon_that_is_no_plain_name_is_refused(tmp_path, monkeypatch, arguments):
    monkeypatch.setattr(add_lexicon_words, "BUNDLED", tmp_path)
    with pytest.raises(CommandError, match="plain names"):
        call_command("add_lexicon_words", *arguments)
    assert list(tmp_path.iterdir()) == []
