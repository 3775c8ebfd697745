"""What the form of an answer says: the usual wording of each kind of question, and names of severities."""

from typing import Any

from django.utils.translation import gettext, gettext_lazy, pgettext

from labeling.domain.schema import Question
from labeling.domain.schema.completions import TIE
from labeling.domain.severity import Severity
from people.tagged_text import TaggedText, tagged

PROMPTS = {
    "categories": gettext_lazy("What does it contain?"),
    "choice": gettext_lazy("Which one fits best?"),
    "rating": gettext_lazy("Where on this scale is it?"),
    "constraint": gettext_lazy("Did the reply keep to its safety rule?"),
    "preference": gettext_lazy("Which reply is better?"),
    "ranking": gettext_lazy("Put the replies in order, the best first."),
    "spans": gettext_lazy("Mark the parts of the text that this is about."),
    "rationale": gettext_lazy("Say in your own words what led you to this."),
    "correction": gettext_lazy("Write the reply as it should have been."),
}
CONSTRAINTS = {
    "followed": gettext_lazy("Followed"),
    "ignored": gettext_lazy("Ignored"),
    "not_applicable": gettext_lazy("Does not apply"),
}


def prompt_of(question: Question) -> str:
    return question.prompt or str(PROMPTS[question.kind])


def word_of(severity: int) -> str:
    """The word that a severity never goes without, in the reader's language."""
    return {
        Severity.BENIGN: pgettext("severity", "harmless"),
        Severity.MILD: gettext("mild"),
        Severity.MODERATE: gettext("moderate"),
        Severity.SEVERE: gettext("severe"),
        Severity.EXTREME: gettext("extreme"),
    }[Severity(severity)]


def completion_name(letter: str) -> str:
    """ "Reply A", as the block of its text is called."""
    return gettext("Reply %(letter)s") % {"letter": letter}


def preference_name(said: str, completions: int) -> str:
    """The better one of so many, or that they are alike."""
    if said != TIE:
        return completion_name(said)
    return gettext("Both alike") if completions == 2 else gettext("All alike")


def without_word(text: str, word: str) -> str:
    """An anchor's text without its own word in front ("Mild: …"), which the page prints beside it.

    The usual anchors are English, whatever language the page is in.
    """
    head, separator, rest = text.partition(": ")
    is_word = head.lower() in {word, *(level.name.lower() for level in Severity)}
    if not separator or not is_word:
        return text
    alone = rest[:1].upper() + rest[1:]
    return tagged(alone, text.language) if isinstance(text, TaggedText) else alone


def count_of(said: Any) -> int:
    """Words in a text that somebody wrote."""
    return len(str(said).split())
