"""Loosening the limits: an officer proposes, a second person co-signs, and it holds from everybody's next day on."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from people.models import Team, User
from people.operations.audit import record_event
from people.permissions import Permission
from people.queries import ALL, permissions_of, teams_with
from wellbeing.domain.policy import Scope, check_numbers
from wellbeing.models import PolicyProposal, PolicyVersion
from wellbeing.operations.policies import PolicyNotAllowed, one_policy_at_a_time, standing
from wellbeing.queries.policies import may_cosign
from wellbeing.queries.time import now


class ProposalOpen(Exception):
    """There is an open proposal for this team or organisation already."""


class ProposalClosed(Exception):
    """The proposal was co-signed or withdrawn in the meantime."""


class ProposalOutdated(ProposalClosed):
    """The limits have been changed since, or the proposer owns the policy no more: it has to be proposed again."""


class NotTheSecondPerson(PermissionError):
    """Somebody else has to co-sign: a representative where there is one, else another officer; never the proposer."""


def propose_policy(
    *, numbers: Mapping[str, object], by: User, reason: str, team: Team | None = None
) -> PolicyProposal:
    """Propose limits that may be looser than what stands; names and units as in set_policy. Audited.

    Raises PolicyNotAllowed (only the officer of that team, or of the organisation), PolicyError for impossible
    numbers, ProposalOpen.
    """
    _require_officer(by, team)
    wanted = check_numbers(numbers)
    try:
        with transaction.atomic():
            proposal = PolicyProposal.objects.create(team=team, numbers=wanted, by=by, reason=reason)
            _record("proposed", proposal, by)
    except IntegrityError as error:
        raise ProposalOpen from error
    return proposal


def cosign_policy(*, proposal_id: int, by: User) -> PolicyVersion:
    """Put a proposal into force: for each person from their next day on. Audited.

    Raises NotTheSecondPerson, ProposalClosed; ProposalOutdated when the limits were changed since it was made, so that
    no tightening is written over, or when the proposer is the officer no more.
    """
    with transaction.atomic():
        one_policy_at_a_time()
        proposal = _open(proposal_id)
        if not may_cosign(by, proposal):
            raise NotTheSecondPerson("This needs a second person.")
        changed = PolicyVersion.objects.filter(
            scope=proposal.scope, team=proposal.team, made_at__gt=proposal.made_at
        )
        if changed.exists() or not _is_officer(proposal.by, proposal.team):
            raise ProposalOutdated
        before, _ = standing(proposal.team)
        version = PolicyVersion.objects.create(
            scope=proposal.scope,
            team=proposal.team,
            numbers={**before, **proposal.numbers},
            valid_from=now(),
            by=proposal.by,
            cosigned_by=by,
            reason=proposal.reason,
        )
        _close(proposal, by, version)
        _record("cosigned", proposal, by)
    return version


def withdraw_proposal(*, proposal_id: int, by: User) -> None:
    """Take a proposal back, or turn it down. Audited. Raises PolicyNotAllowed, ProposalClosed."""
    with transaction.atomic():
        proposal = _open(proposal_id)
        if by.pk != proposal.by_id and not may_cosign(by, proposal):
            _require_officer(by, proposal.team)
        _close(proposal, by, None)
        _record("withdrawn", proposal, by)


def _open(proposal_id: int) -> PolicyProposal:
    proposal = (
        PolicyProposal.objects.select_for_update(of=("self",))
        .select_related("team", "by")
        .filter(pk=proposal_id, closed_at=None)
        .first()
    )
    if proposal is None:
        raise ProposalClosed
    return proposal


def _close(proposal: PolicyProposal, by: User, version: PolicyVersion | None) -> None:
    proposal.closed_at, proposal.closed_by, proposal.version = now(), by, version
    proposal.save(update_fields=["closed_at", "closed_by", "version"])


def _record(what: str, proposal: PolicyProposal, by: User) -> None:
    record_event(
        action=f"wellbeing.policy_{what}",
        subject="organisation" if proposal.scope is Scope.ORGANISATION else f"team {proposal.team_id}",
        by=by,
        details={"proposal": proposal.pk, "numbers": proposal.numbers},
    )


def _is_officer(person: User, team: Team | None) -> bool:
    if team is None:
        return teams_with(person, Permission.OWN_POLICY) is ALL
    return Permission.OWN_POLICY in permissions_of(person, team.pk)


def _require_officer(by: User, team: Team | None) -> None:
    if not _is_officer(by, team):
        raise PolicyNotAllowed("Only the wellbeing officer may propose looser limits.")
