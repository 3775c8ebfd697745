"""A file of items, and how to read it."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from labeling.importers import FORMATS, format_of

GUESS = ""


class ImportForm(forms.Form):
    """What to import and in which format."""

    file = forms.FileField(label=_("File"))
    pictures = forms.FileField(
        required=False,
        label=_("Pictures"),
        help_text=_("For items with an image: a zip or tar archive of the files that the lines name."),
    )
    format = forms.ChoiceField(
        required=False,
        label="Format",
        choices=[
            (GUESS, "By the name of the file"),
            *((known.name, known.title) for known in FORMATS.values()),
        ],
        help_text="Each item has an id and a text, a prompt with a completion, or messages.",
    )
    columns = forms.CharField(
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "placeholder": "comment_text = text"}),
        label="Columns",
        help_text="Where your file uses other names: one a line, “their name = our name”. "
        "“their name =” leaves a column out.",
    )

    def clean_file(self) -> Any:
        return self._small_enough("file")

    def clean_pictures(self) -> Any:
        return self._small_enough("pictures")

    def _small_enough(self, name: str) -> Any:
        file = self.cleaned_data[name]
        if file is not None and file.size > settings.IMPORT_MAX_BYTES:
            most = settings.IMPORT_MAX_BYTES // 2**20
            message = told("The file is larger than %(most)s MiB. Send it in parts.") % {"most": most}
            raise forms.ValidationError(message, code="too_large")
        return file

    def clean_columns(self) -> dict[str, str]:
        """Their name → ours, or nothing for a column that is left out."""
        columns: dict[str, str] = {}
        for number, line in enumerate(self.cleaned_data["columns"].splitlines(), 1):
            if not line.strip():
                continue
            theirs, equals, ours = line.partition("=")
            if not equals or not theirs.strip():
                raise forms.ValidationError(f"Line {number} is not “their name = our name”.", code="columns")
            columns[theirs.strip()] = ours.strip()
        return columns

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        file = values.get("file")
        if file is not None and not values.get("format"):
            guessed = format_of(file.name)
            if guessed is None:
                raise forms.ValidationError(
                    "The name of the file does not say its format. Choose one.", code="format"
                )
            values["format"] = guessed.name
        return values
