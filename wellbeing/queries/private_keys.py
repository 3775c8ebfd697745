"""The key of what a person wrote in private."""

from django.conf import settings

from wellbeing.domain.sealing import Keyring, Wrapped
from wellbeing.models import PersonKey


def keyring() -> Keyring:
    """The wrapping keys of this process (PRIVATE_KEYS)."""
    return Keyring(settings.PRIVATE_KEYS)


def data_key_of(person_id: int) -> bytes | None:
    """The person's key; None if they never wrote anything, or were erased. Raises KeyMissing, SealBroken."""
    row = PersonKey.objects.filter(pk=person_id).values_list("key_name", "wrapped").first()
    return None if row is None else keyring().unwrap(Wrapped(row[0], bytes(row[1])), person_id)


def missing_keys() -> list[str]:
    """Names of wrapping keys that stored keys need and this process lacks."""
    used = set(PersonKey.objects.values_list("key_name", flat=True).distinct())
    return sorted(used - keyring().names)
