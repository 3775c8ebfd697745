from django.db import models


class LedgerMarker(models.Model):
    """Where a chain begins after a purge (wellbeing.domain.ledger.Marker). Written by the owner role alone, and kept.

    A trigger takes only what names a row of its chain that is old enough and not the last.
    """

    pk = models.CompositePrimaryKey("chain", "through_seq")
    chain = models.UUIDField()
    through_seq = models.BigIntegerField()
    hash = models.BinaryField()
    through_day = models.DateField()
    at = models.DateTimeField()
    signature = models.TextField()

    class Meta:
        db_table = "ledger_marker"
