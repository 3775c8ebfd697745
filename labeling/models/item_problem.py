from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from labeling.models.clock import RespiteNow


class ItemProblem(models.Model):
    """Something is wrong with an item itself. Project data: it says nothing about the person."""

    class Kind(models.TextChoices):
        GARBLED = "garbled", _("Cannot be read")
        LANGUAGE = "language", _("Wrong language")
        FIELD = "field", _("Not my field")
        OTHER = "other", _("Something else")

    task = models.ForeignKey("labeling.Task", on_delete=models.PROTECT, related_name="problems")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    reported_at = models.DateTimeField(db_default=RespiteNow(), editable=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="labeling_itemproblem_once", fields=["task", "person"]),
            models.CheckConstraint(
                name="labeling_itemproblem_kind_known",
                condition=models.Q(kind__in=["garbled", "language", "field", "other"]),
            ),
        ]
