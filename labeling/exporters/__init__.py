"""The files of a release that hold its rows. A new one is a module with a `Writer`, and a line here."""

from pathlib import Path
from typing import Protocol

from labeling.exporters import annotations_jsonl, items_jsonl, labels_csv, texts_jsonl
from labeling.exporters.context import ReleaseContext
from labeling.queries.releases import FrozenRow


class RowWriter(Protocol):
    """Takes a release's rows one by one; `rows` counts the lines written."""

    name: str

    def __init__(self, context: ReleaseContext, folder: Path) -> None: ...

    @property
    def rows(self) -> int: ...

    def add(self, row: FrozenRow) -> None:
        """Write what this file says of one item."""

    def close(self) -> None:
        """Complete the file."""


ROW_FILES: tuple[type[RowWriter], ...] = (
    items_jsonl.Writer,
    annotations_jsonl.Writer,
    texts_jsonl.Writer,
    labels_csv.Writer,
)
