"""When consent stands, what lacks without it, and that the text cannot change behind the back of those who agreed."""

import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.unit.wellbeing.pretend import situation
from wellbeing.domain.clearance import Clearance, Refusal, RefusalCode, decide
from wellbeing.domain.consent import CONSENT_VERSION, Consent, Kind

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
# When this fails: does the text mean something else now? Then raise CONSENT_VERSION with it; everybody is asked again.
CHECKSUMS = {1: "677783d09e5efbab"}
PAGES = (
    "_consent_text",
    "_kinds",
    "_work_preview",
    "_first_days_line",
    "_first_days_steps",
    "first_days",
    "practice",
)
AGREED = Kind("V", "Violence", "Harm to a body.", is_new=False)
STANDING = Consent((AGREED,), CONSENT_VERSION, datetime(2026, 11, 2, 9, tzinfo=UTC))


def test_the_text_is_the_one_of_its_version():
    text = (TEMPLATES / "wellbeing/_consent_text.html").read_bytes()
    assert hashlib.sha256(text).hexdigest()[:16] == CHECKSUMS[CONSENT_VERSION]


@pytest.mark.parametrize("page", PAGES)
def test_no_sentence_is_longer_than_twenty_words(page):
    text = (TEMPLATES / f"wellbeing/{page}.html").read_text(encoding="utf-8")
    said = re.findall(r'{% translate "([^"]+)"', text)
    assert said
    sentences = [sentence for one in said for sentence in re.split(r"(?<=[.?!:]) ", one)]
    assert [sentence for sentence in sentences if len(sentence.split()) > 20] == []


@pytest.mark.parametrize(
    ("consent", "stands", "asked_again"),
    [
        (STANDING, True, False),
        (replace(STANDING, kinds=()), True, False),
        (Consent((AGREED,)), False, False),
        (replace(STANDING, version=CONSENT_VERSION - 1), False, True),
        (replace(STANDING, kinds=(AGREED, Kind("H", "Hate", ""))), False, True),
        (replace(STANDING, is_withdrawn=True), False, False),
    ],
)
def test_consent_stands_for_this_text_and_every_kind(consent, stands, asked_again):
    assert (consent.stands, consent.is_asked_again) == (stands, asked_again)


def test_without_consent_nothing_new_is_handed_out_whatever_else_is_due():
    assert isinstance(decide(situation()), Clearance)
    answer = decide(situation(has_consent=False))
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.until) == (RefusalCode.CONSENT_NEEDED, None)
