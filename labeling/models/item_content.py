from django.db import models


class ItemContent(models.Model):
    """The content of an item. Read in labeling.queries.content and nowhere else; a repository test holds that."""

    item = models.OneToOneField(
        "labeling.Item", on_delete=models.CASCADE, primary_key=True, related_name="content"
    )
    body = models.JSONField()
