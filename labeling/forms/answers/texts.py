"""Own words: a text field named "text:<question>", and for a correction "completion:<question>" where there are several.

A form that is opened again does not show what was written, because it may quote the item (docs/adr/0019): a box named
`keep` with the question's id leaves it as it is.
"""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from labeling.domain.schema import Correction, OwnWords, Shape
from labeling.forms.answers.drawn import Drawn, common
from labeling.forms.answers.words import completion_name, count_of, prompt_of


@dataclass(frozen=True)
class Which:
    letter: str
    name: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class TextDrawn(Drawn):
    """`kept_words` is how many words stand unseen; None where nothing does."""

    text: str
    max_length: int
    completions: tuple[Which, ...]
    kept_words: int | None = None


def draw(question: OwnWords, given: Any, shape: Shape, *, kept: Any = None) -> TextDrawn:
    said = given if isinstance(given, dict) else {}
    letters = shape.letters if isinstance(question, Correction) and shape.completions > 1 else ()
    return TextDrawn(
        **common(question),  # type: ignore[arg-type]
        text=str(said.get("text", "")),
        max_length=question.max_length,
        completions=tuple(
            Which(letter, completion_name(letter), said.get("completion") == letter) for letter in letters
        ),
        kept_words=count_of(kept["text"]) if kept else None,
    )


def read(question: OwnWords, data: QueryDict, shape: Shape) -> dict[str, str] | None:
    text = data.get(f"text:{question.id}", "").replace("\r\n", "\n").replace("\0", "")
    if not text.strip():
        return None
    said = {"text": text}
    if isinstance(question, Correction):
        letters = shape.letters or ("A",)
        which = letters[0] if len(letters) == 1 else data.get(f"completion:{question.id}", "")
        if which in letters:
            said["completion"] = which
    return said


def is_kept(question: OwnWords, data: QueryDict) -> bool:
    return question.id in data.getlist("keep")


def missing(question: OwnWords, said: dict[str, str] | None) -> list[str]:
    prompt = {"question": prompt_of(question)}
    if said is None:
        return [] if question.is_optional else [gettext("%(question)s Please write something.") % prompt]
    if len(said["text"].strip()) > question.max_length:
        return [
            gettext("%(question)s Please use at most %(length)s letters.")
            % {**prompt, "length": question.max_length}
        ]
    if isinstance(question, Correction) and "completion" not in said:
        return [gettext("%(question)s Say which completion it is.") % prompt]
    return []
