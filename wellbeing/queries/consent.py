"""What one person agreed to, and what the work of their teams may contain."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from people.models import Team, User
from people.permissions import Permission
from people.queries import ALL, AllTeams, teams_with
from people.tagged_text import translated
from wellbeing.domain.consent import Consent, Kind
from wellbeing.models import Consent as ConsentRow
from wellbeing.models import HarmCategory, TeamCategory
from wellbeing.queries.labelers import labelers


def consent_of(person: User, *, language: str = "") -> Consent:
    """Where the person stands, with what it is about in that language. For their own eyes."""
    said = ConsentRow.objects.filter(person=person).order_by("-pk").first()
    kinds = kinds_of(
        teams_with(person, Permission.LABEL), agreed=said.categories if said else (), language=language
    )
    if said is None:
        return Consent(kinds)
    return Consent(kinds, said.version, said.at, said.is_withdrawn)


@dataclass(frozen=True)
class ConsentAsked:
    """What naming categories anew would do: those that are `unknown` to the team so far, and how many `people` label there.

    All of them, whatever each has said: what somebody agreed to is for their own eyes.
    """

    unknown: frozenset[str]
    people: int


def consent_asked(*, team: Team, categories: Collection[str]) -> ConsentAsked:
    """Two statements."""
    known = TeamCategory.objects.filter(team=team, category__in=categories).values_list("category", flat=True)
    return ConsentAsked(frozenset(categories).difference(known), labelers({team.pk}).count())


def kinds_for(team: Team | None, *, language: str = "") -> tuple[Kind, ...]:
    """What the work of that team may contain; without a team, that of all of them."""
    return kinds_of(ALL if team is None else {team.pk}, language=language)


def kinds_of(
    teams: set[int] | AllTeams, *, agreed: Iterable[str] = (), language: str = ""
) -> tuple[Kind, ...]:
    """Each kind once, by name, with the first definition that there is. Two statements."""
    rows = TeamCategory.objects.order_by("team_id", "category")
    if teams is not ALL:
        rows = rows.filter(team_id__in=teams)
    definitions: dict[str, str] = {}
    for row in rows:
        definitions[row.category] = definitions.get(row.category) or translated(
            row.definition, row.translations, language
        )
    named = HarmCategory.objects.filter(code__in=definitions)
    names = {row.code: translated(row.name, row.translations, language) for row in named}
    known = set(agreed)
    kinds = [
        Kind(code, names.get(code, code), definition, code not in known)
        for code, definition in definitions.items()
    ]
    return tuple(sorted(kinds, key=lambda kind: (kind.name.casefold(), kind.code)))
