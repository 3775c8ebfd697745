"""One's own entries in words: each view, and how its points came about."""

from dataclasses import dataclass

from people.models import User
from wellbeing.domain.dispute import Outcome
from wellbeing.domain.verify_statement import SEVERITIES
from wellbeing.models import Dispute
from wellbeing.queries.own_views import Booking, OwnView
from wellbeing.views.when import moment_in_words

HAPPENED = {
    "reserve": "Opened: {} set aside for the time it may stay open",
    "extend": "More of it shown, or more time: {}",
    "close": "Hidden: {} for the time not used",
    "settle": "Answered: {} to what was found",
    "top_up": "Others found it more severe: {}",
    "correction": "Corrected: {}",
}
KINDS = {"text": "text", "pair": "prompt and reply", "conversation": "conversation", "image": "picture"}


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
        prefix="" if view.is_settled else "expected: ",
        what=KINDS.get(view.modality, view.modality),
        shown="all" if view.share >= 1000 else f"{round(view.share / 10)} %",
        open=f"{round(view.open_ms / 1000)} s",
        points=f"{view.milli_points / 1000:.2f}",
        lines=tuple(lines),
        can_dispute=view.is_settled and view.row > 0 and (dispute is None or dispute.resolved_at is not None),
    )


def answer_in_words(found: Dispute, person: User) -> str:
    """Where a dispute stands, for the one who made it."""
    asked = (
        f"On {moment_in_words(found.made_at, person)} you asked to count it as {SEVERITIES[found.severity]}."
    )
    if found.resolved_at is None:
        return f"{asked} An officer will look at it."
    at = moment_in_words(found.resolved_at, person)
    done = "put it right" if found.outcome == Outcome.GRANTED else "left it as it was"
    words = f" Their words: “{found.reason}”" if found.reason else ""
    return f"{asked} An officer {done} on {at}.{words}"


def _line(booking: Booking, person: User) -> str:
    points = f"{booking.milli_points / 1000:+.2f} points"
    return f"{moment_in_words(booking.at, person)} {HAPPENED.get(booking.kind, '{}').format(points)}."
