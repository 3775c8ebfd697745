"""The ways in which content leaves the database. A repository test holds that nothing else reads it.

`disclose` (an item) and `disclose_beside` (what stands beside it) are for a person's eyes and need an open view; `stream_content` is for files and jobs, never for a page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection

from labeling.domain.lexicon import bundled
from labeling.domain.masking import Run, Shown, mask, parts
from labeling.models import GlossaryWord, GuidelineExampleContent, ItemContent
from wellbeing.interface import View, ViewState


class NotDisclosable(RuntimeError):
    """Content was asked for without an open view, or before what pays for it was committed."""


@dataclass(frozen=True)
class DisclosedSegment:
    """A stretch of one block. `label` names the block; a hidden run of `runs` carries no text.

    `block` is the block's number in the item, `offset` the character of it that this begins at.
    """

    label: str
    runs: tuple[Run, ...]
    continued: bool
    is_context: bool
    block: int = 0
    offset: int = 0


@dataclass(frozen=True)
class DisclosedPart:
    """One part, in the order of disclosure; `number` counts from 1."""

    number: int
    segments: tuple[DisclosedSegment, ...]


def disclose(*, view: View, item_id: int, shown_parts: int, words_hidden: bool) -> tuple[DisclosedPart, ...]:
    """The first `shown_parts` parts of an item, for the person whose view is open. One statement.

    Raises NotDisclosable unless the view is open and no transaction is: whatever is returned here may be on the
    wire in the next moment, so the exposure that pays for it must be committed already.
    """
    if view.state is not ViewState.OPEN:
        raise NotDisclosable(f"the view is {view.state}")
    # The wrapper that rolls a test back is no transaction of ours.
    if any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
        raise NotDisclosable("a transaction is open")
    body = ItemContent.objects.values_list("body", flat=True).get(item_id=item_id)
    return tuple(
        DisclosedPart(
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
        for number, part in enumerate(parts(body)[:shown_parts], 1)
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


def disclose_beside(
    *, view: View, example_id: int | None = None, term_id: int | None = None
) -> tuple[DisclosedPart, ...]:
    """An example of a guideline, or the word of a masked term, for the person whose view is open. One statement.

    All of it is shown, which is what was paid for. Raises NotDisclosable as `disclose` does; ValueError unless exactly
    one of the two is named.
    """
    if (example_id is None) == (term_id is None):
        raise ValueError("one example or one term")
    if view.state is not ViewState.OPEN:
        raise NotDisclosable(f"the view is {view.state}")
    if any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
        raise NotDisclosable("a transaction is open")
    bodies = (
        GuidelineExampleContent.objects.filter(example_id=example_id)
        if term_id is None
        else GlossaryWord.objects.filter(term_id=term_id)
    )
    body = bodies.values_list("body", flat=True).get()
    return tuple(
        DisclosedPart(
            number=number,
            segments=tuple(
                DisclosedSegment(
                    label=segment.label,
                    runs=(Shown(segment.text),),
                    continued=segment.continued,
                    is_context=segment.is_context,
                )
                for segment in part.segments
            ),
        )
        for number, part in enumerate(parts(body), 1)
    )
