"""The words of a schema in another language: named by ids, checked with their places, shown piece by piece."""

import pytest

from labeling.domain.rules_changes import changes, schema_passages
from labeling.domain.schema import (
    Schema,
    SchemaError,
    Translation,
    in_translation,
    parse,
    read_translation,
    still_true,
    template_of,
    texts_of,
)
from labeling.forms.answers.words import without_word
from people.tagged_text import TaggedText, best_tag, tagged
from tests.unit.labeling.schemas import asking, document, kinds, schema

PAGES = ("en", "de", "ar")


def translation(texts: dict[str, object], **more: object) -> dict[str, object]:
    return {"language": "de", "texts": texts, **more}


def refused(body: object, of: Schema | None = None) -> dict[str, str]:
    with pytest.raises(SchemaError) as error:
        read_translation(body, of or schema(), languages=PAGES)
    return dict(error.value.problems)


def test_every_text_that_people_read_has_a_name_made_of_ids() -> None:
    questions = kinds()
    questions[0]["categories"][1] |= {"yes": ["I will find you.", "Wait and see."], "no": ["It may rain."]}
    questions[1] |= {"prompt": "How was it?"}
    names = texts_of(asking(*questions))

    assert names["categories/threat/definition"] == "Announces harm."
    assert names["categories/threat/yes/2"] == "Wait and see."
    assert names["categories/threat/no/1"] == "It may rain."
    assert names["categories/named/name"] == "Only named"
    assert names["categories/3"] == "severe"
    assert names["choice/prompt"] == "How was it?"
    assert names["choice/bad/name"] == "Bad"
    assert names["rating/2"] == "Level 2"
    assert names["spans/insult/name"] == "Insult"
    # What is empty has nothing to translate, and a constraint's options are words of the pages.
    assert not {"categories/prompt", "categories/named/definition"} & names.keys()
    assert not [name for name in names if name.startswith("constraint/")]
    assert all(names.values())


def test_what_is_translated_is_shown_and_the_rest_stays_each_knowing_its_language() -> None:
    shown = in_translation(schema(), {"harm/rude/name": "Unhöflich", "harm/1": "leicht"}, "de")

    rude, threat = shown.category("rude"), shown.category("threat")
    assert rude is not None
    assert threat is not None
    assert (rude.name, rude.name.language) == ("Unhöflich", "de")  # type: ignore[attr-defined]
    assert (rude.definition, rude.definition.language) == ("Unkind words.", "en")  # type: ignore[attr-defined]
    assert (threat.name, threat.name.language) == ("Threat", "en")  # type: ignore[attr-defined]
    assert shown.questions[0].levels[1] == "leicht"
    assert texts_of(shown).keys() == texts_of(schema()).keys()


def test_no_rule_reads_a_translation_otherwise_than_the_original() -> None:
    original = asking(*kinds())
    everything = {name: f"{text} (de)" for name, text in texts_of(original).items()}
    shown = in_translation(original, everything, "de")

    assert [question.id for question in shown.questions] == [question.id for question in original.questions]
    assert shown.category_ids == original.category_ids
    for before, after in zip(original.questions, shown.questions, strict=True):
        assert (after.possible(), after.deciding, after.when) == (
            before.possible(),
            before.deciding,
            before.when,
        )


def test_the_file_to_fill_in_goes_back_and_forth_without_becoming_complete() -> None:
    first = read_translation(
        translation({"harm/rude/name": "Unhöflich", "harm/1": ""}), schema(), languages=PAGES
    )
    assert first.texts == {"harm/rude/name": "Unhöflich"}

    again = template_of(schema(), "de", first)
    assert again["original"] == texts_of(schema())
    assert again["texts"]["harm/rude/name"] == "Unhöflich"
    assert again["texts"]["harm/threat/name"] == ""
    assert read_translation(again, schema(), languages=PAGES) == first


def test_the_file_of_a_translation_that_lost_texts_says_that_nobody_read_it_through() -> None:
    all_of_it = Translation("de", dict.fromkeys(texts_of(schema()), "Wort"), is_reviewed=True)
    assert template_of(schema(), "de", all_of_it)["is_reviewed"] is True
    some = Translation("de", {"harm/rude/name": "Unhöflich"}, is_reviewed=True)
    assert template_of(schema(), "de", some)["is_reviewed"] is False


def test_every_mistake_is_named_with_its_place() -> None:
    found = refused(
        {
            "language": "de",
            "text": {},
            "is_reviewed": "yes",
            "texts": {
                "harm/rude/name": "  \u200f ",
                "harm/rudeness/name": "Unhöflich",
                "harm/threat/name": 7,
                "harm/1": "x" * 401,
                "harm/2": "mit\x07tel",
            },
        }
    )

    assert found.keys() == {
        "text",
        "is_reviewed",
        "texts.harm/rude/name",
        "texts.harm/rudeness/name",
        "texts.harm/threat/name",
        "texts.harm/1",
        "texts.harm/2",
    }
    assert found["texts.harm/rudeness/name"] == "there is no such text in this version of the schema"
    assert found["texts.harm/1"] == "must not be longer than 400 characters"


@pytest.mark.parametrize("language", ["xx", "en", "EN", "", None, "de de", "nl"])
def test_a_language_that_no_page_has_or_the_schema_is_written_in_is_refused(language: object) -> None:
    assert "language" in refused({"language": language, "texts": {"harm/1": "leicht"}})


def test_a_schema_may_be_written_in_another_language_than_english() -> None:
    german = parse({**document(), "language": "de"})

    assert (german.language, schema().language) == ("de", "en")
    assert "language" in refused(translation({"harm/1": "leicht"}), german)
    english = {"language": "en", "texts": {"harm/1": "mild"}}
    assert read_translation(english, german, languages=PAGES).texts == {"harm/1": "mild"}
    with pytest.raises(SchemaError, match="language: must be a language tag"):
        parse({**document(), "language": "German!"})


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("abc\u202edef", id="override"),
        pytest.param("abc\u202adef\u202c", id="embedding"),
        pytest.param("abc\u2067def", id="left open"),
        pytest.param("abc\u2069", id="closed without a beginning"),
        pytest.param("\u2067abc\ndef\u2069", id="over two lines"),
    ],
)
def test_a_text_cannot_turn_round_what_stands_beside_it(text: str) -> None:
    assert refused(translation({"harm/1": text})).keys() == {"texts.harm/1"}


@pytest.mark.parametrize(
    "text",
    ["\u2068Unhöflich\u2069 \u2067غ\u2069", "كلام\u200f (1)", "\u0645\u06cc\u200c\u062e\u0648\u0645", "a\nb"],
)
def test_marks_and_closed_isolates_are_part_of_writing(text: str) -> None:
    read = read_translation(translation({"harm/1": text}), schema(), languages=PAGES)

    assert read.texts == {"harm/1": text}


def test_a_file_made_from_other_originals_is_refused_where_they_differ() -> None:
    body = translation(
        {"harm/1": "leicht", "harm/rude/definition": "Unfreundliche Worte."},
        original={"harm/1": "mild", "harm/rude/definition": "Rude words."},
    )

    assert refused(body).keys() == {"original.harm/rude/definition"}


def test_a_document_without_anything_is_refused() -> None:
    assert refused([]).keys() >= {"document", "language", "texts"}
    assert refused(translation({})).keys() == {"texts"}
    assert refused(translation({"harm/1": ""})).keys() == {"texts"}


def test_a_newer_version_keeps_what_is_said_in_the_same_words() -> None:
    changed = document()
    changed["questions"][0]["categories"][0]["definition"] = "Unfriendly words."
    changed["questions"][0]["categories"].pop(2)
    texts = {
        "harm/rude/name": "Unhöflich",
        "harm/rude/definition": "Unfreundliche Worte.",
        "harm/threat_vivid/name": "Ausgemalte Drohung",
    }

    assert still_true(schema(), texts, parse(changed)) == {"harm/rude/name": "Unhöflich"}


def test_what_changed_is_looked_for_in_the_original_and_said_in_the_readers_words() -> None:
    changed = document()
    changed["questions"][0]["categories"][0]["definition"] = "Unfriendly words."
    newer = parse(changed)
    german = {"harm/rude/name": "Unhöflich", "harm/rude/definition": "Unfreundliche Worte."}

    found = changes(
        schema_passages(schema(), in_translation(schema(), {}, "de")),
        schema_passages(newer, in_translation(newer, german, "de")),
    )

    (change,) = found  # that the other texts became German is no change of the rules
    assert change.title == "Unhöflich"
    assert [(line.kind, line.text) for line in change.lines] == [
        ("same", "Unhöflich"),
        ("removed", "Unkind words."),
        ("added", "Unfreundliche Worte."),
    ]


def test_an_anchor_without_its_word_still_knows_its_language() -> None:
    alone = without_word(tagged("Leicht: unhöflich.", "de"), "leicht")

    assert isinstance(alone, TaggedText)
    assert (alone, alone.language) == ("Unhöflich.", "de")


@pytest.mark.parametrize(
    ("available", "wanted", "best"),
    [(("en", "pt", "pt-br"), "pt-BR", "pt-br"), (("en", "pt-br"), "pt", "pt-br"), (("en",), "de", None)],
)
def test_the_tag_that_fits_best(available: tuple[str, ...], wanted: str, best: str | None) -> None:
    assert best_tag(available, wanted) == best
