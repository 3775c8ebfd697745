"""A guideline's Markdown as sections of plain runs. Nothing here is HTML: a template prints runs, and escapes them.

Understood are headings, paragraphs, lists, quotes, code, bold and italic. Links, pictures and HTML stay as they were
typed: a guideline leads nobody out of the workbench and loads nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

LONGEST_QUERY = 80
UNREAD = ("link", "image", "autolink", "html_inline", "html_block", "reference", "entity")
LISTS = {"bullet_list": "bullets", "ordered_list": "numbers"}
STYLES = {"strong": "strong", "em": "em"}

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(list(UNREAD))
_APART = re.compile(r"[^\w]+")


@dataclass(frozen=True)
class Run:
    """Text in one style: "", "strong", "em" or "code". `hit` marks what a search found."""

    text: str
    style: str = ""
    hit: bool = False


@dataclass(frozen=True)
class Block:
    """A paragraph, code, a quote or a list. `items` are the entries of a list, or the one entry of a quote."""

    kind: str
    runs: tuple[Run, ...] = ()
    items: tuple[tuple["Block", ...], ...] = ()

    @property
    def lines(self) -> list[str]:
        """Its text, one line a paragraph or list entry."""
        own = ["".join(run.text for run in self.runs)] if self.runs else []
        return own + [line for item in self.items for block in item for line in block.lines]


@dataclass(frozen=True)
class Section:
    """What stands under one heading; `level` 0 is what stands before the first. `anchor` is unique in a guideline."""

    anchor: str
    level: int
    title: tuple[Run, ...]
    blocks: tuple[Block, ...]

    @property
    def name(self) -> str:
        return "".join(run.text for run in self.title)

    @property
    def lines(self) -> list[str]:
        return [line for block in self.blocks for line in block.lines]


@lru_cache(maxsize=64)
def sections_of(body: str) -> tuple[Section, ...]:
    """The sections of a guideline, in their order. Published bodies never change, so the last ones are kept."""
    found: list[Section] = []
    taken: set[str] = set()
    level, title, blocks = 0, (), []  # type: int, tuple[Run, ...], list[Block]
    for node in SyntaxTreeNode(_MARKDOWN.parse(body)).children:
        if node.type != "heading":
            blocks += _blocks([node])
            continue
        if blocks or title:
            found.append(Section(_anchor(title, taken), level, title, tuple(blocks)))
        level, title, blocks = int(node.tag[1:]), tuple(_runs(node.children)), []
    if blocks or title:
        found.append(Section(_anchor(title, taken), level, title, tuple(blocks)))
    return tuple(found)


def places_of(sections: Sequence[Section], categories: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Category id → the anchor of its section, for each (id, name) that a heading begins with. The first one counts."""
    heads = [(_plain(section.name), section.anchor) for section in sections if section.title]
    found = {}
    for category_id, name in categories:
        wanted = [_plain(name), _plain(category_id)]
        anchor = next((a for h, a in heads if any(h == w or h.startswith(f"{w} ") for w in wanted)), None)
        if anchor is not None:
            found[category_id] = anchor
    return found


def search(sections: Sequence[Section], query: str) -> tuple[tuple[Section, ...], int]:
    """The sections with every place marked where `query` stands, in any case; and how many places there are.

    All sections come back, also those without a hit: what is around a place says what it means.
    """
    wanted = " ".join(query.split())[:LONGEST_QUERY]
    if not wanted:
        return tuple(sections), 0
    pattern = re.compile(r"\s+".join(map(re.escape, wanted.split(" "))), re.IGNORECASE)
    marked = tuple(
        replace(
            section,
            title=tuple(_mark(section.title, pattern)),
            blocks=tuple(_marked(block, pattern) for block in section.blocks),
        )
        for section in sections
    )
    return marked, sum(_hits(section.title) + sum(map(_hits_in, section.blocks)) for section in marked)


def has_hit(section: Section) -> bool:
    """Whether a search found anything in it."""
    return bool(_hits(section.title) or any(map(_hits_in, section.blocks)))


def _blocks(nodes: Iterable[SyntaxTreeNode]) -> Iterator[Block]:
    for node in nodes:
        if node.type in LISTS:
            items = tuple(tuple(_blocks(item.children)) for item in node.children)
            yield Block(LISTS[node.type], items=items)
        elif node.type == "blockquote":
            yield Block("quote", items=(tuple(_blocks(node.children)),))
        elif node.type in {"fence", "code_block"}:
            yield Block("code", runs=(Run(node.content.rstrip("\n")),))
        elif node.type == "heading":  # inside a list or a quote it is only a line
            yield Block("paragraph", runs=tuple(_runs(node.children, "strong")))
        elif node.type == "paragraph":
            yield Block("paragraph", runs=tuple(_runs(node.children)))


def _runs(nodes: Iterable[SyntaxTreeNode], style: str = "") -> Iterator[Run]:
    for node in nodes:
        if node.type == "inline":
            yield from _runs(node.children, style)
        elif node.type in STYLES:
            yield from _runs(node.children, STYLES[node.type])
        elif node.type == "code_inline":
            yield Run(node.content, "code")
        elif node.type in {"softbreak", "hardbreak"}:
            yield Run(" " if node.type == "softbreak" else "\n", style)
        elif node.content:
            yield Run(node.content, style)


def _anchor(title: Sequence[Run], taken: set[str]) -> str:
    stem = _plain("".join(run.text for run in title)).replace(" ", "-")[:60] or "start"
    anchor, number = stem, 1
    while anchor in taken:
        number += 1
        anchor = f"{stem}-{number}"
    taken.add(anchor)
    return anchor


def _plain(text: str) -> str:
    return _APART.sub(" ", text).strip().casefold()


def _marked(block: Block, pattern: re.Pattern[str]) -> Block:
    return replace(
        block,
        runs=tuple(_mark(block.runs, pattern)),
        items=tuple(tuple(_marked(inner, pattern) for inner in item) for item in block.items),
    )


def _mark(runs: Iterable[Run], pattern: re.Pattern[str]) -> Iterator[Run]:
    for run in runs:
        done = 0
        for match in pattern.finditer(run.text):
            if match.start() > done:
                yield replace(run, text=run.text[done : match.start()])
            yield replace(run, text=match[0], hit=True)
            done = match.end()
        if done < len(run.text):
            yield replace(run, text=run.text[done:])


def _hits(runs: Iterable[Run]) -> int:
    return sum(run.hit for run in runs)


def _hits_in(block: Block) -> int:
    return _hits(block.runs) + sum(_hits_in(inner) for item in block.items for inner in item)
