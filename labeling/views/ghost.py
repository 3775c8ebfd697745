"""The drawing on a closed card. It knows kind and length alone, so every item of the same kind and length has the same."""

from dataclasses import dataclass

WIDTH = 640  # units of the SVG's view box
LINE = 26
WORDS_A_LINE = 14
MOST_LINES = 9
HEIGHT = MOST_LINES * LINE
# Shares of a full line, in thousandths; a pattern that looks like writing and says nothing.
PATTERN = (960, 880, 1000, 930, 790, 970, 850, 910, 620)
INDENT = 90


@dataclass(frozen=True)
class Bar:
    x: int
    y: int
    width: int
    height: int = 12


@dataclass(frozen=True)
class Ghost:
    height: int
    bars: tuple[Bar, ...]


FRAME_SHARE = {"wide": 1000, "square": 600, "tall": 400}


def frame(shape: str) -> Ghost:
    """A grey frame for a picture: its rough shape, and nothing else of it."""
    width = WIDTH * FRAME_SHARE.get(shape, 600) // 1000
    return Ghost(height=HEIGHT, bars=(Bar(x=(WIDTH - width) // 2, y=0, width=width, height=HEIGHT),))


def ghost(kind: str, words: int) -> Ghost:
    """Soft bars for an item of `words` words: every second turn of a conversation is set in, a pair has two blocks."""
    lines = min(max(2, -(-words // WORDS_A_LINE)), MOST_LINES)
    turned = {"conversation": 2, "pair": max(1, lines // 2)}.get(kind, lines)
    top = (HEIGHT - lines * LINE) // 2
    bars = []
    for line in range(lines):
        indent = INDENT if (line // turned) % 2 else 0
        width = (WIDTH - indent) * PATTERN[line] // 1000
        bars.append(Bar(x=indent, y=top + line * LINE, width=width))
    return Ghost(height=HEIGHT, bars=tuple(bars))
