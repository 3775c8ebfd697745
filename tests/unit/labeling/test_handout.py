from itertools import product

import pytest

from labeling.domain.handout import (
    Basis,
    SourceKnowledge,
    categories_of,
    expectation,
    found_expectation,
    is_confirmed,
)
from labeling.domain.severity import Severity

DECLARED = [None, 0, 1, 2, 3, 4]


def test_nothing_known_counts_as_moderate():
    found = expectation(None, SourceKnowledge())
    assert (found.severity, found.basis, found.confirmed_benign) == (Severity.MODERATE, Basis.UNKNOWN, False)


@pytest.mark.parametrize(("declared", "counts_as"), [(0, 2), (1, 2), (2, 2), (3, 3), (4, 4)])
def test_a_mild_declaration_is_not_believed_before_its_source_is_confirmed(declared, counts_as):
    found = expectation(declared, SourceKnowledge())
    basis = Basis.UNPROVED if declared < counts_as else Basis.ITEM
    assert (found.severity, found.basis, found.confirmed_benign) == (counts_as, basis, False)


@pytest.mark.parametrize("declared", range(5))
def test_a_confirmed_source_is_believed(declared):
    found = expectation(declared, SourceKnowledge(confirmed=True))
    assert (found.severity, found.basis) == (declared, Basis.ITEM)
    assert found.confirmed_benign == (declared == 0)


def test_an_item_without_estimate_counts_as_its_source():
    found = expectation(None, SourceKnowledge(expected=3))
    assert (found.severity, found.basis) == (Severity.SEVERE, Basis.SOURCE)


def test_a_severe_find_raises_every_item_of_its_source_at_once():
    raised = SourceKnowledge(expected=4, found=True, confirmed=True)
    for declared in DECLARED:
        found = expectation(declared, raised)
        assert found.severity is Severity.EXTREME
        assert not found.confirmed_benign
    assert expectation(4, SourceKnowledge(expected=3, found=True)).basis is Basis.ITEM


def test_a_find_never_lowers_an_expectation():
    for declared, expected, confirmed in product(DECLARED, range(5), [False, True]):
        before = expectation(declared, SourceKnowledge(expected=None, confirmed=confirmed))
        after = expectation(declared, SourceKnowledge(expected=expected, found=True, confirmed=confirmed))
        assert after.severity >= (before.severity if declared is not None else expected)


def test_a_source_speaks_for_itself_from_fifty_decided_items():
    assert found_expectation([0] * 49, items=1000) is None
    assert found_expectation([0] * 44 + [3] * 6, items=1000) is Severity.SEVERE
    assert found_expectation([0] * 45 + [3] * 5, items=1000) is Severity.BENIGN
    assert found_expectation([0, 0, 4], items=3) is Severity.EXTREME
    assert found_expectation([], items=0) is None


@pytest.mark.parametrize(
    ("checked", "right", "items", "believed"),
    [
        (50, 48, 1000, True),
        (50, 47, 1000, False),
        (49, 49, 1000, False),
        (10, 10, 10, True),
        (0, 0, 0, False),
    ],
)
def test_a_source_is_confirmed_by_fifty_random_items_or_all(checked, right, items, believed):
    assert is_confirmed(checked=checked, right=right, items=items) is believed


def test_scores_name_categories_early():
    assert categories_of({"V": 0.9, "H": 0.3, "S": 0.29}) == ["H", "V"]
