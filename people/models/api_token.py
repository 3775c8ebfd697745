from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from people.clock import ServerTime
from people.permissions import Permission

LONGEST_TOKEN_LIFE = timedelta(days=90)


class ApiToken(models.Model):
    """A program's way in, in the name of a person. Only the SHA-256 of the token is kept."""

    # Public half of the token: finds the row, and lets a person tell tokens apart.
    prefix = models.CharField(max_length=8, unique=True)
    hash = models.BinaryField(max_length=32)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    # Values of people.permissions.Permission; what the person may not do, the token may not either.
    scopes = ArrayField(models.TextField())
    created_at = models.DateTimeField(db_default=ServerTime(), editable=False)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at"))
                # A minute of room: created_at is filled in after the expiry was computed.
                & models.Q(
                    expires_at__lte=models.F("created_at") + LONGEST_TOKEN_LIFE + timedelta(minutes=1)
                ),
                name="people_apitoken_lives_at_most_90_days",
            ),
            models.CheckConstraint(condition=models.Q(scopes__len__gt=0), name="people_apitoken_has_a_scope"),
        ]

    @property
    def scopes_in_words(self) -> list[str]:
        return [Permission(scope).in_words for scope in self.scopes if scope in set(Permission)]
