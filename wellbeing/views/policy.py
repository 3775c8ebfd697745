"""The limits that everybody is held to: readable by all of them, with what each number rests on."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from people.models import Team, User
from people.permissions import Permission
from people.queries import ALL, permissions_of, teams_with
from people.sentences import Sentence, sentence
from people.speech import in_language
from people.views.signed_in import person
from wellbeing import interface
from wellbeing.domain.limit_words import LIMITS, LimitWords
from wellbeing.domain.policy import CEILING, DEFAULTS, Policy, with_numbers
from wellbeing.domain.policy_changes import number_changes
from wellbeing.models import PolicyProposal
from wellbeing.queries.policies import (
    LimitsOfDay,
    PastVersion,
    limits_of_day,
    open_proposals,
    policy_history,
    teams_seen_by,
)
from wellbeing.views.day_table import day_table
from wellbeing.views.when import date_in_words, day_in_words, full_moment_in_words

PAST_VERSIONS = 50


@dataclass(frozen=True)
class Row:
    """One number in words. `follows` is what holds from the reader's next day on, where that is another one."""

    label: str
    now: str
    follows: str
    default: str
    ceiling: str
    basis: str
    of_team: bool


@dataclass(frozen=True)
class Happened:
    """One version of the past."""

    when: str
    who: str
    cosigned: str
    reason: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class Waiting:
    """A proposal that waits for a second person, and what this reader may do with it."""

    id: int
    who: str
    when: str
    reason: str
    changes: tuple[str, ...]
    may_cosign: bool
    may_withdraw: bool


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    reader = person(request)
    team = team_asked_for(request, reader)
    limits = limits_of_day(person=reader, team=team)
    standing = limits.following
    proposals = open_proposals(team=team)
    proposed = with_numbers(standing, proposals[0].numbers) if proposals else None
    context = {
        "team": team,
        "teams": teams_seen_by(reader),
        "rows": (rows := _rows(limits, reader)),
        "some_follow": any(row.follows for row in rows),
        "announcements": interface.announcements_for(person=reader),
        "proposals": [_waiting(one, standing, reader) for one in proposals],
        "history": [_happened(one, reader) for one in policy_history(team=team)[:PAST_VERSIONS]],
        "days": day_table(limits.today, proposed),
        "compares": proposed is not None,
        "may_change": may_change(reader, team),
        "may_set_floor": teams_with(reader, Permission.OWN_POLICY) is ALL,
        "may_recognise": Permission.OWN_POLICY in permissions_of(reader),
    }
    return render(request, "wellbeing/policy.html", context)


def team_asked_for(request: HttpRequest, reader: User) -> Team | None:
    """The team in the address; None for the organisation. Raises Http404 for a team that the reader has no part in."""
    asked = request.GET.get("team", "")
    if not asked:
        return None
    if not asked.isdecimal() or len(asked) > 9:
        raise Http404
    team = teams_seen_by(reader).filter(pk=int(asked)).first()
    if team is None:
        raise Http404
    return team


def may_change(reader: User, team: Team | None) -> bool:
    """Whether they may make these limits stricter, or propose others."""
    if team is None:
        return teams_with(reader, Permission.OWN_POLICY) is ALL
    return bool({Permission.TIGHTEN_LIMITS, Permission.OWN_POLICY} & permissions_of(reader, team.pk))


def may_propose(reader: User, team: Team | None) -> bool:
    if team is None:
        return teams_with(reader, Permission.OWN_POLICY) is ALL
    return Permission.OWN_POLICY in permissions_of(reader, team.pk)


def _rows(limits: LimitsOfDay, reader: User) -> list[Row]:
    return [
        Row(
            label=capfirst(in_language(limit.label)),
            now=limit.said(holds := getattr(limits.today, limit.name)),
            follows=_follows(limit, limits, reader),
            default=limit.said(getattr(DEFAULTS, limit.name)),
            ceiling=_ceiling(limit),
            basis=limit.basis,
            of_team=any(numbers.get(limit.name) == holds for numbers in limits.of_team),
        )
        for limit in LIMITS
    ]


def _follows(limit: LimitWords, limits: LimitsOfDay, reader: User) -> str:
    number = getattr(limits.following, limit.name)
    if number == getattr(limits.today, limit.name):
        return ""
    return gettext("from %(day)s: %(number)s") % {
        "day": day_in_words(limits.turns_at, reader),
        "number": in_language(limit.said(number)),
    }


def _ceiling(limit: LimitWords) -> Sentence:
    number = limit.said(getattr(CEILING, limit.name))
    return (
        sentence("at least {number}", number=number)
        if limit.is_least
        else sentence("at most {number}", number=number)
    )


def _waiting(proposal: PolicyProposal, standing: Policy, reader: User) -> Waiting:
    cosigns = interface.may_cosign(reader, proposal)
    changes = number_changes(standing, with_numbers(standing, proposal.numbers))
    return Waiting(
        id=proposal.pk,
        who=proposal.by.get_full_name(),
        when=date_in_words(proposal.made_at, reader),
        reason=proposal.reason,
        changes=tuple(change.as_proposal for change in changes),
        may_cosign=cosigns,
        may_withdraw=cosigns or reader.pk == proposal.by_id or may_propose(reader, proposal.team),
    )


def _happened(past: PastVersion, reader: User) -> Happened:
    version = past.version
    return Happened(
        when=full_moment_in_words(version.valid_from, reader),
        who=gettext("the server") if version.by is None else version.by.get_full_name(),
        cosigned="" if version.cosigned_by is None else version.cosigned_by.get_full_name(),
        reason=version.reason,
        changes=tuple(change.in_words for change in past.changes),
    )
