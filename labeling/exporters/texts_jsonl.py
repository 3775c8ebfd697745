"""texts.jsonl: what people wrote in their own words, rationales and corrections. It may quote content."""

from pathlib import Path

from labeling.domain.schema import is_own_words
from labeling.exporters.context import ReleaseContext, as_line
from labeling.exporters.shuffled import ShuffledLines
from labeling.queries.releases import FrozenRow

NAME = "texts.jsonl"


class Writer:
    """Writes each text of each answer."""

    name = NAME

    def __init__(self, context: ReleaseContext, folder: Path) -> None:
        self._context = context
        self._lines = ShuffledLines(folder, NAME)

    @property
    def rows(self) -> int:
        return self._lines.rows

    def add(self, row: FrozenRow) -> None:
        """One line per text."""
        for annotation in row.annotations:
            for question, said in annotation["answers"].items():
                if is_own_words(said):
                    record = {
                        "item": row.external_id,
                        "labeler": self._context.pseudonym(annotation["person"]),
                        "question": question,
                        **said,
                        "schema_version": annotation["schema"],
                    }
                    self._lines.add(as_line(record), self._context.order_of(annotation["id"]))

    def close(self) -> None:
        """Put the lines in their order."""
        self._lines.close()
