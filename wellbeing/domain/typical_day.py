"""What a day under a policy looks like: the rules themselves, played with one kind of work at one pace.

Nothing is estimated. Each view is cleared, opened, answered and charged by the functions that decide in earnest; due
breaks are taken at once. What is not known before (who skips, who looks longer) is not in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import cycle
from uuid import UUID

from people.sentences import sentence
from wellbeing.domain import view as life
from wellbeing.domain.breaks import BreakKind
from wellbeing.domain.budget import Sums
from wellbeing.domain.clearance import (
    OFF_SCREEN_MS,
    VERDICTS_NEEDED,
    Clearance,
    Refusal,
    decide,
    reveal_refusal,
)
from wellbeing.domain.policy import Policy
from wellbeing.domain.ramp import EXPERIENCED, Ramp, ramped
from wellbeing.domain.situation import ChainEnd, Situation
from wellbeing.domain.stimulus import Disclosure, Modality, Purpose, Stimulus
from wellbeing.domain.window import between_ms, later

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SHIFT_MS = 8 * 60 * 60_000  # a day ends with the shift, if no limit ends it before
OPEN_MS, CARD_MS = 20_000, 10_000
WORDS = 60


@dataclass(frozen=True)
class Mix:
    """The work of a day: `found` are the severities that come, in turn, and again from the start.

    `expected` is what an item is set aside at when nobody has estimated it; None: as severe as it is.
    """

    name: str
    found: tuple[int, ...]
    expected: int | None = None


# Half S0, a quarter S1, a fifth S2 and one in twenty S3, spread evenly.
MIXED = (0, 1, 0, 2, 0, 1, 0, 2, 0, 1, 0, 3, 0, 1, 0, 2, 0, 1, 0, 2)
MIXES = (
    Mix(sentence("all mild"), (1,)),
    Mix(sentence("all moderate"), (2,)),
    Mix(sentence("all severe"), (3,)),
    Mix(sentence("a mix"), MIXED),
)
UNRATED = Mix("not known before", MIXED, expected=2)


class Doing(StrEnum):
    """What a stretch of the day is."""

    WORK = "work"
    SHORT_BREAK = "short break"
    LONG_BREAK = "long break"
    OFF_SCREEN = "off the screen"


class End(StrEnum):
    """What ended the day."""

    LIMIT = "limit"
    SHIFT = "shift"
    NOTHING = "nothing of it may be handed out"


@dataclass(frozen=True)
class Stretch:
    """From when to when, in milliseconds since the day began. `views` and `points` (milli-EP) of work alone."""

    doing: Doing
    starts_ms: int
    ends_ms: int
    views: int = 0
    points: int = 0


@dataclass(frozen=True)
class TypicalDay:
    """One day from its first card to its last answer. `points` in milli-EP."""

    stretches: tuple[Stretch, ...]
    end: End

    @property
    def views(self) -> int:
        return sum(stretch.views for stretch in self.stretches)

    @property
    def points(self) -> int:
        return sum(stretch.points for stretch in self.stretches)

    @property
    def ends_ms(self) -> int:
        return self.stretches[-1].ends_ms if self.stretches else 0

    def breaks(self) -> int:
        return sum(stretch.doing in {Doing.SHORT_BREAK, Doing.LONG_BREAK} for stretch in self.stretches)

    def spent_ms(self, *doing: Doing) -> int:
        return sum(
            stretch.ends_ms - stretch.starts_ms for stretch in self.stretches if stretch.doing in doing
        )


@lru_cache(maxsize=64)
def typical_day(policy: Policy, mix: Mix, ramp: Ramp = EXPERIENCED) -> TypicalDay:
    """The day of somebody at that step of ramp-up, who takes each break when it is due."""
    day = _Day(
        Situation(
            person_id=0,
            now=MORNING,
            time_zone="UTC",
            chain=ChainEnd(UUID(int=0)),
            sums=Sums(today=MORNING.date()),
            policy=ramped(policy, ramp),
            ramp=ramp,
        )
    )
    return TypicalDay(*day.played(mix))


def week_of(policy: Policy, mix: Mix) -> int:
    """On how many days of seven such a whole day fits into the limit of seven days. 0 for a day without points."""
    points = typical_day(policy, mix).points
    return min(7, policy.week_points // points) if points else 7


@dataclass
class _Day:
    """The situation as it goes on, and the stretches so far."""

    now: Situation
    stretches: list[Stretch] = field(default_factory=list)
    since: datetime = MORNING
    views: int = 0
    points: int = 0

    def played(self, mix: Mix) -> tuple[tuple[Stretch, ...], End]:
        stimuli = cycle(_stimuli(mix))
        stimulus, found = next(stimuli)
        while between_ms(MORNING, self.now.now) < SHIFT_MS:
            cleared = decide(self.now)
            if isinstance(cleared, Refusal):
                self._break()
                continue
            if stimulus.severity > cleared.max_severity:
                if cleared.wait_until is not None and stimulus.severity <= (cleared.wait_max_severity or 0):
                    self._rest(Doing.OFF_SCREEN, cleared.wait_until)
                    continue
                passed = self._milder(mix, cleared)
                if passed is None:
                    return self._over(End.LIMIT if self.views or self.stretches else End.NOTHING)
                stimulus, found = passed
            if not self._view(stimulus, found):
                return self._over(End.LIMIT)
            stimulus, found = next(stimuli)
        return self._over(End.SHIFT)

    def _milder(self, mix: Mix, cleared: Clearance) -> tuple[Stimulus, int] | None:
        """The most severe of the work that may still be handed out and counts at all."""
        fitting = [pair for pair in _stimuli(mix) if 0 < pair[0].severity <= cleared.max_severity]
        return max(fitting, key=lambda pair: pair[0].severity, default=None)

    def _view(self, stimulus: Stimulus, found: int) -> bool:
        """Card, reveal, answer. False when the budget refuses the reveal."""
        claimed = self.now.with_activity(self.now.now)
        self.now = replace(
            claimed,
            first_claim_at=claimed.first_claim_at or claimed.now,
            now=later(claimed.now, CARD_MS),
        )
        change = life.opened(
            ref=UUID(int=self.views + 1 + sum(stretch.views for stretch in self.stretches)),
            occasion="",
            purpose=Purpose.LABEL,
            stimulus=stimulus,
            disclosure=Disclosure(WORDS, WORDS, full=True),
            words_per_minute=self.now.words_per_minute,
            now=self.now.now,
            day=self.now.today,
            policy_version=0,
        )
        if reveal_refusal(self.now, stimulus, None, change) is not None:
            return self.now.due_break is not None
        closed_at = self.now.last_closed_at
        rested = closed_at is not None and self.now.now >= later(closed_at, OFF_SCREEN_MS)
        self.now = self.now.with_reveal().after(change)
        self.now = replace(self.now, now=later(self.now.now, OPEN_MS))
        answer = life.settled(change.after, verdict=found, now=self.now.now)
        self.now = self.now.with_activity(self.now.now).after(answer)
        self.now = replace(
            self.now,
            verdicts=(found, *self.now.verdicts[: VERDICTS_NEEDED - 1]),
            rested=(rested, *self.now.rested[: VERDICTS_NEEDED - 1]),
        )
        self.views += 1
        self.points += answer.after.charged
        return True

    def _break(self) -> None:
        due = self.now.due_break
        assert due is not None  # noqa: S101 - nothing else refuses a claim
        doing = Doing.LONG_BREAK if due.kind is BreakKind.LONG else Doing.SHORT_BREAK
        self._rest(doing, due.until)
        stretch_points, long_points = self.now.points_since_pause
        self.now = replace(
            self.now, clock=self.now.break_clock, stretch_points=stretch_points, long_points=long_points
        )

    def _rest(self, doing: Doing, until: datetime) -> None:
        self._work_ends()
        self.stretches.append(Stretch(doing, between_ms(MORNING, self.now.now), between_ms(MORNING, until)))
        self.now = replace(self.now, now=until)
        self.since = until

    def _work_ends(self) -> None:
        if self.now.now > self.since:
            starts, ends = between_ms(MORNING, self.since), between_ms(MORNING, self.now.now)
            self.stretches.append(Stretch(Doing.WORK, starts, ends, self.views, self.points))
        self.views = self.points = 0

    def _over(self, end: End) -> tuple[tuple[Stretch, ...], End]:
        self._work_ends()
        # A day does not end with a rest: whoever is out of work goes home before it.
        while self.stretches and self.stretches[-1].doing is not Doing.WORK:
            self.stretches.pop()
        return tuple(self.stretches), end


def _stimuli(mix: Mix) -> Iterable[tuple[Stimulus, int]]:
    """What comes, with what is found in it."""
    return [(_stimulus(found if mix.expected is None else mix.expected), found) for found in mix.found]


def _stimulus(severity: int) -> Stimulus:
    return Stimulus(Modality.TEXT, severity, confirmed_benign=severity == 0, words=WORDS)


def clock_time(milliseconds: int) -> str:
    """ "11:10": the time of day, for a day that begins at nine."""
    return f"{MORNING + timedelta(milliseconds=milliseconds):%H:%M}"
