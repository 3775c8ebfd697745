from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from labeling.models.clock import RespiteNow


class GuidelineExample(models.Model):
    """An example beside a guideline, without its text: everything here may stand in a list.

    It belongs to the versions from `since_version` up to, not including, `until_version`. Nothing else of it changes.
    """

    class Kind(models.TextChoices):
        YES = "yes", _("A clear case")
        NO = "no", _("Not a case")
        EDGE = "edge", _("A close call")

    project = models.ForeignKey("labeling.Project", on_delete=models.PROTECT, related_name="examples")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    expected = models.JSONField(default=dict)  # category → severity 1-4; empty: none of these
    severity = models.SmallIntegerField()  # what it counts as when it is shown
    categories = ArrayField(models.TextField(), default=list)  # whoever opted out of one is not shown it
    note = models.CharField(max_length=500, blank=True)  # why; says nothing of its words
    language = models.CharField(max_length=35, blank=True)
    part_words = ArrayField(models.PositiveIntegerField(), default=list)
    since_version = models.PositiveIntegerField()
    until_version = models.PositiveIntegerField(null=True)
    added_at = models.DateTimeField(db_default=RespiteNow(), editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="labeling_guidelineexample_kind_known", condition=Q(kind__in=["yes", "no", "edge"])
            ),
            models.CheckConstraint(
                name="labeling_guidelineexample_severity_range", condition=Q(severity__range=(0, 4))
            ),
            models.CheckConstraint(
                name="labeling_guidelineexample_until_after_since",
                condition=Q(until_version=None) | Q(until_version__gte=F("since_version")),
            ),
        ]


class GuidelineExampleContent(models.Model):
    """The text of an example. Read in labeling.queries.content and nowhere else, as an item's is."""

    example = models.OneToOneField(
        GuidelineExample, on_delete=models.PROTECT, primary_key=True, related_name="content"
    )
    body = models.JSONField()
