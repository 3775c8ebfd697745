"""What people read: short sentences, what happened, what to do next. Never points, stimulus or clearance."""

from wellbeing.domain.breaks import BreakKind

MINUTE_MS = 60_000

REFUSALS = {
    "break_due": "It is time for a break. You can go on after it.",
    "budget_spent": (
        "You have done today's share of difficult or unknown content. "
        "You can do tasks that are known to be harmless, read the guideline, or end your day."
    ),
    "not_cleared": "This task is not for you right now. Take the next one.",
    "view_open": "Something else is still open. Answer it or hide it first.",
    "view_settled": "You have answered this already. What you wrote is kept.",
    "window_over": "The time for this view is over. Show it again if you need it.",
    "window_taken": "You asked for more time in another tab. Reload this page.",
    "not_open": "Nothing is shown right now. Show it first.",
}
HARD_STRETCH = (
    "You have gone on for over an hour without a pause. Answer or hide this, then rest five minutes."
)

# The largest share (in percent of the limit) that each phrase still describes.
SHARES = (
    (4, "Almost nothing of"),
    (15, "About a tenth of"),
    (22, "About a fifth of"),
    (29, "About a quarter of"),
    (41, "About a third of"),
    (58, "About half of"),
    (70, "About two thirds of"),
    (80, "About three quarters of"),
    (94, "Most of"),
    (99, "Nearly all of"),
)


def percent(points: int, limit: int) -> int:
    """Whole percent, rounded down, at most 100; a limit of nothing is reached."""
    return 100 if limit <= 0 else min(100, points * 100 // limit)


def share_of_limit(points: int, limit: int, what: str = "today's limit") -> str:
    """ "About a third of today's limit"."""
    if points <= 0 < limit:
        return f"Nothing yet of {what}"
    share = percent(points, limit)
    for highest, phrase in SHARES:
        if share <= highest:
            return f"{phrase} {what}"
    return f"All of {what}"


def break_due(kind: BreakKind, length_ms: int) -> str:
    length = _number_of_minutes(length_ms)
    if kind is BreakKind.LONG:
        return f"It is time for a longer break of {length}. You can go on after it."
    return f"It is time for a break of {length}. You can go on after it."


def minutes(milliseconds: int) -> str:
    """ "12 minutes", rounded down."""
    whole = milliseconds // MINUTE_MS
    return "1 minute" if whole == 1 else f"{whole} minutes"


def next_break(seconds: int | None) -> str:
    """How far the next break is, for the header."""
    if seconds is None:
        return "No break due"
    if seconds <= 0:
        return "Break now"
    return f"Break in {minutes(max(seconds * 1_000, MINUTE_MS))}"


def _number_of_minutes(milliseconds: int) -> str:
    whole = -(-milliseconds // MINUTE_MS)
    names = {5: "five", 10: "ten", 15: "fifteen", 20: "twenty", 30: "thirty"}
    return f"{names.get(whole, whole)} minutes"
