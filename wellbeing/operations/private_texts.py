"""Private texts of other apps, sealed under the key of the person they belong to.

`table`, `row` and `field` name the place where a text is stored: what is sealed opens there and nowhere else.
"""

from collections.abc import Callable

from wellbeing.domain.sealing import Place, seal
from wellbeing.operations.private_keys import ensure_data_key
from wellbeing.queries.private_keys import data_key_of
from wellbeing.queries.sealed import opened


def seal_text(*, person_id: int, table: str, row: str, field: str, text: str) -> bytes:
    """The text as it is stored. The person's key is made if they have none. Raises KeyMissing, SealBroken."""
    return seal(text, ensure_data_key(person_id=person_id), Place(person_id, table, row, field))


def text_opener(*, person_id: int) -> Callable[[bytes | memoryview, str, str, str], str | None]:
    """A function (sealed, table, row, field) → text; None when the key was destroyed or the text is not from there.

    The key is read once, now. Whoever calls this shows the text to those it was written for, and to nobody else.
    """
    key = data_key_of(person_id)

    def read(sealed: bytes | memoryview, table: str, row: str, field: str) -> str | None:
        return opened(sealed, key, Place(person_id, table, row, field))

    return read
