"""What the kinds of words are called that masking hides, in the reader's language."""

from django.utils.translation import pgettext_lazy

KINDS = {
    "insult": pgettext_lazy("hidden words", "insult"),
    "self_harm": pgettext_lazy("hidden words", "self-harm"),
    "sexual": pgettext_lazy("hidden words", "sexual"),
    "violence": pgettext_lazy("hidden words", "violence"),
}
"""By their codes in the lexicon that comes with the product; those of other lexicons are shown as they are."""


def kind_name(code: str) -> str:
    return str(KINDS.get(code, code))
