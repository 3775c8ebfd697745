"""What is disclosed of a task as the page prints it: turns of runs, and the picture."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import chain

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext_lazy

from labeling.domain.masking import Hidden
from labeling.domain.picture import GRID, LOW, TILES, Step, tile_name
from labeling.domain.schema import Schema
from labeling.forms.answers.words import completion_name
from labeling.operations.outcomes import Shown
from labeling.queries.content import DisclosedPart, DisclosedSegment
from labeling.queries.workbench import LeaseCard
from labeling.views.hidden_words import kind_name
from labeling.views.names import category_name

REPLIES = ("completion", "assistant")
TONES = {"system": "system", "tool": "tool"}
COMPLETION = "Completion "
"""How `masking` calls each of several completions, before its letter."""

BLOCKS = {
    "Caption": gettext_lazy("Caption"),
    "Prompt": gettext_lazy("Prompt"),
    "Completion": pgettext_lazy("block", "Reply"),
    "User": pgettext_lazy("block", "User"),
    "Human": pgettext_lazy("block", "Human"),
    "Assistant": pgettext_lazy("block", "Assistant"),
    "System": pgettext_lazy("block", "System"),
    "Tool": pgettext_lazy("block", "Tool"),
    "Use case": pgettext_lazy("block", "Use case"),
    "System prompt": pgettext_lazy("block", "System prompt"),
    "Instructions": pgettext_lazy("block", "Instructions"),
    "Rule": pgettext_lazy("block", "Rule"),
    "Tone": pgettext_lazy("block", "Tone"),
    "Heading": pgettext_lazy("block", "Heading"),
    "Source": pgettext_lazy("block", "Source"),
}
"""What `masking` calls fields, and the usual roles and names of context, as they are written in data."""


@dataclass(frozen=True)
class Run:
    """Text, or a bar where a word is absent: `said` is what a screen reader says of it, `letters` how long it is."""

    text: str = ""
    said: str = ""
    letters: int = 0

    @property
    def hidden(self) -> bool:
        return bool(self.said)


@dataclass
class Turn:
    """One block of the item: a context panel, a turn, a reply."""

    label: str
    tone: str
    block: int = 0
    offset: int = 0
    stands_beside: bool = False
    runs: list[Run] = field(default_factory=list)


@dataclass(frozen=True)
class Tile:
    """A place in the grid over a picture; without a `file` it can be asked for."""

    number: int
    file: str
    label: str


@dataclass(frozen=True)
class ShownPicture:
    """The picture as it is on the screen: one file, and over a small one the grid of sharp tiles."""

    file: str
    alt: str
    tiles: tuple[Tile, ...]
    next_tile: int | None
    is_full: bool
    in_colour: bool


@dataclass(frozen=True)
class OpenContent:
    """What is on the screen. `hidden_line` says what is masked in it; empty when nothing is. `next_part` is a number.

    `beside` are completions that stand side by side; `left_line` says how much is not shown yet.
    """

    turns: tuple[Turn, ...]
    beside: tuple[Turn, ...]
    picture: ShownPicture | None
    left_line: str
    hidden_line: str
    hidden_words: int
    next_part: int | None
    next_label: str
    parts: int
    of_parts: int
    seconds_left: int
    window: int


def content_of(shown: Shown, *, schema: Schema) -> OpenContent:
    """What has been disclosed, ready to print."""
    turns = _turns(shown.parts, schema)
    beside = [turn for turn in turns if turn.stands_beside]
    # What is to be judged stands out: the last that is no context, where no picture is.
    for turn in beside or [turn for turn in turns if turn.tone != "context"][-1:]:
        turn.tone += " judged"
    hidden = _hidden_names(shown.parts, schema)
    return OpenContent(
        turns=tuple(turn for turn in turns if turn not in beside),
        beside=tuple(beside),
        picture=_picture(shown.card, schema),
        left_line=_left_line(shown, schema),
        hidden_line=_hidden_line(hidden),
        hidden_words=hidden.total(),
        next_part=len(shown.parts) + 1 if shown.has_more_parts else None,
        next_label=_next_label(shown),
        parts=len(shown.parts),
        of_parts=shown.card.parts,
        seconds_left=shown.view.seconds_left,
        window=shown.view.window,
    )


def _turns(parts: tuple[DisclosedPart, ...], schema: Schema) -> list[Turn]:
    turns: list[Turn] = []
    for segment in chain.from_iterable(part.segments for part in parts):
        if not (segment.continued and turns):
            turns.append(_turn(segment))
        turns[-1].runs.extend(_runs(segment, schema))
    return turns


def _turn(segment: DisclosedSegment) -> Turn:
    place = (segment.block, segment.offset)
    if segment.is_context:
        return Turn(gettext("Context · %(name)s") % {"name": _label(segment.label)}, "context", *place)
    name = segment.label.lower()
    return Turn(
        _label(segment.label),
        "reply" if name.startswith(REPLIES) else TONES.get(name, ""),
        *place,
        stands_beside=segment.label.startswith(COMPLETION),
    )


def _label(label: str) -> str:
    """What stands above a block: our own names in the reader's language, those of the data as they are."""
    if label.startswith(COMPLETION):
        return completion_name(label.removeprefix(COMPLETION))
    return str(BLOCKS.get(label, label))


def _runs(segment: DisclosedSegment, schema: Schema) -> list[Run]:
    return [
        Run(
            said=gettext("one word hidden, %(category)s") % {"category": _hidden_name(schema, run.category)},
            letters=run.letters,
        )
        if isinstance(run, Hidden)
        else Run(text=run.text)
        for run in segment.runs
    ]


def _picture(lease: LeaseCard, schema: Schema) -> ShownPicture | None:
    """Kind and category are all that is said of it in words."""
    now = lease.picture
    if not lease.is_image or now.step is Step.NOTHING:
        return None
    is_full = now.step is Step.FULL
    name = next(iter(now.names)) if is_full else LOW
    return ShownPicture(
        file=reverse("labeling:picture", args=[lease.lease_id, name]),
        alt=_alt(lease, schema),
        tiles=() if is_full else tuple(_tile(lease, number) for number in range(1, TILES + 1)),
        next_tile=now.next_tile,
        is_full=is_full,
        in_colour=now.in_colour,
    )


def _tile(lease: LeaseCard, number: int) -> Tile:
    row, column = divmod(number - 1, GRID)
    shown = number in lease.picture.tiles
    file = reverse("labeling:picture", args=[lease.lease_id, tile_name(number)]) if shown else ""
    place = {"row": row + 1, "column": column + 1}
    return Tile(number, file, gettext("Sharpen row %(row)s, column %(column)s") % place)


def _alt(lease: LeaseCard, schema: Schema) -> str:
    names = ", ".join(category_name(schema, name) for name in lease.categories)
    return gettext("Picture, maybe %(names)s") % {"names": names} if names else gettext("Picture")


def _left_line(shown: Shown, schema: Schema) -> str:
    """ "Two sentences hidden, category violence": what has not been asked for yet."""
    said = []
    if count := shown.sentences_left:
        said.append(
            ngettext("%(count)s sentence hidden", "%(count)s sentences hidden", count) % {"count": count}
        )
    if shown.card.is_image and shown.card.picture.step is Step.NOTHING:
        said.append(gettext("picture hidden"))
    if said and (names := ", ".join(category_name(schema, name) for name in shown.card.categories)):
        said.append(gettext("category %(names)s, maybe") % {"names": names})
    return ", ".join(said)


def _next_label(shown: Shown) -> str:
    """What is written beside a picture comes first; the picture is the last part."""
    if shown.card.is_image and len(shown.parts) == shown.card.parts - 1:
        return gettext("Show the picture")
    return gettext("Next part")


def _hidden_names(parts: tuple[DisclosedPart, ...], schema: Schema) -> Counter[str]:
    """How many words of each category are masked in them."""
    return Counter(
        _hidden_name(schema, run.category)
        for part in parts
        for segment in part.segments
        for run in segment.runs
        if isinstance(run, Hidden)
    )


def _hidden_line(hidden: Counter[str]) -> str:
    if not hidden:
        return ""
    count = hidden.total()
    said = ngettext("%(count)s word hidden: %(names)s", "%(count)s words hidden: %(names)s", count)
    return said % {"count": count, "names": ", ".join(sorted(hidden))}


def _hidden_name(schema: Schema, code: str) -> str:
    """By the project's own category of that id, else by the lexicon's."""
    return category_name(schema, code) if schema.category(code) else kind_name(code)
