"""What goes into a release."""

from typing import Any

from django import forms


class ReleaseForm(forms.Form):
    """Seed and splits; everything else about a release follows from the state of the project."""

    seed = forms.IntegerField(
        min_value=0,
        max_value=2**62,
        required=False,
        label="Seed",
        help_text="The same seed splits the same items the same way. Left empty, it is the project’s own.",
    )
    train = forms.IntegerField(min_value=0, max_value=100, initial=80, label="Training, percent")
    validation = forms.IntegerField(min_value=0, max_value=100, initial=10, label="Validation, percent")
    test = forms.IntegerField(min_value=0, max_value=100, initial=10, label="Test, percent")

    def clean(self) -> dict[str, Any]:
        """Puts the shares by split under `shares`; a split of nothing is left out."""
        values = super().clean() or {}
        percents = {n: values[n] for n in ("train", "validation", "test") if values.get(n) is not None}
        if len(percents) == 3:
            if sum(percents.values()) != 100:
                raise forms.ValidationError("The three splits must add up to 100 percent.", code="sum")
            values["shares"] = {name: percent / 100 for name, percent in percents.items() if percent}
        return values
