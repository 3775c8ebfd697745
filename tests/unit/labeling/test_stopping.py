import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.domain.severity import Severity
from labeling.domain.stopping import (
    Contested,
    Decided,
    NeedMore,
    combine,
    decide,
    least_severity,
    median_severity,
    strategy,
)
from tests.unit.labeling.schemas import schema

SCHEMA = schema()
TWO_PLUS_ONE = strategy("two_plus_one")


def vote(**severities):
    return {"harm": severities}


def decided(*votes, asked=TWO_PLUS_ONE):
    return decide(list(votes), SCHEMA, asked)


def test_two_equal_votes_settle_an_item():
    decision = decided(vote(rude=2), vote(rude=2))
    assert isinstance(decision, Decided)
    assert decision.final.answers == {"harm": {"rude": 2}}
    assert decision.final.votes == 2
    assert decision.final.severity is Severity.MODERATE


def test_two_votes_that_differ_in_severity_alone_settle_an_item():
    decision = decided(vote(rude=1), vote(rude=2))
    assert isinstance(decision, Decided)
    assert decision.final.answers == {"harm": {"rude": 2}}


def test_one_vote_never_settles_an_item():
    assert decided() == NeedMore(2)
    assert decided(vote()) == NeedMore(1)


def test_two_votes_that_differ_ask_a_third_and_the_majority_decides():
    assert decided(vote(rude=2), vote()) == NeedMore(1)
    decision = decided(vote(rude=2), vote(), vote())
    assert isinstance(decision, Decided)
    assert decision.final.answers == {"harm": {}}
    assert decision.final.soft["harm"]["rude"] == pytest.approx(1 / 3, abs=1e-4)


def test_a_difference_in_any_deciding_category_asks_a_third():
    assert decided(vote(rude=2, threat=2), vote(rude=2)) == NeedMore(1)


def test_three_people_who_agree_on_one_category_out_of_several_are_decided():
    decision = decided(vote(rude=2), vote(threat=3), vote(rude=1, threat=1))
    assert isinstance(decision, Decided)
    assert set(decision.final.answers["harm"]) == {"rude", "threat"}


def test_three_people_who_name_three_categories_are_contested_and_not_benign():
    votes = [vote(rude=2), vote(threat=2), vote(threat_vivid=2)]
    assert isinstance(decide(votes, SCHEMA, TWO_PLUS_ONE), Contested)


def test_a_late_fourth_vote_counts_once_and_a_tie_is_contested():
    assert isinstance(decided(vote(rude=2), vote(), vote(), vote(rude=1)), Contested)
    assert isinstance(decided(vote(rude=2), vote(rude=1), vote(rude=1), vote()), Decided)


@pytest.mark.parametrize("wanted", [1, 2, 3, 4, 5])
def test_fixed_overlap_waits_for_everybody(wanted):
    asked = strategy(f"fixed_{wanted}")
    for given_so_far in range(wanted):
        assert decided(*[vote(rude=1)] * given_so_far, asked=asked) == NeedMore(wanted - given_so_far)
    assert isinstance(decided(*[vote(rude=1)] * wanted, asked=asked), Decided)


@pytest.mark.parametrize("name", ["", "fixed_0", "fixed_6", "fixed_9", "fixed_33", "three", "2+1"])
def test_other_strategies_are_refused(name):
    with pytest.raises(ValueError, match="no such overlap strategy"):
        strategy(name)


@pytest.mark.parametrize(
    ("severities", "weights", "expected"),
    [
        ([3], None, 3),
        ([1, 3], None, 2),
        ([1, 2], None, 2),
        ([1, 1, 4], None, 1),
        ([4, 1, 2, 3], None, 3),
        ([1, 4], [1.0, 3.0], 4),
        ([1, 2, 4], [3.0, 1.0, 1.0], 1),
    ],
)
def test_the_median_severity_rounds_up_between_two(severities, weights, expected):
    assert median_severity(severities, weights) == expected


def test_no_severities_have_no_median():
    with pytest.raises(ValueError, match="no severities"):
        median_severity([])


severities = st.dictionaries(st.sampled_from(["rude", "threat"]), st.integers(1, 4))
many_votes = st.lists(severities.map(lambda given: {"harm": given}), min_size=2, max_size=6)


@given(many_votes, st.randoms())
def test_the_order_of_votes_never_matters(votes, random):
    shuffled = votes[:]
    random.shuffle(shuffled)
    assert decide(votes, SCHEMA, TWO_PLUS_ONE) == decide(shuffled, SCHEMA, TWO_PLUS_ONE)


@given(st.lists(severities.map(lambda given: {"harm": given}), min_size=3, max_size=3))
def test_two_plus_one_names_the_same_categories_as_three(votes):
    early = decide(votes[:2], SCHEMA, TWO_PLUS_ONE)
    if isinstance(early, Decided):
        all_three = combine(votes, SCHEMA, method="fixed_3")
        assert set(early.final.answers["harm"]) == set(all_three.answers["harm"])


@given(many_votes)
def test_every_share_is_a_share_and_a_final_category_has_more_than_half(votes):
    final = combine(votes, SCHEMA, method="two_plus_one")
    assert all(0 <= share <= 1 for share in final.soft["harm"].values())
    assert all(final.soft["harm"][category] > 0.5 for category in final.answers["harm"])


CONTESTED = decided(vote(rude=2), vote(threat=2), vote(spam=2))


def test_what_is_decided_is_charged_by_its_label():
    assert least_severity(decided(vote(rude=1), vote(rude=4)), [1, 4]) == 3
    assert least_severity(decided(vote(rude=4), vote(), vote()), [4, 0, 0]) == 0


@pytest.mark.parametrize(
    ("verdicts", "least"),
    [
        ([0, 1, 4], 1),
        ([4, 0, 3], 3),
        ([2, 2, 2], 2),
        ([0, 0, 4], 0),
        ([1, 3], 1),
        ([0, 2, 3, 4], 2),
        ([4], 4),
        ([None, None, None], 0),
        ([], 0),
    ],
)
def test_what_is_contested_is_charged_by_the_lower_middle_verdict(verdicts, least):
    assert isinstance(CONTESTED, Contested)
    assert least_severity(CONTESTED, verdicts) == least


@given(st.lists(st.integers(0, 4), min_size=1, max_size=7), st.randoms())
def test_half_of_the_verdicts_are_as_severe_as_what_a_contested_item_is_charged(verdicts, random):
    least = least_severity(CONTESTED, verdicts)
    assert 2 * sum(verdict >= least for verdict in verdicts) >= len(verdicts)
    assert 2 * sum(verdict > least for verdict in verdicts) <= len(verdicts)
    shuffled = verdicts[:]
    random.shuffle(shuffled)
    assert least_severity(CONTESTED, shuffled) == least
