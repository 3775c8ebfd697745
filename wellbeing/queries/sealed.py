"""Opening what was sealed."""

from wellbeing.domain.sealing import Place, SealBroken, unseal


def opened(sealed: bytes | memoryview, data_key: bytes | None, place: Place) -> str | None:
    """The text; None when its key was destroyed, or it does not belong there. Then there is nothing to be shown."""
    if data_key is None:
        return None
    try:
        return unseal(bytes(sealed), data_key, place)
    except SealBroken:
        return None
