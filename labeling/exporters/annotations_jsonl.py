"""annotations.jsonl: every answer on its own, under pseudonyms of this release, days in place of times, shuffled.

The shuffle needs all lines at once, so they are dealt to bucket files by their keyed order and sorted bucket by
bucket: memory stays at a sixty-fourth of the file.
"""

from pathlib import Path
from typing import IO

from labeling.exporters.context import ReleaseContext, as_line
from labeling.queries.releases import FrozenRow

NAME = "annotations.jsonl"
BUCKETS = 64


class Writer:
    """Deals each answer to a bucket, and joins the buckets in the end."""

    name = NAME

    def __init__(self, context: ReleaseContext, folder: Path) -> None:
        self._context, self._folder = context, folder
        self._buckets: list[IO[str]] = [
            (folder / f".{NAME}.{n:02}").open("w", encoding="utf-8", newline="\n") for n in range(BUCKETS)
        ]
        self.rows = 0

    def add(self, row: FrozenRow) -> None:
        """One line per annotation of an item."""
        for annotation in row.annotations:
            record = {
                "item": row.external_id,
                "labeler": self._context.pseudonym(annotation["person"]),
                "answers": annotation["answers"],
                "verdict": annotation["verdict"],
                "disclosed_share": annotation["share"] / 1000,
                "seen": annotation["seen"],
                "revision": annotation["revision"],
                "schema_version": annotation["schema"],
                "guideline_version": annotation["guideline"],
                "day": annotation["day"],
            }
            order = self._context.order_of(annotation["id"])
            line = as_line(record)
            self._buckets[order[0] % BUCKETS].write(f"{order.hex()} {line}\n")
            self.rows += 1

    def close(self) -> None:
        """Sort the buckets into the one file."""
        with (self._folder / NAME).open("w", encoding="utf-8", newline="\n") as target:
            for bucket in self._buckets:
                bucket.close()
                path = Path(bucket.name)
                with path.open(encoding="utf-8", newline="\n") as dealt:
                    target.writelines(line.split(" ", 1)[1] for line in sorted(dealt))
                path.unlink()
