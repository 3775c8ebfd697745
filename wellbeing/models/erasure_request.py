from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wellbeing.domain.erasing import ErasureReason
from wellbeing.models.respite_now import RespiteNow


class ErasureRequest(models.Model):
    """Somebody asked for a person to be erased; an officer who is neither of them approves it, and it is done.

    It holds numbers alone, and so may stay when the name is gone. `asked_by` is empty for the shell.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.TextField()
    asked_at = models.DateTimeField(db_default=RespiteNow(), editable=False)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "erasure_request"
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=list(ErasureReason)), name="erasure_request_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="erasure_request_approved_both_or_neither",
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None) | Q(withdrawn_at=None), name="erasure_request_one_end"
            ),
            # Two people, and neither of them the person: a NULL (not approved, or from the shell) passes.
            models.CheckConstraint(
                condition=Q(approved_by=None)
                | (~Q(approved_by=F("person")) & (Q(asked_by=None) | ~Q(approved_by=F("asked_by")))),
                name="erasure_request_approved_by_another",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(approved_at=None, withdrawn_at=None),
                name="erasure_request_one_open_per_person",
            ),
        ]
