"""What was sealed opens at its own place with its own key, and nowhere else."""

from dataclasses import replace

import pytest

from wellbeing.domain.sealing import (
    KeyMissing,
    Keyring,
    Place,
    SealBroken,
    Wrapped,
    new_data_key,
    seal,
    unseal,
)

HERE = Place(person_id=7, table="day_note", row="2026-03-02", field="number")
OLD, NEW = ("spring", b"s" * 32), ("summer", b"t" * 32)


@pytest.mark.parametrize("text", ["", "7", "A quiet day – mostly ✓", "x" * 10_000])
def test_what_was_sealed_opens_again_and_shows_nothing(text):
    key = new_data_key()
    sealed = seal(text, key, HERE)
    assert unseal(sealed, key, HERE) == text
    assert len(text) < 2 or text.encode() not in sealed
    assert seal(text, key, HERE) != sealed, "the same text twice must not look the same"


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(HERE, person_id=8),
        replace(HERE, table="support_message"),
        replace(HERE, row="2026-03-03"),
        replace(HERE, field="text"),
        # The same letters, cut at other places.
        replace(HERE, table="day_note2026", row="-03-02"),
        replace(HERE, row="2026-03-02number", field=""),
    ],
)
def test_a_sealed_text_opens_nowhere_else(elsewhere):
    key = new_data_key()
    with pytest.raises(SealBroken):
        unseal(seal("7", key, HERE), key, elsewhere)


def test_another_key_does_not_open_it():
    with pytest.raises(SealBroken):
        unseal(seal("7", new_data_key(), HERE), new_data_key(), HERE)


def test_every_byte_counts():
    key = new_data_key()
    sealed = seal("seven", key, HERE)
    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises(SealBroken):
            unseal(bytes(changed), key, HERE)
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            unseal(sealed[:length], key, HERE)


def test_the_first_key_wraps_and_all_unwrap():
    data_key = new_data_key()
    before = Keyring([OLD]).wrap(data_key, 7)
    both = Keyring([NEW, OLD])
    assert both.unwrap(before, 7) == data_key
    after = both.wrap(data_key, 7)
    assert (before.key_name, after.key_name) == ("spring", "summer")
    assert Keyring([NEW]).unwrap(after, 7) == data_key
    assert data_key not in after.wrapped


def test_a_ring_says_which_keys_it_has():
    assert Keyring([NEW, OLD]).names == {"spring", "summer"}


def test_a_missing_key_is_named():
    with pytest.raises(KeyMissing, match="spring"):
        Keyring([NEW]).unwrap(Keyring([OLD]).wrap(new_data_key(), 7), 7)


def test_a_wrapped_key_opens_for_its_person_and_under_its_name():
    ring = Keyring([NEW, OLD])
    wrapped = ring.wrap(new_data_key(), 7)
    with pytest.raises(SealBroken):
        ring.unwrap(wrapped, 8)
    with pytest.raises(SealBroken):
        ring.unwrap(Wrapped("spring", wrapped.wrapped), 7)
    same_name = Keyring([("summer", b"u" * 32)])
    with pytest.raises(SealBroken):
        same_name.unwrap(wrapped, 7)


def test_a_ring_without_keys_is_refused():
    with pytest.raises(ValueError, match="no key"):
        Keyring([])
