"""A task as the page prints it: the warning card in plain words, and what is disclosed as turns of runs."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain

from django.urls import reverse
from django.utils.translation import (
    get_language_info,
    gettext,
    gettext_lazy,
    ngettext,
    pgettext_lazy,
)

from labeling.domain.masking import Hidden
from labeling.domain.picture import GRID, LOW, TILES, Step, tile_name
from labeling.domain.schema import Schema
from labeling.forms.answers import word_of
from labeling.forms.answers.words import completion_name
from labeling.operations.outcomes import Shown
from labeling.queries.content import DisclosedPart, DisclosedSegment
from labeling.queries.workbench import LeaseCard
from labeling.views.first_look import FirstLook, first_look
from labeling.views.ghost import Ghost, frame, ghost
from people.sentences import counted
from people.speech import in_language
from people.tagged_text import TaggedText, primary, tagged
from people.templatetags.tagged_text import around

KINDS = {
    "text": gettext_lazy("text"),
    "pair": gettext_lazy("prompt and reply"),
    "conversation": gettext_lazy("conversation"),
}
REPLIES = ("completion", "assistant")
TONES = {"system": "system", "tool": "tool"}
COMPLETION = "Completion "
"""How `masking` calls each of several completions, before its letter."""

BLOCKS = {
    "Caption": gettext_lazy("Caption"),
    "Prompt": gettext_lazy("Prompt"),
    "Completion": gettext_lazy("Completion"),
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
class Card:
    """What may be known before anything is shown. `severity` is None where nobody has said anything."""

    lease_id: int
    severity: int | None
    severity_prefix: str
    basis: str
    categories: tuple[str, ...]
    kind: str
    language: str
    language_tag: str
    line: str
    time_line: str
    parts: int
    opened: bool
    ghost: Ghost
    first_look: FirstLook

    @property
    def spoken(self) -> str:
        severity = gettext("not known yet") if self.severity is None else word_of(self.severity)
        return gettext("Next task. %(prefix)s %(severity)s. %(kind)s.") % {
            "prefix": self.severity_prefix,
            "severity": severity,
            "kind": self.kind,
        }


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
    next_part: int | None
    next_label: str
    parts: int
    of_parts: int
    seconds_left: int
    window: int


def card_of(lease: LeaseCard, *, schema: Schema, words_per_minute: int) -> Card:
    """The warning card. `words_per_minute` is the reader's own pace."""
    prefix, severity, basis = _expectation(lease)
    return Card(
        lease_id=lease.lease_id,
        severity=severity,
        severity_prefix=prefix,
        basis=basis,
        categories=tuple(
            around(gettext("%(category)s, maybe"), category=_category_name(schema, name))
            for name in lease.categories
        ),
        kind=_kind(lease),
        language=language_in_words(lease.language),
        language_tag=lease.language,
        line=lease.neutral_line,
        time_line=_time_line(lease, words_per_minute),
        parts=lease.parts,
        opened=lease.opened_at is not None,
        ghost=frame(lease.frame.partition(" ")[0]) if lease.is_image else ghost(lease.kind, lease.words),
        first_look=first_look(lease),
    )


def content_of(shown: Shown, *, schema: Schema) -> OpenContent:
    """What has been disclosed, ready to print."""
    turns = _turns(shown.parts, schema)
    beside = [turn for turn in turns if turn.stands_beside]
    # What is to be judged stands out: the last that is no context, where no picture is.
    for turn in beside or [turn for turn in turns if turn.tone != "context"][-1:]:
        turn.tone += " judged"
    return OpenContent(
        turns=tuple(turn for turn in turns if turn not in beside),
        beside=tuple(beside),
        picture=_picture(shown.card, schema),
        left_line=_left_line(shown, schema),
        hidden_line=_hidden_line(shown.parts, schema),
        next_part=len(shown.parts) + 1 if shown.has_more_parts else None,
        next_label=_next_label(shown),
        parts=len(shown.parts),
        of_parts=shown.card.parts,
        seconds_left=shown.view.seconds_left,
        window=shown.view.window,
    )


def _expectation(lease: LeaseCard) -> tuple[str, int | None, str]:
    severity = int(lease.expected)
    if lease.basis == "item":
        return gettext("expected:"), severity, gettext("This is the estimate for this very item.")
    if lease.basis == "unproved":
        milder = gettext("Its own estimate is milder. Until its source proves right, it counts as moderate.")
        return gettext("expected:"), severity, milder
    if lease.basis == "source":
        known = gettext("This is known of its source, not of this very item.")
        return gettext("this source: up to"), severity, known
    unknown = gettext("Nobody knows this item or its source yet. It may contain anything.")
    return gettext("expected:"), None, unknown


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
    names = ", ".join(_category_name(schema, name) for name in lease.categories)
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
    if said and (names := ", ".join(_category_name(schema, name) for name in shown.card.categories)):
        said.append(gettext("category %(names)s, maybe") % {"names": names})
    return ", ".join(said)


def _next_label(shown: Shown) -> str:
    """What is written beside a picture comes first; the picture is the last part."""
    if shown.card.is_image and len(shown.parts) == shown.card.parts - 1:
        return gettext("Show the picture")
    return gettext("Next part")


def _time_line(lease: LeaseCard, words_per_minute: int) -> str:
    said = {"time": _duration(lease.words * 60 // max(1, words_per_minute)), "parts": lease.parts}
    if lease.is_image:
        return gettext("Time to look at it: %(time)s.") % said
    if lease.parts > 1:
        return gettext("Time to read: %(time)s, in %(parts)s parts.") % said
    return gettext("Time to read: %(time)s.") % said


def _kind(lease: LeaseCard) -> str:
    if not lease.is_image:
        kind = str(KINDS[lease.kind])
        if lease.completions > 1:
            kind = ngettext("prompt and %(count)s reply", "prompt and %(count)s replies", lease.completions)
            kind %= {"count": lease.completions}
        return f"{kind}, {_about(lease.words)}"
    size = lease.frame.partition(" ")[2]
    return {
        "small": gettext("small picture"),
        "medium": gettext("picture of medium size"),
        "large": gettext("large picture"),
    }.get(size, gettext("picture"))


def _runs(segment: DisclosedSegment, schema: Schema) -> list[Run]:
    return [
        Run(
            said=gettext("one word hidden, %(category)s")
            % {"category": _category_name(schema, run.category)},
            letters=run.letters,
        )
        if isinstance(run, Hidden)
        else Run(text=run.text)
        for run in segment.runs
    ]


def _hidden_line(parts: tuple[DisclosedPart, ...], schema: Schema) -> str:
    hidden = Counter(
        _category_name(schema, run.category)
        for part in parts
        for segment in part.segments
        for run in segment.runs
        if isinstance(run, Hidden)
    )
    if not hidden:
        return ""
    count = hidden.total()
    said = ngettext("%(count)s word hidden: %(names)s", "%(count)s words hidden: %(names)s", count)
    return said % {"count": count, "names": ", ".join(sorted(hidden))}


def _category_name(schema: Schema, category_id: str) -> str:
    """In the middle of a line. What is translated stays as it was written: elsewhere nouns may begin with a capital."""
    category = schema.category(category_id)
    name = category.name if category else category_id
    if not isinstance(name, TaggedText):
        return name.lower()
    return tagged(name.lower(), name.language) if primary(name.language) == "en" else name


def _about(words: int) -> str:
    """A rough length: a card need not be exact."""
    if words < 10:
        return gettext("a few words")
    about = 15 if words < 20 else round(words, -1)
    return ngettext("about %(count)s word", "about %(count)s words", about) % {"count": about}


def _duration(seconds: int) -> str:
    if seconds < 55:
        about = max(10, round(seconds, -1))
        return in_language(counted("{count} second", "{count} seconds", about))
    return in_language(counted("1 minute", "{count} minutes", max(1, round(seconds / 60))))


def languages_in_words(tags: Iterable[str]) -> str:
    """ "French, German"."""
    return ", ".join(sorted({language_in_words(tag) for tag in tags}))


def language_in_words(tag: str) -> str:
    """ "German" for "de-AT", in the reader's language; the tag itself where no name is known."""
    if not tag:
        return ""
    try:
        return str(get_language_info(tag.lower())["name_translated"])
    except KeyError:
        return tag
