"""A message to or from the counsellor."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy

from wellbeing.domain.support import LONGEST_MESSAGE


class MessageForm(forms.Form):
    """Free text, and nothing else is asked. The hidden number makes the same form sent twice one message."""

    id = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)
    text = forms.CharField(
        max_length=LONGEST_MESSAGE,
        label=gettext_lazy("Your message"),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write something first. A few words are enough.")},
    )
