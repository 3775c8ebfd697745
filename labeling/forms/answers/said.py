"""An answer in a few words, for the list of one's own last ones. Never what somebody wrote or marked."""

from typing import Any

from django.utils.translation import ngettext

from labeling.domain.schema import (
    Choice,
    Constraint,
    Preference,
    Question,
    Ranking,
    Rating,
    Spans,
    is_own_words,
)
from labeling.forms.answers.words import CONSTRAINTS, completion_name, count_of


def in_words(question: Question, said: Any) -> str:
    """What the answer to any question but one about categories comes to."""
    if isinstance(question, Constraint):
        return str(CONSTRAINTS[said])
    if isinstance(question, Choice):
        return next((option.name for option in question.options if option.id == said), str(said))
    if isinstance(question, Rating):
        return next((point.text for point in question.points if point.value == said), str(said))
    if isinstance(question, Preference):
        return completion_name(said)
    if isinstance(question, Ranking):
        return " > ".join(" = ".join(group) for group in said)
    if isinstance(question, Spans):
        return ngettext("%(count)s part marked", "%(count)s parts marked", len(said)) % {"count": len(said)}
    words = count_of(said["text"]) if is_own_words(said) else 0
    return ngettext("%(count)s word written", "%(count)s words written", words) % {"count": words}
