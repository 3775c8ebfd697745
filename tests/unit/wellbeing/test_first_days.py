"""The steps of the first days: each is one, and none of them is consent."""

from wellbeing.domain.first_days import STEPS


def test_each_step_is_one_and_consent_is_none_of_them() -> None:
    assert len(set(STEPS)) == len(STEPS) == 7
    assert "consent" not in STEPS
