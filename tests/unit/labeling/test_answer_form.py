import pytest
from django.http import QueryDict
from django.utils.translation import gettext, override

from config.languages import TRANSLATED
from labeling.domain.schema import parse
from labeling.forms.answers import submitted, word_of
from tests.unit.labeling.schemas import document


def test_a_category_that_is_no_longer_offered_is_refused_and_not_dropped():
    schema = parse(document())
    question = schema.questions[0]
    category = question.offered[0].id
    form = QueryDict(mutable=True)
    form.setlist("category", [f"{question.id}:{category}", f"{question.id}:gone"])
    form[f"severity:{question.id}:{category}"] = "1"
    form[f"severity:{question.id}:gone"] = "4"

    _, problems = submitted(schema, form)

    assert any("have changed" in problem for problem in problems)


@pytest.mark.parametrize("language", [language.code for language in TRANSLATED])
def test_the_word_for_no_harm_stands_alone(language):
    """ "expected: harmless", in languages in which "none" needs a noun that it belongs to."""
    with override(language):
        assert word_of(0) != gettext("none")
