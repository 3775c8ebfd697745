"""labels.csv: one row per item with its labels and no content, for spreadsheets.

Under each category stands its severity, 0 where it was asked about and not found, and nothing where nobody was
asked or the votes stayed split. Under any other question stands its answer: the option, the point, the letter, the
order (`B>A=C`), or how many stretches of text were agreed on. Cells that a spreadsheet might run as a formula begin with an apostrophe; the JSONL
files are verbatim, and are what training should read.
"""

import csv
from pathlib import Path

from labeling.domain.cells import safe_cell
from labeling.exporters.columns import columns
from labeling.exporters.context import ReleaseContext
from labeling.queries.releases import FrozenRow

NAME = "labels.csv"


class Writer:
    """Writes each row as it comes."""

    name = NAME

    def __init__(self, context: ReleaseContext, folder: Path) -> None:
        self._file = (folder / NAME).open("w", encoding="utf-8", newline="")
        self._csv = csv.writer(self._file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        self._columns = columns(context.schema)
        names = [column.name for column in self._columns]
        soft = [name for column in self._columns for name, _ in column.soft]
        header = ["id", "split", "status", "severity", "votes", *names, *soft]
        self._csv.writerow([safe_cell(name) for name in header])
        self.rows = 0

    def add(self, row: FrozenRow) -> None:
        """One row."""
        answers, soft = row.final["answers"], row.final["soft"]
        labels = [column.label(answers, soft) for column in self._columns]
        shares = [share for column in self._columns for share in column.shares(soft)]
        first = [row.external_id, row.split, row.state, row.final["severity"], row.final["votes"]]
        self._csv.writerow([safe_cell(value) for value in (*first, *labels, *shares)])
        self.rows += 1

    def close(self) -> None:
        """Flush to disk."""
        self._file.close()
