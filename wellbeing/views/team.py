"""The lead's board: each person's exposure against the policy, and what is left of the day. Nothing else is known here.

Nothing on speed, skips, stops or breaks, no ranking: people stand in the order of their names. Every look is written
down by interface.team_exposure, where the person looked at can read it.
"""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from people.models import Team, User
from people.permissions import Permission
from people.queries import ALL, teams_with
from people.views.signed_in import person
from wellbeing import interface
from wellbeing.domain.capacity import low_capacity
from wellbeing.interface import Amount, Modality, TeamExposure
from wellbeing.queries.labelers import labelers
from wellbeing.views.section import SECTION

PEOPLE_ON_A_PAGE = 25
NEAR_PERCENT = 90
MILLI = 1_000
MINUTE_MS = 60_000
ON_SHIFT = {
    True: gettext_lazy("yes"),
    False: gettext_lazy("no"),
    None: gettext_lazy("not known"),
}
# "About how many tasks": 20 s of open time at S2, fully shown. The page calls it about.
TASK_COST = interface.cost(severity=2, modality=Modality.TEXT, share=MILLI, open_ms=20_000)


@dataclass(frozen=True)
class Bar:
    """So much of a limit: a bar, its words, its numbers. Points are whole exposure points."""

    points: int
    limit: int
    percent: int
    words: str

    @property
    def bar(self) -> int:
        return min(100, self.percent)

    @property
    def near(self) -> bool:
        return self.percent >= NEAR_PERCENT


@dataclass(frozen=True)
class Row:
    """One person on the board. `minutes` were open today on what was not known to be benign; `on_shift` is by the calendar
    alone."""

    name: str
    today: Bar
    week: Bar
    minutes: int
    person_id: int
    on_shift: str


@dataclass(frozen=True)
class Fact:
    value: str
    label: str


@require_safe
def team(request: HttpRequest) -> HttpResponse:
    """Today and seven days of the people who label in the teams that this person looks after."""
    looker = person(request)
    teams = teams_with(looker, Permission.SEE_TEAM_EXPOSURE)
    page = Paginator(labelers(teams), PEOPLE_ON_A_PAGE).get_page(request.GET.get("page"))
    people: list[User] = list(page.object_list)
    rows, seen = board(people, looked_by=looker)
    page.object_list = rows  # type: ignore[assignment] # a page of rows from here on
    names = [] if teams is ALL else list(Team.objects.filter(pk__in=teams).values_list("name", flat=True))
    heading = f"{names[0]}, today" if len(names) == 1 else "Your teams, today"
    context = {
        "page": page,
        "heading": heading,
        "facts": _facts(page, seen),
        "capacity": _capacity_line(page, seen),
    }
    return render(request, "wellbeing/team.html", context)


@require_safe
def seen_by_lead(request: HttpRequest) -> HttpResponse:
    """One's own row of that board, made by the same code; nobody else looks, so no look is written down."""
    me = person(request)
    is_on_board = labelers(ALL).filter(pk=me.pk).exists()
    rows, _ = board([me] if is_on_board else [], looked_by=me)
    return render(request, "wellbeing/seen_by_lead.html", {"section": SECTION, "rows": rows})


def board(people: list[User], *, looked_by: User) -> tuple[list[Row], list[TeamExposure]]:
    """The rows of these people, and what they rest on. Each look at somebody else is written down first."""
    seen = interface.team_exposure(person_ids=[one.pk for one in people], looked_by=looked_by.pk)
    return [_row(one, exposure) for one, exposure in zip(people, seen, strict=True)], seen


def _row(one: User, exposure: TeamExposure) -> Row:
    return Row(
        name=one.get_full_name(),
        today=_bar(exposure.points, gettext("{percent} percent of today’s limit")),
        week=_bar(exposure.week_points, gettext("{percent} percent of the limit of seven days")),
        minutes=round(exposure.open_ms.used / MINUTE_MS),
        person_id=one.pk,
        on_shift=str(ON_SHIFT[exposure.on_shift]),
    )


def _bar(amount: Amount, words: str) -> Bar:
    return Bar(
        points=round(amount.used / MILLI),
        limit=round(amount.limit / MILLI),
        percent=amount.percent,
        words=words.format(percent=amount.percent),
    )


def _facts(page: Page[User], seen: list[TeamExposure]) -> list[Fact]:
    """What a plan can count on today. On a list of several pages it is about the people of this one."""
    used = sum(exposure.points.used for exposure in seen)
    limit = sum(exposure.points.limit for exposure in seen)
    tasks = sum(exposure.plannable_points for exposure in seen) // TASK_COST
    here = " on this page" if page.has_other_pages() else ""
    return [
        Fact(str(len(seen)), ("person" if len(seen) == 1 else "people") + here),
        Fact(f"{used * 100 // limit if limit else 0} %", "of today’s shared limit used"),
        Fact(f"about {_rounded(tasks):,}", "moderate tasks left in it today, with some kept in reserve"),
    ]


def _capacity_line(page: Page[User], seen: list[TeamExposure]) -> str:
    """One calm line when little is left to plan with today, else nothing. Never who, and of a few no number."""
    low = low_capacity(seen)
    if low is None:
        return ""
    here = " by the people on this page" if page.has_other_pages() else ""
    if low.points is None:
        return f"Capacity is low today: little is left to plan with{here}. Mild or harmless work still fits."
    tasks = _rounded(low.points // TASK_COST)
    left = f"about {tasks:,} moderate task{' is' if tasks == 1 else 's are'} left for today{here}"
    return f"Capacity is low today: {left}. Mild or harmless work still fits."


def _rounded(count: int) -> int:
    """To two figures: the number is an estimate and should look like one."""
    return count if count < 100 else round(count, 1 - len(str(count)) + 1)
