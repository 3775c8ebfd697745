"""View state × event → outcome: the table of DESIGN section 5, as far as it is wellbeing's.

`test_view_states.py` checks each cell; docs/architecture.md prints them. A caller's submit is `settle` with a verdict;
its skip, a problem, a lease that expires and one that is no longer cleared are `settle` without one; tab hidden and
sign-out are `conceal`. That beat is down is true of every cell: nothing here runs a job but the last event.
"""

from dataclasses import dataclass
from enum import StrEnum

STATES = ("none", "open", "closed", "overdue", "settled")


class Event(StrEnum):
    CLAIM = "claim"
    REVEAL = "reveal"
    REVEAL_ELSEWHERE = "reveal of something else"
    REVEAL_WHEN_BREAK_DUE = "reveal while a break is due"
    REVEAL_WHEN_SPENT = "reveal on a spent budget"
    STEP = "step"
    STEP_WHEN_BREAK_DUE = "step while a break is due"
    MORE = "more"
    MORE_WHEN_SPENT = "more on a spent budget"
    CONCEAL = "conceal, tab hidden, sign-out"
    SETTLE = "submit"
    SETTLE_HIGHER = "submit or undo with a more severe verdict"
    SETTLE_WITHOUT_VERDICT = "skip, lease expiry"
    BREAK = "break"
    STOP = "stop"
    FOUR_O_CLOCK = "04:00"
    TIGHTENED = "tightened limit"
    BEAT = "beat"


@dataclass(frozen=True)
class Cell:
    """What is answered ("view", "nothing", "clearance", "break" or a refusal's code), the state of the view after,
    and whether the person's points afterwards are `more`, `less` or the `same`."""

    answer: str
    after: str
    points: str = "same"
    note: str = ""

    def in_words(self) -> str:
        parts = [self.answer.replace("_", " "), self.after]
        return " → ".join(parts) + (f" ({self.note})" if self.note else "")


def _row(none: Cell, opened: Cell, closed: Cell, overdue: Cell, settled: Cell) -> dict[str, Cell]:
    return dict(zip(STATES, (none, opened, closed, overdue, settled), strict=True))


def _same(answer: str, note: str = "") -> dict[str, Cell]:
    """The same answer in every state; only an overdue view is closed on the way."""
    return {state: Cell(answer, "closed" if state == "overdue" else state, note=note) for state in STATES}


CELLS: dict[Event, dict[str, Cell]] = {
    Event.CLAIM: _same("clearance", "a due break or a spent budget would say so"),
    Event.REVEAL: _row(
        Cell("view", "open", "more", "the whole window is reserved"),
        Cell("view", "open", note="the same view; nothing more is charged"),
        Cell("view", "open", "more", "a new window, no new base charge"),
        Cell("view", "open", "more", "closed at its window's end, then opened again"),
        Cell("view_settled", "settled"),
    ),
    Event.REVEAL_ELSEWHERE: _row(
        Cell("view", "none", "more"),
        Cell("view_open", "open", note="one open view a person"),
        Cell("view", "closed", "more"),
        Cell("view", "closed", "more", "closed at its window's end"),
        Cell("view", "settled", "more"),
    ),
    Event.REVEAL_WHEN_BREAK_DUE: _row(
        Cell("break_due", "none"),
        Cell("view", "open", note="what is open may be finished"),
        Cell("break_due", "closed"),
        Cell("break_due", "closed"),
        Cell("view_settled", "settled"),
    ),
    Event.REVEAL_WHEN_SPENT: _row(
        Cell("budget_spent", "none"),
        Cell("view", "open"),
        Cell("budget_spent", "closed"),
        Cell("budget_spent", "closed"),
        Cell("view_settled", "settled"),
    ),
    Event.STEP: _row(
        Cell("not_open", "none"),
        Cell("view", "open", "more", "the share rises, the window grows by the reading time"),
        Cell("not_open", "closed"),
        Cell("window_over", "closed"),
        Cell("view_settled", "settled"),
    ),
    Event.STEP_WHEN_BREAK_DUE: _row(
        Cell("not_open", "none"),
        Cell("view", "open", "more", "refused by budget and ceiling only"),
        Cell("not_open", "closed"),
        Cell("window_over", "closed"),
        Cell("view_settled", "settled"),
    ),
    Event.MORE: _row(
        Cell("not_open", "none"),
        Cell("view", "open", "more", "a minute more, the next window number"),
        Cell("not_open", "closed"),
        Cell("window_over", "closed"),
        Cell("view_settled", "settled"),
    ),
    Event.MORE_WHEN_SPENT: _row(
        Cell("not_open", "none"),
        Cell("budget_spent", "open", note="the window runs out as it would have"),
        Cell("not_open", "closed"),
        Cell("window_over", "closed"),
        Cell("view_settled", "settled"),
    ),
    Event.CONCEAL: _row(
        Cell("nothing", "none"),
        Cell("view", "closed", "less", "unreached time is given back"),
        Cell("view", "closed"),
        Cell("view", "closed", note="at its window's end"),
        Cell("view", "settled"),
    ),
    Event.SETTLE: _row(
        Cell("nothing", "none", note="labeling refuses: not_revealed"),
        Cell("view", "settled", "less", "closed and charged at the verdict"),
        Cell("view", "settled"),
        Cell("view", "settled", note="closed at its window's end"),
        Cell("view", "settled", note="repeatable"),
    ),
    Event.SETTLE_HIGHER: _row(
        Cell("nothing", "none", note="labeling refuses: not_revealed"),
        Cell("view", "settled", "more"),
        Cell("view", "settled", "more"),
        Cell("view", "settled", "more"),
        Cell("view", "settled", "more", "a top-up"),
    ),
    Event.SETTLE_WITHOUT_VERDICT: _row(
        Cell("nothing", "none"),
        Cell("view", "settled", "less", "at the expected severity"),
        Cell("view", "settled"),
        Cell("view", "settled"),
        Cell("view", "settled", note="repeatable"),
    ),
    Event.BREAK: _row(
        Cell("break", "none"),
        Cell("break", "closed", "less"),
        Cell("break", "closed"),
        Cell("break", "closed"),
        Cell("break", "settled"),
    ),
    Event.STOP: _row(
        Cell("break", "none"),
        Cell("break", "closed", "less", "blank at once"),
        Cell("break", "closed"),
        Cell("break", "closed"),
        Cell("break", "settled"),
    ),
    Event.FOUR_O_CLOCK: _row(
        Cell("nothing", "none"),
        Cell("nothing", "open", note="it belongs to the day it opened"),
        Cell("nothing", "closed"),
        Cell("nothing", "overdue"),
        Cell("nothing", "settled"),
    ),
    Event.TIGHTENED: _row(
        Cell("nothing", "none", note="the next reveal is held to it"),
        Cell("nothing", "open", note="what is open may be finished"),
        Cell("nothing", "closed"),
        Cell("nothing", "overdue"),
        Cell("nothing", "settled"),
    ),
    Event.BEAT: _row(
        Cell("nothing", "none"),
        Cell("nothing", "open"),
        Cell("nothing", "closed"),
        Cell("nothing", "closed", note="at its window's end"),
        Cell("nothing", "settled"),
    ),
}


def as_markdown() -> str:
    """The table as docs/architecture.md prints it."""
    lines = [f"| event | {' | '.join(STATES)} |", "|---" * (len(STATES) + 1) + "|"]
    for event, row in CELLS.items():
        lines.append(f"| {event.value} | " + " | ".join(row[state].in_words() for state in STATES) + " |")
    return "\n".join(lines)
