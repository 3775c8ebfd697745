"""The one decision: may this person take something new now, and what. Pure; the caller holds the lock.

More exposure never gives a milder answer, a due break is never missed, and every refusal that can pass says when.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from wellbeing.domain import breaks, words
from wellbeing.domain.budget import MONTH_DAYS, Budget, room, spent
from wellbeing.domain.points import THOUSAND, cost
from wellbeing.domain.situation import Situation
from wellbeing.domain.stimulus import EXTREME, MILD, MODERATE, SEVERE, Modality, Stimulus
from wellbeing.domain.view import Change, Holding, ViewRecord
from wellbeing.domain.window import PART_WORDS, first_window_ms, later

LATE_AFTER = timedelta(hours=4)  # from the day's first claim on at most S2
LATE_MAX = MODERATE
BENIGN_EVERY = 5  # one S0 in any five verdicts: 20 %
COOL_DOWN_TASKS = 3  # after an S4 verdict these many of at most S1
COOL_DOWN_MAX = MILD
COOL_DOWN_SECONDS = 120  # off screen, offered right after it
SEVERE_RUN = 3  # after this many of S3+ in a row a milder one …
RUN_MAX = MODERATE
OFF_SCREEN_MS = 60_000  # … or this long off screen
UNKNOWN_COUNTS_AS = MODERATE  # what nobody has estimated
VERDICTS_NEEDED = max(BENIGN_EVERY - 1, COOL_DOWN_TASKS, SEVERE_RUN)


class RefusalCode(StrEnum):
    """Stable codes; the HTTP API sends them as they are."""

    CONSENT_NEEDED = "consent_needed"
    BREAK_DUE = "break_due"
    BUDGET_SPENT = "budget_spent"
    NOT_CLEARED = "not_cleared"
    VIEW_OPEN = "view_open"
    VIEW_SETTLED = "view_settled"
    WINDOW_OVER = "window_over"
    WINDOW_TAKEN = "window_taken"
    NOT_OPEN = "not_open"


@dataclass(frozen=True)
class Refusal:
    """Not now. `until` is when asking again can succeed, None if time alone does not change it. `why` is for people."""

    code: RefusalCode
    until: datetime | None
    why: str


@dataclass(frozen=True)
class Clearance:
    """What may be handed out now.

    Try `preferred_max_severity` first where it is set, then `max_severity`. Until `wait_until` the latter is lower
    than afterwards (`wait_max_severity`). With `confirmed_benign_only` nothing else may be handed out.
    `refused_categories` are those the person opted out of, or that rest today. Without `takes_unrated` nothing that
    nobody has estimated may be handed out. `severity_with_room` is set where a limit that is nearly reached leaves room
    for what is milder alone: what would be handed out otherwise.
    """

    max_severity: int
    preferred_max_severity: int | None = None
    refused_categories: frozenset[str] = frozenset()
    confirmed_benign_only: bool = False
    wait_until: datetime | None = None
    wait_max_severity: int | None = None
    takes_unrated: bool = True
    severity_with_room: int | None = None

    def with_room(self) -> "Clearance":
        """The same with room in every limit, for a page that says what waits besides. Nothing is handed out by it."""
        if self.severity_with_room is None:
            return self
        return replace(self, max_severity=self.severity_with_room, wait_until=None, wait_max_severity=None)

    def at_most(self, severity: int) -> "Clearance":
        """The same for somebody who wants nothing above `severity` for now. It only ever tightens."""
        if severity >= max(self.max_severity, self.wait_max_severity or 0):
            return self
        preferred = self.preferred_max_severity
        waits = self.max_severity < severity
        return replace(
            self,
            max_severity=min(self.max_severity, severity),
            preferred_max_severity=preferred if preferred is not None and preferred < severity else None,
            wait_until=self.wait_until if waits else None,
            wait_max_severity=severity if waits else None,
            takes_unrated=self.takes_unrated and severity >= UNKNOWN_COUNTS_AS,
        )


def refuse(code: RefusalCode, until: datetime | None = None, why: str | None = None) -> Refusal:
    return Refusal(code, until, words.REFUSALS[code] if why is None else why)


def decide(situation: Situation) -> Clearance | Refusal:
    """May the person claim something, and how severe? An overdue view is already closed in `situation`."""
    refusal = consent_refusal(situation) or break_refusal(situation)
    if refusal is not None:
        return refusal
    otherwise, affordable = severity_cap(situation), affordable_severity(situation)
    cleared = Clearance(
        max_severity=min(otherwise, affordable),
        refused_categories=situation.refused_categories,
        takes_unrated=situation.takes_unrated,
        severity_with_room=otherwise if 0 < affordable < otherwise else None,
    )
    cap = cleared.max_severity
    if cap == 0:
        return replace(cleared, confirmed_benign_only=True)
    preferred = _preferred(situation.verdicts)
    wait_until = _off_screen_until(situation)
    if wait_until is not None and cap > RUN_MAX:
        return replace(
            cleared,
            max_severity=RUN_MAX,
            preferred_max_severity=preferred,
            wait_until=wait_until,
            wait_max_severity=cap,
        )
    return replace(
        cleared, preferred_max_severity=preferred if preferred is not None and preferred < cap else None
    )


def consent_refusal(situation: Situation) -> Refusal | None:
    return None if situation.has_consent else refuse(RefusalCode.CONSENT_NEEDED)


def break_refusal(situation: Situation) -> Refusal | None:
    due = situation.due_break
    if due is None:
        return None
    return refuse(RefusalCode.BREAK_DUE, due.until, words.break_due(due.kind, due.length_ms))


def severity_cap(situation: Situation) -> int:
    """The highest severity that anything but the budgets allows: ramp-up, S4 by opt-in, at most S2 late in the day."""
    cap = min(situation.ramp.max_severity, EXTREME if situation.extreme_opt_in else SEVERE)
    first = situation.first_claim_at
    if first is not None and situation.now >= first + LATE_AFTER:
        return min(cap, LATE_MAX)
    return cap


def affordable_severity(situation: Situation) -> int:
    """The highest severity whose first window (a part of text at the person's pace) fits every budget; 0 if none."""
    left = room(situation.sums, situation.today, situation.policy)
    for severity in range(EXTREME, 0, -1):
        if left.holds(_first_window(situation, severity)):
            return severity
    return 0


def spent_budget(situation: Situation) -> Budget | None:
    """The budget that not even the mildest first window fits any more; None while `affordable_severity` is above 0."""
    return spent(situation.sums, situation.today, situation.policy, _first_window(situation, MILD))


def opens_at(situation: Situation) -> datetime | None:
    """The first turn of the day at which the mildest first window fits every budget; None if none can be named."""
    return _fits_at(situation, _first_window(situation, MILD), of_day=None)


def _fits_at(situation: Situation, difference: Holding, *, of_day: date | None) -> datetime | None:
    """The first turn at which a change fits, if nothing else is shown until then. None: in 28 days it never does.

    What was held leaves the sums of 7 and 28 days one day after the other. `of_day` is the day of a view that there is
    already, which goes on counting to it; a new view belongs to the day on which it opens.
    """
    for ahead in range(1, MONTH_DAYS + 1):
        day = situation.today + timedelta(days=ahead)
        left = room(situation.sums.as_of(day), of_day or day, situation.policy_on(day))
        if left.holds(difference):
            return situation.start_of(day)
    return None


def _first_window(situation: Situation, severity: int) -> Holding:
    open_ms = first_window_ms(PART_WORDS, situation.words_per_minute)
    points = cost(severity=severity, modality=Modality.TEXT, share=THOUSAND, open_ms=open_ms)
    return Holding(
        points_reserved=points,
        extreme_reserved=points if severity == EXTREME else 0,
        open_ms_reserved=open_ms,
    )


def reveal_refusal(
    situation: Situation, stimulus: Stimulus, view: ViewRecord | None, change: Change
) -> Refusal | None:
    """Why a reveal (`change`) of that stimulus is refused; None if it may go ahead. `view` is a re-opened one."""
    refusal = consent_refusal(situation) or break_refusal(situation)
    if refusal is not None:
        return refusal
    seen_before = view is not None and stimulus.severity <= view.severity
    if not seen_before and stimulus.severity > severity_cap(situation):
        return refuse(RefusalCode.NOT_CLEARED)
    # What was begun may be finished, but not against what its person has chosen since.
    refused = situation.refused_categories if view is None else situation.choices.refused
    if not refused.isdisjoint(stimulus.categories) or (
        stimulus.severity == EXTREME and not situation.extreme_opt_in
    ):
        return refuse(RefusalCode.NOT_CLEARED)
    # A budget is spent when not even the mildest fits: then nothing passes but what is surely benign.
    if (
        not seen_before
        and stimulus.severity == 0
        and not stimulus.is_surely_benign
        and affordable_severity(situation) == 0
    ):
        return _budget_refusal(situation, _first_window(situation, MILD), of_day=None)
    return disclosure_refusal(situation, change)


def disclosure_refusal(situation: Situation, change: Change) -> Refusal | None:
    """Why a reveal, step or `more` is refused by a budget or by the hard ceiling of a stretch."""
    view = change.after
    if not room(situation.sums, view.day, situation.policy).holds(change.difference):
        of_day = None if change.before is None else view.day
        return _budget_refusal(situation, change.difference, of_day=of_day)
    clock = breaks.revealing(situation.break_clock, situation.now)
    if breaks.passes_hard_stretch(clock, view.window_ends_at):
        until = later(situation.now, situation.policy.micro_length_ms)
        return refuse(RefusalCode.BREAK_DUE, until, words.HARD_STRETCH)
    return None


def _budget_refusal(situation: Situation, difference: Holding, *, of_day: date | None) -> Refusal:
    budget = spent(situation.sums, of_day or situation.today, situation.policy, difference) or Budget.DAY
    until = _fits_at(situation, difference, of_day=of_day)
    return refuse(RefusalCode.BUDGET_SPENT, until, words.BUDGET_SPENT[budget])


def _preferred(verdicts: tuple[int, ...]) -> int | None:
    recent = verdicts[: BENIGN_EVERY - 1]
    if len(recent) == BENIGN_EVERY - 1 and 0 not in recent:
        return 0
    if EXTREME in verdicts[:COOL_DOWN_TASKS]:
        return COOL_DOWN_MAX
    return None


def _off_screen_until(situation: Situation) -> datetime | None:
    if _severe_run(situation) < SEVERE_RUN or situation.last_closed_at is None:
        return None
    until = later(situation.last_closed_at, OFF_SCREEN_MS)
    return until if situation.now < until else None


def _severe_run(situation: Situation) -> int:
    """How many of the last views were of S3+ in a row. A milder one ends the run, and so does a minute off the screen."""
    run = 0
    for verdict, rested in zip(situation.verdicts, situation.rested, strict=True):
        if verdict < SEVERE:
            break
        run += 1
        if rested:
            break
    return run
