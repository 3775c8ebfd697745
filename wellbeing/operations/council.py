"""The monthly report for a works council, put together from what is aggregate already."""

from datetime import datetime, timedelta

from django.conf import settings

from people.models import Team, User
from people.permissions import ROLES, Role
from people.queries import ALL
from wellbeing.domain.council import Report, Section, told
from wellbeing.domain.figures import TITLES, key_in_words, value_in_words
from wellbeing.domain.groups import Kind, mondays
from wellbeing.domain.limit_words import limit_in_words, value_of_limit
from wellbeing.domain.month import Month
from wellbeing.domain.policy import DEFAULTS, NUMBERS, as_numbers
from wellbeing.operations.chain_heads import BrokenHeads, signing_times
from wellbeing.queries import council
from wellbeing.queries.council import Span
from wellbeing.queries.group_weeks import category_names, figures_of
from wellbeing.queries.time import now

HEADS_ARE_LATE = timedelta(minutes=20)


class MonthNotOver(ValueError):
    """A report on a month that runs would tell from day to day who came to be counted."""


def last_month() -> Month:
    """The latest month that is over."""
    return Month.of(now().date()).previous


def council_report(*, month: Month, team: Team | None = None) -> Report:
    """The report on a month that is over, of the organisation or of one team. Raises MonthNotOver.

    A team's report leaves out what is counted of the organisation alone, so that no two reports can be subtracted.
    """
    if month > last_month():
        raise MonthNotOver(f"{month.in_words} is not over yet")
    span = council.span_of(month)
    whose = (settings.ORGANISATION_NAME or "the whole organisation") if team is None else f"team {team.name}"
    sections = [_in_force(span, team), _changes(span, team), _looks(span, team), _weeks(span, team)]
    if team is None:
        sections += [_matters(span), _record_of_safeguards(span)]
    return Report(month, whose, tuple(sections))


def _in_force(span: Span, team: Team | None) -> Section:
    versions = {version.team_id: version for version in council.versions_at(span.before, team=team)}
    own = {} if None not in versions else versions[None].numbers
    rows = [
        ("organisation", limit_in_words(name), value_of_limit(name, number))
        for name, number in {**as_numbers(DEFAULTS), **own}.items()
        if name in NUMBERS
    ]
    for version in versions.values():
        if version.team is not None:
            rows += [(version.team.name, *line) for line in _lines(version.numbers)]
    return Section(
        "Limits in force at the end of the month",
        "A team’s limits can only be stricter than the organisation’s. What people set for themselves is theirs alone.",
        ("where", "limit", "value"),
        tuple(rows),
    )


def _changes(span: Span, team: Team | None) -> Section:
    rows = []
    for version in council.changes_in(span, team=team):
        before = council.numbers_before(version)
        changed = {name: number for name, number in version.numbers.items() if before.get(name) != number}
        rows.append(
            (
                "organisation" if version.team is None else version.team.name,
                f"{version.made_at:%-d %B}",
                "; ".join(f"{limit}: {value}" for limit, value in _lines(changed)),
                _name(version.by),
                _name(version.cosigned_by),
                "looser, co-signed" if version.cosigned_by_id else "stricter",
            )
        )
    turned_down = council.proposals_turned_down(span, team=team)
    cosigned = sum(row[-1] == "looser, co-signed" for row in rows)
    return Section(
        "Changes of limits",
        f"Looser limits co-signed: {cosigned}. Proposed, and withdrawn or turned down: {turned_down}.",
        ("where", "day", "change", "made by", "co-signed by", "kind"),
        tuple(rows),
    )


def _looks(span: Span, team: Team | None) -> Section:
    return Section(
        "Looks at a person’s exposure, by the role of who looked",
        "Each person can read who looked at their own. A lead’s board counts one look for each person on it.",
        ("role", "looks"),
        tuple((_role(role), str(count)) for role, count in council.looks_by_role(span, team=team)),
    )


def _weeks(span: Span, team: Team | None) -> Section:
    weeks = mondays(span.since.date(), span.before.date())
    figures = figures_of(weeks=weeks, teams=ALL if team is None else {team.pk})
    names = category_names()
    rows = tuple(
        (
            f"{one.week:%-d %B}",
            one.team.name,
            TITLES[Kind(one.kind)][0],
            key_in_words(Kind(one.kind), one.key, names),
            value_in_words(Kind(one.kind), one.value),
        )
        for one in figures
    )
    return Section(
        "Figures of groups, by the Monday of their week",
        "Of five people or more; hidden where they could be told of fewer, also by subtraction.",
        ("week of", "team", "table", "line", "value"),
        rows,
    )


def _matters(span: Span) -> Section:
    disputes, corrections = council.disputes_decided(span), council.entries_corrected(span)
    return Section(
        "Disputes and corrections of the record",
        "Told when five people or more are behind them; “fewer than 5” may also mean none.",
        ("what", "count"),
        (
            ("Disputes decided", told(disputes.count, disputes.people)),
            ("Entries corrected", told(corrections.count, corrections.people)),
        ),
    )


def _record_of_safeguards(span: Span) -> Section:
    compared, days = council.reconcilings(span)
    purged = council.records_purged(span)
    return Section(
        "Whether the record can be trusted",
        "The exposure ledger is signed outside the database every ten minutes, and compared with its sums every night.",
        ("what", "result"),
        (
            ("Heads of the ledger not signed for more than 20 minutes", _gaps(span)),
            ("Comparisons of sums and ledger", str(compared)),
            ("Days that did not agree, all comparisons together", str(days)),
            ("Records of which old rows were purged", told(purged.count, purged.people)),
        ),
    )


def _gaps(span: Span) -> str:
    try:
        times = [at for at in signing_times() if span.since <= at < span.before]
    except BrokenHeads:
        return "unknown: the file of signed heads was torn or changed"
    if not times:
        return "no signing in this month"
    ends: list[datetime] = [*times[1:], span.before]
    late = sum(end - at > HEADS_ARE_LATE for at, end in zip(times, ends, strict=True))
    return "never" if not late else "once" if late == 1 else f"{late} times"


def _lines(numbers: dict[str, int]) -> list[tuple[str, str]]:
    return [
        (limit_in_words(name), value_of_limit(name, numbers[name])) for name in NUMBERS if name in numbers
    ]


def _name(person: User | None) -> str:
    return "" if person is None else person.get_full_name()


def _role(role: str) -> str:
    if not role:
        return "no role any more"
    return ROLES[Role(role)].name if role in set(Role) else role
