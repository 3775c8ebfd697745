from django.conf import settings
from django.db import models
from django.db.models import Q

from wellbeing.domain.policy import Scope
from wellbeing.models.respite_now import RespiteNow


class PolicyVersion(models.Model):
    """A set of limits of an organisation, a team or a person from a moment on. Never changed, only followed by another.

    `numbers` names any of wellbeing.domain.policy.NUMBERS (milli-EP, milliseconds); a trigger holds them to the ceiling.
    """

    scope = models.TextField()
    team = models.ForeignKey("people.Team", models.PROTECT, null=True, related_name="policy_versions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="policy_versions"
    )
    numbers = models.JSONField(default=dict)
    valid_from = models.DateTimeField()
    made_at = models.DateTimeField(db_default=RespiteNow(), editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    cosigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.TextField()

    class Meta:
        db_table = "policy_version"
        constraints = [
            models.CheckConstraint(
                condition=Q(scope=Scope.ORGANISATION, team=None, person=None)
                | Q(scope=Scope.TEAM, team__isnull=False, person=None)
                | Q(scope=Scope.PERSON, team=None, person__isnull=False),
                name="policy_version_scope_says_whose",
            ),
            models.CheckConstraint(
                condition=Q(cosigned_by=None) | ~Q(cosigned_by=models.F("by")),
                name="policy_version_second_person",
            ),
        ]
        indexes = [
            models.Index(fields=["scope", "team", "person", "-valid_from"], name="policy_version_in_force")
        ]
