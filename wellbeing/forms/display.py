"""How items first appear to a person, and the floor that an officer sets."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from wellbeing.domain.display import LINE_SPACINGS, TEXT_SIZES, FirstPicture, FirstText
from wellbeing.models import DisplayChoice
from wellbeing.queries.categories import ChosenCategory

AS_IN_GENERAL = ("", gettext_lazy("As in general"))
TEXTS = (
    (FirstText.MASKED.value, gettext_lazy("The first part, listed words hidden")),
    (FirstText.PARTS.value, gettext_lazy("Part by part, no words hidden")),
    (FirstText.FULL.value, gettext_lazy("All of it at once")),
)
PICTURES = (
    (FirstPicture.LOW.value, gettext_lazy("Small and grey, then tile by tile")),
    (FirstPicture.FULL.value, gettext_lazy("The whole picture at once")),
)
SIZES = tuple(
    zip(TEXT_SIZES, (gettext_lazy("As usual"), gettext_lazy("Larger"), gettext_lazy("Largest")), strict=True)
)
SPACINGS = tuple(
    zip(LINE_SPACINGS, (gettext_lazy("As usual"), gettext_lazy("Wide"), gettext_lazy("Widest")), strict=True)
)


class DisplayForm(forms.Form):
    """The general choice, and two lists for each category. An old page takes back nothing of a category."""

    first_text = forms.ChoiceField(
        choices=TEXTS, widget=forms.RadioSelect, label=gettext_lazy("Text begins with")
    )
    first_picture = forms.ChoiceField(
        choices=PICTURES, widget=forms.RadioSelect, label=gettext_lazy("A picture begins")
    )
    keeps_grey = forms.BooleanField(
        required=False, label=gettext_lazy("A whole picture stays grey until I ask for its colours")
    )
    text_size = forms.TypedChoiceField(
        choices=SIZES, coerce=int, widget=forms.RadioSelect, label=gettext_lazy("Size of the words")
    )
    line_spacing = forms.TypedChoiceField(
        choices=SPACINGS, coerce=int, widget=forms.RadioSelect, label=gettext_lazy("Space between lines")
    )

    def __init__(
        self,
        *args: Any,
        chosen: Mapping[str, DisplayChoice],
        categories: Iterable[ChosenCategory],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.chosen, self.categories = chosen, list(categories)
        for category in self.categories:
            row = chosen.get(category.code)
            text, picture = _names(category)
            self.fields[text] = forms.ChoiceField(
                choices=(AS_IN_GENERAL, *TEXTS),
                required=False,
                show_hidden_initial=True,
                initial=row.first_text if row else "",
                label=gettext("Text: {category}").format(category=category.name),
            )
            self.fields[picture] = forms.ChoiceField(
                choices=(AS_IN_GENERAL, *PICTURES),
                required=False,
                show_hidden_initial=True,
                initial=row.first_picture if row else "",
                label=gettext("Pictures: {category}").format(category=category.name),
            )

    def rows(self) -> list[tuple[ChosenCategory, Any, Any]]:
        """Each category with its two lists."""
        names = [(category, *_names(category)) for category in self.categories]
        return [(category, self[text], self[picture]) for category, text, picture in names]

    def general(self) -> dict[str, Any]:
        """For interface.choose_display: all but the categories."""
        values = self.cleaned_data
        return {
            "text": FirstText(values["first_text"]),
            "picture": FirstPicture(values["first_picture"]),
            "keeps_grey": values["keeps_grey"],
            "text_size": values["text_size"],
            "line_spacing": values["line_spacing"],
        }

    def changed_categories(self) -> dict[str, tuple[FirstText | None, FirstPicture | None]]:
        """For interface.choose_display: what was changed, by code. Of two lists, the one left alone keeps what stands."""
        changed: dict[str, tuple[FirstText | None, FirstPicture | None]] = {}
        for category in self.categories:
            names = _names(category)
            if not set(names) & set(self.changed_data):
                continue
            row = self.chosen.get(category.code)
            stands = (row.first_text, row.first_picture) if row else ("", "")
            text, picture = (
                self.cleaned_data[name] if name in self.changed_data else stood
                for name, stood in zip(names, stands, strict=True)
            )
            changed[category.code] = (
                FirstText(text) if text else None,
                FirstPicture(picture) if picture else None,
            )
        return changed


class FloorForm(forms.Form):
    value = forms.ChoiceField(
        choices=TEXTS, widget=forms.RadioSelect, label=gettext_lazy("The mildest first look")
    )


def _names(category: ChosenCategory) -> tuple[str, str]:
    """Codes may hold anything; names of fields are letters and digits."""
    key = category.code.encode().hex()
    return f"text-{key}", f"picture-{key}"
