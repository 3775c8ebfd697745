from django.db import models


class RespiteNow(models.Func):
    """SQL `respite_now()`: the database's clock, moved only where a demo or a test may (docs/adr/0004)."""

    function = "respite_now"
    arity = 0
    output_field = models.DateTimeField()
