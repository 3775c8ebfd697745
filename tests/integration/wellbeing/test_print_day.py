"""The labeler's day in print."""

import re
from io import StringIO

from django.core.management import call_command


def printed(**options: bool) -> str:
    out = StringIO()
    call_command("print_day", stdout=out, **options)
    return out.getvalue()


def test_each_kind_of_work_in_the_first_week_and_past_ramp_up() -> None:
    text = printed()
    for week in (1, 5):
        for work in ("all mild", "all moderate", "all severe", "a mix", "not known before"):
            assert f"\nWeek {week}, {work}. " in text
    assert "09:00  nothing of this is handed out" in text
    assert "09:50-09:55  short break, 5 minutes" in text


def test_the_record_of_the_decision_quotes_what_is_printed() -> None:
    text = printed()
    for quoted in (
        "409 items and 119.4 points in 240 minutes: 205 minutes at work, 5 breaks",
        "204 items and 119.1 points in 127 minutes: 102 minutes at work, 3 breaks",
        "101 items and 117.9 points in 106 minutes: 50 minutes at work, 3 breaks of 25 minutes in all, 31 minutes off",
        "491 items and 119.4 points in 296 minutes",
        "136 items and 29.5 points in 73 minutes",
    ):
        assert quoted in text


def test_every_minute_of_a_day() -> None:
    text = printed(minutes=True)
    severe = text.split("Week 5, all severe.")[1].split("Week 5, a mix.")[0]
    minutes = re.findall(
        r"^  \d\d:\d\d  (?:work|short break|long break|off the screen) ", severe, re.MULTILINE
    )
    assert len(minutes) == 107, "106 and a half"
    assert "  09:21  short break" in severe
