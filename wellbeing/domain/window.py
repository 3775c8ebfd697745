"""How long a disclosure stays open. All lengths in milliseconds.

Reading time at the person's own pace and 20 s to decide, between 30 s and 3 min (DESIGN section 5). Nobody is
held to have read faster than 200 words a minute, however fast a pace they set: that is the floor of what a view
charges, so a window is never shorter than what it will cost.
"""

from datetime import datetime, timedelta

from wellbeing.domain.points import MINUTE_MS, ceil_div

DECIDE_MS = 20_000
SHORTEST_MS = 30_000
LONGEST_MS = 180_000
MORE_MS = 60_000
FASTEST_WORDS_PER_MINUTE = 200
SLOWEST_WORDS_PER_MINUTE = 40
PART_WORDS = 80  # a longer item comes in parts of at most this


def reading_ms(words: int, words_per_minute: int) -> int:
    pace = min(max(words_per_minute, SLOWEST_WORDS_PER_MINUTE), FASTEST_WORDS_PER_MINUTE)
    return ceil_div(words * MINUTE_MS, pace)


def first_window_ms(words: int, words_per_minute: int) -> int:
    """The window of a reveal that shows `words`."""
    return min(max(reading_ms(words, words_per_minute) + DECIDE_MS, SHORTEST_MS), LONGEST_MS)


def least_ms(words: int) -> int:
    """The shortest time that having seen `words` can count as."""
    return ceil_div(words * MINUTE_MS, FASTEST_WORDS_PER_MINUTE)


def between_ms(start: datetime, end: datetime) -> int:
    """Milliseconds from start to end, rounded up; 0 when end is earlier."""
    return max(0, ceil_div((end - start) // timedelta(microseconds=1), 1_000))


def later(moment: datetime, milliseconds: int) -> datetime:
    return moment + timedelta(milliseconds=milliseconds)
