"""A sentence is its English, and can be said in another language."""

from datetime import date

import pytest
from django.template import engines
from django.utils.translation import override

from people.sentences import counted, dated, joined, numbered, sentence
from people.speech import in_language


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {
        "Break in {minutes}": "Pause in {minutes}",
        "{first} and {second}": "{second} und {first}",
    }
    monkeypatch.setattr("people.speech.gettext", lambda text: said.get(text, text))
    monkeypatch.setattr(
        "people.speech.ngettext", lambda one, many, count: "eine Minute" if count == 1 else "{count} Minuten"
    )


def test_it_is_its_english_for_everything_that_takes_a_string() -> None:
    said = sentence("Break in {minutes}", minutes=counted("1 minute", "{count} minutes", 12))

    assert said == "Break in 12 minutes"
    assert f"{said}." == "Break in 12 minutes."
    assert said.count("minute") == 1
    assert counted("1 minute", "{count} minutes", 1) == "1 minute"
    assert counted("1 minute", "{count} minutes", 0) == "0 minutes"


@pytest.mark.usefixtures("german")
def test_its_parts_are_said_in_the_language_too_and_in_its_order() -> None:
    assert in_language(
        sentence("Break in {minutes}", minutes=counted("1 minute", "{count} minutes", 12))
    ) == ("Pause in 12 Minuten")
    assert in_language(sentence("{first} and {second}", first="a", second="b")) == "b und a"
    assert in_language(joined("; ", ["a", counted("1 minute", "{count} minutes", 1)])) == "a; eine Minute"
    assert in_language("any other text") == "any other text"


def test_days_and_numbers_are_written_as_the_language_does() -> None:
    day, much = dated(date(2026, 11, 24), "%-d %B", "MONTH_DAY_FORMAT"), numbered(1920.5)

    assert (day, much) == ("24 November", "1,920.5")
    with override("es"):
        assert in_language(day) == "24 de noviembre"
        assert in_language(much).endswith("920,5")
    with override("en"):
        assert in_language(day) == "24 November"
        assert in_language(numbered(120.0)) == "120"


@pytest.mark.usefixtures("german")
def test_a_template_prints_it_in_the_language_and_safely() -> None:
    template = engines["django"].from_string(
        "{{ said }}|{% blocktranslate with said=said %}<{{ said }}>{% endblocktranslate %}"
    )
    said = sentence("Break in {minutes}", minutes="<b>")

    assert template.render({"said": said}) == "Pause in &lt;b&gt;|<Pause in &lt;b&gt;>"
