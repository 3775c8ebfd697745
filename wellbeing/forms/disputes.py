"""What people type and choose on the pages of this app."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from people.text_fields import LinesField
from wellbeing.domain.dispute import MOST_WORDS, Outcome, lacks_words

SEVERITY_CHOICES = (
    ("0", pgettext_lazy("severity", "harmless")),
    ("1", gettext_lazy("mild")),
    ("2", gettext_lazy("moderate")),
    ("3", gettext_lazy("severe")),
    ("4", gettext_lazy("extreme")),
)


class DisputeForm(forms.Form):
    """Which severity an entry should count as: any but the one that it counts as. Nothing else is asked."""

    severity = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        label=gettext_lazy("It should count as"),
        error_messages={"required": gettext_lazy("Choose one.")},
    )

    def __init__(self, *args: Any, counts_as: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["severity"]
        assert isinstance(choice, forms.TypedChoiceField)  # noqa: S101 - declared above
        choice.choices = [one for one in SEVERITY_CHOICES if one[0] != str(counts_as)]


class DecisionForm(forms.Form):
    """An officer's decision on a dispute. Declining needs words."""

    outcome = forms.ChoiceField(choices=[(outcome.value, outcome.value) for outcome in Outcome])
    reason = LinesField(
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Words for the person",
        help_text="They read this at their entry. Needed if you leave it as it is. Nothing about the content, please.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if lacks_words(cleaned.get("outcome", ""), cleaned.get("reason", "")):
            self.add_error("reason", "Write a few words, so that the person knows what you went by.")
        return cleaned
