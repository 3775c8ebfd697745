"""Nobody can guess from a lead's pages who stopped, and who opted out.

A thousand months of people at work are drawn, once each way, at the same points and minutes a day. A guesser is given
what a lead can read of one person (points, minutes, the week, on shift or not) and has to tell a stop from a voluntary
break of the same length, and somebody with opt-outs from somebody without. It does no better than a coin. Given one
thing more that a lead does not see, it does: that is the twin, without which this would prove nothing.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

import numpy as np
import pytest
from django.db import transaction
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from people.permissions import Role
from tests.factories.people import person
from tests.factories.wellbeing import fill, label
from wellbeing import interface
from wellbeing.domain.breaks import BreakKind
from wellbeing.domain.budget import Sums
from wellbeing.domain.calendar import Shift, on_shift
from wellbeing.domain.choices import Choices
from wellbeing.domain.exposure import TeamExposure, team_exposure_at
from wellbeing.domain.view import Holding
from wellbeing.models import BreakTaken, CategoryChoice
from wellbeing.queries.exposure import situation_of

HISTORIES = 1_000
SEED = 20261124
NO_BETTER_THAN_A_COIN = 0.55
Features = list[float]


@dataclass(frozen=True)
class Day:
    """One simulated day of one person: what they met, and what nobody else is to know."""

    seen: TeamExposure
    is_at_work: bool
    stopped: bool
    opted_out: bool


def auroc(rows: Sequence[Features], answers: Sequence[bool]) -> float:
    """How well a logistic regression tells the two apart on people it has not seen; 0.5 is a coin."""
    folds = StratifiedKFold(5, shuffle=True, random_state=SEED)
    guesser = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500))
    return float(np.mean(cross_val_score(guesser, np.array(rows), answers, cv=folds, scoring="roc_auc")))


def what_a_lead_reads(day: Day) -> Features:
    """Each number of a row of the board, and whether the calendar has the person on shift."""
    seen = day.seen
    return [
        float(seen.points.used),
        float(seen.points.limit),
        float(seen.open_ms.used),
        float(seen.open_ms.limit),
        float(seen.week_points.used),
        float(seen.week_points.limit),
        float(seen.plannable_points),
        float(len(seen.in_words)),
        float(day.is_at_work),
    ]


@pytest.fixture
def history(labeler) -> Callable[[random.Random, bool, bool], Day]:
    """Draws a day from the pure rules that the board is made of: `history(dice, stopped, opted_out)`."""
    plain = situation_of(labeler.pk)
    noon = datetime.combine(plain.today, time(12), tzinfo=UTC)

    def draw(dice: random.Random, stopped: bool, opted_out: bool) -> Day:
        points = int(dice.triangular(0, 120_000, 70_000))
        held = Holding(
            points_charged=points * (3 if opted_out and dice.random() < 0.3 else 2) // 2,
            policy_points_charged=points,
            open_ms_charged=int(points * dice.uniform(40, 90)),
        )
        week = points + int(dice.triangular(0, 300_000, 150_000))
        sums = Sums(
            today=plain.today,
            days={plain.today: held},
            week_points=week + held.points - points,
            month_points=week * 3,
            policy_week_points=week,
        )
        began = noon + timedelta(minutes=dice.randint(-180, 180))
        # The same length either way, as operations.breaks.stop has it; and nobody keeps which of the two it was.
        situation = replace(
            plain,
            sums=sums,
            break_ends_at=began + timedelta(minutes=5),
            choices=Choices(refused=frozenset({"self-harm"}) if opted_out else frozenset(), heavier={}),
            verdicts=tuple(dice.choices(range(5), k=5)),
            # Somebody who stops has an open view more often than somebody at the end of a task.
            last_closed_at=began if stopped else began - timedelta(seconds=dice.randint(5, 90)),
        )
        shift = Shift(plain.today.weekday(), time(dice.choice([6, 8, 10])), time(dice.choice([14, 16, 18])))
        return Day(
            team_exposure_at(situation),
            bool(on_shift(shifts=[shift], leaves=[], moment=noon, time_zone="UTC")),
            stopped,
            opted_out,
        )

    return draw


@pytest.fixture
def days(history: Callable[[random.Random, bool, bool], Day]) -> list[Day]:
    dice = random.Random(SEED)
    return [history(dice, number % 2 == 0, number % 4 < 2) for number in range(HISTORIES)]


def test_stops_cannot_be_told_from_voluntary_breaks(days: list[Day]) -> None:
    score = auroc([what_a_lead_reads(day) for day in days], [day.stopped for day in days])

    assert 1 - NO_BETTER_THAN_A_COIN <= score <= NO_BETTER_THAN_A_COIN


def test_people_with_opt_outs_cannot_be_told_from_those_without(days: list[Day]) -> None:
    score = auroc([what_a_lead_reads(day) for day in days], [day.opted_out for day in days])

    assert 1 - NO_BETTER_THAN_A_COIN <= score <= NO_BETTER_THAN_A_COIN


@pytest.mark.parametrize("secret", ["stopped", "opted_out"])
def test_a_guesser_who_is_shown_more_does_better(days: list[Day], secret: str) -> None:
    """The twin: with what is private beside the rest, though wrong one time in twenty, it is guessed."""
    dice = random.Random(SEED)
    rows = [[*what_a_lead_reads(day), float(getattr(day, secret) != (dice.random() < 0.05))] for day in days]

    assert auroc(rows, [getattr(day, secret) for day in days]) > 0.9


def test_points_at_ones_own_weight_would_give_opt_outs_away(history) -> None:
    """The twin of policy weights: if the board showed what a person's own weights make of it, guessing would pay."""
    dice = random.Random(SEED)
    rows, answers = [], []
    for number in range(HISTORIES):
        day = history(dice, False, number % 2 == 0)
        at_own_weight = day.seen.points.used * (3 if day.opted_out else 2) / 2
        rows.append([*what_a_lead_reads(day), at_own_weight])
        answers.append(day.opted_out)

    assert auroc(rows, answers) > 0.9


@pytest.mark.django_db
def test_what_is_kept_of_a_stop_is_what_is_kept_of_a_short_break(team) -> None:
    """The histories above rest on this: with the real operations the rows are the same, and so is the board."""
    kept = []
    for name, rest in (
        ("stops", interface.stop),
        ("rests", lambda person_id: interface.start_break(person_id=person_id, kind=BreakKind.MICRO)),
    ):
        one = person(name, Role.LABELER, team)
        label(one, f"lease:{name}")
        before = team_exposure_at(situation_of(one.pk))
        rest(person_id=one.pk)
        assert team_exposure_at(situation_of(one.pk)) == before
        taken = BreakTaken.objects.get(dosimeter_id=one.pk)
        kept.append((taken.kind, taken.paid, round((taken.ends_at - taken.started_at).total_seconds())))

    assert kept[0] == kept[1]


@pytest.mark.django_db
def test_an_opt_out_changes_no_row_of_the_board(team) -> None:
    one, other = person("one", Role.LABELER, team), person("other", Role.LABELER, team)
    for each in (one, other):
        fill(each, points_charged=50_000, open_ms_charged=3_000_000)
    with transaction.atomic():
        interface.name_categories(categories=[("rude", "Rude", ())])
        interface.choose_category(person_id=one.pk, category="rude", refused=True)
    assert CategoryChoice.objects.filter(person=one).exists()

    seen = [replace(team_exposure_at(situation_of(each.pk)), person_id=0) for each in (one, other)]

    assert seen[0] == seen[1]
