import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.domain.reading import units, words_in


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" \n\t", 0),
        ("one", 1),
        ("one two  three\nfour", 4),
        ("well-known isn't 3,5", 3),
        ("!!! ...", 2),
        ("\u4f60\u597d\u4e16\u754c", 2),  # four Han letters
        ("\u4f60\u597d\u4e16", 2),  # three are one and a half, rounded up
        ("\u3053\u3093\u306b\u3061\u306f world", 4),
        ("\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35\u0e04\u0e23\u0e31\u0e1a", 2),  # ten Thai signs
        ("\uc548\ub155 \uc138\uacc4", 2),  # Korean writes with blanks
        ("x" * 20, 1),
        ("x" * 21, 2),
        ("x" * 400, 20),
    ],
)
def test_words_to_read(text, words):
    assert words_in(text) == words


def test_taking_the_blanks_out_never_makes_a_long_text_cheap():
    text = "plain words stand here " * 50
    assert words_in(text.replace(" ", "")) >= 40


@given(st.text(max_size=300))
def test_units_cover_everything_but_blanks(text):
    covered = "".join(text[start:end] for start, end, _ in units(text))
    assert covered == "".join(text.split())
    assert bool(words_in(text)) == bool(text.split())
