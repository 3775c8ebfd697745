"""Printed keys. Each question has its own: only those of the question that one is at are pressed."""

from collections.abc import Sequence
from typing import Protocol

DIGITS = "123456789"
OF_THE_PAGE = frozenset("BDEGHKNPQSUW")
"""Letters that the workbench itself uses; an answer that asks for one of them gets a digit."""


class HasKey(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def key(self) -> str | None: ...


def keys_of(answers: Sequence[HasKey]) -> dict[str, str]:
    """Id → printed key: the schema's own where the page leaves it free, else the next free digit."""
    keys = {each.id: each.key.upper() for each in answers if each.key and each.key.upper() not in OF_THE_PAGE}
    free = (digit for digit in DIGITS if digit not in keys.values())
    for each in answers:
        if each.id not in keys:
            keys[each.id] = next(free, "")
    return keys
