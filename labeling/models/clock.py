"""The one clock of labeling, for columns and expressions: SQL `respite_now()`."""

from typing import ClassVar

from django.db import models


class RespiteNow(models.Func):
    """The time that exposure runs on. Read when the statement runs, not when its transaction began."""

    function = "respite_now"
    arity = 0
    output_field: "ClassVar[models.Field[object, object]]" = models.DateTimeField()
