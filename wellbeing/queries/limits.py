"""A person's limits as they stand: what holds today, and what will hold from their next day on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from wellbeing.domain.policy import Policy, Scope, combined, is_looser
from wellbeing.domain.ramp import Ramp, held_to, ramp_on
from wellbeing.domain.situation import Situation
from wellbeing.models import PolicyVersion
from wellbeing.queries.exposure import situation_of


@dataclass(frozen=True)
class StandingLimits:
    """`today` and `tomorrow` are what holds then, with ramp-up and the person's own limits.

    `shared` is what stands for everybody of their teams, before ramp-up. `own` are the numbers of their latest version,
    by name. `turns_at` is when tomorrow begins, also for somebody whose zone changes then.
    """

    today: Policy
    tomorrow: Policy
    shared: Policy
    own: dict[str, int]
    ramp: Ramp
    turns_at: datetime
    situation: Situation

    def holds_now(self, name: str) -> bool:
        """Whether what was chosen holds already today; a raised limit waits for tomorrow."""
        chosen = held_to(self.shared, self.ramp, [self.own])
        return bool(getattr(self.today, name) == getattr(chosen, name))

    def holds_less(self, name: str) -> bool:
        """Whether the share of the first weeks is below what the person chose, from when that holds."""
        held = getattr(self.today if self.holds_now(name) else self.tomorrow, name)
        return not self.ramp.is_over and name in self.own and is_looser(name, self.own[name], held)


def standing_limits(person_id: int) -> StandingLimits:
    """Two statements. Raises NoSuchPerson."""
    situation = situation_of(person_id)
    turns_at = situation.start_of(situation.today + timedelta(days=1))
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
    # An absence is not foreseen: whoever reads this is here.
    ramp = ramp_on(situation.ramp, last_day=None, today=situation.today + timedelta(days=1))
    return StandingLimits(
        today=situation.policy,
        tomorrow=held_to(shared, ramp, [own]),
        shared=shared,
        own=own,
        ramp=situation.ramp,
        turns_at=turns_at,
        situation=situation,
    )
