"""Changing the limits of the organisation or of a team: every number in the unit in which people read it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from people.text_fields import LinesField
from wellbeing.domain.limit_words import LIMITS, WORDS, LimitWords
from wellbeing.domain.policy import CEILING, Policy

LONGEST_REST = 24 * 60  # minutes
_EDGE = {True: MinValueValidator, False: MaxValueValidator}


class PolicyForm(forms.Form):
    """All numbers of a policy as they stand, and the reason for changing some of them."""

    def __init__(self, *args: Any, standing: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for limit in LIMITS:
            self.fields[limit.name] = _field(limit, getattr(standing, limit.name))
        self.fields["reason"] = LinesField(
            max_length=500,
            label="Why",
            help_text="Everybody concerned can read it. Nothing about single people.",
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not self.numbers():
            raise forms.ValidationError("Change at least one number.", code="unchanged")
        return values

    def numbers(self) -> dict[str, int]:
        """What was changed, in the units in which it is stored."""
        return {
            name: int(self.cleaned_data[name] * WORDS[name].per_unit)
            for name in self.changed_data
            if name in WORDS and name in self.cleaned_data
        }


def _field(limit: LimitWords, number: int) -> forms.Field:
    """In whole days, or in units with two decimals. The ceiling is part of the field, and said in words."""
    ceiling = getattr(CEILING, limit.name)
    edge, said = Decimal(ceiling) / limit.per_unit, limit.said(ceiling)
    field: forms.IntegerField
    if limit.per_unit == 1:
        field = forms.IntegerField(min_value=0, max_value=int(edge))
    elif limit.is_least:
        field = forms.DecimalField(min_value=edge, max_value=LONGEST_REST, decimal_places=2)
    else:
        field = forms.DecimalField(min_value=0, max_value=edge, decimal_places=2)
    field.label = f"{limit.label[0].upper()}{limit.label[1:]} ({limit.unit})"
    field.initial = Decimal(f"{limit.units(number):g}")
    field.help_text = f"{'At least' if limit.is_least else 'At most'} {said}."
    beyond = "below" if limit.is_least else "above"
    field.validators = [
        *(v for v in field.validators if not isinstance(v, _EDGE[limit.is_least])),
        _EDGE[limit.is_least](edge, f"Nothing is set {beyond} {said}."),
    ]
    return field
