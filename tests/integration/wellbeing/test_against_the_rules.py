"""Random days, once through the real operations and once through the pretended person of the unit tests.

Time stands still between steps (the owner replaces respite_now()), so that both must agree to the millisecond, also at
the very moment at which a pause, a window or a stretch ends. This is what says that the one big read, the sums in SQL
and the marks of `claimed` mean the same as the rules.
"""

import random
from datetime import UTC, datetime, timedelta

import pytest

from tests.factories.people import person
from tests.factories.wellbeing import (
    PART,
    WHOLE,
    alone,
    claim,
    conceal,
    more,
    reveal,
    settle,
    sql,
    step,
    stimulus,
)
from tests.unit.wellbeing.pretend import Pretended
from wellbeing import interface
from wellbeing.domain.clearance import Clearance, Refusal
from wellbeing.domain.policy import Policy, Scope, combined
from wellbeing.models import DoseDay, Dosimeter, ExposureView, PolicyVersion
from wellbeing.queries.ledger import differences
from wellbeing.queries.situation import read_situation

pytestmark = pytest.mark.django_db(transaction=True)

STANDING_CLOCK = """
CREATE TABLE public.standing_clock AS SELECT timestamptz '2026-03-02 09:00+00' AS at;
GRANT SELECT, UPDATE ON public.standing_clock TO respite_app;
CREATE OR REPLACE FUNCTION public.respite_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS
    'SELECT at FROM public.standing_clock';
"""
WAITS = [0, 1, 20, 35, 50, 59, 60, 61, 299, 300, 301, 599, 899, 900, 901, 1_500, 3_000, 4 * 3_600, 19 * 3_600]
SEEDS = 12
# So tight that breaks and budgets are met all the time.
TIGHT = {
    "day_points": 14_000,
    "day_extreme_points": 6_000,
    "week_points": 25_000,
    "micro_after_ms": 12 * 60_000,
    "micro_after_points": 4_000,
    "long_after_ms": 40 * 60_000,
    "long_after_points": 9_000,
}
STEPS = 45


@pytest.fixture
def _nine_in_the_morning():
    """Here the clock stands."""


@pytest.fixture
def clock(owner_connection):
    owner_connection.execute(STANDING_CLOCK)


class Both:
    """One person, twice."""

    def __init__(self, number: int, policy: Policy) -> None:
        self.real = person(f"both{number}")
        interface.opt_in_to_extreme(person_id=self.real.pk)
        self.pretended = Pretended(policy, now=datetime(2026, 3, 2, 9, tzinfo=UTC))
        self.set_time()
        self.lease = 0

    def set_time(self) -> None:
        sql("UPDATE standing_clock SET at = %s", self.pretended.now)

    @property
    def occasion(self) -> str:
        return f"lease:{self.lease}"

    def wait(self, seconds: int) -> None:
        self.pretended.now += timedelta(seconds=seconds)
        self.set_time()

    def claim(self) -> tuple[object, object]:
        return claim(self.real), self.pretended.claim()

    def reveal(self, rng: random.Random) -> tuple[object, object]:
        severity = rng.choice([0, 1, 2, 2, 3, 3, 4])
        disclosure = rng.choice([PART, WHOLE])
        pretended = self.pretended.reveal(self.occasion, stimulus(severity), disclosure)
        return reveal(self.real, self.occasion, severity, disclosure), pretended

    def same(self) -> None:
        real = read_situation(person_id=self.real.pk, occasion=self.occasion)
        assert real is not None
        pretended = self.pretended.read(self.occasion)
        for name in (
            "now",
            "open_view",
            "occasion_view",
            "verdicts",
            "rested",
            "due_break",
            "points_since_pause",
            "today",
        ):
            mine, theirs = getattr(real, name), getattr(pretended, name)
            if name.endswith("view"):
                mine, theirs = anonymous(mine), anonymous(theirs)
            assert mine == theirs, name
        assert real.break_clock == pretended.break_clock
        assert (real.sums.week_points, real.sums.month_points) == (
            pretended.sums.week_points,
            pretended.sums.month_points,
        )
        assert real.sums.of(real.today) == pretended.sums.of(real.today)


def anonymous(view: object) -> object:
    """Everything of a view but the reference, which is drawn at random, and the version it was opened under."""
    return None if view is None else {**vars(view), "ref": None, "purpose": None, "policy_version": None}


def said(answer: object) -> object:
    return answer.code if isinstance(answer, Refusal) else answer if isinstance(answer, Clearance) else None


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [({}, {"view_open", "view_settled"}), (TIGHT, {"view_open", "break_due", "budget_spent", "not_cleared"})],
)
def test_the_operations_do_what_the_rules_say(numbers, expected, clock):
    # Began long ago, for the standing clock must not show a version of tomorrow.
    PolicyVersion.objects.create(
        scope=Scope.ORGANISATION, numbers=numbers, valid_from=datetime(2026, 1, 1, tzinfo=UTC), reason="test"
    )
    refused: set[str] = set()
    for seed in range(SEEDS):
        rng = random.Random(seed)
        both = Both(seed, combined([numbers]))
        for _ in range(STEPS):
            real, pretended = act(both, rng)
            if pretended is not None:
                assert said(real) == said(pretended), seed
            if isinstance(real, Refusal):
                refused.add(real.code.value)
            both.same()
    assert expected <= refused
    assert differences() == []
    assert ExposureView.objects.count() > SEEDS
    assert DoseDay.objects.exists()
    assert Dosimeter.objects.count() == SEEDS


def act(both: Both, rng: random.Random) -> tuple[object, object]:
    what = rng.choice(
        ["wait", "wait", "wait", "claim", "next", "next", "again", "step", "more", "hide", "settle"]
    )
    who, model = both.real, both.pretended
    if what == "wait":
        both.wait(rng.choice(WAITS))
        return None, None
    if what == "claim":
        return both.claim()
    if what in {"next", "again"}:
        both.lease += what == "next"
        # An open view of the same occasion is a repetition or a step; the pretended person has no such second tab.
        view = model.views.get(both.occasion)
        if view is not None and view.state_at(model.now) == "open":
            return None, None
        return both.reveal(rng)
    if what == "settle":
        verdict = rng.choice([None, 0, 1, 2, 3, 4])
        view = model.views.get(both.occasion)
        if view is None or view.settled_at is not None:
            return None, None
        model.settle(both.occasion, verdict)
        return settle(who, both.occasion, verdict), None
    open_view = next((v for v in model.views.values() if v.state_at(model.now) == "open"), None)
    if what == "hide":
        model.conceal()
        return conceal(who), None
    if open_view is None:
        return None, None
    if what == "step":
        answer = model.step()
        return step(who, open_view.occasion, WHOLE), answer
    answer = model.more()
    return more(who, open_view.occasion, open_view.window), answer


def test_the_standing_clock_is_what_both_read(clock):
    assert alone(interface.now) == datetime(2026, 3, 2, 9, tzinfo=UTC)
