"""Deciding by every kind of question."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.domain.measures import measures
from labeling.domain.schema import Schema, Shape, reread
from labeling.domain.stopping import Contested, Decided, NeedMore, combine, decide, strategy
from tests.unit.labeling.schemas import asking, kinds

TWO_PLUS_ONE = strategy("two_plus_one")
OPTIONS = [{"id": name, "name": name} for name in ("a", "b", "c")]
CHOICE = asking({"id": "q", "kind": "choice", "options": OPTIONS})
RATING = asking({"id": "q", "kind": "rating", "points": [{"value": n, "text": "x"} for n in range(1, 6)]})
RANKING = asking({"id": "q", "kind": "ranking", "ties": True})
SHAPE = Shape(completions=3)
BESIDE = [
    {"id": "marks", "kind": "spans", "labels": [{"id": "insult", "name": "Insult"}]},
    {"id": "words", "kind": "rationale"},
    {"id": "better", "kind": "correction"},
]


def decided(schema: Schema, *values: Any, asked: str = "two_plus_one") -> Any:
    return decide([{"q": value} for value in values], schema, strategy(asked), shape=SHAPE)


def test_two_who_choose_alike_decide_and_two_who_differ_need_a_third():
    decision = decided(CHOICE, "a", "a")
    assert isinstance(decision, Decided)
    assert decision.final.answers == {"q": "a"}
    assert decision.final.soft == {"q": {"a": 1.0, "b": 0.0, "c": 0.0}}
    assert decided(CHOICE, "a", "b") == NeedMore(1)
    assert decided(CHOICE, "a", "b", "b").final.answers == {"q": "b"}


def test_a_three_way_split_of_a_choice_is_contested():
    decision = decided(CHOICE, "a", "b", "c")
    assert isinstance(decision, Contested)
    assert decision.final.answers == {}
    assert decision.final.soft["q"]["b"] == pytest.approx(0.3333)


def test_a_rating_is_its_median_and_never_contested():
    assert decided(RATING, 1, 3) == NeedMore(1)
    decision = decided(RATING, 1, 3, 5)
    assert isinstance(decision, Decided)
    assert decision.final.answers == {"q": 3}


def test_a_ranking_is_decided_pair_by_pair():
    one, other = [["A"], ["B"], ["C"]], [["A"], ["C"], ["B"]]
    assert decided(RANKING, one, one).final.answers == {"q": one}
    assert decided(RANKING, one, other) == NeedMore(1)
    assert decided(RANKING, one, other, other).final.answers == {"q": other}


def test_a_ranking_whose_majorities_go_round_is_contested():
    circle = [[["A"], ["B"], ["C"]], [["B"], ["C"], ["A"]], [["C"], ["A"], ["B"]]]
    decision = decided(RANKING, *circle)
    assert isinstance(decision, Contested)
    assert decision.final.soft["q"] == {"A": 0.3333, "B": 0.3333, "C": 0.3333}


def test_completions_that_most_put_level_stay_level():
    level = [["A", "B"], ["C"]]
    decision = decided(RANKING, level, [["A"], ["B"], ["C"]], level)
    assert decision.final.answers == {"q": level}


@given(st.lists(st.permutations("ABC").map(lambda order: [[each] for each in order]), min_size=1, max_size=5))
def test_a_ranking_names_each_completion_once_or_is_contested(values):
    final = combine([{"q": value} for value in values], RANKING, method="fixed_1", shape=SHAPE)
    if "q" in final.answers:
        assert sorted(letter for group in final.answers["q"] for letter in group) == ["A", "B", "C"]


def test_stretches_and_own_words_never_cause_a_third_view():
    schema = asking({"id": "q", "kind": "choice", "options": OPTIONS}, *BESIDE)
    one = {"q": "a", "marks": [{"block": 0, "start": 0, "end": 9, "label": "insult"}]}
    other = {"q": "a", "marks": [{"block": 0, "start": 4, "end": 12, "label": "insult"}]}
    own = {"words": {"text": "He is rude."}, "better": {"text": "Hello.", "completion": "A"}}

    decision = decide([one | own, other], schema, TWO_PLUS_ONE)

    assert isinstance(decision, Decided)
    assert decision.final.answers == {
        "q": "a",
        "marks": [{"block": 0, "start": 4, "end": 9, "label": "insult"}],
    }
    assert decision.final.soft["marks"] == {"insult": 1.0}
    assert not {"words", "better"} & (decision.final.answers | decision.final.soft).keys()


CONDITIONAL = asking(
    {"id": "harm", "kind": "choice", "options": OPTIONS},
    {"id": "q", "kind": "choice", "options": OPTIONS, "when": {"question": "harm", "any_of": ["a", "b"]}},
)


def test_a_conditional_question_is_decided_among_those_who_were_asked():
    votes = [{"harm": "a", "q": "b"}, {"harm": "c"}, {"harm": "a", "q": "b"}]
    decision = decide(votes, CONDITIONAL, TWO_PLUS_ONE)
    assert isinstance(decision, Decided)
    assert decision.final.answers == {"harm": "a", "q": "b"}
    assert decision.final.soft["q"] == {"a": 0.0, "b": 1.0, "c": 0.0}


def test_a_question_that_does_not_follow_from_the_final_label_is_not_in_it():
    votes = [{"harm": "a", "q": "b"}, {"harm": "c"}, {"harm": "c"}]
    decision = decide(votes, CONDITIONAL, TWO_PLUS_ONE)
    assert isinstance(decision, Decided)
    assert decision.final.answers == {"harm": "c"}
    assert decided_by_two(votes[1:]).final.soft == {"harm": {"a": 0.0, "b": 0.0, "c": 1.0}}


def decided_by_two(votes: list[dict[str, Any]]) -> Any:
    return decide(votes, CONDITIONAL, TWO_PLUS_ONE)


def test_whoever_was_not_asked_is_missing_from_agreement_and_found_nothing_absent():
    schema = asking(*kinds())
    code = {measure.id: measure.code for measure in measures(schema)}
    assert code["rude"]({"categories": {}}, schema) == 0
    assert code["rude"]({}, schema) is None
    assert code["rude"]({"categories": {}}, CHOICE) is None
    assert code["choice"]({"choice": "bad"}, schema) == 1
    assert code["choice"]({}, schema) is None
    assert code["preference"]({"preference": "tie"}, schema) != code["preference"](
        {"preference": "B"}, schema
    )
    one, other = {"ranking": [["A"], ["B"]]}, {"ranking": [["B"], ["A"]]}
    assert code["ranking"](one, schema) != code["ranking"](other, schema)
    assert not {"spans", "rationale", "correction"} & code.keys()


answers = st.fixed_dictionaries(
    {
        "harm": st.sampled_from("abc"),
        "level": st.integers(1, 5),
        "order": st.permutations("ABC").map(lambda order: [[each] for each in order]),
        "marks": st.lists(st.integers(0, 9), max_size=2).map(
            lambda starts: [
                {"block": 0, "start": s * 20, "end": s * 20 + 7, "label": "insult"}
                for s in sorted(set(starts))
            ]
        ),
    }
)
MIXED = asking(
    {"id": "harm", "kind": "choice", "options": OPTIONS},
    {"id": "level", "kind": "rating", "points": [{"value": n, "text": "x"} for n in range(1, 6)]},
    {"id": "order", "kind": "ranking", "when": {"question": "harm", "any_of": ["a", "b"]}},
    BESIDE[0],
)


def follows(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "order" or answer["harm"] != "c"}


many = st.lists(answers.map(follows), min_size=1, max_size=5)


@given(many, st.randoms(), st.sampled_from(["two_plus_one", "fixed_1", "fixed_3"]))
def test_the_order_of_votes_never_matters_and_a_final_label_is_an_answer(votes, random, asked):
    shuffled = votes[:]
    random.shuffle(shuffled)
    decision = decide(votes, MIXED, strategy(asked), shape=SHAPE)
    assert decision == decide(shuffled, MIXED, strategy(asked), shape=SHAPE)
    if not isinstance(decision, NeedMore):
        final = decision.final
        assert reread(MIXED, final.answers) == final.answers
        assert all(0 <= share <= 1 for shares in final.soft.values() for share in shares.values())
        assert "order" not in final.answers or final.answers["harm"] in ("a", "b")
    if isinstance(decision, Decided):
        assert "harm" in decision.final.answers
        assert "level" in decision.final.answers


@given(st.lists(answers.map(follows), min_size=3, max_size=3))
def test_two_plus_one_decides_as_three_would(votes):
    early = decide(votes[:2], MIXED, TWO_PLUS_ONE, shape=SHAPE)
    if isinstance(early, Decided):
        three = combine(votes, MIXED, method="fixed_3", shape=SHAPE)
        for question in MIXED.deciding:
            if question.id in early.final.answers:
                assert three.answers[question.id] == early.final.answers[question.id]
