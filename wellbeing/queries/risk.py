"""Reports that somebody may be in danger: for those who answer them, and for who made them."""

from django.db.models import QuerySet

from people.models import Membership, User
from people.permissions import Permission
from people.queries import ALL, teams_with
from wellbeing import models
from wellbeing.domain.risk import FindItem, RiskItem, RiskOutcome, RiskReport

_finders: list[FindItem] = []


def find_risk_items_with(find: FindItem) -> None:
    """An app that gives out occasions says here how to find what one was about. Repeatable."""
    if find not in _finders:
        _finders.append(find)


def reports_for(officer: User) -> "QuerySet[models.RiskReport]":
    """The reports that this person may answer: of people they look after, and never their own."""
    teams = teams_with(officer, Permission.ANSWER_RISK)
    found = models.RiskReport.objects.exclude(reported_by=officer)
    if teams is ALL:
        return found
    return found.filter(reported_by__in=Membership.objects.filter(team_id__in=teams).values("user_id"))


def open_reports(officer: User) -> list[RiskReport]:
    """What waits, the oldest first, each with where to find it."""
    rows = reports_for(officer).filter(outcome=None).select_related("reported_by").order_by("at")
    return [_told(row, _item(row.occasion, officer.pk)) for row in rows]


def own_reports(*, person_id: int, count: int = 20) -> list[RiskReport]:
    """What the person reported, the latest first, with what came of it."""
    rows = models.RiskReport.objects.filter(reported_by_id=person_id).select_related("reported_by")
    return [_told(row, None) for row in rows.order_by("-at")[:count]]


def _item(occasion: str, looked_by: int) -> RiskItem | None:
    return next((found for find in _finders if (found := find(occasion, looked_by)) is not None), None)


def _told(row: models.RiskReport, item: RiskItem | None) -> RiskReport:
    return RiskReport(
        id=str(row.pk),
        at=row.at,
        reported_by=row.reported_by.get_full_name(),
        item=item,
        outcome="" if row.outcome is None else RiskOutcome(row.outcome).in_words,
        outcome_at=row.outcome_at,
    )
