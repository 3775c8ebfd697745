"""An item's content in the pieces in which it is disclosed, with the lexicon's words left out.

A body (as stored) becomes blocks: the context panel first, then the text, the prompt and its completions, or the
turns. Blocks are cut at sentences into parts of at most 80 words; a step discloses one part. `parts` is
deterministic: how many words each part has is stored with the item, and every view cuts alike. Of an image item the
picture is the last part, after everything that is written beside it.

Masking makes runs. A hidden run carries no text at all, so what is masked cannot reach a page, a title or a log.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from labeling.domain.lexicon import Lexicon
from labeling.domain.picture import PICTURE_WORDS
from labeling.domain.reading import TENTHS, units, words_in

PART_WORDS = 80
"""The most words that one step discloses."""

_SENTENCE_END = re.compile("(?:(?<=[.!?\u2026])\\s+|(?<=[\u3002\uff01\uff1f])|\\n+)")
_WORD = re.compile(r"[\w@$!|][^\s,;:?\"()\[\]{}<>/\\]*", re.UNICODE)
_TRAILING = ".!'*-_|"


@dataclass(frozen=True)
class Segment:
    """A stretch of one block. `label` names the block (Prompt, User, …); `continued` means its start was earlier.

    `block` is the block's number in the item, from 0, and `offset` where in the block's text the stretch begins.
    """

    label: str
    text: str
    words: int
    continued: bool
    is_context: bool
    block: int = 0
    offset: int = 0


@dataclass(frozen=True)
class Part:
    """What one step discloses. `words` is what it costs to read, rounded up; `sentences` is how many begin or go on in it.

    The part of a picture has no segments.
    """

    segments: tuple[Segment, ...]
    words: int
    sentences: int = 0

    @property
    def is_picture(self) -> bool:
        return not self.segments


@dataclass(frozen=True)
class Shown:
    """Text that may be seen."""

    text: str


@dataclass(frozen=True)
class Hidden:
    """A word that is absent, and which kind of harm the lexicon lists it under.

    `letters` is its length: what stands behind it keeps its place in the block's text.
    """

    category: str
    letters: int = 0


Run = Shown | Hidden


@dataclass(frozen=True)
class _Block:
    number: int
    label: str
    text: str
    is_context: bool = False


@dataclass(frozen=True)
class _Piece:
    block: int
    text: str
    tenths: int
    offset: int


def parts(body: Mapping[str, Any]) -> tuple[Part, ...]:
    """The parts of an item's body in the order of disclosure. Empty only when nothing is written in it."""
    blocks = _written(body)
    found: list[Part] = []
    held: list[_Piece] = []
    tenths = 0
    for piece in _pieces(blocks):
        if held and tenths + piece.tenths > PART_WORDS * TENTHS:
            found.append(_part(held, blocks))
            held, tenths = [], 0
        held.append(piece)
        tenths += piece.tenths
    if held:
        found.append(_part(held, blocks))
    if "image" in body:
        found.append(Part((), PICTURE_WORDS))
    return tuple(found)


def block_texts(body: Mapping[str, Any]) -> tuple[str, ...]:
    """The text of each block, by the number that segments call it."""
    return tuple(block.text for block in _written(body))


def part_words(body: Mapping[str, Any]) -> list[int]:
    """Words in each part, as `parts` would cut. Fast for what is short, which most items are."""
    if len(body) == 1 and "text" in body and (words := words_in(body["text"])) <= PART_WORDS:
        return [words] if words else []
    return [part.words for part in parts(body)]


def mask(text: str, lexicon: Lexicon) -> tuple[Run, ...]:
    """The text as runs: every word that the lexicon lists is a hidden run, without its letters."""
    runs: list[Run] = []
    done = 0
    for match in _WORD.finditer(text):
        word = match[0].rstrip(_TRAILING)
        category = lexicon.category_of(word)
        if category is None:
            continue
        if match.start() > done:
            runs.append(Shown(text[done : match.start()]))
        runs.append(Hidden(category, len(word)))
        done = match.start() + len(word)
    if done < len(text):
        runs.append(Shown(text[done:]))
    return tuple(runs)


def _written(body: Mapping[str, Any]) -> list[_Block]:
    """The blocks in which anything is written, by their numbers."""
    written = [block for block in _blocks(body) if block[1].strip()]
    return [_Block(number, *block) for number, block in enumerate(written)]


def _blocks(body: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Label and text of every block, and whether it is context."""
    for name, value in (body.get("context") or {}).items():
        yield _title(name), _plain(value), True
    if "text" in body:
        yield "", body["text"], False
    if "caption" in body:
        yield "Caption", body["caption"], False
    if "prompt" in body:
        yield "Prompt", body["prompt"], False
    if "completion" in body:
        yield "Completion", body["completion"], False
    for n, completion in enumerate(body.get("completions", [])):
        label = f"Completion {chr(ord('A') + n)}" if n < 26 else f"Completion {n + 1}"
        yield label, completion, False
    for message in body.get("messages", []):
        yield _title(message["role"]), message["content"], False


def _pieces(blocks: list[_Block]) -> Iterator[_Piece]:
    """Sentences, and stretches of at most 80 words of sentences that are longer."""
    for n, block in enumerate(blocks):
        offset = 0
        for sentence in _sentences(block.text):
            for text, tenths in _stretches(sentence):
                yield _Piece(n, text, tenths, offset)
                offset += len(text)


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if text[start : match.end()].strip():
            yield text[start : match.end()]
            start = match.end()
    if text[start:].strip():
        yield text[start:]


def _stretches(sentence: str) -> Iterator[tuple[str, int]]:
    start, tenths = 0, 0
    for begin, _, weight in units(sentence):
        if tenths + weight > PART_WORDS * TENTHS:
            yield sentence[start:begin], tenths
            start, tenths = begin, 0
        tenths += weight
    yield sentence[start:], tenths


def _part(pieces: list[_Piece], blocks: list[_Block]) -> Part:
    segments: list[Segment] = []
    for number in sorted({piece.block for piece in pieces}):
        own = [piece for piece in pieces if piece.block == number]
        block = blocks[number]
        segments.append(
            Segment(
                label=block.label,
                text="".join(piece.text for piece in own),
                words=ceil(sum(piece.tenths for piece in own) / TENTHS),
                continued=own[0].offset > 0,
                is_context=block.is_context,
                block=block.number,
                offset=own[0].offset,
            )
        )
    words = ceil(sum(piece.tenths for piece in pieces) / TENTHS)
    return Part(tuple(segments), words, sentences=len(pieces))


def _title(name: str) -> str:
    return name.replace("_", " ").strip().capitalize()[:40]


def _plain(value: object) -> str:
    """A context value as text: objects and lists as indented lines, because people read it."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return "\n".join(f"{_title(str(name))}: {_plain(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return "\n".join(_turn(inner) or _plain(inner) for inner in value)
    return "" if value is None else str(value)


def _turn(value: object) -> str:
    """A turn that stands around the item, as people write one down: "User: …". Empty for anything else."""
    if isinstance(value, Mapping) and set(value) == {"role", "content"}:
        return f"{_title(str(value['role']))}: {_plain(value['content'])}"
    return ""
