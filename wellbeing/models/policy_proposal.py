from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wellbeing.domain.policy import Scope
from wellbeing.models.policy_version import PolicyVersion
from wellbeing.models.respite_now import RespiteNow


class PolicyProposal(models.Model):
    """A looser policy that an officer proposes. It is nothing until a second person has co-signed it.

    `team` None means the whole organisation. `version` is what came of it.
    """

    team = models.ForeignKey("people.Team", models.PROTECT, null=True, related_name="+")
    numbers = models.JSONField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=RespiteNow(), editable=False)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    version = models.OneToOneField(PolicyVersion, models.PROTECT, null=True, related_name="proposal")

    class Meta:
        db_table = "policy_proposal"
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, version=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="policy_proposal_closed_both_or_neither",
            ),
            models.CheckConstraint(
                condition=Q(version=None) | ~Q(closed_by=F("by")), name="policy_proposal_second_person"
            ),
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(closed_at=None),
                nulls_distinct=False,
                name="policy_proposal_one_open_per_team",
            ),
        ]

    @property
    def scope(self) -> Scope:
        return Scope.ORGANISATION if self.team_id is None else Scope.TEAM
