from django.contrib.postgres.fields import ArrayField
from django.db import models


class HarmCategory(models.Model):
    """A category that stimuli may carry, under the name that people read. `ancestors` are the codes above it.
    `translations` are names in other languages, by tag; a new name begins without any.

    Whoever hands things out names them (interface.name_categories); a choice about one holds for those under it.
    """

    code = models.TextField(primary_key=True)
    name = models.TextField()
    translations = models.JSONField(default=dict, db_default={})
    ancestors = ArrayField(models.TextField(), default=list)

    class Meta:
        db_table = "harm_category"
