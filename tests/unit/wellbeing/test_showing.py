"""What a reveal or a step changes, and what refuses it, by where the view of the occasion stands."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.unit.wellbeing.pretend import PART, TEXT, WHOLE, holding_today, opened_view, situation
from wellbeing.domain import view as life
from wellbeing.domain.clearance import Refusal, RefusalCode
from wellbeing.domain.showing import Showing, revealed, stepped
from wellbeing.domain.stimulus import Disclosure, Purpose
from wellbeing.domain.view import Change, EntryKind, ViewRecord

REF = UUID(int=7)
SPENT = holding_today(points=120_000)


def showing(occasion: str = "lease:1", disclosure: Disclosure = WHOLE) -> Showing:
    return Showing(occasion, Purpose.LABEL, TEXT, disclosure, words_per_minute=120)


def shut(view: ViewRecord) -> ViewRecord:
    return life.closed(view, view.opened_at + timedelta(seconds=20)).after


def refused(outcome: object) -> RefusalCode | None:
    return outcome.code if isinstance(outcome, Refusal) else None


def test_a_first_view_is_reserved_under_its_ref() -> None:
    change = revealed(situation(), showing(), ref=REF)
    assert isinstance(change, Change)
    assert (change.kind, change.before, change.after.ref) == (EntryKind.RESERVE, None, REF)


def test_a_closed_view_is_opened_again_as_the_same_view() -> None:
    view = shut(opened_view(disclosure=PART))
    change = revealed(situation(occasion_view=view), showing(), ref=REF)
    assert isinstance(change, Change)
    assert (change.before, change.after.ref, change.after.window) == (view, view.ref, 2)


def test_more_of_an_open_view_is_a_step_and_the_same_again_is_nothing() -> None:
    view = opened_view(disclosure=PART)
    now = situation(open_view=view, occasion_view=view)
    change = revealed(now, showing(), ref=REF)
    assert isinstance(change, Change)
    assert change.kind is EntryKind.EXTEND
    assert stepped(now, view, disclosure=WHOLE, words_per_minute=120) == change
    assert revealed(now, showing(disclosure=PART), ref=REF) is None
    assert stepped(now, view, disclosure=PART, words_per_minute=120) is None


def test_nothing_is_shown_beside_an_open_view_nor_after_an_answer() -> None:
    other = opened_view()
    assert refused(revealed(situation(open_view=other), showing("lease:2"), ref=REF)) is RefusalCode.VIEW_OPEN
    done = life.settled(other, verdict=1, now=other.opened_at).after
    assert refused(revealed(situation(occasion_view=done), showing(), ref=REF)) is RefusalCode.VIEW_SETTLED


@pytest.mark.parametrize("where", ["nowhere", "closed", "open"])
def test_a_spent_budget_refuses_each_way_to_show_more(where: str) -> None:
    view = opened_view(disclosure=PART)
    now = situation(sums=SPENT)
    if where == "closed":
        now = replace(now, occasion_view=shut(view))
    if where == "open":
        now = replace(now, occasion_view=view, open_view=view)
        spent = stepped(now, view, disclosure=WHOLE, words_per_minute=120)
        assert refused(spent) is RefusalCode.BUDGET_SPENT
    assert refused(revealed(now, showing(), ref=REF)) is RefusalCode.BUDGET_SPENT
