"""The report for a works council, and the words of figures: what stands there, and what a spreadsheet makes of it."""

import csv
import io
from datetime import date

import pytest

from wellbeing.domain.council import FEWER, Report, Section, as_csv, as_html, told
from wellbeing.domain.figures import TOO_FEW, key_in_words, value_in_words
from wellbeing.domain.groups import Kind, mondays, week_of
from wellbeing.domain.month import Month

REPORT = Report(
    Month.of(date(2026, 11, 24)),
    "Harbour & Meadow",
    (
        Section(
            "Limits", "What was changed.", ("when", "what"), (("2026-11-02", "=1+1"), ("2026-11-03", "<b>"))
        ),
        Section("Disputes", "None this month.", ("when",), ()),
    ),
)


def test_a_count_is_told_from_five_people_on():
    assert (told(12, 5), told(12, 4), told(0, 0)) == ("12", FEWER, FEWER)


def test_the_csv_names_its_columns_once_a_section_and_holds_no_formula():
    rows = list(csv.reader(io.StringIO(as_csv(REPORT))))

    assert rows[0] == ["Exposure and safeguards, November 2026, Harbour & Meadow"]
    assert rows[2:5] == [
        ["section", "when", "what"],
        ["Limits", "2026-11-02", "'=1+1"],
        ["Limits", "2026-11-03", "<b>"],
    ]
    assert rows[6] == ["section", "when"]


def test_the_page_escapes_everything_and_shows_no_empty_table():
    page = as_html(REPORT)

    assert "Harbour &amp; Meadow" in page
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert page.count("<table>") == 1
    assert "None this month." in page


@pytest.mark.parametrize(
    ("kind", "key", "said"),
    [
        (Kind.SHARE_BY_CATEGORY, "H2", "Insults"),
        (Kind.SHARE_BY_CATEGORY, "H9", "H9"),
        (Kind.SHARE_BY_CATEGORY, "", "other categories"),
        (Kind.SHARE_BY_HOUR, "9", "09:00"),
        (Kind.POINTS_BY_SEVERITY, "1", "mild"),
    ],
)
def test_each_line_has_words(kind, key, said):
    assert key_in_words(kind, key, {"H2": "Insults"}) == said


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        (Kind.POINTS_BY_SEVERITY, None, TOO_FEW),
        (Kind.POINTS_BY_SEVERITY, 12_400, "12"),
        (Kind.MINUTES_BY_SEVERITY, 120_000, "2"),
        (Kind.SHARE_BY_HOUR, 255, "26 %"),
    ],
)
def test_each_figure_is_whole_or_hidden(kind, value, said):
    assert value_in_words(kind, value) == said


def test_weeks_begin_on_monday():
    assert week_of(date(2026, 11, 29)) == date(2026, 11, 23)
    assert mondays(date(2026, 11, 10), date(2026, 11, 30)) == [date(2026, 11, 16), date(2026, 11, 23)]
    assert mondays(date(2026, 11, 9), date(2026, 11, 9)) == []
