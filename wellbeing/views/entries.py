"""One's own entries in words: each view, and how its points came about."""

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from people.models import User
from people.speech import number_in_words
from wellbeing.domain.dispute import Outcome
from wellbeing.models import Dispute
from wellbeing.queries.own_views import Booking, OwnView
from wellbeing.views.when import moment_in_words

# Each line of an entry: when, what happened, and the points that it changed.
HAPPENED = {
    "reserve": gettext_lazy("{when} Opened: {points} points set aside for the time it may stay open."),
    "extend": gettext_lazy("{when} More of it shown, or more time: {points} points."),
    "close": gettext_lazy("{when} Hidden: {points} points for the time not used."),
    "settle": gettext_lazy("{when} Answered: {points} points to what was found."),
    "top_up": gettext_lazy("{when} Others found it more severe: {points} points."),
    "correction": gettext_lazy("{when} Corrected: {points} points."),
}
KINDS = {
    "text": gettext_lazy("text"),
    "pair": gettext_lazy("prompt and reply"),
    "conversation": gettext_lazy("conversation"),
    "image": gettext_lazy("picture"),
}
SEVERITY_WORDS = (
    pgettext_lazy("severity", "harmless"),
    gettext_lazy("mild"),
    gettext_lazy("moderate"),
    gettext_lazy("severe"),
    gettext_lazy("extreme"),
)


@dataclass(frozen=True)
class Entry:
    """One view in words; `lines` explain how its points came about. `row` is its first row in the ledger."""

    row: int
    time: str
    severity: int
    prefix: str
    what: str
    shown: str
    open: str
    points: str
    lines: tuple[str, ...]
    can_dispute: bool


def entry_in_words(view: OwnView, person: User, dispute: Dispute | None = None) -> Entry:
    """`dispute` is the latest one of this entry, if it has any."""
    lines = [_line(booking, person) for booking in view.bookings]
    if dispute is not None:
        lines.append(answer_in_words(dispute, person))
    return Entry(
        row=view.row,
        time=moment_in_words(view.opened_at, person),
        severity=view.severity,
        prefix="" if view.is_settled else gettext("expected:"),
        what=str(KINDS.get(view.modality, view.modality)),
        shown=gettext("all") if view.share >= 1000 else f"{round(view.share / 10)} %",
        open=gettext("{seconds} s").format(seconds=round(view.open_ms / 1000)),
        points=number_in_words(view.milli_points / 1000, places=2),
        lines=tuple(lines),
        can_dispute=view.is_settled and view.row > 0 and (dispute is None or dispute.resolved_at is not None),
    )


def answer_in_words(found: Dispute, person: User) -> str:
    """Where a dispute stands, for the one who made it."""
    asked = gettext("On {when} you asked to count it as {severity}.").format(
        when=moment_in_words(found.made_at, person), severity=SEVERITY_WORDS[found.severity]
    )
    if found.resolved_at is None:
        return f"{asked} {gettext('An officer will look at it.')}"
    if found.outcome == Outcome.GRANTED:
        done = gettext("An officer put it right on {when}.")
    else:
        done = gettext("An officer left it as it was on {when}.")
    told = f"{asked} {done.format(when=moment_in_words(found.resolved_at, person))}"
    words = gettext("Their words: “{words}”").format(words=found.reason) if found.reason else ""
    return f"{told} {words}".strip()


def _line(booking: Booking, person: User) -> str:
    points = number_in_words(booking.milli_points / 1000, places=2)
    signed = points if booking.milli_points < 0 else f"+{points}"
    when = moment_in_words(booking.at, person)
    return str(HAPPENED.get(booking.kind, "{when} {points}.")).format(when=when, points=signed)
