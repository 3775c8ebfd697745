from django.conf import settings
from django.db import models
from django.db.models import Q

from wellbeing.domain.choices import WEIGHTS


class CategoryChoice(models.Model):
    """What a person chose for themself about one category. Nobody else ever sees a row of this table.

    It can say something of a person's health or past, so it is no one's business: no lead, no admin, no audit event.
    """

    pk = models.CompositePrimaryKey("person_id", "category")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    category = models.TextField()
    is_refused = models.BooleanField(default=False)
    self_weight = models.PositiveSmallIntegerField(default=1_000)

    class Meta:
        db_table = "category_choice"
        constraints = [
            models.CheckConstraint(
                condition=Q(self_weight__in=list(WEIGHTS)), name="category_choice_weight_known"
            ),
            models.CheckConstraint(
                condition=Q(is_refused=True) | ~Q(self_weight=1_000), name="category_choice_says_something"
            ),
        ]
