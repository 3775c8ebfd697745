from django.db import models
from django.db.models import Q

from wellbeing.domain.view import EntryKind


class LedgerEntry(models.Model):
    """One row of a person's exposure ledger (wellbeing.domain.ledger.Entry). Append-only for everybody.

    The owner role owns the table; the runtime role may read it and insert these named columns. Triggers refuse the
    rest, and any row that does not continue its chain. No foreign key: a chain says nothing of a person or an item.
    """

    pk = models.CompositePrimaryKey("chain", "seq")
    chain = models.UUIDField()
    seq = models.BigIntegerField()
    kind = models.TextField()
    view_ref = models.UUIDField()
    milli_points = models.BigIntegerField()
    open_ms = models.BigIntegerField()
    severity = models.SmallIntegerField()
    modality = models.TextField()
    share = models.SmallIntegerField()
    policy_version = models.BigIntegerField()
    day = models.DateField()
    at = models.DateTimeField()
    prev_hash = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        db_table = "ledger_entry"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(EntryKind)), name="ledger_entry_kind_known"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="ledger_entry_seq_from_1"),
        ]
        indexes = [models.Index(fields=["chain", "day"], name="ledger_entry_by_day")]
