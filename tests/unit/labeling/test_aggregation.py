import random
from math import log

import pytest

from labeling.domain.aggregation import dawid_skene, majority


def simulate(*, items=400, people=6, per_item=3, prevalence=0.4, seed=7):
    """Ratings of invented items by people whose errors are known. One person is close to guessing."""
    generator = random.Random(seed)
    skill = dict.fromkeys(range(people), (0.9, 0.92))
    skill[0] = (0.55, 0.55)
    truth = {item: generator.random() < prevalence for item in range(items)}
    ratings = []
    for item, there in truth.items():
        for person in generator.sample(range(people), per_item):
            sensitivity, specificity = skill[person]
            right = generator.random() < (sensitivity if there else specificity)
            ratings.append((item, person, there == right))
    return truth, ratings


def accuracy(truth, probability):
    return sum((probability[item] > 0.5) == there for item, there in truth.items()) / len(truth)


def plain_em(ratings, *, pseudo=8.0, rounds=200):
    """The same model in loops and probabilities, written from the paper: an oracle that shares no code."""
    items = {item for item, _, _ in ratings}
    people = {person for _, person, _ in ratings}
    posterior = majority(ratings)
    for _ in range(rounds):
        coins = []
        for truth in (True, False):
            weight = {item: posterior[item] if truth else 1 - posterior[item] for item in items}
            total = sum(weight[item] for item, _, _ in ratings)
            pooled = sum(weight[item] for item, _, yes in ratings if yes == truth) / total
            coin = {}
            for person in people:
                own = [(item, yes) for item, who, yes in ratings if who == person]
                hits = sum(weight[item] for item, yes in own if yes == truth)
                seen = sum(weight[item] for item, _ in own)
                coin[person] = (hits + pseudo * pooled) / (seen + pseudo) if len(own) >= 20 else pooled
            coins.append(coin)
        prior = sum(posterior.values()) / len(items)
        scores = {item: [prior, 1 - prior] for item in items}
        for item, person, yes in ratings:
            scores[item][0] *= coins[0][person] if yes else 1 - coins[0][person]
            scores[item][1] *= 1 - coins[1][person] if yes else coins[1][person]
        posterior = {item: there / (there + absent) for item, (there, absent) in scores.items()}
    return posterior


def test_majority_is_the_share_of_yes():
    assert majority([("a", 1, True), ("a", 2, False), ("a", 3, True), ("b", 1, False)]) == {
        "a": 2 / 3,
        "b": 0.0,
    }


def test_estimates_agree_with_an_independent_implementation():
    _, ratings = simulate(items=60, per_item=4, people=5)
    ours = dawid_skene(ratings).probability
    oracle = plain_em(ratings)
    assert ours == pytest.approx(oracle, abs=1e-4)


def test_it_learns_who_guesses_and_is_no_worse_than_the_majority():
    truth, ratings = simulate()
    estimate = dawid_skene(ratings)
    assert estimate.converged
    assert estimate.sensitivity[0] < min(estimate.sensitivity[person] for person in range(1, 6))
    assert accuracy(truth, estimate.probability) >= accuracy(truth, majority(ratings))
    assert estimate.prevalence == pytest.approx(sum(truth.values()) / len(truth), abs=0.06)


def test_a_person_with_few_ratings_stays_at_the_pooled_values():
    _, ratings = simulate()
    ratings += [(0, "new", True), (1, "new", True)]
    estimate = dawid_skene(ratings)
    assert estimate.sensitivity["new"] == pytest.approx(0.85, abs=0.1)


@pytest.mark.parametrize("found", [True, False])
def test_ratings_that_are_all_equal_are_believed(found):
    ratings = [(item, person, found) for item in range(30) for person in range(2)]
    estimate = dawid_skene(ratings)
    assert all((probability > 0.99) == found for probability in estimate.probability.values())


def test_the_order_of_ratings_and_the_names_of_people_change_nothing():
    _, ratings = simulate(items=80)
    renamed = [(item, f"person {person}", yes) for item, person, yes in reversed(ratings)]
    ours, theirs = dawid_skene(ratings).probability, dawid_skene(renamed).probability
    assert ours == pytest.approx(theirs, abs=1e-6)


def test_many_ratings_of_one_item_do_not_overflow():
    ratings = [("a", person, True) for person in range(5000)] + [
        ("b", person, False) for person in range(5000)
    ]
    estimate = dawid_skene(ratings)
    assert estimate.probability["a"] > 0.999
    assert estimate.probability["b"] < 0.001
    assert log(1 - estimate.probability["b"]) == pytest.approx(0, abs=1e-3)


def test_no_ratings_have_no_estimate():
    with pytest.raises(ValueError, match="no ratings"):
        dawid_skene([])
