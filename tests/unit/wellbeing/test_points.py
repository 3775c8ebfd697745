import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.domain.points import cost, share_of
from wellbeing.domain.stimulus import Disclosure, Modality, Stimulus


@pytest.mark.parametrize(
    ("severity", "modality", "share", "seconds", "milli_points"),
    [
        # The worked examples of EVIDENCE 2.1, and one minute of fully disclosed S2 text: 0.25 + 1.
        (2, Modality.TEXT, 1_000, 60, 1_250),
        (3, Modality.IMAGE, 1_000, 30, 2_250),
        (2, Modality.TEXT, 1_000, 20, 584),
        (3, Modality.TEXT, 1_000, 20, 1_167),
        (4, Modality.TEXT, 1_000, 30, 3_000),
        (4, Modality.IMAGE, 1_000, 30, 4_500),
        (1, Modality.CONVERSATION, 1_000, 20, 292),
        (2, Modality.PAIR, 250, 60, 313),
        (0, Modality.IMAGE, 1_000, 600, 0),
        (2, Modality.TEXT, 1_000, 0, 250),
    ],
)
def test_cost_of_a_view(severity, modality, share, seconds, milli_points):
    assert cost(severity=severity, modality=modality, share=share, open_ms=seconds * 1_000) == milli_points


def test_a_day_at_the_default_budget_is_what_the_design_says():
    one = {s: cost(severity=s, modality=Modality.TEXT, share=1_000, open_ms=20_000) for s in (1, 2, 3)}
    assert {s: 120_000 // one[s] for s in one} == {1: 410, 2: 205, 3: 102}


@given(
    severity=st.integers(0, 4),
    modality=st.sampled_from(Modality),
    share=st.integers(250, 1_000),
    open_ms=st.integers(0, 10**7),
)
def test_cost_is_the_formula_rounded_up(severity, modality, share, open_ms):
    exact = (0, 0.5, 1, 2, 4)[severity] * (1.5 if modality is Modality.IMAGE else 1) * share
    exact *= 0.25 + open_ms / 60_000
    milli = cost(severity=severity, modality=modality, share=share, open_ms=open_ms)
    assert exact - 1e-6 <= milli < exact + 1 + 1e-6


@given(
    severity=st.integers(0, 3),
    share=st.integers(250, 999),
    open_ms=st.integers(0, 10**6),
    longer=st.integers(0, 10**6),
)
def test_more_of_anything_never_costs_less(severity, share, open_ms, longer):
    def at(severity=severity, share=share, open_ms=open_ms, modality=Modality.TEXT, own=1_000):
        return cost(severity=severity, modality=modality, share=share, open_ms=open_ms, self_weight=own)

    base = at()
    assert base <= at(severity=severity + 1)
    assert base <= at(share=share + 1)
    assert base <= at(open_ms=open_ms + longer)
    assert base <= at(modality=Modality.IMAGE)
    assert base <= at(own=1_500)


@pytest.mark.parametrize(
    ("words", "of_words", "full", "share"),
    [
        (0, 100, False, 250),
        (10, 100, False, 250),
        (1, 3, False, 334),
        (50, 100, False, 500),
        (100, 100, False, 1_000),
        (0, 0, False, 1_000),
        (10, 100, True, 1_000),
    ],
)
def test_disclosed_share_is_rounded_up_and_at_least_a_quarter(words, of_words, full, share):
    assert share_of(words, of_words, full=full) == share


@pytest.mark.parametrize(
    "make",
    [
        lambda: Stimulus(Modality.TEXT, 5),
        lambda: Stimulus(Modality.TEXT, -1),
        lambda: Stimulus(Modality.TEXT, 1, words=-1),
        lambda: Stimulus(Modality.TEXT, 1, confirmed_benign=True),
        lambda: Disclosure(-1, 3),
        lambda: Disclosure(0, -3),
        lambda: Disclosure(4, 3),
    ],
)
def test_what_cannot_be_is_refused(make):
    with pytest.raises(ValueError, match=r"severity|words|benign"):
        make()


def test_only_a_confirmed_s0_is_surely_benign():
    assert Stimulus(Modality.TEXT, 0, confirmed_benign=True).is_surely_benign
    assert not Stimulus(Modality.TEXT, 0).is_surely_benign
