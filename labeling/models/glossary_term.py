from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from labeling.models.clock import RespiteNow


class GlossaryTerm(models.Model):
    """A word that people meet in a project, and what it means there.

    A masked one is content: `term` is then a name for it that says nothing ("word 3"), and the word itself stands in
    GlossaryWord. Anybody who labels may propose a term; it is in the glossary once a lead accepts it.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        ACCEPTED = "accepted", "In the glossary"
        DECLINED = "declined", "Not taken"

    project = models.ForeignKey("labeling.Project", on_delete=models.PROTECT, related_name="terms")
    term = models.CharField(max_length=120)
    meaning = models.CharField(max_length=1000)
    language = models.CharField(max_length=35, blank=True)  # of the meaning; a BCP 47 tag
    is_masked = models.BooleanField(default=False)
    severity = models.SmallIntegerField(default=2)  # what a masked word counts as when it is shown
    categories = ArrayField(models.TextField(), default=list)
    state = models.CharField(max_length=20, choices=State.choices, default=State.PROPOSED)
    proposed_at = models.DateTimeField(db_default=RespiteNow(), editable=False)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="labeling_glossaryterm_once", fields=["project", "term"], condition=~Q(state="declined")
            ),
            models.CheckConstraint(
                name="labeling_glossaryterm_state_known",
                condition=Q(state__in=["proposed", "accepted", "declined"]),
            ),
            models.CheckConstraint(
                name="labeling_glossaryterm_severity_range", condition=Q(severity__range=(0, 4))
            ),
            models.CheckConstraint(
                name="labeling_glossaryterm_decided_whole_or_none",
                condition=Q(state="proposed", decided_at=None, decided_by=None)
                | (~Q(state="proposed") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
        ]


class GlossaryWord(models.Model):
    """The word of a masked term. Read in labeling.queries.content and nowhere else, as an item's content is."""

    term = models.OneToOneField(
        GlossaryTerm, on_delete=models.CASCADE, primary_key=True, related_name="content"
    )
    body = models.JSONField()


class GlossaryTranslation(models.Model):
    """What a term means, in another language. Written again, it is replaced."""

    term = models.ForeignKey(GlossaryTerm, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=35)
    meaning = models.CharField(max_length=1000)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="labeling_glossarytranslation_once", fields=["term", "language"]),
        ]


class TermNote(models.Model):
    """What one person noted of a term for themself, sealed under their key. Nobody else reads it."""

    term = models.ForeignKey(GlossaryTerm, on_delete=models.CASCADE, related_name="notes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="labeling_termnote_once", fields=["person", "term"]),
        ]
