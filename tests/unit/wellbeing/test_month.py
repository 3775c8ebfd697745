"""Calendar months by name."""

from datetime import date

import pytest

from wellbeing.domain.month import Month


def test_a_month_and_its_neighbours():
    december = Month.of(date(2026, 12, 31))
    assert (december.name, december.in_words) == ("2026-12", "December 2026")
    assert (december.next.name, december.previous.name) == ("2027-01", "2026-11")
    assert Month.named("2026-01").previous.name == "2025-12"
    assert Month.named("2028-02").next == Month.named("2028-03") > december


@pytest.mark.parametrize(
    "name", ["", "2026-13", "2026-00", "2026-1", "0000-01", "9999-12", "2026-11\n", "१२३४-११"]
)
def test_what_is_no_month(name):
    with pytest.raises(ValueError, match="not a month"):
        Month.named(name)
