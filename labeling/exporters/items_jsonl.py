"""items.jsonl: one item per line with its content, its final label, and the share of votes for each category.

`labels` is null where the votes stayed split. A question that is missing under `labels` was not asked about this item,
a category that is missing under `soft` of nobody; neither is ever written as 0.
"""

from pathlib import Path

from labeling.exporters.context import ReleaseContext, as_line
from labeling.queries.releases import FrozenRow

NAME = "items.jsonl"


class Writer:
    """Writes each item as it comes."""

    name = NAME

    def __init__(self, context: ReleaseContext, folder: Path) -> None:
        self._file = (folder / NAME).open("w", encoding="utf-8", newline="\n")
        self.rows = 0

    def add(self, row: FrozenRow) -> None:
        """One line."""
        record = {
            "id": row.external_id,
            **row.body,
            "kind": row.final["kind"],
            "source": row.final["source"],
            "language": row.final["language"],
            "split": row.split,
            "status": row.state,
            "labels": row.final["answers"],
            "soft": row.final["soft"],
            "severity": row.final["severity"],
            "votes": row.final["votes"],
            "method": row.final["method"],
            "meta": row.final["meta"],
        }
        self._file.write(as_line(record) + "\n")
        self.rows += 1

    def close(self) -> None:
        """Flush to disk."""
        self._file.close()
