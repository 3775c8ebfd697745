import pytest

from people.readable_text import LINES, ONE_LINE, TYPED_LINES, Unfit, encodes, unfit


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Chat\u0000logs", Unfit.UNPRINTABLE),
        ("Chat\ud800logs", Unfit.UNPRINTABLE),
        ("Chat\nlogs", Unfit.UNPRINTABLE),
        ("Chat\u2028logs", Unfit.UNPRINTABLE),
        *((f"Chat{chr(sign)}logs", Unfit.OVERRIDES) for sign in range(0x202A, 0x202F)),
        ("Chat \u2066logs", Unfit.UNBALANCED),
        ("Chat\u2069 logs", Unfit.UNBALANCED),
        ("\u200b\u2060", Unfit.UNSEEN),
        ("\u3164 \u2800", Unfit.UNSEEN),
        ("", None),
        ("\u0633\u062c\u0644\u200f \u2068chat\u2069", None),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", None),
        ("👩\u200d🔬 \u2764\ufe0f", None),
    ],
)
def test_a_line_that_others_cannot_read(text, why):
    assert unfit(text, allowed=ONE_LINE) is why


def test_free_text_has_lines_and_each_closes_what_it_opens():
    assert unfit("One.\r\n\tTwo.", allowed=TYPED_LINES) is None
    assert unfit("One.\tTwo.", allowed=LINES) is Unfit.UNPRINTABLE
    assert unfit("\u2067One.\nTwo.\u2069", allowed=TYPED_LINES) is Unfit.UNBALANCED


def test_half_of_a_pair_is_no_character():
    assert encodes("Chat 😀")
    assert not encodes("Chat \ud83d")
