"""Erasing a person: who may ask, who may approve, and why. Never in anybody's own words: a reason outlives the name."""

from enum import StrEnum

ERASURE_FORMAT = "respite-erasures-1"


class ErasureReason(StrEnum):
    """Why a person is erased, of this list and nothing else."""

    ASKED = "asked"
    LEFT = "left"
    TIME = "time"

    @property
    def in_words(self) -> str:
        return REASON_WORDS[self]


REASON_WORDS = {
    ErasureReason.ASKED: "The person asked for it",
    ErasureReason.LEFT: "The person has left",
    ErasureReason.TIME: "The time for keeping it is over",
}
