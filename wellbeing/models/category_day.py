from django.db import models

from wellbeing.models.dosimeter import Dosimeter


class CategoryDay(models.Model):
    """On that day the person was shown something of that category: what rotation counts. Kept for sixty days."""

    pk = models.CompositePrimaryKey("dosimeter_id", "day", "category")
    dosimeter = models.ForeignKey(Dosimeter, models.PROTECT, db_column="person_id", related_name="+")
    day = models.DateField()
    category = models.TextField()

    class Meta:
        db_table = "category_day"
