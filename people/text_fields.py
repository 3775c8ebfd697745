"""Form fields for what people write and others read: without signs that hide, or turn round what stands beside them."""

from typing import Any

from django import forms

from people.readable_text import ONE_LINE, TYPED_LINES, WHY_UNFIT, Unfit, unfit
from people.speech import in_language


class LineField(forms.CharField):
    """A name, or a text of one line."""

    allowed = ONE_LINE

    def validate(self, value: Any) -> None:
        super().validate(value)
        why = unfit(value or "", allowed=self.allowed)
        if why is not None:
            raise forms.ValidationError(in_language(WHY_UNFIT[why]), code=why)


class LinesField(LineField):
    """Free text: it may have line breaks."""

    allowed = TYPED_LINES


def why_unfit(form: forms.Form) -> str:
    """For a page that has one line to say what is wrong: which sign it was, or nothing."""
    found = (error for errors in form.errors.as_data().values() for error in errors)
    return next((error.messages[0] for error in found if error.code in set(Unfit)), "")
