"""One language has one tag, and every name that a page fills in leads back to its own."""

import pytest

from people.iso_639 import NAMES, SHORTEST, tag_of
from people.languages import names_of, near_names, tags_of


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("lao", "lo"),
        ("twi", "tw"),
        ("GER", "de"),
        ("deu-at", "de-AT"),
        ("pt_br", "pt-BR"),
        ("zho-hans-cn", "zh-Hans-CN"),
        ("ceb", "ceb"),
        ("en-x-plain", "en-x-plain"),
        ("xx", None),
        ("qqq", None),
        ("en-", None),
        ("English", None),
        ("en-" + "a-" * 20 + "a", None),
    ],
)
def test_a_tag_has_one_usual_form(written: str, tag: str | None) -> None:
    assert tag_of(written) == tag


def test_a_name_on_the_page_leads_back_to_its_tag() -> None:
    for tag in NAMES:
        assert tags_of(names_of([tag])) == [tag]
    assert names_of(["lo", "tw", "nb", "ga"]) == "Lao, Twi, Norwegian Bokmal, Irish"


def test_every_code_stands_for_one_language() -> None:
    assert set(SHORTEST.values()) == set(NAMES)
    assert all(SHORTEST[code] == code for code in NAMES)
    assert {len(code) for code in SHORTEST} == {2, 3}


def test_near_names_are_offered() -> None:
    assert near_names("Swahilli")[0] == "Swahili"
    assert near_names("Portugese")[0] == "Portuguese"
    assert near_names("Qqqqq") == []
