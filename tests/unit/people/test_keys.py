"""Each key does one thing, and what is stored is what was meant."""

import re

import pytest

from people.keys import ACTIONS, BY_NAME, PRESETS, as_key, clashes, effective, packed, unpacked


def test_no_two_actions_share_a_name_or_a_usual_key() -> None:
    assert len(BY_NAME) == len(ACTIONS)
    assert len({action.usual for action in ACTIONS}) == len(ACTIONS)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_is_free_of_clashes_and_fits_its_column(preset: str) -> None:
    text = packed(PRESETS[preset])
    assert clashes(PRESETS[preset]) == {}
    assert unpacked(text) == PRESETS[preset]
    assert re.fullmatch(r"([a-z0-9_]{1,16}=\S( |$))*", text)


def test_the_longest_choice_fits_its_column() -> None:
    assert len(packed({action.name: chr(0x10400 + at) for at, action in enumerate(ACTIONS)})) <= 600


@pytest.mark.parametrize(("typed", "key"), [("x", "X"), (" é ", "É"), ("ы", "Ы"), ("7", "7"), (";", ";")])
def test_one_character_is_a_key(typed: str, key: str) -> None:
    assert as_key(typed) == key


@pytest.mark.parametrize("typed", ["", " ", "xy", "?", "ß", "\x00", "\u0661", '"', "<"])
def test_anything_else_is_none(typed: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - what was typed is all that it says
        as_key(typed)
    assert refused.value.args == (typed,)


def test_a_clash_names_the_other_action_and_swapped_keys_are_none() -> None:
    assert clashes({"skip": "P"}) == {"skip": BY_NAME["problem"]}
    assert clashes({"skip": "P", "problem": "S"}) == {}
    assert set(clashes({"skip": "Z", "undo": "Z"})) == {"skip", "undo"}
    with pytest.raises(ValueError, match="Two actions"):
        packed({"skip": "P"})


def test_what_is_as_usual_or_unknown_is_not_kept() -> None:
    assert packed({"skip": "s", "fly": "F"}) == ""
    assert unpacked("fly=F save==") == {"save": "="}
    assert effective({})["save"] == "Enter"
