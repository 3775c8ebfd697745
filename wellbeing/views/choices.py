"""What a person chooses for themself: limits, categories, reading pace, place. Nobody else ever sees this page.

Each form saves by itself and says from when it holds. No audit event, no look: nothing of it leaves a trace for others.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from people.errors import SettingNotPossible
from people.models import User
from people.operations.settings import set_languages, set_reading_pace, set_time_zone
from people.sentences import Sentence
from people.speech import in_language
from people.views.signed_in import person
from wellbeing import interface
from wellbeing.domain.limit_words import WORDS
from wellbeing.domain.policy import NUMBERS
from wellbeing.domain.ramp_words import first_weeks, resting_in_words
from wellbeing.forms.choices import (
    LIMITED,
    CategoriesForm,
    LanguagesForm,
    OwnLimitsForm,
    PaceForm,
    TimeZoneForm,
)
from wellbeing.queries.categories import own_categories
from wellbeing.queries.experience import officers_of
from wellbeing.queries.limits import StandingLimits, standing_limits
from wellbeing.views.when import turn_in_words


@dataclass(frozen=True)
class Holds:
    """One limit in words: today, and from when it is another."""

    today: str
    later: str


@dataclass
class Page:
    """One request about one's own choices: the forms, of which at most one was sent."""

    person: User
    sent: Any = None
    which: str = ""
    forms: dict[str, Form] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.limits = standing_limits(self.person.pk)
        self.categories = own_categories(self.person.pk, language=get_language() or "")
        pace = {"words_per_minute": self.person.pace_words_per_minute}
        spoken = {"languages": ", ".join(self.person.languages)}
        self.forms = {
            "limits": OwnLimitsForm(self._data("limits"), shared=self.limits.shared, own=self.limits.own),
            "categories": CategoriesForm(self._data("categories"), categories=self.categories),
            "pace": PaceForm(self._data("pace"), initial=pace),
            "time_zone": TimeZoneForm(self._data("time_zone"), person=self.person),
            "languages": LanguagesForm(self._data("languages"), initial=spoken),
        }

    def _data(self, which: str) -> Any:
        return self.sent if self.which == which else None


@require_http_methods(["GET", "HEAD", "POST"])
def my_choices(request: HttpRequest) -> HttpResponse:
    """The page; a POST saves the one form that `save` names."""
    which = request.POST.get("save", "")
    page = Page(person(request), request.POST, which)
    if which in SAVE and page.forms[which].is_valid():
        try:
            said = SAVE[which](page)
        except SettingNotPossible as error:
            page.forms[which].add_error(next(iter(page.forms[which].fields)), error.why)
        else:
            messages.success(request, said)
            return redirect("wellbeing:my_choices")
    sent = page.forms.get(which)
    context = {
        **page.forms,
        "sent": sent,
        "which": which,
        "holds": [_holds(page.limits, name, page.person) for _, name, *_ in LIMITED],
        "in_first_weeks": not page.limits.ramp.is_over,
        "first_weeks": first_weeks(page.limits.ramp, page.limits.situation.today),
        "officers": [one.get_full_name() for one in officers_of(page.person)],
        "resting": _resting(page),
        "extreme_opt_in": page.limits.situation.extreme_opt_in,
    }
    return render(request, "wellbeing/choices.html", context, status=422 if sent and sent.errors else 200)


def _save_limits(page: Page) -> str:
    form = page.forms["limits"]
    assert isinstance(form, OwnLimitsForm)  # noqa: S101 - made above
    wanted = form.numbers()
    if wanted == page.limits.own:
        return gettext("Nothing was changed.")
    interface.set_own_limits(person=page.person, numbers=wanted)
    stands = standing_limits(page.person.pk)
    changed = [name for name in NUMBERS if wanted.get(name) != page.limits.own.get(name)]
    return " ".join([gettext("Saved."), *(_saved(stands, name, page.person) for name in changed)])


def _saved(stands: StandingLimits, name: str, person: User) -> str:
    limit = capfirst(in_language(WORDS[name].label))
    if stands.holds_now(name):
        points = in_language(WORDS[name].said(getattr(stands.today, name)))
        return gettext("{limit}: {points}. It holds now.").format(limit=limit, points=points)
    points = in_language(WORDS[name].said(getattr(stands.tomorrow, name)))
    return gettext("{limit}: {points}. It holds from tomorrow on, {when}.").format(
        limit=limit, points=points, when=turn_in_words(stands.turns_at, person)
    )


def _save_categories(page: Page) -> str:
    form = page.forms["categories"]
    assert isinstance(form, CategoriesForm)  # noqa: S101 - made above
    wanted = form.choices()
    if not wanted:
        return gettext("Nothing was changed.")
    interface.choose_categories(person_id=page.person.pk, choices=wanted)
    names = {category.code: category.name for category in page.categories}
    chosen = ", ".join(names[code] for code in wanted)
    return gettext("Saved: {categories}. It holds now.").format(categories=chosen)


def _save_pace(page: Page) -> str:
    pace = page.forms["pace"].cleaned_data["words_per_minute"]
    set_reading_pace(person=page.person, words_per_minute=pace)
    said = gettext("Saved: {pace} words a minute. It holds for the next thing that you open.")
    return said.format(pace=pace)


def _save_time_zone(page: Page) -> str:
    zone = page.forms["time_zone"].cleaned_data["time_zone"]
    set_time_zone(person=page.person, time_zone=zone)
    said = gettext("Saved: {zone}. Times follow now, your limits after two more mornings at 04:00.")
    return said.format(zone=zone.replace("_", " "))


def _save_languages(page: Page) -> str:
    form = page.forms["languages"]
    assert isinstance(form, LanguagesForm)  # noqa: S101 - made above
    set_languages(person=page.person, languages=form.tags())
    return gettext("Saved: {languages}. It holds for the next task.").format(languages=", ".join(form.tags()))


SAVE: dict[str, Callable[[Page], str]] = {
    "limits": _save_limits,
    "categories": _save_categories,
    "pace": _save_pace,
    "time_zone": _save_time_zone,
    "languages": _save_languages,
}


def _holds(limits: StandingLimits, name: str, person: User) -> Holds:
    words = WORDS[name]
    today, tomorrow = getattr(limits.today, name), getattr(limits.tomorrow, name)
    later = ""
    if today != tomorrow:
        later = gettext("From tomorrow on, {when}: {points}.").format(
            when=turn_in_words(limits.turns_at, person), points=in_language(words.said(tomorrow))
        )
    now = gettext("{limit} today: {points}.").format(
        limit=capfirst(in_language(words.label)), points=in_language(words.said(today))
    )
    return Holds(now, later)


def _resting(page: Page) -> list[Sentence]:
    names = {category.code: category.name for category in page.categories}
    days = page.limits.situation.policy.category_days
    return [resting_in_words(names.get(code, code), days) for code in sorted(page.limits.situation.resting)]
