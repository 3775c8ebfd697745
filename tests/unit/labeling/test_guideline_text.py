"""A guideline's Markdown: what is understood, what stays as typed, where categories point, what a search finds."""

from hypothesis import given
from hypothesis import strategies as st

from labeling.domain.guideline_text import Run, has_hit, places_of, search, sections_of
from labeling.domain.rules_changes import Kind, changes, guideline_passages, schema_passages
from labeling.domain.schema import parse
from tests.factories.labeling import schema_document

BODY = """Read it *all*.

## Rude: what it is

Unfriendly **words**.

- a sneer
- a jibe
  1. a first

## Threat

> Announces `harm`.

## Rude: what it is
"""


def lines(body: str) -> list[str]:
    return [line for section in sections_of(body) for line in section.lines]


def test_sections_have_their_headings_lists_and_styles():
    start, rude, threat, again = sections_of(BODY)

    assert (start.level, start.name, start.anchor) == (0, "", "start")
    assert start.blocks[0].runs == (Run("Read it "), Run("all", "em"), Run("."))
    assert (rude.level, rude.anchor, again.anchor) == (2, "rude-what-it-is", "rude-what-it-is-2")
    paragraph, bullets = rude.blocks
    assert paragraph.runs[1] == Run("words", "strong")
    assert bullets.kind == "bullets"
    assert bullets.items[1][1].kind == "numbers"
    assert rude.lines == ["Unfriendly words.", "a sneer", "a jibe", "a first"]
    assert threat.blocks[0].kind == "quote"
    assert threat.blocks[0].items[0][0].runs[1] == Run("harm", "code")


def test_links_pictures_and_html_stay_as_they_were_typed():
    typed = [
        '<script src="//x">1</script>',
        "[a](javascript:alert(1))",
        "![b](https://x/y.png)",
        "<https://x>",
        "&lt;b&gt;",
    ]
    assert lines("\n\n".join(typed)) == typed


def test_each_category_points_at_the_heading_that_begins_with_its_name_or_id():
    categories = [("rude", "Rude"), ("T", "Threat"), ("x", "Ru"), ("start", "Start")]
    assert places_of(sections_of(BODY), categories) == {"rude": "rude-what-it-is", "T": "threat"}


def test_a_search_marks_every_place_in_any_case_and_leaves_the_text_whole():
    found, hits = search(sections_of(BODY), "  UNFRIENDLY ")

    assert hits == 1
    assert [section.anchor for section in found if has_hit(section)] == ["rude-what-it-is"]
    assert found[1].blocks[0].runs[0] == Run("Unfriendly", hit=True)
    assert [section.lines for section in found] == [section.lines for section in sections_of(BODY)]
    assert search(sections_of(BODY), "(.*")[1] == 0
    assert search(sections_of(BODY), "")[1] == 0
    assert search(sections_of(BODY), "rude")[1] == 2


@given(st.text(max_size=300), st.text(max_size=20))
def test_whatever_is_typed_is_read_and_searched_without_losing_a_letter(body, query):
    sections = sections_of(body)
    marked, _ = search(sections, query)

    assert [section.lines for section in marked] == [section.lines for section in sections]
    assert len({section.anchor for section in sections}) == len(sections)


def test_deep_nesting_is_read_in_bounds():
    assert sections_of("> " * 5_000 + "deep")
    assert sections_of("*a" * 10_000)


def changed(before: str, after: str):
    return changes(guideline_passages(sections_of(before)), guideline_passages(sections_of(after)))


def test_sections_are_added_removed_and_changed_line_by_line():
    before = "Hello.\n\n## A\n\none\n\ntwo\n\n## B\n\nbee"
    after = "Hello.\n\n## C\n\nsea\n\n## A\n\none\n\n2"

    new, moved, gone = changed(before, after)
    assert (new.kind, new.title) == (Kind.ADDED, "C")
    assert (moved.kind, [(line.kind, line.text) for line in moved.lines]) == (
        Kind.CHANGED,
        [(Kind.SAME, "one"), (Kind.REMOVED, "two"), (Kind.ADDED, "2")],
    )
    assert (gone.kind, gone.title) == (Kind.REMOVED, "B")
    assert changed(before, before) == ()


def test_a_schema_tells_its_questions_and_categories_apart():
    document = schema_document()
    before = schema_passages(parse(document))
    document["questions"][0]["categories"][0]["definition"] = "Unkind words."
    document["questions"][0]["categories"].append({"id": "spam", "name": "Spam", "definition": "Adverts."})
    document["questions"][0]["severity"]["anchors"]["1"] = "a little"

    found = changes(before, schema_passages(parse(document)))

    assert [(change.kind, change.title) for change in found] == [
        (Kind.CHANGED, "categories"),
        (Kind.CHANGED, "Rude"),
        (Kind.ADDED, "Spam"),
    ]
