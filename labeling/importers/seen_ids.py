"""Which ids a file has named before and on which line, in 12 bytes each: a million ids take 12 MB."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

_Keys = npt.NDArray[np.uint64]
_Lines = npt.NDArray[np.uint32]
_MERGED_FROM = 65_536


@dataclass(frozen=True)
class _Known:
    """Ids in order, and the line of each."""

    keys: _Keys = field(default_factory=lambda: np.empty(0, dtype=np.uint64))
    lines: _Lines = field(default_factory=lambda: np.empty(0, dtype=np.uint32))

    def lines_of(self, keys: _Keys) -> _Lines:
        """The line of each, 0 for one that is not among them."""
        if not len(self.keys):
            return np.zeros(len(keys), dtype=np.uint32)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[places] == keys, self.lines[places], np.uint32(0))

    def with_these(self, keys: _Keys, lines: _Lines) -> "_Known":
        """With others that are not among them yet."""
        all_keys = np.concatenate([self.keys, keys])
        order = np.argsort(all_keys, kind="stable")
        return _Known(all_keys[order], np.concatenate([self.lines, lines])[order])


class SeenIds:
    """Ids of which 64 bits are remembered: two of a million ids meet by chance once in 37 million files."""

    def __init__(self) -> None:
        self._older, self._newer = _Known(), _Known()

    def add(self, external_ids: Sequence[str], lines: Sequence[int]) -> list[int]:
        """Remember some ids with their lines (from 1). For each, the line that named it before, here or earlier in the
        file; 0 for a new one."""
        digests = b"".join(
            blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest() for key in external_ids
        )
        keys = np.frombuffer(digests, dtype=np.uint64)
        here = np.array(lines, dtype=np.uint32)
        distinct, first, which = np.unique(keys, return_index=True, return_inverse=True)
        before = np.maximum(self._older.lines_of(distinct), self._newer.lines_of(distinct))
        fresh = before == 0
        self._newer = self._newer.with_these(distinct[fresh], here[first[fresh]])
        if len(self._newer.keys) >= _MERGED_FROM:
            self._older = self._older.with_these(self._newer.keys, self._newer.lines)
            self._newer = _Known()
        found = np.where(fresh, here[first], before)[which]
        found[first[fresh]] = 0
        earlier: list[int] = found.tolist()
        return earlier
