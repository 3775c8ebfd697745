"""The words of a label schema in another language (docs/schema.md).

Every text of a schema has a name made of ids: `harm/prompt`, `harm/threat/definition`, `harm/threat/yes/1`, `harm/2` for a
level. A translation gives some of them in one language; for the others people read the original. It is for reading alone:
ids, answers and releases know nothing of it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from labeling.domain.schema.document import Schema
from labeling.domain.schema.fields import (
    LANGUAGE,
    Problem,
    SchemaError,
    join,
    read_flag,
    read_object,
    refuse_others,
    said_unfit,
)
from labeling.domain.schema.question import Reword
from people.readable_text import LINES, has_something_to_read
from people.tagged_text import primary, tagged

Texts = dict[str, str]
"""Name of the text → the text."""

SHORTEST_LIMIT = 400
TIMES_AS_LONG = 4
"""A translation is at most so many times as long as its original, and SHORTEST_LIMIT is always allowed."""


@dataclass(frozen=True)
class Translation:
    """`is_reviewed`: somebody who speaks the language has read all of it through."""

    language: str
    texts: Texts
    is_reviewed: bool = False


def texts_of(schema: Schema) -> Texts:
    """Every text of the schema that people read, by its name, in the order of the document. Empty ones have none."""
    found: Texts = {}

    def collect(name: str, text: str) -> str:
        found[name] = text
        return text

    for question in schema.questions:
        question.reworded(_named_by(question.id, collect))
    return found


def in_translation(schema: Schema, texts: Mapping[str, str], language: str) -> Schema:
    """The schema with these texts; each text knows its language, also where it is still the original."""

    def reword(name: str, text: str) -> str:
        translated = texts.get(name)
        return tagged(text, schema.language) if translated is None else tagged(translated, language)

    return replace(
        schema,
        questions=tuple(question.reworded(_named_by(question.id, reword)) for question in schema.questions),
    )


def template_of(schema: Schema, language: str, there: Translation | None = None) -> dict[str, Any]:
    """The document to fill in: the originals to read, and every text, empty where there is no translation yet."""
    original = texts_of(schema)
    texts = there.texts if there else {}
    return {
        "language": language,
        # What is still to be translated has been read through by nobody.
        "is_reviewed": bool(there and there.is_reviewed and texts.keys() >= original.keys()),
        "original": original,
        "texts": {name: texts.get(name, "") for name in original},
    }


def still_true(before: Schema, texts: Mapping[str, str], after: Schema) -> Texts:
    """What a newer version can keep of a translation: the texts whose original is the same."""
    old = texts_of(before)
    return {
        name: texts[name]
        for name, original in texts_of(after).items()
        if name in texts and old.get(name) == original
    }


def read_translation(document: object, schema: Schema, *, languages: Collection[str]) -> Translation:
    """Read a filled-in document. `languages` are those that pages can be read in.

    A text that is empty is not translated yet. Raises SchemaError with every mistake and its place.
    """
    problems: list[Problem] = []
    root = read_object(document, "document", problems)
    refuse_others(root, {"language", "is_reviewed", "original", "texts"}, "", problems)
    language = _language(root, schema, languages, problems)
    is_reviewed = read_flag(root, "is_reviewed", "", problems, usual=False)
    given = read_object(root.get("texts"), "texts", problems)
    was = read_object(root.get("original", {}), "original", problems)
    originals = texts_of(schema)
    texts: Texts = {}
    for name, text in given.items():
        if name not in originals:
            problems.append((join("texts", name), "there is no such text in this version of the schema"))
        elif text == "":
            continue
        elif wrong := _wrong_with(text, originals[name]):
            problems.append((f"texts.{name}", wrong))
        elif was.get(name, originals[name]) != originals[name]:
            problems.append((f"original.{name}", "is not what this version says: translate it again"))
        else:
            texts[name] = text
    if isinstance(root.get("texts"), Mapping) and not any(given.values()):
        problems.append(("texts", "must hold at least one text that is not empty"))
    if is_reviewed and not problems and len(texts) < len(originals):
        there = f"{len(texts)} of {len(originals)} are there"
        problems.append(("is_reviewed", f"must be false while texts are missing: {there}"))
    if problems:
        raise SchemaError(problems)
    in_order = {name: texts[name] for name in originals if name in texts}
    return Translation(language, in_order, is_reviewed)


def _language(
    root: Mapping[str, Any], schema: Schema, languages: Collection[str], problems: list[Problem]
) -> str:
    said = root.get("language")
    if not isinstance(said, str) or not LANGUAGE.fullmatch(said) or primary(said) not in languages:
        problems.append(
            ("language", f"must be one that pages can be read in: {', '.join(sorted(languages))}")
        )
        return ""
    if said.lower() == schema.language.lower():
        problems.append(("language", "is the language that the schema itself is written in"))
    return said.lower()


def _wrong_with(text: object, original: str) -> str:
    """What is wrong with one text, in plain words; empty where nothing is."""
    most = max(SHORTEST_LIMIT, TIMES_AS_LONG * len(original))
    if not isinstance(text, str):
        return "must be a text"
    if not has_something_to_read(text):
        return "must have something to read in it, or be empty"
    if len(text) > most:
        return f"must not be longer than {most} characters"
    return said_unfit(text, allowed=LINES)


def _named_by(question_id: str, reword: Reword) -> Reword:
    """With the question in the name of the text. An empty text has no name."""
    return lambda name, text: reword(f"{question_id}/{name}", text) if text else text
