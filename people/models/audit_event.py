from django.db import models

from people.clock import ServerTime


class AuditEvent(models.Model):
    """What somebody did that others may have to answer for. Rows are added, never changed or removed.

    There are no foreign keys on purpose: the record outlives what it is about. The runtime role may only SELECT and
    INSERT; triggers refuse the rest to everybody, and set `at` themselves.
    """

    at = models.DateTimeField(db_default=ServerTime(), editable=False)
    # Empty when it was done from the shell.
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.TextField()
    action = models.TextField()
    subject = models.TextField()
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["action", "-id"], name="people_audit_by_action")]
