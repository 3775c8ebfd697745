"""What a person chooses for themself. Every form says what is wrong at its field, and keeps what was typed."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext, gettext_lazy

from people.languages import names_of, tags_of
from people.models import User
from people.operations.settings import FASTEST_PACE, MOST_LANGUAGES, SLOWEST_PACE
from people.speech import in_language, number_in_words
from wellbeing.domain.choices import HEAVIER
from wellbeing.domain.limit_words import WORDS
from wellbeing.domain.points import NO_SELF_WEIGHT, THOUSAND
from wellbeing.domain.policy import Policy
from wellbeing.queries.categories import ChosenCategory

LONGEST_NAME = 60  # of a language, with its comma
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
            # What the page showed goes along: only so can a choice be told from what was left alone.
            self.fields[field] = forms.ChoiceField(
                choices=list(_shares_of(name, most)), initial=share, label=label, show_hidden_initial=True
            )
            self.fields[f"{field}_number"] = forms.DecimalField(
                required=False,
                min_value=0,
                max_value=Decimal(most) / THOUSAND,
                decimal_places=1,
                initial=number,
                label=number_label,
                help_text=gettext_lazy("What you write here counts, not the list."),
                show_hidden_initial=True,
                widget=forms.NumberInput(attrs={"data-own-number": self[field].id_for_label}),
                error_messages={
                    "max_value": gettext(
                        "The shared limit is {points} points. Your own can only be lower."
                    ).format(points=number_in_words(most / THOUSAND))
                },
            )

    def clean(self) -> dict[str, Any]:
        """A number that was written chooses “My own number” by itself, unless the list was moved to something else."""
        values = super().clean() or {}
        for field, name, *_ in LIMITED:
            number = f"{field}_number"
            share, written = values.get(field), values.get(number)
            if share is None or number in self.errors:
                continue
            if share == OWN_NUMBER:
                if written is None:
                    problem = gettext("Write a number of points.")
                    self.add_error(number, forms.ValidationError(problem, code="required"))
            elif written is not None and number in self.changed_data:
                if field not in self.changed_data:
                    values[field] = OWN_NUMBER
                elif int(written * THOUSAND) != _share_of(getattr(self.shared, name), share):
                    problem = gettext(
                        "In the list you chose something else. Choose “My own number” there, or leave this empty."
                    )
                    self.add_error(number, forms.ValidationError(problem, code="two_choices"))
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
                wanted[name] = _share_of(getattr(self.shared, name), share)
        return wanted


def _share_of(most: int, share: str) -> int:
    return most * int(share) // THOUSAND


def _shares_of(name: str, most: int) -> Iterator[tuple[str, str]]:
    """Each share with its points: in the first weeks it is no share of what holds today."""
    for share, label in SHARES:
        points = "" if share == OWN_NUMBER else in_language(WORDS[name].said(_share_of(most, share)))
        yield share, f"{label} ({points})" if points else str(label)


def _as_share(number: int | None, most: int) -> tuple[str, Decimal | None]:
    """How a number of one's own is shown: as a share of the shared limit if it is one."""
    if number is None or number >= most:
        return ALL_OF_IT, None
    for share, _ in SHARES[1:-1]:
        if _share_of(most, share) == number:
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


class PlaceForm(forms.Form):
    """Where somebody is and what they read: one form, so that saving one of the two does not drop the other.

    What the page showed goes along, so that an old page takes nothing back.
    """

    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), show_hidden_initial=True)
    languages = forms.CharField(
        max_length=MOST_LANGUAGES * LONGEST_NAME,
        label=gettext_lazy("Languages that you read"),
        help_text=gettext_lazy("By name or code, with a comma between two: “English, Swahili, de”."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
        show_hidden_initial=True,
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.fields["time_zone"]
        assert isinstance(zone, forms.ChoiceField)  # noqa: S101 - declared above
        zone.initial = person.time_zone
        named = {person.time_zone, *known_time_zones()}
        zone.choices = [(name, name.replace("_", " ")) for name in sorted(named)]
        self.fields["languages"].initial = names_of(person.languages)

    def tags(self) -> list[str]:
        return tags_of(self.cleaned_data["languages"])
