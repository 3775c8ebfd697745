"""The labeler's guide in docs/ says what /help/ says."""

import re
from pathlib import Path

from people.keys import ACTIONS

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "guides" / "labeler.md").read_text(encoding="utf-8")
HELP = (ROOT / "templates" / "people" / "help.html").read_text(encoding="utf-8")


def test_every_sentence_of_the_help_page_is_in_the_guide() -> None:
    sentences = re.findall(r'\{% translate "([^"]+)" %\}', HELP.partition("{% block main %}")[2])
    assert len(sentences) > 40
    assert [sentence for sentence in sentences if sentence not in GUIDE] == []


def test_the_guide_says_nothing_that_the_help_page_does_not() -> None:
    _, _, told = GUIDE.partition("## All keys")[0].partition("holds this copy to it.")
    left = re.sub(r"\(`/[^`]+`\)|`[^`]+`|^(?:##|-|\d\.) ", "", told, flags=re.MULTILINE)
    for said in sorted(re.findall(r'\{% translate "([^"]+)" %\}', HELP), key=len, reverse=True):
        left = left.replace(said, "")
    assert [line for line in left.splitlines() if line.strip(" –·")] == []


def test_every_key_is_in_the_guide() -> None:
    between = {str(number) for number in range(2, 9)}  # 1 … 9
    assert [
        each.usual for each in ACTIONS if each.usual not in between and f"`{each.usual}`" not in GUIDE
    ] == []


def test_no_sentence_is_longer_than_twenty_words() -> None:
    said = re.findall(r'\{% translate "([^"]+)" %\}', HELP)
    sentences = [each for text in said for each in re.split(r"(?<=[.:?])\s", text)]
    assert [each for each in sentences if len(each.split()) > 20] == []


def test_every_key_that_a_template_prints_can_be_changed() -> None:
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")]
    printed = {key for page in pages for key in re.findall(r'[ -]key="([^"{]+)"', page)}
    assert printed - {each.usual for each in ACTIONS} == set()
