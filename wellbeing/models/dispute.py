from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wellbeing.domain.dispute import Outcome
from wellbeing.models.respite_now import RespiteNow


class Dispute(models.Model):
    """A person says that an entry of theirs should count as another severity; an officer decides.

    `seq` is the first row of the entry's view in the person's chain. Private: nobody but the person and the officers of
    their teams ever sees one, and making it is no audit event. `reason` are the officer's words to the person.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="disputes")
    seq = models.BigIntegerField()
    severity = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(db_default=RespiteNow(), editable=False)
    resolved_at = models.DateTimeField(null=True)
    outcome = models.TextField(null=True)  # noqa: DJ001 - null pairs with the time above
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(default="")

    class Meta:
        db_table = "dispute"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "seq"], condition=Q(resolved_at=None), name="dispute_one_open_per_entry"
            ),
            models.CheckConstraint(condition=Q(severity__lte=4), name="dispute_severity_0_to_4"),
            models.CheckConstraint(
                condition=Q(resolved_at=None, outcome=None, by=None, reason="")
                | Q(resolved_at__isnull=False, outcome__in=list(Outcome), by__isnull=False),
                name="dispute_resolved_whole_or_not",
            ),
            models.CheckConstraint(
                condition=Q(outcome=None) | Q(outcome=Outcome.GRANTED) | ~Q(reason=""),
                name="dispute_declined_with_words",
            ),
            models.CheckConstraint(
                condition=Q(by=None) | ~Q(by=F("person")), name="dispute_never_decided_by_its_person"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-made_at"], name="dispute_of_person"),
            models.Index(fields=["made_at"], condition=Q(resolved_at=None), name="dispute_open"),
        ]
