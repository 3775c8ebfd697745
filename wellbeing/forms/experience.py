"""Recognising somebody's experience."""

from django import forms

from wellbeing.domain.ramp import FIRST_STEP, LAST_STEP
from wellbeing.domain.ramp_words import step_in_words


class ExperienceForm(forms.Form):
    step = forms.TypedChoiceField(
        choices=[(step, step_in_words(step)) for step in range(FIRST_STEP, LAST_STEP + 1)],
        coerce=int,
        label="Where they stand from today on",
    )
