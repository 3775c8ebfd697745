"""What a person chooses for themself. Every form says what is wrong at its field, and keeps what was typed."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext, gettext_lazy

from people.models import User
from people.operations.settings import FASTEST_PACE, SLOWEST_PACE
from people.speech import number_in_words
from wellbeing.domain.choices import HEAVIER
from wellbeing.domain.points import NO_SELF_WEIGHT, THOUSAND
from wellbeing.domain.policy import Policy
from wellbeing.queries.categories import ChosenCategory

OWN_NUMBER = "own"
ALL_OF_IT = "1000"
SHARES = (
    (ALL_OF_IT, gettext_lazy("All of it")),
    ("750", gettext_lazy("Three quarters of it")),
    ("500", gettext_lazy("Half of it")),
    ("250", gettext_lazy("A quarter of it")),
    (OWN_NUMBER, gettext_lazy("My own number")),
)
# (field, number of the policy, label, label of the field for one's own number)
LIMITED = (
    ("day", "day_points", gettext_lazy("In a day"), gettext_lazy("My own number of points in a day")),
    (
        "week",
        "week_points",
        gettext_lazy("In seven days"),
        gettext_lazy("My own number of points in seven days"),
    ),
)


class OwnLimitsForm(forms.Form):
    """One's own limits as a share of the shared ones, or as a number of points."""

    def __init__(self, *args: Any, shared: Policy, own: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shared, self.own = shared, own
        for field, name, label, number_label in LIMITED:
            most = getattr(shared, name)
            share, number = _as_share(own.get(name), most)
            self.fields[field] = forms.ChoiceField(choices=SHARES, initial=share, label=label)
            self.fields[f"{field}_number"] = forms.DecimalField(
                required=False,
                min_value=0,
                max_value=Decimal(most) / THOUSAND,
                decimal_places=1,
                initial=number,
                label=number_label,
                help_text=gettext_lazy("Only for “My own number”."),
                error_messages={
                    "max_value": gettext(
                        "The shared limit is {points} points. Your own can only be lower."
                    ).format(points=number_in_words(most / THOUSAND))
                },
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for field, *_ in LIMITED:
            number = f"{field}_number"
            if values.get(field) == OWN_NUMBER and values.get(number) is None and number not in self.errors:
                self.add_error(
                    number, forms.ValidationError(gettext("Write a number of points."), code="required")
                )
        return values

    def numbers(self) -> dict[str, int]:
        """For interface.set_own_limits: what is not limited further has no number."""
        wanted = {
            name: number for name, number in self.own.items() if name not in {n for _, n, *_ in LIMITED}
        }
        for field, name, *_ in LIMITED:
            share = self.cleaned_data[field]
            if share == OWN_NUMBER:
                wanted[name] = int(self.cleaned_data[f"{field}_number"] * THOUSAND)
            elif share != ALL_OF_IT:
                wanted[name] = getattr(self.shared, name) * int(share) // THOUSAND
        return wanted


def _as_share(number: int | None, most: int) -> tuple[str, Decimal | None]:
    """How a number of one's own is shown: as a share of the shared limit if it is one."""
    if number is None or number >= most:
        return ALL_OF_IT, None
    for share, _ in SHARES[1:-1]:
        if most * int(share) // THOUSAND == number:
            return share, None
    return OWN_NUMBER, Decimal(number) / THOUSAND


class CategoriesForm(forms.Form):
    """Two boxes for each category. What the page showed goes along, so that an old page takes nothing back."""

    def __init__(self, *args: Any, categories: Iterable[ChosenCategory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.categories = list(categories)
        for category in self.categories:
            never, heavier = _names(category)
            self.fields[never] = forms.BooleanField(
                required=False,
                show_hidden_initial=True,
                initial=category.is_refused,
                label=gettext("Never hand me {category}").format(category=category.name),
            )
            self.fields[heavier] = forms.BooleanField(
                required=False,
                show_hidden_initial=True,
                initial=category.is_heavier,
                label=gettext("{category} counts more for me").format(category=category.name),
            )

    def rows(self) -> list[tuple[ChosenCategory, Any, Any]]:
        """Each category with its two boxes."""
        names = [(category, *_names(category)) for category in self.categories]
        return [(category, self[never], self[heavier]) for category, never, heavier in names]

    def choices(self) -> dict[str, tuple[bool, int]]:
        """For interface.choose_categories: what was changed, by code."""
        changed: dict[str, tuple[bool, int]] = {}
        for category in self.categories:
            never, heavier = _names(category)
            if {never, heavier} & set(self.changed_data):
                # Of the two boxes, the one that was left alone keeps what stands now, whatever the page had shown.
                refused = self.cleaned_data[never] if never in self.changed_data else category.is_refused
                heavy = self.cleaned_data[heavier] if heavier in self.changed_data else category.is_heavier
                changed[category.code] = (refused, HEAVIER if heavy else NO_SELF_WEIGHT)
        return changed


def _names(category: ChosenCategory) -> tuple[str, str]:
    """Codes may hold anything; names of fields are letters and digits."""
    key = category.code.encode().hex()
    return f"never-{key}", f"heavier-{key}"


class PaceForm(forms.Form):
    words_per_minute = forms.IntegerField(
        min_value=SLOWEST_PACE,
        max_value=FASTEST_PACE,
        label=gettext_lazy("Words a minute"),
        help_text=gettext_lazy("Between 40 and 200."),
    )


@cache
def known_time_zones() -> tuple[str, ...]:
    """The names that people know. Those such as "Etc/GMT+3" are for machines. Read from the disk once."""
    return tuple(
        name for name in available_timezones() if not name.startswith(("Etc/", "SystemV/", "posix", "right"))
    )


class TimeZoneForm(forms.Form):
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"))

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["time_zone"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.initial = person.time_zone
        named = {person.time_zone, *known_time_zones()}
        field.choices = [(name, name.replace("_", " ")) for name in sorted(named)]


class LanguagesForm(forms.Form):
    languages = forms.CharField(
        max_length=200,
        label=gettext_lazy("Codes of the languages that you read"),
        help_text=gettext_lazy("English is “en”, Swahili “sw”. Put a comma between two."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )

    def tags(self) -> list[str]:
        typed = self.cleaned_data["languages"].replace(",", " ").split()
        return [_tag(word) for word in typed]


def _tag(word: str) -> str:
    language, dash, rest = word.partition("-")
    return language.lower() + dash + rest
