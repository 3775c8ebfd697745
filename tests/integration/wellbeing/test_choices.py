"""Opt-outs, one's own weights and limits: at once where they tighten, tomorrow where they loosen, and private."""

import pytest

from people.models import AuditEvent
from tests.factories.wellbeing import advance, clear, conceal, label, reveal, settle
from wellbeing import interface
from wellbeing.interface import NoSuchCategory, PolicyError, View, exposure_of, team_exposure
from wellbeing.models import CategoryChoice, DoseDay, ExposureLook, ExposureView
from wellbeing.queries.ledger import differences

pytestmark = pytest.mark.django_db

VIOLENCE = frozenset({"V"})


@pytest.fixture(autouse=True)
def catalogue(db):
    interface.name_categories(
        categories=[("V", "Violence", []), ("V2", "Graphic violence", ["V"]), ("H", "Hate", [])]
    )


def choose(who, category="V", **chosen):
    interface.choose_category(person_id=who.pk, category=category, **{"refused": False, **chosen})


def test_an_opt_out_holds_at_once_and_for_what_is_under_it(labeler):
    choose(labeler, refused=True)
    assert clear(labeler).refused_categories == {"V", "V2"}
    assert reveal(labeler, categories=frozenset({"V2"})).code == "not_cleared"
    assert isinstance(reveal(labeler, "lease:2", categories=frozenset({"H"})), View)


def test_what_is_open_may_be_finished(labeler):
    assert isinstance(reveal(labeler, categories=VIOLENCE), View)
    choose(labeler, refused=True)
    assert settle(labeler) is not None


def test_a_choice_taken_back_leaves_no_row(labeler):
    choose(labeler, refused=True)
    choose(labeler, refused=False)
    assert not CategoryChoice.objects.exists()
    assert clear(labeler).refused_categories == set()


def test_a_heavier_category_costs_the_person_more_and_nobody_sees_it(labeler, lead):
    choose(labeler, self_weight=1_500)
    plain, heavy = label(labeler, "lease:1"), None
    assert isinstance(reveal(labeler, "lease:2", categories=VIOLENCE), View)
    advance(seconds=20)
    heavy = settle(labeler, "lease:2")
    assert heavy.milli_points == pytest.approx(plain.milli_points * 1.5, rel=0.1)
    (row,) = team_exposure(person_ids=[labeler.pk], looked_by=lead.pk)
    own = exposure_of(person_id=labeler.pk, looked_by=labeler.pk)
    assert row.points.used == pytest.approx(plain.milli_points * 2, rel=0.1)
    assert own.points.used == plain.milli_points + heavy.milli_points
    assert row.week_points.used == row.points.used
    assert differences() == []


def test_a_weight_found_only_in_the_answer_counts_too(labeler):
    from django.db import transaction

    choose(labeler, category="H", self_weight=1_500)
    reveal(labeler, "lease:1")
    with transaction.atomic():
        interface.settle(person_id=labeler.pk, occasion="lease:1", verdict=2, categories=frozenset({"H"}))
    assert ExposureView.objects.get().self_weight == 1_500
    day = DoseDay.objects.get()
    assert day.points_charged > day.policy_points_charged
    assert differences() == []


@pytest.mark.parametrize("weight", [0, 999, 1_400, 2_000])
def test_there_are_two_weights(labeler, weight):
    with pytest.raises(ValueError, match="weight"):
        choose(labeler, self_weight=weight)


def test_only_categories_that_have_a_name(labeler):
    with pytest.raises(NoSuchCategory):
        choose(labeler, category="made up", refused=True)


def test_choices_leave_no_trace_for_others(labeler):
    choose(labeler, refused=True)
    interface.set_own_limits(person=labeler, numbers={"day_points": 50_000})
    assert not AuditEvent.objects.exists()
    assert not ExposureLook.objects.exists()


def limit_of(who):
    return exposure_of(person_id=who.pk, looked_by=who.pk).points.limit


def test_an_own_limit_holds_at_once_and_is_raised_tomorrow(labeler):
    interface.set_own_limits(person=labeler, numbers={"day_points": 50_000})
    assert limit_of(labeler) == 50_000
    interface.set_own_limits(person=labeler, numbers={"day_points": 80_000})
    assert limit_of(labeler) == 50_000
    interface.set_own_limits(person=labeler, numbers={})
    assert limit_of(labeler) == 50_000, "however often one asks"
    advance(days=1)
    assert limit_of(labeler) == 120_000


def test_a_raise_and_then_a_tightening_do_not_bring_the_raise_forward(labeler):
    interface.set_own_limits(person=labeler, numbers={"day_points": 50_000, "week_points": 200_000})
    advance(days=1)
    interface.set_own_limits(person=labeler, numbers={"day_points": 90_000, "week_points": 200_000})
    interface.set_own_limits(person=labeler, numbers={"day_points": 90_000, "week_points": 100_000})
    seen = exposure_of(person_id=labeler.pk, looked_by=labeler.pk)
    assert (seen.points.limit, seen.week_points.limit) == (50_000, 100_000)


def test_an_own_limit_loosens_nothing_that_others_set(labeler):
    interface.set_own_limits(person=labeler, numbers={"day_points": 200_000})
    advance(days=2)
    assert limit_of(labeler) == 120_000
    with pytest.raises(PolicyError):
        interface.set_own_limits(person=labeler, numbers={"day_points": 300_000})


def test_a_lead_sees_the_shared_limit_and_not_the_own_one(labeler, lead):
    interface.set_own_limits(person=labeler, numbers={"day_points": 50_000})
    (row,) = team_exposure(person_ids=[labeler.pk], looked_by=lead.pk)
    assert row.points.limit == 120_000


def test_a_schema_that_names_a_category_anew_does_not_undo_a_refusal(labeler):
    choose(labeler, refused=True)
    interface.name_categories(categories=[("V2", "Graphic", [])])
    assert clear(labeler).refused_categories == {"V", "V2"}


def test_extreme_content_taken_back_holds_for_what_was_opened_too(labeler):
    interface.opt_in_to_extreme(person_id=labeler.pk)
    assert isinstance(reveal(labeler, severity=4), View)
    conceal(labeler)
    interface.opt_out_of_extreme(person_id=labeler.pk)
    assert reveal(labeler, severity=4).code == "not_cleared"
