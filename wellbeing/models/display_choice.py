from django.conf import settings
from django.db import models
from django.db.models import Q

from wellbeing.domain.display import (
    GENERAL,
    LINE_SPACINGS,
    TEXT_SIZES,
    FirstPicture,
    FirstText,
)


class DisplayChoice(models.Model):
    """How a person wants items to first appear, in general (category "") or for one category.

    Nobody else ever sees a row of this table: what somebody wants hidden can say something of their past. An empty
    first look of a category is the general one; grey, size and spacing are chosen in general only.
    """

    pk = models.CompositePrimaryKey("person_id", "category")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    category = models.TextField()
    first_text = models.TextField(blank=True)
    first_picture = models.TextField(blank=True)
    keeps_grey = models.BooleanField(default=True)
    text_size = models.PositiveSmallIntegerField(default=0)
    line_spacing = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "display_choice"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    first_text__in=["", *(one.value for one in FirstText)],
                    first_picture__in=["", *(one.value for one in FirstPicture)],
                ),
                name="display_choice_first_known",
            ),
            models.CheckConstraint(
                condition=Q(text_size__in=list(TEXT_SIZES), line_spacing__in=list(LINE_SPACINGS)),
                name="display_choice_look_known",
            ),
            models.CheckConstraint(
                condition=(Q(category=GENERAL) & ~Q(first_text="") & ~Q(first_picture=""))
                | (
                    ~Q(category=GENERAL)
                    & Q(keeps_grey=True, text_size=0, line_spacing=0)
                    & ~Q(first_text="", first_picture="")
                ),
                name="display_choice_says_something",
            ),
        ]
