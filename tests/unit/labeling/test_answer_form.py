from django.http import QueryDict

from labeling.domain.schema import parse
from labeling.forms.answers import submitted
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
