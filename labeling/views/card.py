"""The warning card of a task, in plain words: what may be known before anything is shown."""

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy, ngettext

from labeling.domain.schema import Schema
from labeling.forms.answers import word_of
from labeling.queries.workbench import LeaseCard
from labeling.views.first_look import FirstLook, first_look
from labeling.views.ghost import Ghost, frame, ghost
from labeling.views.names import category_name, language_in_words
from people.sentences import counted
from people.speech import in_language
from people.templatetags.tagged_text import around
from wellbeing.interface import DECIDE_MS

KINDS = {
    "text": gettext_lazy("text"),
    "pair": gettext_lazy("prompt and reply"),
    "conversation": gettext_lazy("conversation"),
}


@dataclass(frozen=True)
class Card:
    """What may be known before anything is shown. `severity` is None where nobody has said anything."""

    lease_id: int
    item_name: str
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
    wants_all: bool
    is_picture: bool
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


def card_of(lease: LeaseCard, *, schema: Schema, words_per_minute: int) -> Card:
    """The warning card. `words_per_minute` is the reader's own pace."""
    prefix, severity, basis = _expectation(lease)
    return Card(
        lease_id=lease.lease_id,
        item_name=lease.external_id,
        severity=severity,
        severity_prefix=prefix,
        basis=basis,
        categories=tuple(
            around(gettext("%(category)s, maybe"), category=category_name(schema, name))
            for name in lease.categories
        ),
        kind=_kind(lease),
        language=language_in_words(lease.language),
        language_tag=lease.language,
        line=lease.neutral_line,
        time_line=_time_line(lease, words_per_minute),
        parts=lease.parts,
        opened=lease.opened_at is not None,
        wants_all=lease.wants_full_view,
        is_picture=lease.is_image,
        ghost=frame(lease.frame.partition(" ")[0]) if lease.is_image else ghost(lease.kind, lease.words),
        first_look=first_look(lease),
    )


def _expectation(lease: LeaseCard) -> tuple[str, int | None, str]:
    severity = int(lease.expected)
    if lease.basis == "item":
        theirs = gettext("The people who sent it here for labeling expect this.")
        return gettext("expected:"), severity, theirs
    if lease.basis == "unproved":
        milder = gettext(
            "The people who sent it here for labeling expect it milder. "
            "Until that has proved right, it counts as moderate."
        )
        return gettext("expected:"), severity, milder
    if lease.basis == "source":
        known = gettext("This is known of its source, not of this very item.")
        return gettext("this source: up to"), severity, known
    unknown = gettext("Nobody knows this item or its source yet. It may contain anything.")
    return gettext("expected:"), None, unknown


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


def _about(words: int) -> str:
    """A rough length: a card need not be exact."""
    if words < 10:
        return gettext("a few words")
    about = 15 if words < 20 else round(words, -1)
    return ngettext("about %(count)s word", "about %(count)s words", about) % {"count": about}


def _time_line(lease: LeaseCard, words_per_minute: int) -> str:
    """How long it stays open: the reading time alone would have slow readers think that they must answer in it."""
    said = {
        "time": _duration(lease.words * 60 // max(1, words_per_minute)),
        "decide": _duration(DECIDE_MS // 1000),
        "parts": lease.parts,
    }
    if lease.is_image:
        return gettext("Time to look at it: %(time)s, and %(decide)s more to decide.") % said
    if lease.parts > 1:
        return gettext("Time to read: %(time)s in %(parts)s parts, and %(decide)s more to decide.") % said
    return gettext("Time to read: %(time)s, and %(decide)s more to decide.") % said


def _duration(seconds: int) -> str:
    if seconds < 55:
        about = max(10, round(seconds, -1))
        return in_language(counted("{count} second", "{count} seconds", about))
    return in_language(counted("1 minute", "{count} minutes", max(1, round(seconds / 60))))
