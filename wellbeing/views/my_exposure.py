"""One's own record: today, the last weeks, every entry, who looked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from people.models import User
from people.sentences import Sentence, counted, sentence
from people.speech import in_language
from people.views.signed_in import person
from wellbeing import interface
from wellbeing.domain.ramp_words import extreme_waits
from wellbeing.domain.words import MINUTE_MS, minutes, share_of_limit
from wellbeing.interface import Amount, Exposure
from wellbeing.queries.days import Day, days_of
from wellbeing.queries.disputes import disputes_of, latest_disputes
from wellbeing.queries.hours import Hour, hours_of
from wellbeing.queries.own_views import own_views
from wellbeing.views import own_breaks
from wellbeing.views.day_rows import day_rows
from wellbeing.views.days_chart import DaysChart, days_chart, each_monday, weekday
from wellbeing.views.entries import answer_in_words, entry_in_words
from wellbeing.views.hours_chart import hours_chart
from wellbeing.views.my_looks import in_words

PAGE = 25
LOOKS = 5


@dataclass(frozen=True)
class Span:
    """Seven days or four weeks against their limit, in whole points; `chart` is them day by day."""

    name: str
    in_words: str
    points: int
    limit: int
    percent: int
    chart: DaysChart


@require_safe
def my_exposure(request: HttpRequest) -> HttpResponse:
    me = person(request)
    exposure = interface.exposure_of(person_id=me.pk, looked_by=me.pk)
    hours = hours_of(person_id=me.pk, day=exposure.day, time_zone=me.time_zone)
    before = request.GET.get("before", "")
    rows = own_views(
        person_id=me.pk,
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
        count=PAGE + 1,
    )
    disputes = latest_disputes(person_id=me.pk, rows=[row.row for row in rows[:PAGE]])
    days = _four_weeks(exposure, me)
    looks = interface.looks_at(person_id=me.pk, count=LOOKS + 1)
    context = {
        "exposure": exposure,
        "extreme_waits": _extreme_waits(exposure),
        "lines": _lines(exposure, hours),
        "hours": hours_chart(hours),
        "entries": [entry_in_words(row, me, disputes.get(row.row)) for row in rows[:PAGE]],
        "disputed": [(one.seq, answer_in_words(one, me)) for one in disputes_of(person_id=me.pk)],
        "older": rows[PAGE - 1].id if len(rows) > PAGE else None,
        "is_first_page": not before,
        "spans": [
            _span(gettext("Seven days"), exposure.week_points, exposure, days, 7, weekday),
            _span(gettext("Four weeks"), exposure.month_points, exposure, days, 28, each_monday),
        ],
        "days": day_rows(days),
        "looks": [in_words(look, me) for look in looks[:LOOKS]],
        "more_looks": len(looks) > LOOKS,
        "breaks": own_breaks.in_words(exposure, me),
    }
    return render(request, "wellbeing/my_exposure.html", context)


@require_POST
def extreme(request: HttpRequest) -> HttpResponse:
    """The choice about extreme content, either way, at once."""
    me = person(request)
    if request.POST.get("opt_in") == "yes":
        interface.opt_in_to_extreme(person_id=me.pk)
        waits = _extreme_waits(interface.exposure_of(person_id=me.pk, looked_by=me.pk))
        said = gettext("Saved. You may be given extreme content from now on.")
        messages.success(request, said if waits is None else f"{gettext('Saved.')} {in_language(waits)}")
    else:
        interface.opt_out_of_extreme(person_id=me.pk)
        messages.success(request, gettext("Saved. You are not given extreme content any more."))
    return redirect("wellbeing:my_exposure")


def _extreme_waits(exposure: Exposure) -> Sentence | None:
    return extreme_waits(exposure.ramp, exposure.day)


def _four_weeks(exposure: Exposure, me: User) -> list[Day]:
    """The last 28 days, today with them."""
    since, before = exposure.day - timedelta(days=27), exposure.day + timedelta(days=1)
    return days_of(person_id=me.pk, since=since, before=before, time_zone=me.time_zone)


def _lines(exposure: Exposure, hours: list[Hour]) -> list[str]:
    opened = sum(hour.opened for hour in hours)
    if not opened:
        return [gettext("You have not opened anything today.")]
    used = counted(
        "You opened something once today. {next_break}.",
        "You opened something {count} times today. {next_break}.",
        opened,
        next_break=exposure.break_in_words,
    )
    spent = round(exposure.open_ms.used / MINUTE_MS) * MINUTE_MS
    most = sentence(
        "A second limit, for what is not known to be harmless: {minutes} so far, at most {most} a day.",
        minutes=minutes(spent) if spent else sentence("less than a minute"),
        most=minutes(exposure.open_ms.limit),
    )
    return [in_language(used), in_language(most)]


def _span(
    name: str, amount: Amount, exposure: Exposure, days: list[Day], count: int, under: Callable[[date], str]
) -> Span:
    since = exposure.day - timedelta(days=count - 1)
    within = [day for day in days if day.day >= since]
    return Span(
        name=name,
        in_words=share_of_limit(amount.used, amount.limit, of_today=False),
        points=round(amount.used / 1000),
        limit=round(amount.limit / 1000),
        percent=amount.percent,
        chart=days_chart(within, since=since, count=count, span=name, name=under),
    )
