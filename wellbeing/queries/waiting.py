"""How much waits for somebody who answers for others' wellbeing. Numbers only: counting is no look at anybody."""

from django.db.models import OuterRef, Subquery

from people.models import User
from people.permissions import Permission
from people.queries import teams_with
from wellbeing.models import PolicyProposal, SupportMessage
from wellbeing.queries.disputes import open_disputes
from wellbeing.queries.erasures import erasures_to_approve
from wellbeing.queries.policies import may_cosign
from wellbeing.queries.risk import reports_for
from wellbeing.queries.support import requests_for


def requests_waiting(counsellor: User) -> int:
    """Open requests in which the person had the last word."""
    last = SupportMessage.objects.filter(request=OuterRef("pk")).order_by("-at", "-pk")
    found = requests_for(counsellor).filter(closed_at=None)
    return (
        found.annotate(answered_by=Subquery(last.values("counsellor")[:1])).filter(answered_by=None).count()
    )


def reports_waiting(officer: User) -> int:
    return reports_for(officer).filter(outcome=None).count()


def disputes_waiting(officer: User) -> int:
    """At most as many as the page lists."""
    return len(open_disputes(teams=teams_with(officer, Permission.OWN_POLICY), officer_id=officer.pk))


def erasures_waiting(officer: User) -> int:
    return erasures_to_approve(officer).count()


def proposals_waiting(person: User) -> int:
    """Proposed limits that this person may sign."""
    open_ones = PolicyProposal.objects.filter(closed_at=None).select_related("team")
    return sum(may_cosign(person, proposal) for proposal in open_ones)
