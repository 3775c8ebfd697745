"""One's own days, a month on a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.speech import in_language
from people.views.signed_in import person
from wellbeing.domain.month import Month
from wellbeing.queries.days import days_of, first_day_of
from wellbeing.queries.exposure import situation_of
from wellbeing.queries.statements import months_of
from wellbeing.views.day_rows import day_rows, sum_row
from wellbeing.views.days_chart import days_chart, each_fifth


@require_safe
def my_days(request: HttpRequest) -> HttpResponse:
    """The days of `?month=2026-11`; of the running month for anything else."""
    me = person(request)
    situation = situation_of(me.pk)
    running = Month.of(situation.today)
    month = _asked(request.GET.get("month", ""), running)
    since, before = month.first_day, month.next.first_day
    days = days_of(person_id=me.pk, since=since, before=before, time_zone=situation.time_zone)
    first = first_day_of(person_id=me.pk)
    context = {
        "month": month,
        "is_running": month == running,
        "chart": days_chart(
            days, since=since, count=(before - since).days, span=in_language(month.in_words), name=each_fifth
        ),
        "days": day_rows(days),
        "sum": sum_row(days),
        "earlier": month.previous if first is not None and Month.of(first) < month else None,
        "later": month.next if month < running else None,
        "has_statement": month in months_of(person_id=me.pk),
    }
    return render(request, "wellbeing/my_days.html", context)


def _asked(name: str, running: Month) -> Month:
    try:
        return min(Month.named(name), running)
    except ValueError:
        return running
