"""Votes under more than one version of the schema: the newest decides, and nobody denies what they were not asked."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.domain.schema import Schema, parse, reread
from labeling.domain.severity import Severity
from labeling.domain.stopping import Contested, Decided, NeedMore, combine, decide, strategy

TWO_PLUS_ONE = strategy("two_plus_one")
ANCHORS = {"anchors": {"1": "mild", "2": "moderate", "3": "severe", "4": "extreme"}}


def version(*categories: str, question: str = "harm", graded: bool = True) -> Schema:
    """A schema with these categories; `child<parent` makes a sub-tier."""
    rows: list[dict[str, Any]] = []
    for each in categories:
        name, _, parent = each.partition("<")
        rows.append({"id": name, "name": name, "definition": "As it says.", "parent": parent or None})
    asked = {"id": question, "kind": "categories", "deciding": True, "categories": rows}
    return parse(
        {"name": "Test", "version": 1, "questions": [asked | ({"severity": ANCHORS} if graded else {})]}
    )


RUDE = version("rude")
RUDE_AND_SPAM = version("rude", "spam")
SPAM = version("spam")


def vote(**severities: int) -> dict[str, dict[str, int]]:
    return {"harm": severities}


def decided(newest: Schema, *votes: tuple[Schema, dict[str, dict[str, int]]], asked: str = "two_plus_one"):
    schemas, answers = [own for own, _ in votes], [answer for _, answer in votes]
    return decide(answers, newest, strategy(asked), given_under=schemas)


def test_a_category_that_was_not_asked_of_both_makes_room_for_a_third():
    assert decided(RUDE_AND_SPAM, (RUDE, vote()), (RUDE_AND_SPAM, vote())) == NeedMore(1)
    assert decided(RUDE_AND_SPAM, (RUDE, vote(rude=2)), (RUDE_AND_SPAM, vote(rude=2))) == NeedMore(1)


def test_whoever_was_not_asked_abstains():
    old, new = (RUDE, vote()), (RUDE_AND_SPAM, vote(spam=2))

    decision = decided(RUDE_AND_SPAM, old, new, (RUDE_AND_SPAM, vote(spam=3)))

    assert isinstance(decision, Decided)
    assert decision.final.answers == vote(spam=3)
    assert decision.final.soft == {"harm": {"rude": 0.0, "spam": 1.0}}
    assert decision.final.votes == 3


def test_the_two_who_were_asked_and_differ_leave_it_contested():
    decision = decided(RUDE_AND_SPAM, (RUDE, vote()), (RUDE_AND_SPAM, vote(spam=2)), (RUDE_AND_SPAM, vote()))

    assert isinstance(decision, Contested)


def test_what_one_person_found_and_nobody_else_was_asked_is_contested():
    votes = [(RUDE, vote()), (RUDE, vote()), (RUDE_AND_SPAM, vote(spam=4))]

    decision = decided(RUDE_AND_SPAM, *votes, asked="fixed_3")

    assert isinstance(decision, Contested)
    assert decision.final.severity is Severity.EXTREME


def test_what_nobody_found_is_decided_at_the_cap_however_few_were_asked():
    votes = [(RUDE, vote()), (RUDE, vote()), (RUDE_AND_SPAM, vote())]

    decision = decided(RUDE_AND_SPAM, *votes, asked="fixed_3")

    assert isinstance(decision, Decided)
    assert decision.final.answers == vote()


def test_a_category_that_is_gone_is_left_out():
    votes = [(RUDE_AND_SPAM, vote(rude=4, spam=2)), (SPAM, vote(spam=2))]

    decision = decided(SPAM, *votes)

    assert isinstance(decision, Decided)
    assert decision.final.answers == vote(spam=2)
    assert decision.final.soft == {"harm": {"spam": 1.0}}
    assert decision.final.severity is Severity.MODERATE


def test_an_item_that_most_found_harmful_in_a_way_that_is_gone_is_not_published_as_benign():
    votes = [(RUDE_AND_SPAM, vote(rude=3)), (RUDE_AND_SPAM, vote(rude=3)), (SPAM, vote())]

    assert isinstance(decided(SPAM, *votes, asked="fixed_3"), Contested)


def test_a_question_with_another_name_was_not_asked():
    renamed = version("rude", question="kind")
    old, new = (RUDE, vote(rude=4)), (renamed, {"kind": {"rude": 2}})

    assert decided(renamed, old, new) == NeedMore(1)
    decision = decided(renamed, old, new, new)
    assert isinstance(decision, Decided)
    assert decision.final.answers == {"kind": {"rude": 2}}
    assert decision.final.soft == {"kind": {"rude": 1.0}}


def test_a_category_that_became_a_sub_tier_brings_its_parent():
    flat, tiered = version("threat", "vivid"), version("threat", "vivid<threat")

    decision = decided(tiered, (flat, vote(vivid=3)), (tiered, vote(threat=2, vivid=2)))

    assert isinstance(decision, Decided)
    assert decision.final.answers == vote(threat=3, vivid=3)


def test_a_version_without_severities_does_not_make_the_others_milder():
    plain = version("rude", graded=False)

    decision = decided(RUDE, (plain, vote(rude=1)), (RUDE, vote(rude=4)))

    assert isinstance(decision, Decided)
    assert decision.final.answers == vote(rude=4)


def test_severities_are_left_out_where_none_is_asked_any_more():
    plain = version("rude", graded=False)

    decision = decided(plain, (RUDE, vote(rude=4)), (plain, vote(rude=1)))

    assert decision.final.answers == vote(rude=1)
    assert decision.final.severity is None


def test_each_vote_needs_its_schema():
    with pytest.raises(ValueError, match="zip"):
        combine([vote(), vote()], RUDE, method="fixed_2", given_under=[RUDE])


VERSIONS = [
    RUDE,
    SPAM,
    RUDE_AND_SPAM,
    version("threat", "rude<threat"),
    version("rude", graded=False),
    version("spam", question="kind"),
]


@st.composite
def answered_versions(draw):
    own = draw(st.sampled_from(VERSIONS))
    answer = {}
    for question in own.questions:
        severities = st.integers(1, 4) if question.asks_severity else st.just(1)
        names = [category.id for category in question.offered]
        answer[question.id] = draw(st.dictionaries(st.sampled_from(names), severities))
    return own, reread(own, answer)


mixed = st.lists(answered_versions(), min_size=1, max_size=6)


@given(
    st.sampled_from(VERSIONS), mixed, st.sampled_from(["two_plus_one", "fixed_1", "fixed_3"]), st.randoms()
)
def test_any_mixture_is_decided_and_in_any_order_alike(newest, votes, asked, random):
    shuffled = votes[:]
    random.shuffle(shuffled)

    decision = decided(newest, *votes, asked=asked)

    assert decision == decided(newest, *shuffled, asked=asked)
    if not isinstance(decision, NeedMore):
        assert reread(newest, decision.final.answers).keys() == decision.final.answers.keys()
        assert all(0 <= share <= 1 for shares in decision.final.soft.values() for share in shares.values())


@given(st.sampled_from(VERSIONS), st.data())
def test_votes_of_one_version_are_decided_as_if_none_was_named(newest, data):
    votes = [reread(newest, answer) for own, answer in data.draw(mixed) if own is newest] * 2

    assert decide(votes, newest, TWO_PLUS_ONE) == decided(newest, *[(newest, vote) for vote in votes])
