"""Own words: a text field named "text:<question>", and for a correction "completion:<question>" where there are several.

A form that is opened again does not show what was written, because it may quote the item (docs/adr/0019): a box named
`keep` with the question's id leaves it as it is. New words in a draft of such a form have the unseen ones with them, as
what they stand instead of: whoever empties the field again finds them there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from labeling.domain.schema import Correction, OwnWords, Shape, is_own_words
from labeling.forms.answers.drawn import Drawn, common
from labeling.forms.answers.words import completion_name, count_of, prompt_of

INSTEAD_OF = "instead_of"


@dataclass(frozen=True)
class Kept:
    """Stored words that a form is drawn over, unseen. `is_ticked`: its box says that they stay."""

    words: Mapping[str, Any]
    is_ticked: bool

    @property
    def mark(self) -> str:
        """Tells these words from others without saying them."""
        return salted_hmac("labeling.own_words", self.words["text"], algorithm="sha256").hexdigest()[:16]


@dataclass(frozen=True)
class Which:
    letter: str
    name: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class TextDrawn(Drawn):
    """`kept_words` is how many words stand unseen; None where nothing does. `over` is their mark."""

    text: str
    max_length: int
    completions: tuple[Which, ...]
    kept_words: int | None = None
    keeps: bool = False
    over: str = ""


def draw(
    question: OwnWords, given: Any, shape: Shape, *, kept: Any = None, sent: QueryDict | None = None
) -> TextDrawn:
    said = given if isinstance(given, dict) else {}
    # Where the question did not follow, its fields were not sent, and its box stands as it did.
    under = kept_of(question, kept, sent if sent and f"over:{question.id}" in sent else None)
    letters = shape.letters if isinstance(question, Correction) and shape.completions > 1 else ()
    return TextDrawn(
        **common(question),  # type: ignore[arg-type]
        text=str(said.get("text", "")),
        max_length=question.max_length,
        completions=tuple(
            Which(letter, completion_name(letter), said.get("completion") == letter) for letter in letters
        ),
        kept_words=count_of(under.words["text"]) if under else None,
        keeps=under is not None and under.is_ticked,
        over=under.mark if under else "",
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


def kept_of(question: OwnWords, stored: Any, data: QueryDict | None = None) -> Kept | None:
    """The stored words under a form: under a new one, or under the one that `data` came from.

    Drafts of that one may have put other words in their place since; its box means those that it was drawn over.
    """
    if not is_own_words(stored):
        return None
    latest = Kept({name: said for name, said in stored.items() if name != INSTEAD_OF}, is_ticked=True)
    is_blank = not latest.words["text"].strip()
    under = latest
    if older := stored.get(INSTEAD_OF):
        before = Kept(older, is_ticked=True)
        if is_blank or (data and data.get(f"over:{question.id}") == before.mark):
            under = before
    if data is None:
        return Kept(under.words, is_ticked=not is_blank)
    is_anew = bool(data.get(f"text:{question.id}", "").strip())
    return Kept(under.words, is_ticked=question.id in data.getlist("keep") and not is_anew)


def drafted_over(question: OwnWords, said: dict[str, str] | None, stored: Any, data: QueryDict) -> Any:
    """What a draft of a form keeps that does not show what was written. Nothing of it is lost by a draft."""
    kept = kept_of(question, stored, data)
    if kept is None:
        return said
    if said is None and f"over:{question.id}" not in data:
        return stored  # The question does not follow just now; its fields were not sent.
    return kept.words if kept.is_ticked else {**(said or {"text": ""}), INSTEAD_OF: kept.words}


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
        return [gettext("%(question)s Say which reply it is.") % prompt]
    return []
