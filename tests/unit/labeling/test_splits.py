from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.domain.splits import check_shares, split_of


def test_shares_are_kept_in_the_large():
    counts = Counter(split_of(f"item-{n}", seed=5) for n in range(20_000))
    assert counts["train"] / 20_000 == pytest.approx(0.8, abs=0.01)
    assert counts["test"] / 20_000 == pytest.approx(0.1, abs=0.01)


def test_a_split_is_the_same_everywhere_and_for_ever():
    assert [split_of(f"item-{n}", seed=1) for n in range(12)] == [
        "train",
        "test",
        "train",
        "train",
        "train",
        "train",
        "train",
        "train",
        "train",
        "train",
        "train",
        "train",
    ]


def test_another_seed_is_another_split():
    keys = [f"item-{n}" for n in range(200)]
    assert [split_of(key, seed=1) for key in keys] != [split_of(key, seed=2) for key in keys]


@given(st.text(), st.integers())
def test_every_key_has_a_split(key, seed):
    assert split_of(key, seed=seed) in {"train", "validation", "test"}
    assert split_of(key, seed=seed, shares={"all": 1.0}) == "all"


@pytest.mark.parametrize("shares", [{}, {"": 1.0}, {"a": 0.5}, {"a": 1.5, "b": -0.5}])
def test_shares_that_make_no_sense_are_refused(shares):
    with pytest.raises(ValueError, match=r"split|shares"):
        check_shares(shares)
