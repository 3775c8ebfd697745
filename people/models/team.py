from django.db import models


class Team(models.Model):
    """People who work on the same projects under the same lead."""

    name = models.CharField(max_length=100, unique=True)

    def __str__(self) -> str:
        return self.name
