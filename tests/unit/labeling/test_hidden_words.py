"""The kinds of words that the bundled lexicon lists have names in every language."""

import pytest
from django.utils.translation import override

from config.languages import TRANSLATED
from labeling.domain.lexicon import BUNDLED
from labeling.views.hidden_words import KINDS, kind_name


def test_every_kind_of_the_bundled_lexicon_has_a_name() -> None:
    lines = (BUNDLED / "en.txt").read_text(encoding="utf-8").splitlines()
    codes = {line.partition("\t")[0] for line in lines if not line.startswith("#")} - {"salt"}
    assert codes == set(KINDS)


@pytest.mark.parametrize("language", [each.code for each in TRANSLATED])
def test_a_name_is_in_the_readers_language(language: str) -> None:
    with override(language):
        names = {code: kind_name(code) for code in KINDS}
    assert [name for name in names.values() if "_" in name] == []
    assert names["self_harm"] != kind_name("self_harm")


def test_a_kind_of_another_lexicon_is_said_as_it_is() -> None:
    assert kind_name("trumpets") == "trumpets"
