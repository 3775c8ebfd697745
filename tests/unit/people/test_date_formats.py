"""Dates follow the language of the page: by the names of formats, never by a pattern of English in a template."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils.formats import date_format, get_format
from django.utils.translation import override

from config.languages import LANGUAGES
from tests.repository.test_catalogue import TEMPLATES, for_labelers

AT = datetime(2026, 9, 30, 3, 58, tzinfo=UTC)
OURS = ("MOMENT_FORMAT", "SHORT_MONTH_DAY_FORMAT", "WEEKDAY_DATE_FORMAT")
PATTERN = re.compile(r"""\|date:["']([^"']*)["']""")


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
def test_every_language_has_each_format_of_ours(language: str) -> None:
    with override(language):
        assert [name for name in OURS if get_format(name, use_l10n=True) == name] == []


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", ["30 September 2026", "30 Sep, 03:58", "30 Sep", "Wed 30 Sep"]),
        ("de", ["30. September 2026", "30. Sept., 03:58", "30. Sept.", "Mi, 30. Sept."]),
        ("fr", ["30 septembre 2026", "30 sept., 03:58", "30 sept.", "mer 30 sept."]),
    ],
)
def test_dates_are_written_as_the_language_does(language: str, written: list[str]) -> None:
    with override(language):
        assert [date_format(AT, name, use_l10n=True) for name in ("DATE_FORMAT", *OURS)] == written


@pytest.mark.parametrize("name", for_labelers())
def test_no_template_of_labelers_spells_a_date_out(name: str) -> None:
    patterns = PATTERN.findall((Path(TEMPLATES) / name).read_text(encoding="utf-8"))
    named = {"H:i", "Y-m-d"}  # a time, and what a form sends
    assert [one for one in patterns if not one.endswith("_FORMAT") and one not in named] == []
