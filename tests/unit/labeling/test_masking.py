import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.domain.lexicon import Lexicon
from labeling.domain.masking import PART_WORDS, Hidden, Shown, block_texts, mask, part_words, parts
from labeling.domain.reading import words_in

LEXICON = Lexicon(salt="test", categories={}).with_words("insult", ["grumble", "twit"])


def words(n, start=0):
    return " ".join(f"word{number}" for number in range(start, start + n))


def texts(part):
    return [(segment.label, segment.text, segment.continued) for segment in part.segments]


def test_a_short_text_is_one_part():
    (part,) = parts({"text": "Good morning. The bus is late."})
    assert texts(part) == [("", "Good morning. The bus is late.", False)]
    assert part.words == 6


def test_a_long_text_is_cut_between_sentences():
    first, second = f"{words(50)}. ", f"{words(50, 50)}."
    assert [texts(part) for part in parts({"text": first + second})] == [
        [("", first, False)],
        [("", second, True)],
    ]


def test_a_sentence_without_an_end_is_cut_between_words():
    found = parts({"text": words(200)})
    assert [part.words for part in found] == [80, 80, 40]
    assert "".join(part.segments[0].text for part in found) == words(200)


def test_a_script_without_blanks_is_cut_too():
    found = parts({"text": "\u4f60" * 400})
    assert [part.words for part in found] == [80, 80, 40]


def test_a_pair_names_prompt_and_completions():
    (part,) = parts({"prompt": "How are you?", "completion": "Fine."})
    assert texts(part) == [("Prompt", "How are you?", False), ("Completion", "Fine.", False)]
    (part,) = parts({"prompt": "Hi", "completions": ["One.", "Two."]})
    assert [segment.label for segment in part.segments] == ["Prompt", "Completion A", "Completion B"]


def test_a_conversation_keeps_its_turns_behind_the_context_panel():
    body = {
        "messages": [{"role": "user", "content": "Hello"}, {"role": "assistant", "content": "Good day"}],
        "context": {
            "system_prompt": "Be kind.",
            "use_case": {"audience": "children", "rules": ["one", "two"]},
        },
    }
    (part,) = parts(body)
    assert [(segment.label, segment.text, segment.is_context) for segment in part.segments] == [
        ("System prompt", "Be kind.", True),
        ("Use case", "Audience: children\nRules: one\ntwo", True),
        ("User", "Hello", False),
        ("Assistant", "Good day", False),
    ]


def test_a_long_turn_goes_on_in_the_next_part():
    body = {"messages": [{"role": "user", "content": words(70)}, {"role": "assistant", "content": words(30)}]}
    first, second = parts(body)
    assert [segment.label for segment in first.segments] == ["User"]
    assert [(segment.label, segment.continued) for segment in second.segments] == [("Assistant", False)]


def test_nothing_written_has_no_parts():
    assert parts({"text": "  \n"}) == ()
    assert part_words({"text": " "}) == []


def test_a_hidden_word_leaves_no_letter_behind():
    assert mask("You twit, go home.", LEXICON) == (Shown("You "), Hidden("insult", 4), Shown(", go home."))
    assert mask("twit", LEXICON) == (Hidden("insult", 4),)
    assert mask("nothing here", LEXICON) == (Shown("nothing here"),)


@pytest.mark.parametrize(
    "written",
    [
        "TWIT",
        "twits",
        "tw1t",
        "twiiiit",
        "t.w.i.t",
        "Twit!",
        "twitty",
        "tw\u00eft",
        "\uff54wit",
        "nit-twit",
        "*twit*",
    ],
)
def test_a_word_is_known_however_it_is_written(written):
    hidden = mask(f"Oh {written} there", LEXICON)
    assert "insult" in {run.category for run in hidden if isinstance(run, Hidden)}
    assert "wit" not in "".join(run.text.casefold() for run in hidden if isinstance(run, Shown))


@pytest.mark.parametrize("harmless", ["witty", "with", "wit", "outwit", "rumble"])
def test_a_word_inside_another_word_stays(harmless):
    assert mask(harmless, LEXICON) == (Shown(harmless),)


bodies = st.one_of(
    st.fixed_dictionaries({"text": st.text(max_size=2000)}),
    st.fixed_dictionaries({"prompt": st.text(max_size=900), "completion": st.text(max_size=900)}),
)


@given(bodies)
def test_parts_are_small_and_lose_nothing(body):
    found = parts(body)
    assert all(0 < part.words <= PART_WORDS for part in found)
    shown = "".join(segment.text for part in found for segment in part.segments)
    assert "".join(shown.split()) == "".join(
        "".join(body[key] for key in ("text", "prompt", "completion") if key in body).split()
    )


@given(bodies)
def test_stored_word_counts_are_those_of_the_parts(body):
    assert part_words(body) == [part.words for part in parts(body)]


@given(st.text(max_size=300))
def test_masking_only_ever_takes_away(text):
    runs = mask(text, LEXICON)
    shown = [run.text for run in runs if isinstance(run, Shown)]
    place = 0
    for piece in shown:
        place = text.index(piece, place) + len(piece)
    assert words_in("".join(shown)) <= words_in(text)


def test_a_stretch_knows_its_block_and_where_it_begins_there():
    body = {"prompt": "", "completions": ["One two. " * 50, "Three."], "context": {"system": "Be kind."}}
    seen = [segment for part in parts(body) for segment in part.segments]

    assert [(s.label, s.block) for s in seen if not s.continued] == [
        ("System", 0),
        ("Completion A", 1),
        ("Completion B", 2),
    ]
    assert block_texts(body)[2] == "Three."
    first = [s for s in seen if s.block == 1]
    assert len(first) == 2
    assert body["completions"][0][first[1].offset :].startswith(first[1].text)


def test_a_hidden_word_keeps_the_place_of_what_follows():
    text = "You twit, go home."
    runs = mask(text, LEXICON)

    assert sum(run.letters if isinstance(run, Hidden) else len(run.text) for run in runs) == len(text)


def test_the_picture_comes_after_what_is_written_beside_it():
    body = {
        "image": {"name": "a.png"},
        "caption": "A bowl of fruit.",
        "context": {"turns": [{"role": "user", "content": "Hi"}]},
    }
    found = parts(body)

    assert [part.is_picture for part in found] == [False, True]
    assert [segment.text for segment in found[0].segments] == ["User: Hi", "A bowl of fruit."]
    assert found[-1].words == 20
