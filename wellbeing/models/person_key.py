from django.conf import settings
from django.db import models

from wellbeing.models.respite_now import RespiteNow


class PersonKey(models.Model):
    """The key of what one person wrote in private, wrapped by a key that is never in the database (docs/adr/0012).

    Deleting this row is how such texts are destroyed, in backups too.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="private_key"
    )
    wrapped = models.BinaryField()
    # Of PRIVATE_KEYS. `rotate_private_keys` looks for those that are not the first.
    key_name = models.TextField(db_index=True)
    made_at = models.DateTimeField(db_default=RespiteNow(), editable=False)

    class Meta:
        db_table = "person_key"
