"""Which split of a release an item belongs to: a pure function of the seed and the item's key.

Nothing is drawn, so a later release with the same seed puts each item where it was, new items disturb nobody, and
two machines agree. The key is the item's own external id; things that must not be torn apart share a key.
"""

from collections.abc import Mapping
from hashlib import sha256

DEFAULT_SHARES: Mapping[str, float] = {"train": 0.8, "validation": 0.1, "test": 0.1}


def check_shares(shares: Mapping[str, float]) -> None:
    """Refuse shares that are negative, unnamed, or do not add up to 1.

    Raises:
        ValueError: saying which of these it is.
    """
    if not shares or any(not name for name in shares):
        raise ValueError("each split needs a name")
    if any(not 0 <= share <= 1 for share in shares.values()):
        raise ValueError("a split's share lies between 0 and 1")
    if abs(sum(shares.values()) - 1) > 1e-9:
        raise ValueError("the shares of the splits must add up to 1")


def split_of(key: str, *, seed: int, shares: Mapping[str, float] = DEFAULT_SHARES) -> str:
    """The split of one key. Shares are 0..1 and add up to 1; their order matters and is part of the answer."""
    digest = sha256(f"{seed}:{key}".encode("utf-8", "surrogatepass")).digest()
    point = int.from_bytes(digest[:8], "big") / 2**64
    upto = 0.0
    for name, share in shares.items():
        upto += share
        if point < upto:
            return name
    return [name for name, share in shares.items() if share > 0][-1]  # a rounding error above the last share
