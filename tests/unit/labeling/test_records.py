import pytest

from labeling.domain.records import Expected, RecordError, read_record

EXPECTED = Expected(categories=frozenset({"V", "H"}), source="board", language="en")


def codes(raw, expected=EXPECTED):
    with pytest.raises(RecordError) as refused:
        read_record(raw, expected)
    return [(problem.code, problem.path) for problem in refused.value.problems]


def test_a_text_with_defaults():
    record = read_record({"id": "a", "text": "Good morning."}, EXPECTED)
    assert (record.external_id, record.kind, record.body) == ("a", "text", {"text": "Good morning."})
    assert (record.source, record.language, record.severity) == ("board", "en", None)
    assert (record.words, record.part_words, record.categories) == (2, [2], [])


def test_everything_a_record_may_say():
    record = read_record(
        {
            "id": 7,
            "prompt": "Hello?",
            "completions": ["Yes.", "No."],
            "context": {"use_case": "chat"},
            "source": "logs",
            "language": "pt-BR",
            "severity": 3,
            "scores": {"V": 0.9, "H": 0},
            "meta": {"batch": [1]},
            "thread": "t1",
        },
        EXPECTED,
    )
    assert record.external_id == "7"
    assert record.kind == "pair"
    assert record.body == {
        "prompt": "Hello?",
        "completions": ["Yes.", "No."],
        "context": {"use_case": "chat"},
    }
    assert record.categories == ["V"]
    assert record.meta == {"thread": "t1", "batch": [1]}


@pytest.mark.parametrize(
    ("written", "kept"),
    [("lao", "lo"), ("twi-GH", "tw-GH"), ("ENG", "en"), ("pt-br", "pt-br"), ("ceb", "ceb"), ("xx", "xx")],
)
def test_a_language_begins_with_its_shortest_code(written, kept):
    """By that people's own languages are kept, and the claim compares the two."""
    record = {"id": "a", "text": "Good morning."}
    assert read_record({**record, "language": written}, EXPECTED).language == kept
    assert read_record(record, Expected(language=written)).language == kept


def test_a_conversation():
    messages = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Good day"}]
    assert read_record({"id": "c", "messages": messages}, EXPECTED).kind == "conversation"


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ({"text": "x"}, ("missing", "id")),
        ({"id": "", "text": "x"}, ("missing", "id")),
        ({"id": True, "text": "x"}, ("wrong_type", "id")),
        ({"id": "x" * 201, "text": "x"}, ("bad_id", "id")),
        ({"id": " a", "text": "x"}, ("bad_id", "id")),
        ({"id": "a\n", "text": "x"}, ("bad_id", "id")),
        ({"id": "a"}, ("missing", "text")),
        ({"id": "a", "text": None}, ("missing", "text")),
        ({"id": "a", "text": 5}, ("wrong_type", "text")),
        ({"id": "a", "text": " \n "}, ("empty", "text")),
        ({"id": "a", "text": "x", "prompt": "y"}, ("ambiguous", "text")),
        ({"id": "a", "prompt": "x"}, ("missing", "completion")),
        ({"id": "a", "completion": "x"}, ("missing", "prompt")),
        ({"id": "a", "prompt": 1, "completion": "x"}, ("wrong_type", "prompt")),
        ({"id": "a", "prompt": "x", "completions": ["y"]}, ("out_of_range", "completions")),
        ({"id": "a", "prompt": "x", "completions": ["y", 2]}, ("wrong_type", "completions")),
        ({"id": "a", "messages": []}, ("wrong_type", "messages")),
        ({"id": "a", "messages": [{"role": "user"}]}, ("wrong_type", "messages[0]")),
        ({"id": "a", "messages": [{"role": "user", "content": []}]}, ("wrong_type", "messages[0]")),
        ({"id": "a", "image": 7}, ("wrong_type", "image")),
        ({"id": "a", "image": "../a.png"}, ("bad_image_name", "image")),
        ({"id": "a", "image": "/etc/a.png"}, ("bad_image_name", "image")),
        ({"id": "a", "image": "x\\a.png"}, ("bad_image_name", "image")),
        ({"id": "a", "image": "a.png", "caption": 4}, ("wrong_type", "caption")),
        ({"id": "a", "image": "a.png", "text": "b"}, ("ambiguous", "text")),
        ({"id": "a", "text": "x", "gold": {}}, ("unsupported", "gold")),
        ({"id": "a", "text": "x", "context": "x"}, ("wrong_type", "context")),
        ({"id": "a", "text": "x", "source": 4}, ("wrong_type", "source")),
        ({"id": "a", "text": "x", "language": "english please"}, ("bad_language", "language")),
        ({"id": "a", "text": "x", "severity": 5}, ("out_of_range", "severity")),
        ({"id": "a", "text": "x", "severity": "2"}, ("out_of_range", "severity")),
        ({"id": "a", "text": "x", "severity": 1.0}, ("out_of_range", "severity")),
        ({"id": "a", "text": "x", "scores": []}, ("wrong_type", "scores")),
        ({"id": "a", "text": "x", "scores": {"X": 0.5}}, ("unknown_category", "scores.X")),
        ({"id": "a", "text": "x", "scores": {"V": 1.5}}, ("out_of_range", "scores.V")),
        ({"id": "a", "text": "x", "scores": {"V": True}}, ("out_of_range", "scores.V")),
        ({"id": "a", "text": "x", "meta": "y"}, ("wrong_type", "meta")),
        ({"id": "a", "text": "x\0"}, ("nul", "text")),
        ({"id": "a", "text": "x\ud800"}, ("surrogate", "text")),
        ({"id": "a", "text": "x", "meta": {"a": [{"b\0": 1}]}}, ("nul", "meta")),
        ({"id": "a", "text": "x", "note\ud800": 1}, ("surrogate", "?")),
        ({"id": "a", "text": "x", "meta": {"a": float("inf")}}, ("not_a_number", "meta")),
    ],
)
def test_what_is_wrong_is_named_with_its_field(raw, found):
    assert found in codes(raw)


def test_all_problems_of_a_record_are_told():
    assert len(codes({"text": 5, "severity": 9, "scores": {"X": 1}})) == 4


def test_an_import_of_one_kind_refuses_the_others():
    only_text = Expected(kind="text")
    assert codes({"id": "a", "prompt": "x", "completion": "y"}, only_text) == [("wrong_kind", "prompt")]


def test_endless_nesting_is_refused():
    nested = []
    for _ in range(500):
        nested = [nested]
    assert codes({"id": "a", "text": "x", "meta": {"a": nested}}) == [("too_deep", "meta")]


def test_an_image_with_its_caption():
    record = read_record({"id": "a", "image": "x/a.png", "caption": "A bowl.", "by": "us"}, EXPECTED)

    assert (record.kind, record.image_name, record.part_words) == ("image", "x/a.png", [2, 20])
    assert record.meta == {"by": "us"}
    found = record.with_picture(sha256="ab", width=1600, height=900)
    assert found.body == {
        "image": {"name": "x/a.png", "sha256": "ab", "width": 1600, "height": 900},
        "caption": "A bowl.",
    }
    assert found.frame == "wide large"


def test_a_caption_without_an_image_is_carried_along():
    assert read_record({"id": "a", "text": "b", "caption": "c"}, EXPECTED).meta == {"caption": "c"}
