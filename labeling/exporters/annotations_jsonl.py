"""annotations.jsonl: every answer on its own, under pseudonyms of this release, days in place of times, shuffled.

What people wrote in their own words may quote content: it is not here but in texts.jsonl.
"""

from pathlib import Path

from labeling.domain.schema import is_own_words
from labeling.exporters.context import ReleaseContext, as_line
from labeling.exporters.shuffled import ShuffledLines
from labeling.queries.releases import FrozenRow

NAME = "annotations.jsonl"


class Writer:
    """Writes each answer of each item."""

    name = NAME

    def __init__(self, context: ReleaseContext, folder: Path) -> None:
        self._context = context
        self._lines = ShuffledLines(folder, NAME)

    @property
    def rows(self) -> int:
        return self._lines.rows

    def add(self, row: FrozenRow) -> None:
        """One line per annotation of an item."""
        for annotation in row.annotations:
            answers = annotation["answers"]
            record = {
                "item": row.external_id,
                "labeler": self._context.pseudonym(annotation["person"]),
                "answers": {name: said for name, said in answers.items() if not is_own_words(said)},
                "verdict": annotation["verdict"],
                "disclosed_share": annotation["share"] / 1000,
                "seen": annotation["seen"],
                "revision": annotation["revision"],
                "schema_version": annotation["schema"],
                "guideline_version": annotation["guideline"],
                "day": annotation["day"],
            }
            self._lines.add(as_line(record), self._context.order_of(annotation["id"]))

    def close(self) -> None:
        """Put the lines in their order."""
        self._lines.close()
