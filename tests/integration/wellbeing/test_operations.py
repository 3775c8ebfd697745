"""Each operation on views: what it answers, what it costs, how many statements it takes."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories.wellbeing import (
    PART,
    WHOLE,
    advance,
    alone,
    claim,
    clear,
    conceal,
    fill,
    label,
    more,
    reveal,
    settle,
    sql,
    step,
    stimulus,
)
from wellbeing import interface
from wellbeing.domain.points import cost
from wellbeing.interface import (
    Clearance,
    Disclosure,
    Modality,
    NoSuchPerson,
    NoTransaction,
    Purpose,
    Refusal,
    View,
    ViewState,
)
from wellbeing.models import DoseDay, Dosimeter, ExposureView, LedgerEntry

pytestmark = pytest.mark.django_db


def test_somebody_new_is_cleared_and_has_a_dosimeter_from_then_on(labeler):
    assert not Dosimeter.objects.exists()
    assert clear(labeler) == Clearance(max_severity=3)
    assert Dosimeter.objects.get().person == labeler


def test_a_view_from_reveal_to_verdict(labeler):
    shown = reveal(labeler, disclosure=PART)
    assert isinstance(shown, View)
    assert (shown.state, shown.share, shown.window, shown.seconds_left) == (ViewState.OPEN, 500, 1, 35)
    assert shown.milli_points == cost(severity=2, modality=Modality.TEXT, share=500, open_ms=35_000)
    advance(seconds=20)
    grown = step(labeler, disclosure=WHOLE)
    assert isinstance(grown, View)
    assert (grown.share, (grown.window_ends_at - shown.window_ends_at).seconds) == (1_000, 15)
    longer = more(labeler, window=1)
    assert isinstance(longer, View)
    assert (longer.window, (longer.window_ends_at - grown.window_ends_at).seconds) == (2, 60)
    advance(seconds=20)
    done = settle(labeler, verdict=3)
    assert done is not None
    row = ExposureView.objects.get()
    assert 40_000 <= row.open_ms < 41_000
    assert (
        done.milli_points
        == row.charged
        == cost(severity=3, modality=Modality.TEXT, share=1_000, open_ms=row.open_ms)
    )
    day = DoseDay.objects.get()
    assert (day.points_reserved, day.points_charged) == (0, row.charged)
    assert day.points_admitted == longer.milli_points
    assert [entry.kind for entry in LedgerEntry.objects.order_by("seq")] == [
        "reserve",
        "extend",
        "extend",
        "settle",
    ]


def test_everything_can_be_said_twice(labeler):
    first = reveal(labeler, disclosure=PART)
    assert reveal(labeler, disclosure=PART).opened_at == first.opened_at
    assert step(labeler).milli_points == step(labeler).milli_points
    assert more(labeler, window=1).window == more(labeler, window=1).window == 2
    assert conceal(labeler, "lease:1").milli_points == conceal(labeler, "lease:1").milli_points
    assert settle(labeler).milli_points == settle(labeler).milli_points
    assert LedgerEntry.objects.count() == 5


def test_a_reveal_of_more_than_is_open_is_a_step(labeler):
    """A second tab that asks for the whole of it must not get it at the price of a part."""
    reveal(labeler, disclosure=PART)
    whole = reveal(labeler, disclosure=WHOLE)
    assert isinstance(whole, View)
    assert whole.share == 1_000
    assert LedgerEntry.objects.last().kind == "extend"


def test_another_window_number_is_taken(labeler):
    reveal(labeler)
    assert more(labeler, window=7).code == "window_taken"
    assert more(labeler, window=1).window == 2
    assert more(labeler, window=2).window == 3
    assert more(labeler, window=1).code == "window_taken"


def test_the_server_measures_and_a_lost_conceal_ends_with_the_window(labeler):
    reveal(labeler)
    advance(hours=3)
    reveal(labeler, "lease:2")
    lost = ExposureView.objects.get(occasion="lease:1")
    assert (lost.open_ms, lost.closed_at) == (50_000, lost.window_ends_at)
    assert [entry.kind for entry in LedgerEntry.objects.order_by("seq")] == ["reserve", "close", "reserve"]


def test_reading_faster_than_anybody_reads_costs_the_reading_time(labeler):
    reveal(labeler)
    conceal(labeler)
    assert ExposureView.objects.get().open_ms == 18_000


def test_an_image_weighs_half_as_much_again(labeler):
    image = reveal(labeler, modality=Modality.IMAGE)
    assert image.milli_points == 1_625, "1.5 · (0.25 + 50/60)"


def test_an_expectation_that_rose_counts_on_the_next_reveal(labeler):
    reveal(labeler, severity=2)
    conceal(labeler)
    before = DoseDay.objects.get().points_reserved
    reveal(labeler, severity=3)
    conceal(labeler)
    assert DoseDay.objects.get().points_reserved >= 2 * before
    assert ExposureView.objects.get().severity == 3


def test_extreme_content_needs_an_opt_in_and_has_its_own_budget(labeler):
    assert reveal(labeler, severity=4).code == "not_cleared"
    interface.opt_in_to_extreme(person_id=labeler.pk)
    first = Dosimeter.objects.get().extreme_opt_in_at
    interface.opt_in_to_extreme(person_id=labeler.pk)
    assert Dosimeter.objects.get().extreme_opt_in_at == first
    assert clear(labeler).max_severity == 4
    assert isinstance(reveal(labeler, severity=4), View)
    assert DoseDay.objects.get().extreme_admitted > 0
    settle(labeler, verdict=4)
    fill(labeler, extreme_charged=29_999)
    assert clear(labeler).max_severity == 3
    assert reveal(labeler, "lease:2", severity=4).code == "budget_spent"
    assert isinstance(reveal(labeler, "lease:2", severity=3), View)
    interface.opt_out_of_extreme(person_id=labeler.pk)
    assert Dosimeter.objects.get().extreme_opt_in_at is None


@pytest.mark.parametrize(
    "held",
    [
        {"points_charged": 119_999},
        {"open_ms_charged": 14_400_000},
        {"points_charged": 50_000, "points_reserved": 70_000},
    ],
)
def test_a_spent_day_leaves_benign_work(held, labeler):
    fill(labeler, **held)
    assert clear(labeler) == Clearance(max_severity=0, confirmed_benign_only=True)
    refused = reveal(labeler, severity=1)
    assert (refused.code, refused.until.hour) == ("budget_spent", 4)
    assert reveal(labeler, severity=0, confirmed_benign=False).code == "budget_spent"
    day = DoseDay.objects.get()
    assert isinstance(reveal(labeler, severity=0), View)
    settle(labeler, verdict=0)
    after = DoseDay.objects.get()
    assert (after.points_admitted, after.points_limit) == (day.points_admitted, day.points_limit)
    assert (after.points_reserved, after.points_charged) == (day.points_reserved, day.points_charged)


def test_a_verdict_may_charge_past_the_limit_but_not_be_refused(labeler):
    fill(labeler, points_charged=118_000)
    assert isinstance(reveal(labeler, severity=2), View)
    advance(seconds=45)
    settle(labeler, verdict=4)
    assert DoseDay.objects.get().points_charged > 120_000


@pytest.mark.parametrize(("days_ago", "limit"), [(6, 480_000), (27, 1_920_000)])
def test_seven_and_twenty_eight_days_are_sums_of_days(days_ago, limit, labeler):
    fill(labeler, days_ago=days_ago, points_charged=limit - 1_300)
    fill(labeler, days_ago=3)  # not long away: that would be another rule
    assert clear(labeler).max_severity == 2
    assert reveal(labeler, severity=3).code == "budget_spent"
    assert isinstance(reveal(labeler, severity=2), View)
    conceal(labeler)
    advance(days=1)
    assert clear(labeler).max_severity == 3


def test_what_was_read_last_orders_what_comes_next(labeler):
    for number, severity in enumerate((1, 2, 1, 1)):
        label(labeler, f"lease:{number}", severity)
    assert clear(labeler).preferred_max_severity == 0
    label(labeler, "lease:5", severity=0)
    assert clear(labeler).preferred_max_severity is None
    settle_extreme(labeler)
    assert clear(labeler).preferred_max_severity == 1


def settle_extreme(person):
    reveal(person, "lease:extreme")
    settle(person, "lease:extreme", verdict=4)


def test_after_three_severe_ones_a_minute_off_screen(labeler):
    for number in range(3):
        label(labeler, f"lease:{number}", severity=3)
    waiting = clear(labeler)
    assert (waiting.max_severity, waiting.wait_max_severity) == (2, 3)
    assert 55 < (waiting.wait_until - interface.now()).total_seconds() <= 60
    advance(seconds=61)
    assert clear(labeler).max_severity == 3


def test_late_in_the_day_at_most_moderate_counted_from_the_first_claim(labeler):
    claim(labeler)
    advance(minutes=239)
    assert claim(labeler).max_severity == 3
    advance(minutes=1)
    assert claim(labeler).max_severity == 2
    assert reveal(labeler, severity=3).code == "not_cleared"
    advance(hours=24)
    assert claim(labeler).max_severity == 3


def test_the_clearance_goes_by_the_persons_own_pace(labeler):
    fill(labeler, points_charged=120_000 - 1_300)
    assert clear(labeler).max_severity == 2
    labeler.pace_words_per_minute = 40
    labeler.save()
    assert clear(labeler).max_severity == 1


def test_nobody_sees_anothers_view(labeler, second_labeler):
    reveal(labeler)
    assert conceal(second_labeler, "lease:1") is None
    assert settle(second_labeler) is None
    assert isinstance(reveal(second_labeler), View)
    assert ExposureView.objects.filter(closed_at=None).count() == 2


@pytest.mark.parametrize("verdict", [-1, 5])
def test_a_verdict_that_cannot_be_is_refused(verdict, labeler):
    with pytest.raises(ValueError, match="verdict"):
        settle(labeler, verdict=verdict)


def test_unknown_people_are_refused():
    with pytest.raises(NoSuchPerson), transaction.atomic():
        interface.clear(person_id=987_654)


@pytest.mark.django_db(transaction=True)
def test_every_decision_wants_a_transaction(labeler):
    calls = {
        "clear": {},
        "claimed": {},
        "reveal": {
            "occasion": "a",
            "purpose": Purpose.LABEL,
            "stimulus": stimulus(),
            "disclosure": WHOLE,
            "words_per_minute": 120,
        },
        "step": {"occasion": "a", "disclosure": WHOLE, "words_per_minute": 120},
        "more": {"occasion": "a", "window": 1},
        "conceal": {},
        "settle": {"occasion": "a", "verdict": 1},
    }
    for name, arguments in calls.items():
        with pytest.raises(NoTransaction):
            getattr(interface, name)(person_id=labeler.pk, **arguments)
    assert not Dosimeter.objects.exists()


@pytest.mark.parametrize(
    ("operation", "most"),
    [
        (lambda who: interface.clear(person_id=who.pk), 2),
        (lambda who: interface.claimed(person_id=who.pk), 1),
        (lambda who: _reveal(who, "lease:2"), 4),
        (lambda who: _reveal(who, "lease:1"), 4),
        (lambda who: interface.step(person_id=who.pk, occasion="x", disclosure=WHOLE, words_per_minute=1), 3),
        (lambda who: interface.conceal(person_id=who.pk), 3),
        (lambda who: interface.settle(person_id=who.pk, occasion="lease:1", verdict=3), 4),
    ],
)
@pytest.mark.parametrize("state", ["open", "closed", "overdue"])
def test_statements(operation, most, state, labeler):
    for number in range(12):
        label(labeler, f"past:{number}")
    advance(minutes=6)
    reveal(labeler)
    if state == "closed":
        conceal(labeler)
    if state == "overdue":
        advance(minutes=4)
        most += 1 if most in (2, 3) else 0
    with transaction.atomic(), CaptureQueriesContext(connection) as statements:
        operation(labeler)
    assert len(statements) <= most, [statement["sql"][:80] for statement in statements]
    assert "FOR UPDATE" in statements[0]["sql"] or most == 1


def _reveal(who, occasion):
    return interface.reveal(
        person_id=who.pk,
        occasion=occasion,
        purpose=Purpose.PREVIEW,
        stimulus=stimulus(),
        disclosure=Disclosure(60, 60),
        words_per_minute=120,
    )


def test_every_purpose_is_metered_alike(labeler):
    points = set()
    for purpose in Purpose:
        shown = alone(
            interface.reveal,
            person_id=labeler.pk,
            occasion=purpose.value,
            purpose=purpose,
            stimulus=stimulus(),
            disclosure=WHOLE,
            words_per_minute=120,
        )
        points.add(shown.milli_points)
        conceal(labeler)
    assert len(points) == 1


def test_a_reveal_that_is_rolled_back_leaves_nothing(labeler):
    clear(labeler)
    with transaction.atomic():
        _reveal(labeler, "lease:1")
        transaction.set_rollback(True)
    assert not ExposureView.objects.exists()
    assert not LedgerEntry.objects.exists()
    assert sql("SELECT last_activity_at FROM dosimeter") == [(None,)]


def test_refusals_say_why_in_plain_words(labeler):
    reveal(labeler)
    for refused in (reveal(labeler, "lease:2"), more(labeler, window=9), step(labeler, "lease:3")):
        assert isinstance(refused, Refusal)
        assert refused.why.endswith(".")
