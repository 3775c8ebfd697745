"""From many ratings of one yes-or-no category to one probability per item.

Two-coin Dawid-Skene (Dawid & Skene 1979): each person has a sensitivity (how often they find what is there) and a
specificity (how often they see that nothing is there). Estimated by EM; each person is drawn towards the pooled
person by 8 pseudo-counts, because unshrunken estimates do worse than a plain majority on sparse ratings, and a
person with fewer than 20 ratings stays at the pooled values altogether.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

PSEUDO_COUNTS = 8.0
ENOUGH_RATINGS = 20
MAX_ROUNDS = 200
TOLERANCE = 1e-7
_EDGE = 1e-6

Rating = tuple[Hashable, Hashable, bool]
"""Item, person, whether that person found the category."""

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class DawidSkene:
    """The estimate. Probabilities are 0..1; `converged` is False when the rounds ran out."""

    probability: dict[Hashable, float]
    sensitivity: dict[Hashable, float]
    specificity: dict[Hashable, float]
    prevalence: float
    rounds: int
    converged: bool


def majority(ratings: Sequence[Rating]) -> dict[Hashable, float]:
    """The share of positive ratings per item: above 0.5 is the majority's yes."""
    counts: dict[Hashable, list[int]] = {}
    for item, _, found in ratings:
        pair = counts.setdefault(item, [0, 0])
        pair[0] += found
        pair[1] += 1
    return {item: yes / total for item, (yes, total) in counts.items()}


def dawid_skene(ratings: Sequence[Rating], *, pseudo_counts: float = PSEUDO_COUNTS) -> DawidSkene:
    """Estimate how likely each item has the category, and how each person errs.

    Args:
        ratings: at most one per item and person.
        pseudo_counts: how many ratings of the pooled person each person is believed to bring along.

    Raises:
        ValueError: when there are no ratings.
    """
    if not ratings:
        raise ValueError("no ratings")
    items, item_of = _number([item for item, _, _ in ratings])
    people, person_of = _number([person for _, person, _ in ratings])
    found = np.array([yes for _, _, yes in ratings], dtype=np.float64)
    few = np.bincount(person_of, minlength=len(people)) < ENOUGH_RATINGS
    posterior = _share(item_of, found, len(items))
    converged, rounds = False, 0
    while not converged and rounds < MAX_ROUNDS:
        prevalence = float(np.clip(posterior.mean(), _EDGE, 1 - _EDGE))
        sensitivity = _coin(posterior[item_of], found, person_of, few, pseudo_counts)
        specificity = _coin(1 - posterior[item_of], 1 - found, person_of, few, pseudo_counts)
        updated = _posterior(prevalence, sensitivity, specificity, item_of, person_of, found, len(items))
        converged = bool(np.abs(updated - posterior).max() < TOLERANCE)
        posterior, rounds = updated, rounds + 1
    return DawidSkene(
        probability=dict(zip(items, posterior.tolist(), strict=True)),
        sensitivity=dict(zip(people, sensitivity.tolist(), strict=True)),
        specificity=dict(zip(people, specificity.tolist(), strict=True)),
        prevalence=prevalence,
        rounds=rounds,
        converged=converged,
    )


def _number(names: list[Hashable]) -> tuple[list[Hashable], npt.NDArray[np.intp]]:
    order = {name: n for n, name in enumerate(dict.fromkeys(names))}
    return list(order), np.array([order[name] for name in names], dtype=np.intp)


def _share(item_of: npt.NDArray[np.intp], found: _Floats, items: int) -> _Floats:
    return np.bincount(item_of, weights=found, minlength=items) / np.bincount(item_of, minlength=items)


def _coin(
    weight: _Floats,
    right: _Floats,
    person_of: npt.NDArray[np.intp],
    few: npt.NDArray[np.bool_],
    pseudo: float,
) -> _Floats:
    """How often each person is right about items of one truth, weighted by how likely each item has that truth."""
    total = float(weight.sum())
    pooled = float((weight * right).sum()) / total if total > 0 else 0.5
    hits = np.bincount(person_of, weights=weight * right, minlength=len(few))
    seen = np.bincount(person_of, weights=weight, minlength=len(few))
    own = (hits + pseudo * pooled) / np.maximum(seen + pseudo, _EDGE)
    return np.clip(np.where(few, pooled, own), _EDGE, 1 - _EDGE)


def _posterior(
    prevalence: float,
    sensitivity: _Floats,
    specificity: _Floats,
    item_of: npt.NDArray[np.intp],
    person_of: npt.NDArray[np.intp],
    found: _Floats,
    items: int,
) -> _Floats:
    """Bayes, in logarithms so that many ratings of one item do not underflow."""
    yes = np.log(sensitivity / (1 - specificity))[person_of]
    no = np.log((1 - sensitivity) / specificity)[person_of]
    evidence = np.bincount(item_of, weights=np.where(found > 0, yes, no), minlength=items)
    logit = np.clip(evidence + np.log(prevalence / (1 - prevalence)), -700, 700)
    return np.asarray(1 / (1 + np.exp(-logit)), dtype=np.float64)
