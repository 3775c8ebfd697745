"""The form of one answer. Each kind of question is a module that draws it, reads it, and says what is missing."""

from labeling.forms.answers.categories import STRENGTH_UNSAID
from labeling.forms.answers.form import AnswerForm, Draft, answer_form, begun, drafted, submitted
from labeling.forms.answers.words import prompt_of, word_of

__all__ = [
    "STRENGTH_UNSAID",
    "AnswerForm",
    "Draft",
    "answer_form",
    "begun",
    "drafted",
    "prompt_of",
    "submitted",
    "word_of",
]
