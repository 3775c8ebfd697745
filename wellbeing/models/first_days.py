from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class FirstDays(models.Model):
    """How far a person has come with the first-days page. Nobody else ever sees it."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="+"
    )
    done = ArrayField(models.TextField(), default=list)
    is_dismissed = models.BooleanField(default=False)

    class Meta:
        db_table = "first_days"
