from typing import ClassVar

from django.db import models


class ReleaseRow(models.Model):
    """One task as a release froze it. Immutable: a trigger refuses every UPDATE and DELETE.

    It repeats what it needs instead of pointing at it, so that rebuilding the files gives the same bytes whatever
    happened to the task since.
    """

    release = models.ForeignKey(
        "labeling.Release", on_delete=models.PROTECT, related_name="rows", db_index=False
    )
    task = models.ForeignKey("labeling.Task", on_delete=models.PROTECT, related_name="+", db_index=False)
    external_id = models.CharField(max_length=200)
    split = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=20)  # decided or contested
    final = models.JSONField()  # the final label: answers, soft, severity, votes, method
    annotations = models.JSONField(default=list)  # [{"id", "revision", "person", "answers", "schema", …}…]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="labeling_releaserow_task_once", fields=["release", "task"]),
            models.UniqueConstraint(
                name="labeling_releaserow_external_id_once", fields=["release", "external_id"]
            ),
        ]
