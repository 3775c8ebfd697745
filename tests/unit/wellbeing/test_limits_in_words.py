"""Every limit has words, a unit and a basis; every change of one is told as it holds."""

from datetime import UTC, date, datetime, timedelta

import pytest

from wellbeing.domain.announcement import in_words
from wellbeing.domain.limit_words import LIMITS, WORDS, change_in_words, limit_in_words, value_of_limit
from wellbeing.domain.policy import DEFAULTS, NUMBERS
from wellbeing.domain.policy_changes import NumberChange, Version, changes_by_version
from wellbeing.domain.ramp import Ramp, ramp_on
from wellbeing.domain.ramp_words import RampOf, extreme_waits, first_weeks, resting_in_words, step_in_words
from wellbeing.domain.stimulus import EXTREME

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_every_number_has_its_words_in_the_same_order() -> None:
    assert tuple(limit.name for limit in LIMITS) == NUMBERS
    assert all("policy choice" in limit.basis for limit in LIMITS), "no number is claimed to be measured"


def test_numbers_are_said_in_their_unit() -> None:
    assert [limit.said(getattr(DEFAULTS, limit.name)) for limit in LIMITS] == [
        "120 points",
        "240 minutes",
        "30 points",
        "480 points",
        "1,920 points",
        "50 minutes",
        "30 points",
        "5 minutes",
        "120 minutes",
        "60 points",
        "15 minutes",
        "5 days",
    ]
    assert WORDS["day_points"].said(52_500) == "52.5 points"
    assert WORDS["day_points"].said(1_000) == "1 point"
    assert change_in_words("micro_length_ms", 300_000, 420_000) == (
        "length of a short break was 5 minutes and is 7 minutes"
    )


def version(number: int, team_id: int | None = None, **numbers: int) -> Version:
    return Version(number, team_id, numbers, NOON + timedelta(hours=number))


def told(*versions: Version) -> list[list[str]]:
    return [[change.in_words for change in changes] for _, changes in changes_by_version(versions)]


def test_what_a_version_names_again_did_not_change() -> None:
    assert told(version(1, day_points=100_000), version(2, day_points=100_000, week_points=400_000)) == [
        ["the daily limit was 120 points and is 100 points"],
        ["the limit of seven days was 480 points and is 400 points"],
    ]


def test_a_number_left_out_is_the_default_again() -> None:
    assert told(version(1, day_points=100_000), version(2))[1] == [
        "the daily limit was 100 points and is 120 points"
    ]


def test_a_team_changes_only_what_is_stricter_than_the_organisation() -> None:
    assert told(
        version(1, team_id=7, day_points=90_000),
        version(2, day_points=60_000),
        version(3, team_id=7, day_points=80_000),
    ) == [
        ["the daily limit was 120 points and is 90 points"],
        ["the daily limit was 120 points and is 60 points"],
        [],
    ]


def test_only_what_is_looser_waits() -> None:
    ((_, changes),) = changes_by_version([version(1, day_points=150_000, week_points=400_000)])
    line = in_words(at=NOON, team="", changes=changes, waits=True)
    assert line == (
        "Limits changed on 2 March: the daily limit was 120 points and is 150 points (from tomorrow); "
        "the limit of seven days was 480 points and is 400 points."
    )
    assert "tomorrow" not in in_words(at=NOON, team="Harbour", changes=changes, waits=False)
    assert in_words(at=NOON, team="Harbour", changes=changes, waits=False).startswith(
        "Limits of Harbour changed"
    )


def test_the_weeks_of_ramp_up_in_words() -> None:
    assert step_in_words(2) == "Week 2 of 4: half of the daily limit, nothing above severe"
    today = date(2026, 3, 2)
    assert first_weeks(Ramp(2, today - timedelta(days=6)), today).endswith("The next week begins tomorrow.")
    assert first_weeks(Ramp(1, None), today).endswith("The first week begins with the first task.")
    assert first_weeks(Ramp(4, today), today).endswith("only by choice.")
    assert resting_in_words("Violence", 1) == "Violence rests today: you have had it one working day."


@pytest.mark.parametrize(
    ("ramp", "said"),
    [
        (Ramp(1, None), "in 21 days. Now: nothing above moderate."),
        (Ramp(1, date(2026, 2, 26)), "in 17 days. Now: nothing above moderate."),
        (Ramp(2, date(2026, 3, 2)), "in 14 days. Now: nothing above severe."),
        (Ramp(3, date(2026, 2, 24)), "tomorrow. Now: nothing above severe."),
        (Ramp(4, date(2026, 3, 2)), None),
    ],
)
def test_extreme_content_waits_until_the_first_weeks_are_over(ramp: Ramp, said: str | None) -> None:
    today = date(2026, 3, 2)
    waits = extreme_waits(ramp, today)
    assert (waits is None) == (said is None)
    if waits is None:
        return
    assert waits == f"Extreme content waits until your first weeks are over, {said}"
    over = ramp.over_on(today)
    begun = Ramp(ramp.step, ramp.since or today)
    days = [over - timedelta(days=1), over]
    assert [ramp_on(begun, last_day=None, today=day).max_severity == EXTREME for day in days] == [False, True]


def test_a_limit_that_this_version_does_not_know_keeps_its_name_and_number() -> None:
    assert (limit_in_words("day_points"), value_of_limit("day_points", 90_000)) == (
        "the daily limit",
        "90 points",
    )
    assert (limit_in_words("naps"), value_of_limit("naps", 7)) == ("naps", "7")
    assert [limit.name for limit in LIMITS if limit.is_least] == ["micro_length_ms", "long_length_ms"]


def test_who_has_not_begun_is_told_so_whatever_day_is_kept() -> None:
    ramp, today = Ramp(2, date(2026, 3, 1)), date(2026, 3, 2)

    assert "begins with the first task" in RampOf(ramp, has_begun=False, today=today).in_words
    assert RampOf(ramp, has_begun=True, today=today).in_words == first_weeks(ramp, today)


def test_what_is_proposed_is_said_as_what_would_be() -> None:
    change = NumberChange("day_points", 120_000, 150_000)
    assert "would be" in change.as_proposal
    assert "would be" not in change.in_words
