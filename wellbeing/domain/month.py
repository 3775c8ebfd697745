"""A calendar month of exposure days."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from people.sentences import Sentence, dated

WRITTEN = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, order=True)
class Month:
    """One month by its first day."""

    first_day: date

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.replace(day=1))

    @classmethod
    def named(cls, name: str) -> "Month":
        """The month of "2026-11". Raises ValueError for anything else, and for years that nobody labels in."""
        if WRITTEN.fullmatch(name) is None or not "1970" <= name[:4] <= "9998":
            raise ValueError(f"{name} is not a month")
        return cls(date.fromisoformat(f"{name}-01"))

    @property
    def name(self) -> str:
        return f"{self.first_day:%Y-%m}"

    @property
    def in_words(self) -> Sentence:
        return dated(self.first_day, "%B %Y", "YEAR_MONTH_FORMAT")

    @property
    def next(self) -> "Month":
        return Month.of(self.first_day + timedelta(days=31))

    @property
    def previous(self) -> "Month":
        return Month.of(self.first_day - timedelta(days=1))
