"""The one decision: may this person take something new now, and what. Pure; the caller holds the lock.

More exposure never gives a milder answer, a due break is never missed, and every refusal that can pass says when.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from wellbeing.domain import breaks, words
from wellbeing.domain.budget import room
from wellbeing.domain.day import turn_after
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
    nobody has estimated may be handed out.
    """

    max_severity: int
    preferred_max_severity: int | None = None
    refused_categories: frozenset[str] = frozenset()
    confirmed_benign_only: bool = False
    wait_until: datetime | None = None
    wait_max_severity: int | None = None
    takes_unrated: bool = True

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
    cleared = Clearance(
        max_severity=min(severity_cap(situation), affordable_severity(situation)),
        refused_categories=situation.refused_categories,
        takes_unrated=situation.takes_unrated,
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
    open_ms = first_window_ms(PART_WORDS, situation.words_per_minute)
    left = room(situation.sums, situation.today, situation.policy)
    for severity in range(EXTREME, 0, -1):
        points = cost(severity=severity, modality=Modality.TEXT, share=THOUSAND, open_ms=open_ms)
        extreme = points if severity == EXTREME else 0
        if left.holds(Holding(points_reserved=points, extreme_reserved=extreme, open_ms_reserved=open_ms)):
            return severity
    return 0


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
        return budget_refusal(situation, change)
    return disclosure_refusal(situation, change)


def disclosure_refusal(situation: Situation, change: Change) -> Refusal | None:
    """Why a reveal, step or `more` is refused by a budget or by the hard ceiling of a stretch."""
    view = change.after
    if not room(situation.sums, view.day, situation.policy).holds(change.difference):
        return budget_refusal(situation, change)
    clock = breaks.revealing(situation.break_clock, situation.now)
    if breaks.passes_hard_stretch(clock, view.window_ends_at):
        until = later(situation.now, situation.policy.micro_length_ms)
        return refuse(RefusalCode.BREAK_DUE, until, words.HARD_STRETCH)
    return None


def budget_refusal(situation: Situation, change: Change) -> Refusal:
    return refuse(RefusalCode.BUDGET_SPENT, turn_after(situation.today, situation.time_zone))


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
