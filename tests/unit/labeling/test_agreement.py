"""Each coefficient against a worked example that its literature publishes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labeling.domain.agreement import (
    ALPHA,
    CHANCE_ONLY,
    NOT_TWO,
    ONE_VALUE,
    TOO_FEW,
    UNEQUAL,
    cohen_kappa,
    fleiss_kappa,
    krippendorff_alpha,
    mean_pairwise_cohen_kappa,
    percent,
    report,
)


def units(*people):
    """One string of values per person, a dot where the person did not rate."""
    columns = zip(*people, strict=True)
    return [{who: int(value) for who, value in enumerate(column) if value != "."} for column in columns]


def table(cells):
    """Units of two people from a contingency table."""
    return [{"a": i, "b": j} for i, row in enumerate(cells) for j, n in enumerate(row) for _ in range(n)]


# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", part C: four observers, missing data.
FOUR_OBSERVERS = units("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def test_krippendorff_2011_part_c_nominal():
    figure = krippendorff_alpha(FOUR_OBSERVERS)
    assert figure.value == pytest.approx(0.743, abs=5e-4)
    assert figure.units == 11


def test_krippendorff_2011_part_c_ordinal():
    assert krippendorff_alpha(FOUR_OBSERVERS, ordinal=True).value == pytest.approx(0.815, abs=5e-4)


def test_krippendorff_2011_part_a_binary_two_observers():
    assert krippendorff_alpha(units("0100000010", "1110010000")).value == pytest.approx(0.095, abs=5e-4)


def test_krippendorff_2011_part_b_nominal_two_observers():
    letters = str.maketrans("abcde", "01234")
    first, second = "aabbdcccedda".translate(letters), "babbbccceddd".translate(letters)
    assert krippendorff_alpha(units(first, second)).value == pytest.approx(0.692, abs=5e-4)


def test_cohen_table_of_fleiss_levin_paik():
    """Statistical Methods for Rates and Proportions (3rd ed., 2003), table 18.1: two raters, 100 subjects."""
    figure = cohen_kappa(table([[75, 1, 4], [5, 4, 1], [0, 0, 10]]))
    assert figure.value == pytest.approx(0.68, abs=5e-3)
    assert figure.units == 100


def test_cohen_of_fifty_grants():
    """The example of the Wikipedia article "Cohen's kappa": two readers, fifty grant applications."""
    assert cohen_kappa(table([[20, 5], [10, 15]])).value == pytest.approx(0.40, abs=1e-9)


def test_fleiss_fourteen_raters():
    """The worked example of the Wikipedia article "Fleiss' kappa": ten subjects, five values, κ = 0.210."""
    rows = [
        (0, 0, 0, 0, 14),
        (0, 2, 6, 4, 2),
        (0, 0, 3, 5, 6),
        (0, 3, 9, 2, 0),
        (2, 2, 8, 1, 1),
        (7, 7, 0, 0, 0),
        (3, 2, 6, 3, 0),
        (2, 5, 3, 2, 2),
        (6, 5, 2, 1, 0),
        (0, 2, 2, 3, 7),
    ]
    subjects = [
        dict(enumerate(value for value, times in enumerate(row) for _ in range(times))) for row in rows
    ]
    assert fleiss_kappa(subjects).value == pytest.approx(0.210, abs=5e-4)


def test_percent_counts_pairs_and_each_item_once():
    assert percent([{"a": 1, "b": 1, "c": 0}, {"a": 0, "b": 0}]).value == pytest.approx(
        (1 / 3 + 1) / 2, abs=1e-6
    )


def test_an_interval_encloses_its_figure_and_never_changes():
    figure = krippendorff_alpha(FOUR_OBSERVERS)
    assert figure.low < figure.value < figure.high <= 1
    assert krippendorff_alpha(FOUR_OBSERVERS) == figure


def test_an_interval_narrows_with_more_items():
    few, many = cohen_kappa(table([[20, 5], [10, 15]])), cohen_kappa(table([[200, 50], [100, 150]]))
    assert many.high - many.low < (few.high - few.low) / 2


@pytest.mark.parametrize("figure", [percent, fleiss_kappa, krippendorff_alpha])
def test_too_few_items_have_no_figure(figure):
    for nothing in ([], [{"a": 1}], [{"a": 1, "b": 1}, {"a": 0}]):
        assert figure(nothing).value is None
        assert figure(nothing).why_undefined == TOO_FEW


def test_one_value_everywhere_is_full_percent_but_no_corrected_figure():
    same = units("1111", "1111")
    assert percent(same).value == 1
    assert krippendorff_alpha(same).why_undefined == ONE_VALUE
    assert fleiss_kappa(same).why_undefined == ONE_VALUE
    assert cohen_kappa(same).why_undefined == CHANCE_ONLY


def test_cohen_is_for_two_people_and_fleiss_for_equal_numbers():
    assert cohen_kappa(units("01", "01", "01")).why_undefined == NOT_TWO
    assert cohen_kappa([]).why_undefined == NOT_TWO
    assert fleiss_kappa(units("010", "01.", "010")).why_undefined == UNEQUAL


def test_the_mean_of_pairs_needs_people_who_share_items():
    assert mean_pairwise_cohen_kappa(units("0101", "0101")).value is None
    shared = units("01" * 20, "01" * 20, "01" * 19 + "10")
    assert 0.9 < mean_pairwise_cohen_kappa(shared).value < 1


def test_a_report_names_every_figure():
    names = [figure.name for figure in report(FOUR_OBSERVERS, ordinal=True)]
    assert names == [
        "percent agreement",
        "Cohen's κ (mean of pairs)",
        "Fleiss' κ",
        f"Krippendorff's {ALPHA} (nominal)",
        f"Krippendorff's {ALPHA} (ordinal)",
    ]


ratings = st.lists(
    st.dictionaries(st.integers(0, 3), st.integers(0, 4), min_size=2, max_size=4), min_size=2, max_size=12
)


@settings(max_examples=25)
@given(ratings)
def test_identical_people_agree_fully_and_nobody_more_than_that(rows):
    same = [dict.fromkeys(row, min(row.values())) for row in rows]
    for ordinal in (False, True):
        figure = krippendorff_alpha(same, ordinal=ordinal)
        assert figure.value in (None, 1)
        other = krippendorff_alpha(rows, ordinal=ordinal).value
        assert other is None or other <= 1


@settings(max_examples=25)
@given(ratings)
def test_swapping_people_changes_nothing(rows):
    swapped = [{3 - person: value for person, value in row.items()} for row in reversed(rows)]
    for figure in (percent, fleiss_kappa, krippendorff_alpha):
        assert figure(rows).value == pytest.approx(figure(swapped).value, abs=1e-5)
