"""View state × event → outcome: the half of DESIGN section 5's table that is labeling's. `test_lease_states.py`
checks each cell; wellbeing's half is tests/integration/wellbeing/view_states.py.

A cell says what comes back (the kind of answer, or a code), how the lease stands afterwards ("live", or its
outcome), and the state of its view.
"""

from typing import NamedTuple


class Cell(NamedTuple):
    answer: str
    lease: str
    view: str


STATES = ("none", "open", "closed", "overdue", "settled")
"""Of the view of a task that was claimed: never revealed, on the screen, concealed, its window over, answered."""


def row(none: Cell, opened: Cell, closed: Cell, overdue: Cell, settled: Cell) -> dict[str, Cell]:
    return dict(zip(STATES, (none, opened, closed, overdue, settled), strict=True))


DONE = "submitted"

CELLS: dict[str, dict[str, Cell]] = {
    "claim": row(
        Cell("same card", "live", "none"),
        Cell("same card", "live", "open"),
        Cell("same card", "live", "closed"),
        Cell("same card", "live", "closed"),
        Cell("next card", DONE, "settled"),
    ),
    "claim in another project": row(
        Cell("next card", "released", "none"),
        Cell("lease_open", "live", "open"),
        Cell("lease_open", "live", "closed"),
        Cell("lease_open", "live", "overdue"),  # an error rolls back; every read takes it as closed
        Cell("next card", DONE, "settled"),
    ),
    "claim while a break is due": row(
        Cell("break_due", "live", "none"),
        Cell("break_due", "live", "open"),
        Cell("break_due", "live", "closed"),
        Cell("break_due", "live", "closed"),
        Cell("break_due", DONE, "settled"),
    ),
    "reveal": row(
        Cell("shown", "live", "open"),
        Cell("shown", "live", "open"),
        Cell("shown", "live", "open"),
        Cell("shown", "live", "open"),
        Cell("lease_ended", DONE, "settled"),
    ),
    "reveal while a break is due": row(
        Cell("break_due", "live", "none"),
        Cell("shown", "live", "open"),
        Cell("break_due", "live", "closed"),
        Cell("break_due", "live", "closed"),
        Cell("lease_ended", DONE, "settled"),
    ),
    "reveal after the lease ran out": row(
        Cell("lease_expired", "live", "none"),
        Cell("lease_expired", "live", "overdue"),
        Cell("lease_expired", "live", "closed"),
        Cell("lease_expired", "live", "overdue"),
        Cell("lease_ended", DONE, "settled"),
    ),
    "step": row(
        Cell("not_open", "live", "none"),
        Cell("shown", "live", "open"),
        Cell("not_open", "live", "closed"),
        Cell("window_over", "live", "closed"),
        Cell("lease_ended", DONE, "settled"),
    ),
    "reveal after leaving the team": row(
        Cell("not_found", "released", "none"),
        Cell("not_found", "live", "open"),
        Cell("not_found", "live", "closed"),
        Cell("not_found", "live", "overdue"),
        Cell("not_found", DONE, "settled"),
    ),
    "submit after leaving the team": row(
        Cell("not_revealed", "live", "none"),
        Cell("submitted", DONE, "settled"),
        Cell("submitted", DONE, "settled"),
        Cell("submitted", DONE, "settled"),
        Cell("submitted before", DONE, "settled"),
    ),
    "more": row(
        Cell("not_open", "live", "none"),
        Cell("shown", "live", "open"),
        Cell("not_open", "live", "closed"),
        Cell("window_over", "live", "closed"),
        Cell("lease_ended", DONE, "settled"),
    ),
    "conceal": row(
        Cell("nothing", "live", "none"),
        Cell("view", "live", "closed"),
        Cell("view", "live", "closed"),
        Cell("view", "live", "closed"),
        Cell("view", DONE, "settled"),
    ),
    "submit": row(
        Cell("not_revealed", "live", "none"),
        Cell("submitted", DONE, "settled"),
        Cell("submitted", DONE, "settled"),
        Cell("submitted", DONE, "settled"),
        Cell("submitted before", DONE, "settled"),
    ),
    "submit while a break is due": row(
        Cell("not_revealed", "live", "none"),
        Cell("submitted", DONE, "settled"),
        Cell("submitted", DONE, "settled"),
        Cell("submitted", DONE, "settled"),
        Cell("submitted before", DONE, "settled"),
    ),
    "submit of a part where all is wanted": row(
        Cell("not_revealed", "live", "none"),
        Cell("full_view_wanted", "live", "open"),
        Cell("full_view_wanted", "live", "closed"),
        Cell("full_view_wanted", "live", "overdue"),  # an error rolls back; every read takes it as closed
        Cell("submitted before", DONE, "settled"),
    ),
    "submit of a part where all is wanted, while a break is due": row(
        Cell("not_revealed", "live", "none"),
        Cell("full_view_wanted", "live", "open"),  # what is open may be finished
        Cell("submitted", DONE, "settled"),
        Cell("submitted", DONE, "settled"),
        Cell("submitted before", DONE, "settled"),
    ),
    "submit of a part where all is wanted, after the lease ran out": row(
        Cell("not_revealed", "live", "none"),
        Cell("submitted", DONE, "settled"),
        Cell("submitted", DONE, "settled"),
        Cell("submitted", DONE, "settled"),
        Cell("submitted before", DONE, "settled"),
    ),
    "submit after the lease ran out": row(
        Cell("not_revealed", "live", "none"),
        Cell("submitted", DONE, "settled"),
        Cell("submitted", DONE, "settled"),
        Cell("submitted", DONE, "settled"),
        Cell("submitted before", DONE, "settled"),
    ),
    "skip": row(
        Cell("ended", "skipped", "none"),
        Cell("ended", "skipped", "settled"),
        Cell("ended", "skipped", "settled"),
        Cell("ended", "skipped", "settled"),
        Cell("ended before", DONE, "settled"),
    ),
    "submit after a skip": row(
        Cell("lease_ended", "skipped", "none"),
        Cell("lease_ended", "skipped", "settled"),
        Cell("lease_ended", "skipped", "settled"),
        Cell("lease_ended", "skipped", "settled"),
        Cell("submitted before", DONE, "settled"),
    ),
    "submit after a skip of what was begun": row(
        Cell("lease_ended", "skipped", "none"),
        Cell("submitted", DONE, "settled"),
        Cell("submitted", DONE, "settled"),
        Cell("submitted", DONE, "settled"),
        Cell("submitted before", DONE, "settled"),
    ),
    "problem": row(
        Cell("ended", "problem", "none"),
        Cell("ended", "problem", "settled"),
        Cell("ended", "problem", "settled"),
        Cell("ended", "problem", "settled"),
        Cell("ended before", DONE, "settled"),
    ),
    "stop": row(
        Cell("break", "live", "none"),
        Cell("break", "live", "closed"),
        Cell("break", "live", "closed"),
        Cell("break", "live", "closed"),
        Cell("break", DONE, "settled"),
    ),
    "sign-out": row(
        Cell("ended", "released", "none"),
        Cell("ended", "released", "settled"),
        Cell("ended", "released", "settled"),
        Cell("ended", "released", "settled"),
        Cell("nothing", DONE, "settled"),
    ),
    "undo": row(
        Cell("not_found", "live", "none"),
        Cell("not_found", "live", "open"),
        Cell("not_found", "live", "closed"),
        Cell("not_found", "live", "overdue"),
        Cell("submitted", DONE, "settled"),
    ),
    "lease expiry, met by a job": row(
        Cell("nothing", "expired", "none"),
        Cell("nothing", "expired", "settled"),
        Cell("nothing", "expired", "settled"),
        Cell("nothing", "expired", "settled"),
        Cell("nothing", DONE, "settled"),
    ),
    "lease expiry, met by somebody's claim": row(
        Cell("nothing", "expired", "none"),
        Cell("nothing", "expired", "overdue"),
        Cell("nothing", "expired", "closed"),
        Cell("nothing", "expired", "overdue"),
        Cell("nothing", DONE, "settled"),
    ),
    "raised expectation, then reveal": row(
        Cell("not_cleared", "uncleared", "none"),
        Cell("shown", "live", "open"),
        Cell("not_cleared", "live", "closed"),
        Cell("not_cleared", "live", "closed"),
        Cell("lease_ended", DONE, "settled"),
    ),
}
