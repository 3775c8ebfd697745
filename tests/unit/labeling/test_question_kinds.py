"""Each kind of question: what fits, what is refused with its place, and what an answer says."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.domain.schema import AnswerError, SchemaError, Shape, parse, reread, validate_answers, verdict
from labeling.domain.schema.spans import words_of
from labeling.schema_templates import TEMPLATES
from tests.unit.labeling.schemas import asking, kinds

DECIDES = {"id": "kept", "kind": "constraint"}
TWO = Shape(completions=2)
THREE = Shape(completions=3)
OPTIONS = [{"id": "ok", "name": "Fine", "severity": 0}, {"id": "bad", "name": "Bad", "severity": 3}]
POINTS = [{"value": n, "text": f"Level {n}", "severity": n} for n in range(1, 5)]
LABELS = [{"id": "insult", "name": "Insult"}, {"id": "name", "name": "Name"}]


def answered(question: dict[str, Any], answer: Any, shape: Shape = TWO) -> Any:
    schema = asking(question, DECIDES)
    return validate_answers(schema, {question["id"]: answer, "kept": "followed"}, shape).get(question["id"])


def refused(question: dict[str, Any], answer: Any, shape: Shape = TWO) -> list[str]:
    with pytest.raises(AnswerError) as error:
        answered(question, answer, shape)
    return [place for place, _ in error.value.problems]


CHOICE = {"id": "q", "kind": "choice", "options": OPTIONS}
RATING = {"id": "q", "kind": "rating", "points": POINTS}
CONSTRAINT = {"id": "q", "kind": "constraint"}
PREFERENCE = {"id": "q", "kind": "preference"}
RANKING = {"id": "q", "kind": "ranking"}
SPANS = {"id": "q", "kind": "spans", "labels": LABELS}
RATIONALE = {"id": "q", "kind": "rationale", "max_length": 20}
CORRECTION = {"id": "q", "kind": "correction"}
TEXT = Shape(blocks=("You old turnip, go home.", "No."))


@pytest.mark.parametrize(
    ("question", "answer", "shape", "canonical"),
    [
        (CHOICE, "bad", TWO, "bad"),
        (RATING, 3, TWO, 3),
        (CONSTRAINT, "not_applicable", TWO, "not_applicable"),
        (PREFERENCE, "B", TWO, "B"),
        (PREFERENCE | {"ties": True}, "tie", TWO, "tie"),
        (RANKING, [["B"], ["C"], ["A"]], THREE, [["B"], ["C"], ["A"]]),
        (RANKING | {"ties": True}, [["C", "A"], ["B"]], THREE, [["A", "C"], ["B"]]),
        (SPANS, [], TEXT, []),
        (RATIONALE, {"text": " It quotes\r\nhim. "}, TWO, {"text": "It quotes\nhim."}),
        (RATIONALE | {"required": False}, {"text": "  "}, TWO, None),
        (CORRECTION, {"text": "Better.", "completion": "B"}, TWO, {"text": "Better.", "completion": "B"}),
        (CORRECTION, {"text": "Better."}, Shape(1), {"text": "Better.", "completion": "A"}),
    ],
)
def test_what_fits_is_brought_to_its_one_form(question, answer, shape, canonical):
    assert answered(question, answer, shape) == canonical


@pytest.mark.parametrize(
    ("question", "answer", "place"),
    [
        (CHOICE, "other", "q"),
        (CHOICE, {"bad": 1}, "q"),
        (RATING, 5, "q"),
        (RATING, True, "q"),
        (RATING, "3", "q"),
        (CONSTRAINT, "yes", "q"),
        (PREFERENCE, "C", "q"),
        (PREFERENCE, "tie", "q"),
        (RANKING, [["A"]], "q"),
        (RANKING, [["A"], ["A"]], "q"),
        (RANKING, [["A", "B"]], "q[0]"),
        (RANKING, ["A", "B"], "q"),
        (RATIONALE, "text", "q"),
        (RATIONALE, {"text": ""}, "q"),
        (RATIONALE, {"text": "x" * 21}, "q.text"),
        (RATIONALE, {"text": "a\0"}, "q.text"),
        (RATIONALE, {"text": "a", "more": 1}, "q.more"),
        (CORRECTION, {"text": "Better."}, "q.completion"),
        (CORRECTION, {"text": "Better.", "completion": "C"}, "q.completion"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(question, answer, place):
    assert place in refused(question, answer)


def test_stretches_may_be_given_in_words_and_are_kept_in_characters():
    given_in_words = [{"block": 0, "words": [2, 3], "label": "insult"}]
    assert answered(SPANS, given_in_words, TEXT) == [{"block": 0, "start": 4, "end": 15, "label": "insult"}]


def test_stretches_of_one_label_that_touch_are_one_and_others_stay_apart():
    rows = [
        {"block": 0, "start": 4, "end": 8, "label": "insult"},
        {"block": 0, "start": 6, "end": 14, "label": "insult"},
        {"block": 0, "start": 6, "end": 14, "label": "name"},
    ]
    assert answered(SPANS, rows, TEXT) == [
        {"block": 0, "start": 4, "end": 14, "label": "insult"},
        {"block": 0, "start": 6, "end": 14, "label": "name"},
    ]


@pytest.mark.parametrize(
    ("stretch", "place"),
    [
        ({"block": 2, "start": 0, "end": 1, "label": "insult"}, "q[0].block"),
        ({"block": 0, "start": 0, "end": 99, "label": "insult"}, "q[0]"),
        ({"block": 0, "start": 3, "end": 3, "label": "insult"}, "q[0]"),
        ({"block": 0, "words": [1, 6], "label": "insult"}, "q[0].words"),
        ({"block": 0, "words": [2, 1], "label": "insult"}, "q[0].words"),
        ({"block": 0, "words": "12", "label": "insult"}, "q[0].words"),
        ({"block": 0, "start": 0, "end": 1, "label": "other"}, "q[0].label"),
        ({"block": 0, "start": 0, "end": 1, "label": "insult", "text": "You"}, "q[0].text"),
    ],
)
def test_a_stretch_outside_the_text_is_refused_with_its_place(stretch, place):
    assert place in refused(SPANS, [stretch], TEXT)


def test_scripts_without_blanks_are_counted_letter_by_letter():
    assert [text[a:b] for text in ("go \u4f60\u597d now",) for a, b in words_of(text)] == [
        "go",
        "\u4f60",
        "\u597d",
        "now",
    ]


def test_severities_of_options_and_points_make_the_verdict():
    schema = asking(CHOICE, RATING | {"id": "how"})
    assert verdict(schema, {"q": "ok", "how": 1}) == 1
    assert verdict(schema, {"q": "bad", "how": 1}) == 3
    assert verdict(asking(PREFERENCE), {"q": "A"}) is None


def test_an_answer_without_anything_that_has_a_severity_has_no_verdict():
    schema = asking(CONSTRAINT, CHOICE | {"id": "harm", "when": {"question": "q", "is": "ignored"}})
    assert verdict(schema, validate_answers(schema, {"q": "followed"})) is None
    assert verdict(schema, validate_answers(schema, {"q": "ignored", "harm": "bad"})) == 3


CONDITIONAL = (
    {
        "id": "harm",
        "kind": "categories",
        "categories": [{"id": "rude", "name": "Rude", "definition": "Unkind."}],
    },
    {"id": "aim", "kind": "choice", "options": OPTIONS, "when": {"question": "harm", "is": "rude"}},
    RATIONALE | {"id": "words", "when": {"question": "aim", "any_of": ["bad"]}},
)


def test_a_question_is_asked_only_where_it_follows():
    schema = asking(*CONDITIONAL)
    assert validate_answers(schema, {"harm": {}}) == {"harm": {}}
    full = {"harm": {"rude": 1}, "aim": "bad", "words": {"text": "So."}}
    assert validate_answers(schema, full) == full
    with pytest.raises(AnswerError) as error:
        validate_answers(schema, {"harm": {"rude": 1}})
    assert error.value.problems == [("aim", "not answered")]
    with pytest.raises(AnswerError) as error:
        validate_answers(schema, {"harm": {}, "aim": "bad"})
    assert error.value.problems == [("aim", "is not asked here")]


def test_completions_are_compared_only_where_there_are_two():
    schema = asking(PREFERENCE, RANKING | {"id": "order"}, CONSTRAINT | {"id": "kept"})
    assert validate_answers(schema, {"kept": "followed"}, Shape(1)) == {"kept": "followed"}
    with pytest.raises(AnswerError) as error:
        validate_answers(schema, {"kept": "followed"}, TWO)
    assert [place for place, _ in error.value.problems] == ["q", "order"]


@pytest.mark.parametrize(
    ("question", "place"),
    [
        (CHOICE | {"options": OPTIONS[:1]}, "questions[0].options"),
        (CHOICE | {"options": [OPTIONS[0], OPTIONS[0]]}, "questions[0].options"),
        (
            CHOICE | {"options": [{"id": "a", "name": "A", "severity": 1}, {"id": "b", "name": "B"}]},
            "questions[0].options",
        ),
        (
            CHOICE | {"options": [{"id": "a", "name": "A", "severity": 5}] * 2},
            "questions[0].options[0].severity",
        ),
        (CHOICE | {"labels": []}, "questions[0].labels"),
        (RATING | {"points": POINTS[:1]}, "questions[0].points"),
        (RATING | {"points": [POINTS[0], POINTS[2]]}, "questions[0].points"),
        (RATING | {"points": [{"text": "x"}, POINTS[1]]}, "questions[0].points[0].value"),
        (PREFERENCE | {"ties": "yes"}, "questions[0].ties"),
        (SPANS | {"labels": []}, "questions[0].labels"),
        (SPANS | {"deciding": True}, "questions[0].deciding"),
        (SPANS, "questions"),
        (RATIONALE | {"max_length": 0}, "questions[0].max_length"),
        (CHOICE | {"when": {"question": "later", "is": "a"}}, "questions[0].when.question"),
        (CHOICE | {"when": {"question": "q"}}, "questions[0].when"),
    ],
)
def test_a_mistake_in_a_question_is_named_with_its_place(question, place):
    with pytest.raises(SchemaError) as error:
        asking(question)
    assert place in [path for path, _ in error.value.problems]


def test_a_condition_must_name_an_answer_of_a_question_above():
    for when, place in [
        ({"question": "q", "is": "other"}, "questions[1].when.is"),
        ({"question": "q", "any_of": []}, "questions[1].when.any_of"),
        ({"question": "q", "any_of": ["ok", 7]}, "questions[1].when.any_of"),
        ({"question": "after", "is": "ok"}, "questions[1].when.question"),
    ]:
        with pytest.raises(SchemaError) as error:
            asking(CHOICE, CONSTRAINT | {"id": "then", "when": when}, CHOICE | {"id": "after"})
        assert place in [path for path, _ in error.value.problems]


def test_a_question_and_a_category_cannot_share_a_column():
    with pytest.raises(SchemaError, match="of a question and of a category"):
        asking(CONDITIONAL[0], CHOICE | {"id": "rude"})


def test_an_older_answer_is_read_as_far_as_it_still_fits():
    newer = asking(CHOICE | {"options": [*OPTIONS[:1], {"id": "worse", "name": "Worse", "severity": 4}]})
    assert reread(newer, {"q": "ok"}) == {"q": "ok"}
    assert reread(newer, {"q": "bad"}) == {}
    assert reread(newer, {"q": {"rude": 1}, "gone": 3}) == {}


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-1, 5)
        | st.sampled_from(["A", "ok", "text", "block", "words"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["text", "block", "words", "start", "end", "label", "x"]), inner, max_size=3
            )
        ),
        max_leaves=8,
    )
)
def test_any_answer_is_brought_to_a_form_that_stays_or_is_refused(value):
    schema, shape = asking(*kinds()), Shape(completions=2, blocks=("Some text.",))
    for question in schema.questions:
        problems: list = []
        canonical = question.canonical(value, shape, problems)
        if not problems and canonical is not None:
            json.dumps(canonical)
            assert question.canonical(canonical, shape, problems) == canonical
            assert question.reread(canonical) == canonical
            assert not problems


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.key)
def test_each_template_explains_what_it_asks(template):
    schema = parse(template.document)
    for question in schema.questions:
        assert question.prompt or len(schema.questions) == 1
    for category in (c for question in schema.about_categories for c in question.offered):
        assert category.definition
