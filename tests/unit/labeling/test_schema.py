import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import labeling
from labeling.domain.schema import AnswerError, SchemaError, parse, validate_answers, verdict
from labeling.domain.severity import Severity
from tests.unit.labeling.schemas import document, schema

TEMPLATES = sorted((Path(labeling.__file__).parent / "schema_templates").glob("*.json"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_every_template_is_a_schema(path):
    assert parse(json.loads(path.read_text(encoding="utf-8"))).deciding


def test_moderation_template_asks_five_categories_by_number_and_only_names_minors():
    moderation = parse(
        json.loads(TEMPLATES[0].with_name("openai_moderation.json").read_text(encoding="utf-8"))
    )
    keys = {category.id: category.key for category in moderation.questions[0].offered if not category.parent}
    assert keys == {"S": "1", "H": "2", "V": "3", "HR": "4", "SH": "5"}
    assert moderation.category_ids == {"S", "H", "H2", "V", "V2", "HR", "SH"}
    assert moderation.category("S3").offered is False
    for category in moderation.questions[0].offered:
        assert category.definition
        assert category.yes
        assert category.no


def test_an_answer_names_what_is_there():
    assert validate_answers(schema(), {"harm": {"rude": 2}}) == {"harm": {"rude": 2}}


def test_none_of_these_is_an_answer_and_silence_is_not():
    assert validate_answers(schema(), {"harm": {}}) == {"harm": {}}
    with pytest.raises(AnswerError) as refused:
        validate_answers(schema(), {})
    assert refused.value.problems == [("harm", "not answered")]


def test_a_severity_of_zero_means_absent():
    assert validate_answers(schema(), {"harm": {"rude": 0}}) == {"harm": {}}


def test_a_sub_tier_makes_its_parent_present_at_least_as_severely():
    assert validate_answers(schema(), {"harm": {"threat_vivid": 3}}) == {
        "harm": {"threat": 3, "threat_vivid": 3}
    }
    assert validate_answers(schema(), {"harm": {"threat_vivid": 2, "threat": 4}}) == {
        "harm": {"threat": 4, "threat_vivid": 2}
    }


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        ([], "answers"),
        ({"harm": []}, "harm"),
        ({"harm": {}, "other": {}}, "other"),
        ({"harm": {"named": 1}}, "harm.named"),
        ({"harm": {"nothing": 1}}, "harm.nothing"),
        ({"harm": {"rude": 5}}, "harm.rude"),
        ({"harm": {"rude": -1}}, "harm.rude"),
        ({"harm": {"rude": True}}, "harm.rude"),
        ({"harm": {"rude": "2"}}, "harm.rude"),
        ({"harm": {"rude": 1.5}}, "harm.rude"),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(answers, place):
    with pytest.raises(AnswerError) as refused:
        validate_answers(schema(), answers)
    assert place in [path for path, _ in refused.value.problems]


def test_without_severities_an_answer_is_yes_or_no_and_has_no_verdict():
    plain = schema(severity=False)
    answers = validate_answers(plain, {"harm": {"rude": 1}})
    assert answers == {"harm": {"rude": 1}}
    assert verdict(plain, answers) is None
    with pytest.raises(AnswerError):
        validate_answers(plain, {"harm": {"rude": 2}})


def test_the_verdict_is_the_highest_severity():
    assert verdict(schema(), {"harm": {"rude": 1, "threat": 3}}) is Severity.SEVERE
    assert verdict(schema(), {"harm": {}}) is Severity.BENIGN


def broken(change):
    changed = document()
    change(changed)
    return changed


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda d: d.update(version=2), "version"),
        (lambda d: d.update(name=" "), "name"),
        (lambda d: d.update(questions=[]), "questions"),
        (lambda d: d.update(colour="red"), "colour"),
        (lambda d: d["questions"][0].update(kind="emoji"), "questions[0].kind"),
        (lambda d: d["questions"][0].update(id="1st"), "questions[0].id"),
        (lambda d: d["questions"][0].update(deciding=False), "questions"),
        (lambda d: d["questions"][0].update(deciding="yes"), "questions[0].deciding"),
        (lambda d: d["questions"][0].update(categories=[]), "questions[0].categories"),
        (lambda d: d["questions"][0]["categories"][0].update(key="0"), "questions[0].categories[0].key"),
        (lambda d: d["questions"][0]["categories"][0].update(key="2"), "questions"),
        (lambda d: d["questions"][0]["categories"][1].update(id="rude"), "questions"),
        (
            lambda d: d["questions"][0]["categories"][0].update(definition=""),
            "questions[0].categories[0].definition",
        ),
        (lambda d: d["questions"][0]["categories"][0].update(yes="one"), "questions[0].categories[0].yes"),
        (
            lambda d: d["questions"][0]["categories"][0].update(parent="threat"),
            "questions[0].categories[0].parent",
        ),
        (lambda d: d["questions"][0]["categories"][0].update(parent=7), "questions[0].categories[0].parent"),
        (lambda d: d["questions"][0]["severity"]["anchors"].pop("4"), "questions[0].severity.anchors"),
    ],
)
def test_a_mistake_in_a_schema_is_named_with_its_place(change, place):
    with pytest.raises(SchemaError) as refused:
        parse(broken(change))
    assert place in [path for path, _ in refused.value.problems]


def test_all_mistakes_are_told_at_once():
    with pytest.raises(SchemaError) as refused:
        parse(
            broken(lambda d: (d.update(version=9), d.update(name=None), d["questions"][0].update(kind=None)))
        )
    assert len(refused.value.problems) == 3


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    )
)
def test_any_other_document_is_refused_and_never_crashes(value):
    with pytest.raises(SchemaError):
        parse(value)
