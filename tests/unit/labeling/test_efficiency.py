import pytest

from labeling.domain.efficiency import Efficiency, is_harmful


def vote(**found):
    return {"harm": found}


def test_heal_divides_harmful_looks_by_labels():
    sums = Efficiency()
    sums.add(decided=True, harmful=True, severity=3, exposures=2)
    sums.add(decided=True, harmful=True, severity=1, exposures=3)
    sums.add(decided=True, harmful=False, severity=0, exposures=2)
    sums.add(decided=False, harmful=True, severity=None, exposures=3)
    assert sums.figures() == {
        "exposures": 10,
        "harmful_exposures": 8,
        "exposures_per_label": pytest.approx(10 / 3, abs=1e-4),
        "heal": pytest.approx(8 / 3, abs=1e-4),
        "heal_per_toxic_label": 4.0,
        "heal_severity_weighted": pytest.approx((2 * 2 + 3 * 0.5 + 3 * 1) / 3, abs=1e-4),
    }


def test_without_labels_there_is_no_figure():
    assert Efficiency().figures()["heal"] is None


def test_an_item_is_harmful_by_its_label_or_by_half_of_its_answers():
    assert is_harmful(vote(rude=1), [])
    assert not is_harmful(vote(), [vote(rude=1)])
    assert is_harmful(None, [vote(rude=1), vote(threat=2), vote()])
    assert is_harmful(None, [vote(rude=1), vote()])
    assert not is_harmful(None, [vote(rude=1), vote(), vote()])
    assert not is_harmful(None, [])
