"""The first page: what is waiting, for those who label; their own first page for everybody else."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from labeling.domain.severity import Severity
from labeling.models import Project
from labeling.queries.release_notes import new_notes
from labeling.queries.unsent import unsent_answers
from labeling.queries.waiting import in_other_languages, waiting_for
from labeling.queries.workbench import LeaseCard, live_card
from labeling.views.at_most import ALL as ANYTHING
from labeling.views.at_most import CHOICES, TOO_STRONG, at_most_of, cleared_up_to, is_more, is_too_strong
from labeling.views.names import languages_in_words
from labeling.views.workbench import person_of
from people.context import page_chrome
from people.models import User
from people.permissions import Permission
from people.queries import ALL, teams_with
from wellbeing import interface
from wellbeing.interface import Refusal, RefusalCode

FOR_EVERYBODY = {"Label", "My exposure", "My choices"}
A_FEW, SOME = 10, 50  # below these many tasks; from there on "many"


@dataclass(frozen=True)
class Amount:
    """About how much of one expected severity (0-4) is waiting."""

    severity: int
    words: str


@dataclass(frozen=True)
class Waiting:
    """One project on the page."""

    id: int
    name: str
    description: str
    purpose: str
    words: str
    other_languages: str
    amounts: tuple[Amount, ...]

    @property
    def can_start(self) -> bool:
        return bool(self.amounts)


@dataclass(frozen=True)
class AtMost:
    """One of the choices of how severe it may get for now."""

    severity: int
    is_all: bool
    is_chosen: bool


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    teams = teams_with(person, Permission.LABEL)
    if teams is not ALL and not teams:
        return _elsewhere(request)
    projects = Project.objects.exclude(status=Project.Status.ARCHIVED).order_by("name")
    if teams is not ALL:
        projects = projects.filter(team_id__in=teams)
    found = list(projects)
    chosen = at_most_of(request)
    waiting, cap, refusal = _waiting_for(person, found)
    idle = [project.pk for project in found if refusal is None and project.pk not in waiting]
    foreign = in_other_languages(person=person, project_ids=idle) if idle else {}
    held = live_card(person_id=person.pk)
    goes_on = held is not None and held.is_live and (refusal is not None or _can_be_opened(held, cap))
    shown = [
        _project(project, waiting.get(project.pk, {}), refusal, chosen, cap, foreign.get(project.pk, ()))
        for project in found
    ]
    context = {
        "announcements": interface.announcements_for(person=person),
        "lease": held if goes_on else None,
        "unsent": unsent_answers(person_id=person.pk),
        # What can be started stands first: below a page of projects with nothing to do, nobody finds it.
        "projects": sorted(shown, key=lambda project: not project.can_start),
        "break_due": refusal.why if refusal is not None and refusal.code == RefusalCode.BREAK_DUE else "",
        "release_notes": new_notes(person_id=person.pk),
        "at_most": [AtMost(each, each == ANYTHING, each == chosen) for each in CHOICES],
    }
    return render(request, "labeling/home/page.html", context)


def _waiting_for(
    person: User, projects: list[Project]
) -> tuple[Mapping[int, Mapping[int, int]], int, Refusal | None]:
    """What waits by project and severity, whatever was asked for and with room in every limit; the highest severity that
    may be handed out now; or why nothing is."""
    clearance = interface.read_own_clearance(person_id=person.pk)
    if isinstance(clearance, Refusal):
        return {}, 0, clearance
    active = [project.pk for project in projects if project.status == Project.Status.ACTIVE]
    waiting = waiting_for(person=person, project_ids=active, clearance=clearance.with_room())
    return waiting, cleared_up_to(clearance), None


def _can_be_opened(held: LeaseCard, cap: int) -> bool:
    """Not a card that a limit has closed meanwhile: its *Show* leads to the limit, and from there back here. A claim
    elsewhere ends its lease."""
    return held.opened_at is not None or int(held.expected) <= cap


def _elsewhere(request: HttpRequest) -> HttpResponse:
    """The first page that the person's navigation has: projects for an engineer, people for an admin."""
    navigation = page_chrome(request)["chrome"].navigation
    others = [entry.address for entry in navigation if entry.label not in FOR_EVERYBODY]
    own = [entry.address for entry in navigation if entry.label == "My exposure"]
    return redirect((others or own)[0])


def _project(
    project: Project,
    tasks: Mapping[int, int],
    refusal: Refusal | None,
    at_most: int,
    cap: int,
    foreign: Collection[str],
) -> Waiting:
    """`foreign` are the languages of all that waits, where it is in none that the person reads."""
    other_languages = ""
    amounts = tuple(
        Amount(severity, _about(count))
        for severity, count in sorted(tasks.items())
        if severity <= min(at_most, cap)
    )
    if project.status != Project.Status.ACTIVE:
        words = _("Paused. Your lead can say when it goes on.")
    elif refusal is not None:
        # A break is said once, above all projects, beside the way to it.
        words = "" if refusal.code == RefusalCode.BREAK_DUE else refusal.why
    elif amounts:
        words = ""
    elif foreign:
        words, other_languages = "", languages_in_words(foreign)
    elif is_too_strong(tasks, cap):
        words = str(TOO_STRONG)
    elif is_more(tasks, at_most, cap):
        words = (
            _("Nothing mild is waiting here. You can choose more above.")
            if at_most == Severity.MILD
            else _("Nothing mild or moderate is waiting here. You can choose more above.")
        )
    else:
        words = _("Nothing is waiting for you here now.")
    return Waiting(
        project.pk, project.name, project.description, project.purpose, words, other_languages, amounts
    )


def _about(tasks: int) -> str:
    if tasks < A_FEW:
        return _("a few")
    return _("some") if tasks < SOME else _("many")
