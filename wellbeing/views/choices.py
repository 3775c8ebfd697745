"""What a person chooses for themself: limits, categories, reading pace, place. Nobody else ever sees this page.

Each form saves by itself and says from when it holds. No audit event, no look: nothing of it leaves a trace for others.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from people.errors import SettingNotPossible
from people.languages import names_of
from people.models import User
from people.operations.settings import set_languages, set_reading_pace
from people.sentences import Sentence
from people.speech import in_language
from people.views.signed_in import person
from wellbeing import interface
from wellbeing.domain.day import turn_after
from wellbeing.domain.first_days import CATEGORIES, PACE, PLACE
from wellbeing.domain.limit_words import WORDS
from wellbeing.domain.policy import NUMBERS
from wellbeing.domain.ramp_words import extreme_waits, first_weeks, resting_in_words
from wellbeing.forms.choices import (
    LIMITED,
    CategoriesForm,
    OwnLimitsForm,
    PaceForm,
    PlaceForm,
)
from wellbeing.operations.first_days import note_step
from wellbeing.operations.time_zone import choose_time_zone
from wellbeing.queries.categories import own_categories
from wellbeing.queries.experience import officers_of
from wellbeing.queries.limits import StandingLimits, standing_limits
from wellbeing.views.when import coming_turn_in_words, time_in_words

REFUSED_AT = {"pace": "words_per_minute", "place": "languages"}
"""The field that an operation may refuse though the form took it."""


@dataclass(frozen=True)
class Holds:
    """One limit in words: today, and from when it is another, or why it is less than what was chosen."""

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
        self.forms = {
            "limits": OwnLimitsForm(self._data("limits"), shared=self.limits.shared, own=self.limits.own),
            "categories": CategoriesForm(self._data("categories"), categories=self.categories),
            "pace": PaceForm(self._data("pace"), initial=pace),
            "place": PlaceForm(self._data("place"), person=self.person),
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
            page.person.refresh_from_db()  # what was taken back with it is not printed
            page.forms[which].add_error(REFUSED_AT[which], error.why)
        else:
            if which in STEP_OF:
                note_step(person=page.person, step=STEP_OF[which], done=True)
            messages.success(request, said)
            return redirect("wellbeing:my_choices")
    sent = page.forms.get(which)
    context = {
        **page.forms,
        "sent": sent,
        "which": which,
        "holds": [_holds(page.limits, name, page.person) for _, name, *_ in LIMITED],
        "first_weeks": first_weeks(page.limits.ramp, page.limits.situation.today),
        "officers": [one.get_full_name() for one in officers_of(page.person)],
        "resting": _resting(page),
        "next_day": _turn(page.limits, page.person),
        "old_zone": _old_zone(page.limits, page.person),
        "extreme_opt_in": page.limits.situation.extreme_opt_in,
        "extreme_waits": extreme_waits(page.limits.ramp, page.limits.situation.today),
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
    holds_now = stands.holds_now(name)
    held = getattr(stands.today if holds_now else stands.tomorrow, name)
    words = {"limit": limit, "points": in_language(WORDS[name].said(held))}
    if stands.holds_less(name):
        words |= {"points": in_language(WORDS[name].said(stands.own[name])), "less": words["points"]}
        said = (
            gettext("{limit}: {points}. In your first weeks {less} hold.")
            if holds_now
            else gettext("{limit}: {points}. In your first weeks {less} hold, from {when} on.")
        )
    elif holds_now:
        said = gettext("{limit}: {points}. It holds now.")
    else:
        said = gettext("{limit}: {points}. It holds from {when} on.")
    return said.format(**words, when=_turn(stands, person))


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


def _save_place(page: Page) -> str:
    form = page.forms["place"]
    assert isinstance(form, PlaceForm)  # noqa: S101 - made above
    said = []
    with transaction.atomic():
        if "time_zone" in form.changed_data:
            said.append(_save_time_zone(page.person, form.cleaned_data["time_zone"]))
        if "languages" in form.changed_data:
            said.append(_save_languages(page.person, form.tags()))
    return " ".join(said) or gettext("Nothing was changed.")


def _save_time_zone(person: User, zone: str) -> str:
    choose_time_zone(person=person, time_zone=zone)
    waits = _old_zone(standing_limits(person.pk), person)
    said = gettext("Saved: {zone}. Times follow now.") if waits else gettext("Saved: {zone}. It holds now.")
    return f"{said.format(zone=zone.replace('_', ' '))} {waits}".rstrip()


def _save_languages(person: User, tags: list[str]) -> str:
    set_languages(person=person, languages=tags)
    said = gettext("Saved: {languages}. It holds for the next task.")
    return said.format(languages=names_of(person.languages))


SAVE: dict[str, Callable[[Page], str]] = {
    "limits": _save_limits,
    "categories": _save_categories,
    "pace": _save_pace,
    "place": _save_place,
}
STEP_OF = {"categories": CATEGORIES, "pace": PACE, "place": PLACE}
"""The step of the first days that each is: whoever saves it need not tick it off as well."""


def _turn(limits: StandingLimits, person: User) -> str:
    """When their next day begins, on the clock that they read."""
    return coming_turn_in_words(limits.turns_at, person, now=limits.situation.now)


def _old_zone(limits: StandingLimits, person: User) -> str:
    """While a change of zone waits, days begin at another hour than 04:00 of the clock that they read."""
    change = limits.situation.zone_change
    if change is None:
        return ""
    turn = turn_after(limits.situation.today, limits.situation.time_zone)
    return gettext("Until {when} your day still begins at {time}, the old 04:00.").format(
        when=coming_turn_in_words(change.starts_at, person, now=limits.situation.now),
        time=time_in_words(turn, person),
    )


def _holds(limits: StandingLimits, name: str, person: User) -> Holds:
    words = WORDS[name]
    today, tomorrow = getattr(limits.today, name), getattr(limits.tomorrow, name)
    later = ""
    if limits.holds_less(name):
        later = gettext("You chose {points}. In your first weeks less holds.").format(
            points=in_language(words.said(limits.own[name]))
        )
    if today != tomorrow:
        changes = gettext("From {when} on: {points}.").format(
            when=_turn(limits, person), points=in_language(words.said(tomorrow))
        )
        later = f"{changes} {later}".rstrip()
    now = gettext("{limit} today: {points}.").format(
        limit=capfirst(in_language(words.label)), points=in_language(words.said(today))
    )
    return Holds(now, later)


def _resting(page: Page) -> list[Sentence]:
    names = {category.code: category.name for category in page.categories}
    days = page.limits.situation.policy.category_days
    return [resting_in_words(names.get(code, code), days) for code in sorted(page.limits.situation.resting)]
