"""How an item first appears: the person's choice by category, held to the floor."""

import pytest

from wellbeing.domain.display import (
    Choice,
    Display,
    FirstPicture,
    FirstText,
    OwnDisplay,
    display_for,
)

MASKED, PARTS, FULL = FirstText
LOW, WHOLE = FirstPicture
GENEROUS = Choice("", FULL, WHOLE, keeps_grey=False)


def first(
    *choices: Choice, categories: tuple[str, ...] = (), severity: int = 1, floor: FirstText = MASKED
) -> Display:
    return display_for(choices=choices, categories=categories, severity=severity, floor=floor).first


def test_nothing_chosen_is_masked_small_and_grey() -> None:
    assert first() == first(categories=("V",)) == Display(MASKED, LOW, keeps_grey=True)


def test_the_general_choice_holds_where_no_category_says_otherwise() -> None:
    assert first(GENEROUS, categories=("H",)) == Display(FULL, WHOLE, keeps_grey=False)
    assert first(GENEROUS) == Display(FULL, WHOLE, keeps_grey=False)


def test_a_category_stands_in_the_place_of_the_general_choice_whichever_is_stricter() -> None:
    assert first(GENEROUS, Choice("V", MASKED, None), categories=("V",)).text is MASKED
    assert first(Choice("", MASKED, LOW), Choice("V", FULL, None), categories=("V",)) == Display(FULL, LOW)


def test_of_several_categories_and_of_those_above_the_strictest_wins() -> None:
    both = (Choice("V", FULL, WHOLE), Choice("H", PARTS, LOW))
    assert first(*both, categories=("V", "H")) == Display(PARTS, LOW)
    assert first(*both, categories=("V", "other")).text is MASKED  # the general look of the other one
    above = (Choice("V/2", FULL, None), Choice("V/2", MASKED, None))
    assert first(*above, categories=("V/2",)).text is MASKED


@pytest.mark.parametrize("severity", [3, 4])
@pytest.mark.parametrize("floor", [MASKED, PARTS])
def test_severe_and_extreme_never_begin_milder_than_the_floor(severity: int, floor: FirstText) -> None:
    own = display_for(choices=[GENEROUS], categories=(), severity=severity, floor=floor)

    assert own.first == own.asked_for(FULL) == Display(floor, LOW, keeps_grey=True)
    assert own.asked_for(MASKED).text is MASKED
    assert not own.may_begin_full


def test_stricter_than_the_floor_is_free() -> None:
    assert first(Choice("", MASKED, LOW), severity=4, floor=PARTS).text is MASKED


def test_a_floor_of_all_leaves_it_to_the_person() -> None:
    assert first(GENEROUS, severity=4, floor=FULL) == Display(FULL, WHOLE, keeps_grey=False)


def test_below_severe_there_is_no_floor() -> None:
    assert first(GENEROUS, severity=2) == Display(FULL, WHOLE, keeps_grey=False)
    assert OwnDisplay().asked_for(FULL) == Display(FULL, WHOLE)
