"""How much there is to read in a text, in words, whatever the script.

A word is what stands between blanks. Scripts that write without blanks are counted by letters: two Han, Hiragana or
Katakana letters, or five of Thai, Lao, Khmer or Burmese, to a word (rounded from the averages of running text). A
run of more than 20 letters without a blank counts once per started 20, so that a text with its blanks taken out
costs the reader's budget no less.
"""

import re
from collections.abc import Iterator
from math import ceil

LONGEST_WORD = 20
TENTHS = 10
"""Weights are whole tenths of a word: sums of them are exact."""

_HAN = "\u2e80-\u303f\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_THAI = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_DENSE = re.compile(f"[{_HAN}{_THAI}]")
_UNIT = re.compile(f"[{_HAN}]|[{_THAI}]|[^\\s{_HAN}{_THAI}]{{1,{LONGEST_WORD}}}")
_HAN_LETTER = re.compile(f"[{_HAN}]")


def words_in(text: str) -> int:
    """Words to read in a text, rounded up; 0 only for blank text."""
    if not _DENSE.search(text):
        tokens = text.split()
        if not tokens or len(max(tokens, key=len)) <= LONGEST_WORD:
            return len(tokens)
    return ceil(sum(weight for _, _, weight in units(text)) / TENTHS)


def units(text: str) -> Iterator[tuple[int, int, int]]:
    """The smallest pieces that a text may be cut between: start, end, weight in tenths of a word."""
    for match in _UNIT.finditer(text):
        letter = match[0]
        if not _DENSE.match(letter):
            weight = TENTHS
        elif _HAN_LETTER.match(letter):
            weight = TENTHS // 2
        else:
            weight = TENTHS // 5
        yield match.start(), match.end(), weight
