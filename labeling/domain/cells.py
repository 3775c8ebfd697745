"""Cells of tables that people open in a spreadsheet."""

import unicodedata

_DANGEROUS = frozenset("=+-@\t\r\n|%")


def safe_cell(value: object) -> str:
    """A cell that no spreadsheet runs: full-width signs and leading blanks or quotes do not get round it."""
    text = "" if value is None else str(value)
    first = unicodedata.normalize("NFKC", text.lstrip(" \"'\u00a0\ufeff")[:1])
    return f"'{text}" if text[:1] in _DANGEROUS or first in _DANGEROUS else text
