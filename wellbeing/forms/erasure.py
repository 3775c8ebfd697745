"""An admin asks for somebody to be erased."""

from django import forms

from people.models import User
from wellbeing.domain.erasing import ErasureReason


class ErasureForm(forms.Form):
    """Whom, and why: of a list, because a reason outlives the name."""

    username = forms.CharField(max_length=150, label="Name for sign-in")
    reason = forms.ChoiceField(
        label="Why", choices=[(reason.value, reason.in_words) for reason in ErasureReason]
    )

    def clean_username(self) -> User:
        person = User.objects.filter(username__iexact=self.cleaned_data["username"], erased_at=None).first()
        if person is None:
            raise forms.ValidationError("Nobody has this name.", code="nobody")
        return person
