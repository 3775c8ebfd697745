from django.db import models

from people.models import Team


class TeamCategory(models.Model):
    """A category that the work of a team may contain, as whoever hands things out defined it for the people there.

    None is ever taken away: a person is asked about too much rather than about too little.
    """

    pk = models.CompositePrimaryKey("team_id", "category")
    team = models.ForeignKey(Team, models.CASCADE, related_name="+")
    category = models.TextField()
    definition = models.TextField(default="", blank=True)
    translations = models.JSONField(default=dict, db_default={})  # tag → definition

    class Meta:
        db_table = "team_category"
