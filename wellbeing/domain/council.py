"""The monthly report for a works council: tables of words, as CSV and as one HTML file that needs nothing else.

Every row is about a group, a rule, or a machine; none about a person who labels. Counts of people's matters are told
from five people on.
"""

import csv
import html
import io
from collections.abc import Sequence
from dataclasses import dataclass

from wellbeing.domain.groups import SMALLEST_GROUP
from wellbeing.domain.month import Month

FEWER = "fewer than 5"
# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 56rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid #bbb; vertical-align: top; }
p.note { color: #444; }
"""


@dataclass(frozen=True)
class Section:
    """One table. `note` says what it means, and what stands there when it is empty."""

    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Report:
    """The report on one month, of the organisation or of one team."""

    month: Month
    whose: str
    sections: tuple[Section, ...]

    @property
    def title(self) -> str:
        return f"Exposure and safeguards, {self.month.in_words}, {self.whose}"


def told(count: int, people: int) -> str:
    """A count of people's matters: told when five people or more are behind it. "Fewer than 5" may also mean none."""
    return str(count) if people >= SMALLEST_GROUP else FEWER


def as_csv(report: Report) -> str:
    """A line for each row, the section's title first; columns are named once a section."""
    file = io.StringIO()
    lines = csv.writer(file, lineterminator="\n")
    lines.writerow([_safe(report.title)])
    for section in report.sections:
        lines.writerow([])
        lines.writerow(["section", *map(_safe, section.columns)])
        for row in section.rows:
            lines.writerow([_safe(section.title), *map(_safe, row)])
    return file.getvalue()


def as_html(report: Report) -> str:
    """One file to keep, print or send: no script, no picture, nothing fetched."""
    title = html.escape(report.title)
    sections = "\n".join(map(_section, report.sections))
    return (
        f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head>\n<body>\n<h1>{title}</h1>\n{sections}\n</body>\n</html>\n"
    )


def _section(section: Section) -> str:
    head = f'<h2>{html.escape(section.title)}</h2>\n<p class="note">{html.escape(section.note)}</p>'
    if not section.rows:
        return head
    columns = "".join(f'<th scope="col">{html.escape(column)}</th>' for column in section.columns)
    rows = "\n".join(f"<tr>{_cells(row)}</tr>" for row in section.rows)
    return f"{head}\n<table>\n<thead><tr>{columns}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _cells(row: Sequence[str]) -> str:
    return "".join(f"<td>{html.escape(value)}</td>" for value in row)


def _safe(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULA) else value
