from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from labeling.models.clock import RespiteNow


class GuidelineLook(models.Model):
    """Somebody is looking at an example or at a masked word. It names the view for as long as it is not settled.

    One a person; gone some minutes after the look is over. What it cost stays in the ledger, which of them it was does not.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    example = models.ForeignKey(
        "labeling.GuidelineExample", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    term = models.ForeignKey("labeling.GlossaryTerm", on_delete=models.CASCADE, null=True, related_name="+")
    opened_at = models.DateTimeField(db_default=RespiteNow(), editable=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="labeling_guidelinelook_at_one_thing",
                condition=Q(example__isnull=False, term=None) | Q(example=None, term__isnull=False),
            ),
        ]
