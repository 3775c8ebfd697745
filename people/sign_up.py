"""The form that makes an account (settings.ACCOUNT_FORMS): the library's own, which says what a name may hold and takes
the time zone that the browser knows."""

from typing import Any

from allauth.account.forms import SignupForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from people.models.user import known_time_zone


class SignUpForm(SignupForm):  # type: ignore[misc]
    # Filled by static/js/time_zone.js; nobody is kept out because a browser names a zone that is not known here.
    time_zone = forms.CharField(
        required=False, widget=forms.HiddenInput(attrs={"data-own-time-zone": True, "autocomplete": "off"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].help_text = gettext_lazy("Letters, numbers and . - _ + @, no spaces.")

    def clean_time_zone(self) -> str:
        """A zone that is known here, or nothing."""
        named: str = self.cleaned_data["time_zone"]
        try:
            known_time_zone(named)
        except ValidationError:
            return ""
        return named
