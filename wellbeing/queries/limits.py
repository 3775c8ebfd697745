"""A person's limits as they stand: what holds today, and what will hold from their next day on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from wellbeing.domain.day import turn_after
from wellbeing.domain.policy import Policy, Scope, combined
from wellbeing.domain.ramp import Ramp, ramp_on, ramped
from wellbeing.domain.situation import Situation
from wellbeing.models import PolicyVersion
from wellbeing.queries.exposure import situation_of


@dataclass(frozen=True)
class StandingLimits:
    """`today` and `tomorrow` are what holds then, with ramp-up and the person's own limits.

    `shared` is what stands for everybody of their teams, `chosen` the same with their own limits; both before ramp-up.
    `own` are the numbers of their latest version, by name. `turns_at` is when tomorrow begins.
    """

    today: Policy
    tomorrow: Policy
    shared: Policy
    chosen: Policy
    own: dict[str, int]
    ramp: Ramp
    turns_at: datetime
    situation: Situation

    def holds_now(self, name: str) -> bool:
        """Whether what was chosen holds already today; a raised limit waits for tomorrow."""
        return bool(getattr(self.today, name) == getattr(ramped(self.chosen, self.ramp), name))


def standing_limits(person_id: int) -> StandingLimits:
    """Two statements. Raises NoSuchPerson."""
    situation = situation_of(person_id)
    turns_at = turn_after(situation.today, situation.time_zone)
    theirs = Q(team__memberships__user_id=person_id) | Q(person_id=person_id)
    versions = (
        PolicyVersion.objects.filter(Q(scope=Scope.ORGANISATION) | theirs, valid_from__lte=turns_at)
        .order_by("scope", "team_id", "person_id", "-valid_from", "-id")
        .distinct("scope", "team_id", "person_id")
    )
    organisation: list[dict[str, int]] = []
    teams: list[dict[str, int]] = []
    own: dict[str, int] = {}
    for version in versions:
        if version.scope == Scope.PERSON:
            own = dict(version.numbers)
        else:
            (organisation if version.scope == Scope.ORGANISATION else teams).append(dict(version.numbers))
    shared = combined(organisation or [{}], teams)
    chosen = combined(organisation or [{}], [*teams, own])
    # An absence is not foreseen: whoever reads this is here.
    ramp = ramp_on(situation.ramp, last_day=None, today=situation.today + timedelta(days=1))
    return StandingLimits(
        today=situation.policy,
        tomorrow=ramped(chosen, ramp),
        shared=shared,
        chosen=chosen,
        own=own,
        ramp=situation.ramp,
        turns_at=turns_at,
        situation=situation,
    )
