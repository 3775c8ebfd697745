"""Making, rewrapping and destroying people's keys. What they open is never touched by any of it."""

from django.db import transaction

from wellbeing.domain.sealing import KeyMissing, Wrapped, new_data_key
from wellbeing.models import PersonKey
from wellbeing.queries.private_keys import data_key_of, keyring, missing_keys

BATCH = 200


def ensure_data_key(*, person_id: int) -> bytes:
    """The person's key, made now if they have none. Two at once get the same one. Raises KeyMissing, SealBroken."""
    found = data_key_of(person_id)
    if found is None:
        fresh = keyring().wrap(new_data_key(), person_id)
        PersonKey.objects.bulk_create(
            [PersonKey(person_id=person_id, wrapped=fresh.wrapped, key_name=fresh.key_name)],
            ignore_conflicts=True,
        )
        found = data_key_of(person_id)
    assert found is not None  # noqa: S101 - it was there or has just been made
    return found


def destroy_data_key(*, person_id: int) -> bool:
    """From here on nothing that this person wrote in private can be read by anybody. True if there was a key."""
    removed, _ = PersonKey.objects.filter(pk=person_id).delete()
    return bool(removed)


def rotate_private_keys() -> int:
    """Wrap every person's key under the first of PRIVATE_KEYS. Returns how many it rewrapped.

    In batches of one transaction each: stopped half-way, it goes on where it stood. Raises KeyMissing, before it
    changes anything, when a stored key needs one that is not in PRIVATE_KEYS.
    """
    missing = missing_keys()
    if missing:
        raise KeyMissing(*missing)
    ring, done = keyring(), 0
    while count := _rotate_batch():
        done += count
    assert not PersonKey.objects.exclude(key_name=ring.first).exists()  # noqa: S101 - the loop ends with none
    return done


@transaction.atomic
def _rotate_batch() -> int:
    ring = keyring()
    # Locked, so that a key destroyed meanwhile is not written back.
    rows = list(PersonKey.objects.select_for_update().exclude(key_name=ring.first).order_by("pk")[:BATCH])
    for row in rows:
        data_key = ring.unwrap(Wrapped(row.key_name, bytes(row.wrapped)), row.pk)
        fresh = ring.wrap(data_key, row.pk)
        PersonKey.objects.filter(pk=row.pk).update(wrapped=fresh.wrapped, key_name=fresh.key_name)
    return len(rows)
