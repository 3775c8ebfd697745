"""Tightening the limits. It takes effect at once; loosening needs two people (operations.proposals)."""

from collections.abc import Mapping

from django.db import connection, transaction

from people.models import Team, User
from people.operations.audit import record_event
from people.permissions import Permission
from people.queries import ALL, permissions_of, teams_with
from wellbeing.domain.policy import Policy, PolicyError, Scope, check_numbers, combined, loosened
from wellbeing.models import PolicyVersion
from wellbeing.queries.policies import versions_in_force
from wellbeing.queries.time import now

# Two changes at once would each build on the version before and lose the other's tightening.
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('wellbeing.policy_version'))"


class PolicyNotAllowed(PermissionError):
    """This person may not change these limits."""


class LooserPolicy(PolicyError):
    """The numbers would loosen what stands. That is proposed by the officer and co-signed by a second person."""


def set_policy(
    *, numbers: Mapping[str, object], by: User, reason: str, team: Team | None = None
) -> PolicyVersion:
    """Tighten the limits of a team, or of the organisation when `team` is None, from now on.

    `numbers` names limits of wellbeing.domain.policy.NUMBERS in milli-EP and milliseconds; the rest stays as it is.
    Needs TIGHTEN_LIMITS or OWN_POLICY there; for the organisation OWN_POLICY in all of it. Audited. Raises PolicyNotAllowed, PolicyError for impossible numbers,
    LooserPolicy for numbers looser than what stands.
    """
    _require_permission(by, team)
    wanted = check_numbers(numbers)
    with transaction.atomic():
        one_policy_at_a_time()
        before, stands = standing(team)
        looser = loosened(stands, wanted)
        if looser:
            raise LooserPolicy(
                dict.fromkeys(looser, "looser than now; a looser limit needs the officer and a second person")
            )
        version = PolicyVersion.objects.create(
            scope=Scope.ORGANISATION if team is None else Scope.TEAM,
            team=team,
            numbers={**before, **wanted},
            valid_from=now(),
            by=by,
            reason=reason,
        )
        record_event(
            action="wellbeing.policy_tightened",
            subject="organisation" if team is None else f"team {team.pk}",
            by=by,
            details={"version": version.pk, "numbers": wanted},
        )
    return version


def policy_for(*, team: Team | None = None) -> Policy:
    """The limits that stand now for the organisation, or for a team within it."""
    return standing(team)[1]


def one_policy_at_a_time() -> None:
    """Wait for whoever changes a policy at this moment; until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)


def standing(team: Team | None) -> tuple[dict[str, int], Policy]:
    """The numbers of the version in force for a team, or for the organisation, and the policy they come to."""
    organisation = versions_in_force(scope=Scope.ORGANISATION)
    if team is None:
        return organisation, combined([organisation])
    own = versions_in_force(scope=Scope.TEAM, team_id=team.pk)
    return own, combined([organisation], [own])


def _require_permission(by: User, team: Team | None) -> None:
    if team is None:
        # A role in one team is no say over the others.
        allowed = teams_with(by, Permission.OWN_POLICY) is ALL
    else:
        allowed = bool({Permission.TIGHTEN_LIMITS, Permission.OWN_POLICY} & permissions_of(by, team.pk))
    if not allowed:
        raise PolicyNotAllowed(
            "Only the wellbeing officer, or a team's lead for the team, may change limits."
        )
