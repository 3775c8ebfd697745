"""Each cell of view_states.CELLS, against the real operations and a real database."""

import pytest

from tests.factories.wellbeing import (
    PART,
    WHOLE,
    advance,
    advance_to,
    alone,
    claim,
    clear,
    conceal,
    fill,
    more,
    reveal,
    settle,
    sql,
    step,
)
from tests.integration.wellbeing.view_states import CELLS, STATES, Event, as_markdown
from wellbeing import interface, jobs
from wellbeing.domain.policy import Scope
from wellbeing.interface import BreakKind, Refusal, View, exposure_of
from wellbeing.models import ExposureView, PolicyVersion

pytestmark = pytest.mark.django_db

WINDOW_SECONDS = 35  # thirty words at 120 a minute, and twenty seconds


def bring_to(state, person):
    """A view of "lease:1" in that state, half of it disclosed and seen for twenty seconds."""
    clear(person)
    if state == "none":
        return
    reveal(person, disclosure=PART)
    advance(seconds=20 if state != "overdue" else WINDOW_SECONDS + 1)
    if state == "closed":
        conceal(person)
    elif state == "settled":
        settle(person)


def state_of(person):
    view = ExposureView.objects.filter(dosimeter_id=person.pk, occasion="lease:1").first()
    if view is None:
        return "none"
    if view.settled_at:
        return "settled"
    if view.closed_at:
        return "closed"
    return "overdue" if view.window_ends_at <= interface.now() else "open"


def points_of(person):
    """As pages read it: an overdue view counts as closed."""
    return exposure_of(person_id=person.pk, looked_by=person.pk).week_points.used


def make_break_due(person):
    sql(
        """
        UPDATE dosimeter SET stretch_started_at = respite_now() - interval '51 minutes',
               long_stretch_started_at = respite_now() - interval '51 minutes',
               last_activity_at = respite_now() - interval '1 minute'
         WHERE person_id = %s
        """,
        person.pk,
    )


def spend(person):
    """Leave too little of the day for anything but what the day holds already."""
    fill(person, points_charged=119_900 - points_of(person))


def perform(event, person):
    if event is Event.CLAIM:
        return clear(person)
    if event is Event.REVEAL:
        return reveal(person, disclosure=PART)
    if event is Event.REVEAL_ELSEWHERE:
        return reveal(person, "lease:2", disclosure=PART)
    if event is Event.REVEAL_WHEN_BREAK_DUE:
        return reveal(person, disclosure=PART)
    if event is Event.REVEAL_WHEN_SPENT:
        return reveal(person, disclosure=PART)
    if event in {Event.STEP, Event.STEP_WHEN_BREAK_DUE}:
        return step(person, disclosure=WHOLE)
    if event in {Event.MORE, Event.MORE_WHEN_SPENT}:
        return more(person, window=1)
    if event is Event.CONCEAL:
        return conceal(person, "lease:1")
    if event is Event.SETTLE:
        return settle(person, verdict=2)
    if event is Event.SETTLE_HIGHER:
        return settle(person, verdict=4)
    if event is Event.SETTLE_WITHOUT_VERDICT:
        return settle(person, verdict=None)
    if event is Event.BREAK:
        return interface.start_break(person_id=person.pk, kind=BreakKind.LONG)
    if event is Event.STOP:
        return interface.stop(person_id=person.pk)
    if event is Event.FOUR_O_CLOCK:
        return advance(seconds=10) and None
    if event is Event.TIGHTENED:
        PolicyVersion.objects.create(
            scope=Scope.ORGANISATION, numbers={"day_points": 1}, valid_from=interface.now(), reason="test"
        )
        return None
    assert event is Event.BEAT
    jobs.close_overdue()
    return None


def named(answer):
    if answer is None:
        return "nothing"
    if isinstance(answer, Refusal):
        return answer.code.value
    return {"View": "view", "Clearance": "clearance", "BreakStarted": "break"}[type(answer).__name__]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("event", Event)
def test_cell(event, state, labeler):
    cell = CELLS[event][state]
    if event is Event.FOUR_O_CLOCK:
        # So that four o'clock falls between what happened and ten seconds later, in the window of an open view.
        advance_to(3, 59, 15 if state == "overdue" else 35)
    bring_to(state, labeler)
    days = set(ExposureView.objects.values_list("day", flat=True))
    if event in {Event.REVEAL_WHEN_BREAK_DUE, Event.STEP_WHEN_BREAK_DUE}:
        make_break_due(labeler)
    if event in {Event.REVEAL_WHEN_SPENT, Event.MORE_WHEN_SPENT}:
        spend(labeler)
    before = points_of(labeler)

    answer = perform(event, labeler)

    after = points_of(labeler)
    moved = "more" if after > before else "less" if after < before else "same"
    assert (named(answer), state_of(labeler), moved) == (cell.answer, cell.after, cell.points)
    if isinstance(answer, View) and event is not Event.REVEAL_ELSEWHERE:
        assert answer.state == cell.after
    if event is Event.FOUR_O_CLOCK and state != "none":
        assert interface.now().hour == 4
        conceal(labeler)
        settle(labeler)
        assert set(ExposureView.objects.values_list("day", flat=True)) == days
        assert exposure_of(person_id=labeler.pk, looked_by=labeler.pk).points.used == 0


@pytest.mark.parametrize("state", STATES)
def test_after_a_tightened_limit_only_more_exposure_is_refused(state, labeler):
    bring_to(state, labeler)
    perform(Event.TIGHTENED, labeler)
    for answer in (reveal(labeler, "lease:9"), step(labeler), more(labeler)):
        assert isinstance(answer, Refusal)
    assert conceal(labeler, "lease:1") is None or state != "none"
    settled = settle(labeler)
    assert settled is None or settled.state == "settled"


@pytest.mark.parametrize("state", STATES)
def test_benign_work_goes_on_after_a_tightened_limit(state, labeler):
    bring_to(state, labeler)
    perform(Event.TIGHTENED, labeler)
    conceal(labeler)
    cleared = claim(labeler)
    assert cleared.confirmed_benign_only
    assert isinstance(reveal(labeler, "lease:9", severity=0), View)


def test_the_table_is_whole_and_prints():
    assert set(CELLS) == set(Event)
    assert all(tuple(row) == STATES for row in CELLS.values())
    assert as_markdown().count("\n") == len(Event) + 1
    assert alone(interface.now)
