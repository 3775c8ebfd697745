"""The ways in which content leaves: a repository test holds that nothing else reads it.

`disclose` (an item), `disclose_picture` (the bytes that it speaks of) and `disclose_beside` (what stands beside it) are
for a person's eyes and need an open view; `stream_content` is for files and jobs, never for a page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from labeling.domain.lexicon import bundled
from labeling.domain.masking import Hidden, Part, Run, Shown, mask, parts
from labeling.domain.picture import NAMES
from labeling.models import GlossaryWord, GuidelineExampleContent, ItemContent
from wellbeing.interface import View, ViewState


class NotDisclosable(RuntimeError):
    """Content was asked for without an open view, or before what pays for it was committed."""


@dataclass(frozen=True)
class DisclosedSegment:
    """A stretch of one block. `label` names the block; a hidden run of `runs` carries no text.

    `block` is the block's number in the item, from 0, and `offset` where in the block's text the stretch begins.
    """

    label: str
    runs: tuple[Run, ...]
    continued: bool
    is_context: bool
    block: int
    offset: int


@dataclass(frozen=True)
class DisclosedPart:
    """One part, in the order of disclosure; `number` counts from 1. The part of a picture has no segments."""

    number: int
    segments: tuple[DisclosedSegment, ...]


@dataclass(frozen=True)
class Disclosed:
    """What may be shown, and how many sentences are not shown yet."""

    parts: tuple[DisclosedPart, ...]
    sentences_left: int


def disclose(*, view: View, item_id: int, shown_parts: int, words_hidden: bool) -> Disclosed:
    """The first `shown_parts` parts of an item, for the person whose view is open. One statement.

    Raises NotDisclosable unless the view is open and no transaction is: whatever is returned here may be on the
    wire in the next moment, so the exposure that pays for it must be committed already.
    """
    _require_open(view)
    all_parts = parts(ItemContent.objects.values_list("body", flat=True).get(item_id=item_id))
    return Disclosed(
        tuple(
            _disclosed(number, part, words_hidden) for number, part in enumerate(all_parts[:shown_parts], 1)
        ),
        sentences_left=sum(part.sentences for part in all_parts[shown_parts:]),
    )


def disclose_picture(*, view: View, item_id: int, name: str) -> bytes:
    """A JPEG file: one derivative of the item's picture, for the person whose view is open. One statement.

    That the view's screen shows this derivative is for the caller to know. Raises NotDisclosable as `disclose` does.
    """
    _require_open(view)
    if name not in NAMES:
        raise NotDisclosable("there is no such derivative")
    image = ItemContent.objects.values_list("body__image", flat=True).get(item_id=item_id)
    return (picture_folder(image["sha256"]) / f"{name}.jpg").read_bytes()


def picture_folder(digest: str) -> Path:
    """Where the derivatives of a picture are, by the SHA-256 of the file that came. No address leads there."""
    folder: Path = settings.CONTENT_DIR
    return folder / "pictures" / digest[:2] / digest


def _require_open(view: View) -> None:
    if view.state is not ViewState.OPEN:
        raise NotDisclosable(f"the view is {view.state}")
    # The wrapper that rolls a test back is no transaction of ours.
    if any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
        raise NotDisclosable("a transaction is open")


def _disclosed(number: int, part: Part, words_hidden: bool) -> DisclosedPart:
    return DisclosedPart(
        number=number,
        segments=tuple(
            DisclosedSegment(
                label=segment.label,
                runs=mask(segment.text, bundled()) if words_hidden else (Shown(segment.text),),
                continued=segment.continued,
                is_context=segment.is_context,
                block=segment.block,
                offset=segment.offset,
            )
            for segment in part.segments
        ),
    )


def stream_content(*, item_ids: Iterable[int], batch: int = 1000) -> Iterator[tuple[int, dict[str, Any]]]:
    """(item id, body) in the order of `item_ids`, one statement per batch. For exporters and jobs alone.

    An item without content is left out.
    """
    remaining = iter(item_ids)
    while wanted := list(islice(remaining, batch)):
        found = dict(ItemContent.objects.filter(item_id__in=wanted).values_list("item_id", "body"))
        for item_id in wanted:
            if item_id in found:
                yield item_id, found[item_id]


def has_listed_words(*, item_id: int) -> bool:
    """Whether the lexicon lists a word of the item's text, so that a masked view hides it. Nothing of the text is returned."""
    bodies = dict(stream_content(item_ids=[item_id]))
    return any(
        isinstance(run, Hidden)
        for part in parts(bodies.get(item_id, {}))
        for segment in part.segments
        for run in mask(segment.text, bundled())
    )


def disclose_beside(
    *, view: View, example_id: int | None = None, term_id: int | None = None
) -> tuple[DisclosedPart, ...]:
    """An example of a guideline, or the word of a masked term, for the person whose view is open. One statement.

    All of it is shown, which is what was paid for. Raises NotDisclosable as `disclose` does; ValueError unless exactly
    one of the two is named.
    """
    if (example_id is None) == (term_id is None):
        raise ValueError("one example or one term")
    _require_open(view)
    bodies = (
        GuidelineExampleContent.objects.filter(example_id=example_id)
        if term_id is None
        else GlossaryWord.objects.filter(term_id=term_id)
    )
    body = bodies.values_list("body", flat=True).get()
    return tuple(_disclosed(number, part, words_hidden=False) for number, part in enumerate(parts(body), 1))
