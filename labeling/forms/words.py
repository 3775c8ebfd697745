"""What stands beside tasks: translations, examples, terms, questions, appeals."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from labeling.domain.schema import Schema
from labeling.forms.project import LANGUAGE_TAG, LONGEST_GUIDELINE
from labeling.models import GuidelineExample
from labeling.queries.questions import LONGEST
from people.text_fields import LineField, LinesField

SEVERITIES = ((1, "1 mild"), (2, "2 moderate"), (3, "3 severe"), (4, "4 extreme"))
TAG_HELP = "A language tag, such as de, sw or pt-BR."


class TranslationForm(forms.Form):
    """The version in force, in another language."""

    language = forms.RegexField(LANGUAGE_TAG, max_length=35, label="Language", help_text=TAG_HELP)
    body = LinesField(
        max_length=LONGEST_GUIDELINE, widget=forms.Textarea(attrs={"rows": 20}), label="Translation"
    )


class ExampleForm(forms.Form):
    """An example beside the guideline. Its text is not shown again without a look that counts."""

    text = forms.CharField(max_length=5_000, widget=forms.Textarea(attrs={"rows": 4}), label="Text")
    kind = forms.ChoiceField(choices=GuidelineExample.Kind.choices, label="What it shows")
    category = forms.ChoiceField(required=False, label="Expected category")
    severity = forms.TypedChoiceField(
        choices=SEVERITIES,
        coerce=int,
        initial=2,
        label="Severity",
        help_text="What it counts as when it is shown.",
    )
    note = LinesField(
        max_length=500,
        required=False,
        label="Why",
        help_text="Stands beside the example before it is shown. Do not repeat its words.",
    )
    language = forms.RegexField(
        LANGUAGE_TAG, required=False, max_length=35, label="Language", help_text=TAG_HELP
    )

    def __init__(self, *args: Any, schema: Schema | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = (
            [category for question in schema.about_categories for category in question.offered]
            if schema
            else []
        )
        field = self.fields["category"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", "None of these"), *((each.id, each.name) for each in offered)]

    def expected(self) -> dict[str, int]:
        """Category → severity, as an answer has it."""
        category = self.cleaned_data["category"]
        return {category: self.cleaned_data["severity"]} if category else {}


class TermForm(forms.Form):
    """A new term of the glossary."""

    term = LineField(
        max_length=120,
        label=_("Term"),
        help_text=_("If the word itself is harmful, write a name for it here, such as “word 3”."),
    )
    word = LineField(
        max_length=120,
        required=False,
        label=_("The harmful word itself"),
        help_text=_("Only for a harmful word. It stays hidden until somebody asks for it."),
    )
    meaning = LinesField(max_length=1_000, widget=forms.Textarea(attrs={"rows": 3}), label=_("What it means"))


class TermTranslationForm(forms.Form):
    language = forms.RegexField(LANGUAGE_TAG, max_length=35)
    meaning = LinesField(max_length=1_000)


class NoteForm(forms.Form):
    """Nobody else reads it, so nothing but its length is asked."""

    text = forms.CharField(max_length=1_000, required=False)


class QuestionForm(forms.Form):
    """`id` is the form's own number: sent twice, it is one question."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = LinesField(
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5, "data-focus": ""}),
        label=_("Your question"),
        help_text=_("Please do not copy the words of the item. Your lead finds the item by its number."),
    )


class ReplyForm(forms.Form):
    text = LinesField(max_length=LONGEST)


class AppealForm(forms.Form):
    reason = LinesField(
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        label=_("What should have counted"),
        help_text=_("You may leave this empty. Please do not copy the words of the item."),
    )


class AppealAnswerForm(forms.Form):
    outcome = forms.ChoiceField(choices=[("kept", "kept"), ("changed", "changed")])
    answer = LinesField(max_length=LONGEST, required=False)
