"""No text of a labeler's page is left out of the catalogues, and each catalogue is complete and compiled."""

import re
from pathlib import Path

import polib
import pytest

from config.languages import ENGLISH, LANGUAGES, TRANSLATED, Language
from scripts import messages

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
# Pages of leads, officers, counsellors, engineers and admins: English, like those people's tools around it.
OTHERS = {
    "labeling/imports",
    "labeling/projects",
    "labeling/releases",
    "labeling/components.html",
    "labeling/words/examples.html",
    "labeling/words/translations.html",
    "people/_copy_field.html",
    "people/invite.html",
    "people/invited.html",
    "people/people.html",
    "people/tokens.html",
    "wellbeing/_figure_table.html",
    "wellbeing/council.html",
    "wellbeing/dispute_decide.html",
    "wellbeing/disputes.html",
    "wellbeing/erasures.html",
    "wellbeing/experience.html",
    "wellbeing/policy_change.html",
    "wellbeing/records.html",
    "wellbeing/risk_reports.html",
    "wellbeing/support_request.html",
    "wellbeing/support_requests.html",
    "wellbeing/team.html",
    "wellbeing/team_weeks.html",
}
# Names: the same in every language.
SAME = {"Respite", "PDF", "JSON", "Ed25519, in base64."}

COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!doctype[^>]*>", re.DOTALL)
TRANSLATED_BLOCK = re.compile(r"\{% blocktranslate\b.*?\{% endblocktranslate %\}", re.DOTALL)
CLASS_BLOCK = re.compile(r"\{% block \w*(?:_class|_attributes) %\}.*?\{% endblock %\}", re.DOTALL)
INCLUDE = re.compile(r"\{% include .*?%\}", re.DOTALL)
LITERAL_ARGUMENT = re.compile(r'\b(?:label|title|text|action_label|mine|prefix)="([^"]*)"')
HTML = re.compile(
    r'</?(?:[a-zA-Z!]|\{% if)(?:\{%.*?%\}|\{\{.*?\}\}|"(?:\{%.*?%\}|[^"])*"|[^<>"])*?>', re.DOTALL
)
SPOKEN = re.compile(r'(?<![\w-])(?:aria-label|title|placeholder|alt)="((?:\{%.*?%\}|[^"])*)"', re.DOTALL)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|&#?\w+;", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")


def for_labelers() -> list[str]:
    names = [path.relative_to(TEMPLATES).as_posix() for path in sorted(TEMPLATES.rglob("*.html"))]
    return [
        name for name in names if name not in OTHERS and not any(name.startswith(f"{one}/") for one in OTHERS)
    ]


def left_out(text: str) -> list[str]:
    """Words that stand in a template outside every translate tag."""
    text = CLASS_BLOCK.sub(" ", TRANSLATED_BLOCK.sub(" ", COMMENT.sub(" ", text)))
    found = [word for include in INCLUDE.findall(text) for word in LITERAL_ARGUMENT.findall(include)]
    for tag in HTML.findall(text):
        found += [TAG.sub("\n", value) for value in SPOKEN.findall(tag)]
    found += TAG.sub("\n", HTML.sub("\n", text)).split("\n")
    words = [piece.strip(" \t\n·–-") for text in found for piece in text.split("\n")]
    return [piece for piece in words if WORD.search(piece) and piece not in SAME]


@pytest.mark.parametrize("name", for_labelers())
def test_no_text_of_a_labelers_template_is_left_out(name: str) -> None:
    assert left_out((TEMPLATES / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>Two words</p>", ["Two words"]),
        ('<a {% if x %}class="y"{% endif %} title="A hint">{{ one }} of {{ two }}</a>', ["A hint", "of"]),
        ('{% include "_components/note.html" with text="Left out" kind="care" %}', ["Left out"]),
        (
            '<p>{% translate "Said" %} <kbd>Esc</kbd> {{ "Esc"|cap }}{% blocktranslate %}<b>much</b>{% endblocktranslate %}',
            ["Esc"],
        ),
        (
            "{# a remark #}{% block main_class %}page narrow{% endblock %}<b aria-label=\"{% translate 'x y' %}\">",
            [],
        ),
    ],
)
def test_words_outside_a_translate_tag_are_found(text: str, words: list[str]) -> None:
    assert left_out(text) == words


def test_the_list_of_other_peoples_pages_names_what_there_is() -> None:
    assert [name for name in OTHERS if not (TEMPLATES / name).exists()] == []


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda one: one.code)
def test_a_catalogue_is_complete(language: Language) -> None:
    assert messages.faults(language, FOUND) == []


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda one: one.code)
def test_a_compiled_catalogue_is_its_catalogue(language: Language) -> None:
    path = messages.catalogue(language)

    assert path.with_suffix(".mo").read_bytes() == polib.pofile(str(path)).to_binary()


def test_contributing_says_who_has_read_each_catalogue() -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

    for language in TRANSLATED:
        assert f"| {language.own_name} | {language.address} | {language.reviewed_by or 'no'} |" in told
    assert (ENGLISH, *TRANSLATED) == LANGUAGES


FOUND = frozenset(messages.extract().where)
