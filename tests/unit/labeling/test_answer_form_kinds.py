"""What a form shows of each kind of question and what comes back from it."""

import pytest
from django.http import QueryDict
from django.utils.translation import override

from labeling.domain.schema import Shape, validate_answers
from labeling.forms.answers import answer_form, drafted, submitted
from labeling.forms.answers.said import in_words, said_of
from tests.unit.labeling.schemas import asking, kinds

SHAPE = Shape(completions=2, blocks=("You old turnip.",))
SCHEMA = asking(*kinds())
FILLED = {
    "category": "categories:rude",
    "severity:categories:rude": "2",
    "choice:choice": "bad",
    "choice:rating": "3",
    "choice:constraint": "followed",
    "choice:preference": "tie",
    "rank:ranking:A": "2",
    "rank:ranking:B": "1",
    "span:spans": "w:0:1:2:insult",
    "text:rationale": "It is\r\nrude.",
    "text:correction": "Hello.",
    "completion:correction": "B",
}


def sent(**changes: str) -> QueryDict:
    form = QueryDict(mutable=True)
    form.update({name: value for name, value in (FILLED | changes).items() if value})
    return form


def test_a_filled_form_is_an_answer():
    answer, problems = submitted(SCHEMA, sent(), SHAPE)
    assert problems == ()
    assert validate_answers(SCHEMA, answer, SHAPE) == {
        "categories": {"rude": 2},
        "choice": "bad",
        "rating": 3,
        "constraint": "followed",
        "preference": "tie",
        "ranking": [["B"], ["A"]],
        "spans": [{"block": 0, "start": 0, "end": 7, "label": "insult"}],
        "rationale": {"text": "It is\nrude."},
        "correction": {"text": "Hello.", "completion": "B"},
    }


@pytest.mark.parametrize(
    "form", [sent(), sent(**{"rank:ranking:B": "", "choice:rating": "", "text:rationale": ""})]
)
def test_a_draft_fills_the_form_again_as_it_was(form):
    draft = drafted(SCHEMA, form, SHAPE)
    drawn = {question.id: question for question in answer_form(SCHEMA, draft, shape=SHAPE).questions}
    assert [option.value for option in drawn["rating"].options if option.chosen] == form.getlist(
        "choice:rating"
    )
    assert {each.letter: each.place for each in drawn["ranking"].completions}["A"] == 2
    assert [each.value for each in drawn["spans"].marked] == ["w:0:1:2:insult"]
    assert drawn["rationale"].text == form.get("text:rationale", "").replace("\r\n", "\n")


@pytest.mark.parametrize(
    "missing",
    [
        "category",
        "severity:categories:rude",
        "choice:choice",
        "choice:rating",
        "rank:ranking:A",
        "text:rationale",
        "completion:correction",
    ],
)
def test_what_is_missing_is_said_once_in_plain_words(missing):
    _, problems = submitted(SCHEMA, sent(**{missing: ""}), SHAPE)
    assert len(problems) == 1


@pytest.mark.parametrize(
    "said",
    [
        "w:0:1:2:other thing",
        "w:0:1",
        "x:0:1:2:insult",
        "w:-1:1:2:insult",
        "w:\u0660:1:2:insult",
        "<b>",
        "w:0:1:2:",
    ],
)
def test_a_mark_that_no_page_of_ours_sends_is_dropped(said):
    assert drafted(SCHEMA, sent(**{"span:spans": said}), SHAPE)["spans"] == []


def test_without_scripts_a_stretch_is_four_fields():
    fields = {
        "span-block:spans": "1",
        "span-first:spans": "2",
        "span-last:spans": "3",
        "span-label:spans": "insult",
    }
    answer, _ = submitted(SCHEMA, sent(**{"span:spans": ""}, **fields), SHAPE)
    assert answer["spans"] == [{"block": 0, "words": [2, 3], "label": "insult"}]


def test_own_words_are_kept_unseen_or_written_anew():
    stored = {"rationale": {"text": "A secret thing."}}
    drawn = {each.id: each for each in answer_form(SCHEMA, {}, shape=SHAPE, kept=stored).questions}
    assert (drawn["rationale"].text, drawn["rationale"].kept_words) == ("", 3)
    kept, _ = submitted(SCHEMA, sent(keep="rationale", **{"text:rationale": ""}), SHAPE, kept=stored)
    anew, _ = submitted(SCHEMA, sent(keep="rationale", **{"text:rationale": "New."}), SHAPE, kept=stored)
    assert (kept["rationale"], anew["rationale"]) == (stored["rationale"], {"text": "New."})


def over(stored, **fields):
    """What a form sends that was drawn over these stored own words, and its draft."""
    drawn = {each.id: each for each in answer_form(SCHEMA, {}, shape=SHAPE, kept=stored).questions}
    fields = {"text:rationale": "", "over:rationale": drawn["rationale"].over} | fields
    return lambda stored: drafted(SCHEMA, sent(**fields), SHAPE, kept=stored)["rationale"]


def test_a_draft_of_a_form_that_hides_own_words_loses_none_of_them():
    old = {"rationale": {"text": "A secret thing."}}
    assert over(old, keep="rationale")(old) == old["rationale"]

    anew = over(old, **{"text:rationale": "New."})(old)
    assert anew == {"text": "New.", "instead_of": old["rationale"]}
    further = over(old, **{"text:rationale": "New. And more."})({"rationale": anew})
    assert further["instead_of"] == old["rationale"]
    assert over(old, keep="rationale")({"rationale": further}) == old["rationale"], (
        "the field was emptied again"
    )

    later = {"rationale": further}
    drawn = {each.id: each for each in answer_form(SCHEMA, {}, shape=SHAPE, kept=later).questions}
    assert (drawn["rationale"].kept_words, drawn["rationale"].keeps) == (3, True)
    assert over(later, keep="rationale")(later) == {"text": "New. And more."}
    assert "instead_of" not in submitted(SCHEMA, sent(keep="rationale", **{"text:rationale": ""}), SHAPE, kept=later)[0]["rationale"]  # fmt: skip


def test_a_box_that_was_unticked_stays_so_and_can_be_ticked_again():
    old = {"rationale": {"text": "A secret thing."}}
    gone = {"rationale": over(old)(old)}
    drawn = {each.id: each for each in answer_form(SCHEMA, {}, shape=SHAPE, kept=gone).questions}
    assert (drawn["rationale"].kept_words, drawn["rationale"].keeps) == (3, False)
    assert over(gone, keep="rationale")(gone) == old["rationale"]
    refused = sent(**{"text:rationale": "", "over:rationale": drawn["rationale"].over})
    again = {each.id: each for each in answer_form(SCHEMA, {}, shape=SHAPE, kept=old, sent=refused).questions}
    assert not again["rationale"].keeps


def test_a_draft_keeps_own_words_of_a_question_that_does_not_follow_just_now():
    old = {"rationale": {"text": "A secret thing."}}
    form = sent(**{"text:rationale": ""})
    assert drafted(SCHEMA, form, SHAPE, kept=old)["rationale"] == old["rationale"]
    again = {each.id: each for each in answer_form(SCHEMA, {}, shape=SHAPE, kept=old, sent=form).questions}
    assert again["rationale"].keeps


def test_one_key_is_enough_only_where_one_choice_is_all_that_is_asked():
    one, more = {"id": "q", "kind": "preference"}, {"id": "r", "kind": "rationale"}
    assert answer_form(asking(one), shape=SHAPE).one_key
    assert not answer_form(asking(one), shape=SHAPE, swap=False).one_key
    assert not answer_form(asking(one, more), shape=SHAPE).one_key
    assert not answer_form(asking(kinds()[0])).one_key
    assert answer_form(asking(one), shape=Shape(completions=1)).questions == ()


def test_the_list_of_last_answers_says_nothing_that_was_written():
    said = {"ranking": [["B"], ["A"]], "rationale": {"text": "A secret thing."}, "choice": "bad", "rating": 2}
    words = [in_words(SCHEMA.question(name), value, completions=2) for name, value in said.items()]
    assert words == ["B > A", "3 words written", "Bad", "Level 2"]


@pytest.mark.parametrize(("completions", "name"), [(2, "Both alike"), (3, "All alike")])
def test_two_are_both_alike_and_more_are_all_alike(completions, name):
    schema = asking({"id": "better", "kind": "preference", "ties": True})
    (drawn,) = answer_form(schema, shape=Shape(completions=completions)).questions
    assert (drawn.options[-1].value, drawn.options[-1].name) == ("tie", name)
    assert in_words(schema.question("better"), "tie", completions=completions) == name


def test_a_colon_stands_as_the_language_wants_it():
    def prefix():
        return said_of({"categories": {"rude": 1}}, SCHEMA, completions=0).chips[0].prefix

    name = SCHEMA.category("rude").name
    assert prefix() == f"{name}:"
    with override("fr"):
        assert prefix() == f"{name}\N{NO-BREAK SPACE}:"


def test_keys_are_printed_once_in_a_question_and_leave_those_of_the_page():
    options = [{"id": name, "name": name, "key": key} for name, key in (("a", "s"), ("b", "z"), ("c", None))]
    (question,) = answer_form(asking({"id": "q", "kind": "choice", "options": options})).questions
    assert {option.value: option.key for option in question.options} == {"a": "1", "b": "Z", "c": "2"}
