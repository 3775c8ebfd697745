"""A file of lines in a keyed order, so that nobody's work can be told from where it stands.

The shuffle needs all lines at once, so they are dealt to bucket files by their order and sorted bucket by bucket:
memory stays at a sixty-fourth of the file.
"""

from pathlib import Path
from typing import IO

BUCKETS = 64


class ShuffledLines:
    """Deals each line to a bucket, and joins the buckets in the end. `rows` counts the lines."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._buckets: dict[int, IO[str]] = {}
        self.rows = 0

    def add(self, line: str, order: bytes) -> None:
        number = order[0] % BUCKETS
        if number not in self._buckets:
            path = self._folder / f".{self._name}.{number:02}"
            self._buckets[number] = path.open("w", encoding="utf-8", newline="\n")
        self._buckets[number].write(f"{order.hex()} {line}\n")
        self.rows += 1

    def close(self) -> None:
        """Sort the buckets into the one file."""
        with (self._folder / self._name).open("w", encoding="utf-8", newline="\n") as target:
            for _, bucket in sorted(self._buckets.items()):
                bucket.close()
                path = Path(bucket.name)
                with path.open(encoding="utf-8", newline="\n") as dealt:
                    target.writelines(line.split(" ", 1)[1] for line in sorted(dealt))
                path.unlink()
