import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.tokens import digest, new_token, prefix_of


def test_new_token_has_the_documented_form():
    token = new_token()

    assert re.fullmatch(r"rsp_[a-z2-7]{8}_[a-z2-7]{59}", token.plaintext)
    assert token.plaintext.split("_")[1] == token.prefix


def test_new_tokens_differ():
    tokens = {new_token().plaintext for _ in range(200)}

    assert len(tokens) == 200


def test_prefix_of_reads_back_what_was_made():
    token = new_token()

    assert prefix_of(token.plaintext) == token.prefix


@pytest.mark.parametrize("position", [4, 15, 40, -1])
def test_prefix_of_refuses_a_mistyped_token(position):
    letters = list(new_token().plaintext)
    letters[position] = "a" if letters[position] != "a" else "b"

    assert prefix_of("".join(letters)) is None


@pytest.mark.parametrize(
    "change",
    [str.upper, lambda text: text[:-1], lambda text: text + "a", lambda text: f"{text}\n", lambda text: ""],
)
def test_prefix_of_refuses_anything_else(change):
    assert prefix_of(change(new_token().plaintext)) is None


@given(st.text(max_size=100))
def test_prefix_of_takes_any_text_without_an_error(text):
    assert prefix_of(text) is None


@given(st.text(max_size=100))
def test_digest_is_32_bytes_of_anything_that_can_be_encoded(text):
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        return

    assert len(digest(text)) == 32
