"""My choices: each form by itself, in plain words, with the place of each mistake and nothing lost on one."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from people.models import AuditEvent, User
from people.permissions import Role
from tests.factories.people import newcomer, person
from tests.factories.wellbeing import advance, clear, fill, sql
from wellbeing import interface
from wellbeing.interface import exposure_of, propose_policy, set_policy
from wellbeing.models import CategoryChoice, ExposureLook, PolicyVersion

pytestmark = pytest.mark.django_db

ALL = {"day": "1000", "week": "1000"}


@pytest.fixture(autouse=True)
def catalogue(db: None) -> None:
    interface.name_categories(
        categories=[("V", "Violence", []), ("V/2", "Graphic violence", ["V"]), ("H", "Hate", [])]
    )


@pytest.fixture
def me(browser_of: Callable[..., Client], labeler: User) -> Client:
    return browser_of(labeler)


def read(me: Client) -> str:
    return me.get(reverse("wellbeing:my_choices")).content.decode()


def save(me: Client, which: str, **typed: object):
    return me.post(reverse("wellbeing:my_choices"), {"save": which, **typed}, follow=True)


def limits_of(who: User) -> tuple[int, int]:
    seen = exposure_of(person_id=who.pk, looked_by=who.pk)
    return seen.points.limit, seen.week_points.limit


def test_half_of_the_shared_limit_holds_now(me: Client, labeler: User) -> None:
    page = save(me, "limits", day="500", week="1000").content.decode()
    assert limits_of(labeler) == (60_000, 480_000)
    assert "The daily limit: 60 points. It holds now." in page
    assert "The daily limit today: 60 points." in page
    assert '<option value="500" selected>' in page


def test_a_higher_one_is_said_to_wait_for_tomorrow(me: Client, labeler: User) -> None:
    save(me, "limits", day="250", week="1000")
    page = save(me, "limits", day="750", week="1000").content.decode()
    assert limits_of(labeler)[0] == 30_000
    assert "The daily limit: 90 points. It holds from tomorrow on, " in page
    assert " 04:00: 90 points." in page
    advance(days=1)
    assert limits_of(labeler)[0] == 90_000


def test_one_of_two_may_hold_now_and_the_other_tomorrow(me: Client) -> None:
    save(me, "limits", day="250", week="1000")
    page = save(me, "limits", day="500", week="500").content.decode()
    assert "The daily limit: 60 points. It holds from tomorrow" in page
    assert "The limit of seven days: 240 points. It holds now." in page


def test_a_number_of_ones_own(me: Client, labeler: User) -> None:
    page = save(me, "limits", day="own", day_number="52.5", week="1000").content.decode()
    assert limits_of(labeler)[0] == 52_500
    assert 'value="52.5"' in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"day_number": ""}, "Write a number of points."),
        ({"day_number": "200"}, "The shared limit is 120 points. Your own can only be lower."),
        ({"day_number": "-1"}, "greater than or equal to 0"),
        ({"day_number": "much"}, "Enter a number."),
    ],
)
def test_a_mistake_is_said_at_its_field_and_what_was_typed_stays(
    me: Client, labeler: User, typed: dict[str, str], said: str
) -> None:
    answer = save(me, "limits", day="own", week="250", **typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert 'href="#id_day_number"' in page
    assert '<option value="250" selected>' in page, "the other choice is not lost"
    assert f'value="{typed["day_number"]}"' in page or not typed["day_number"]
    assert limits_of(labeler) == (120_000, 480_000)


def test_the_same_again_makes_no_second_version(me: Client) -> None:
    save(me, "limits", day="500", week="1000")
    assert "Nothing was changed." in save(me, "limits", day="500", week="1000").content.decode()
    assert PolicyVersion.objects.count() == 1


def test_a_share_is_of_what_stands_for_the_team(me: Client, labeler: User, lead: User) -> None:
    set_policy(
        numbers={"day_points": 80_000}, by=lead, reason="new people", team=labeler.memberships.get().team
    )
    save(me, "limits", day="500", week="1000")
    assert limits_of(labeler)[0] == 40_000


def test_a_looser_shared_limit_of_today_waits(me: Client, labeler: User, officer: User) -> None:
    proposal = propose_policy(numbers={"day_points": 200_000}, by=officer, reason="a campaign")
    interface.cosign_policy(proposal_id=proposal.pk, by=person("rhea", Role.REPRESENTATIVE))
    page = read(me)
    assert "The daily limit today: 120 points. From tomorrow" in page
    page = save(me, "limits", day="500", week="1000").content.decode()
    assert "The daily limit: 100 points. It holds now." in page
    assert limits_of(labeler)[0] == 100_000


def never(code: str) -> str:
    return f"never-{code.encode().hex()}"


def heavier(code: str) -> str:
    return f"heavier-{code.encode().hex()}"


def test_categories_are_saved_at_once_for_what_is_under_them(me: Client, labeler: User) -> None:
    page = save(me, "categories", **{never("V"): "on", heavier("H"): "on"}).content.decode()
    assert clear(labeler).refused_categories == {"V", "V/2"}
    assert CategoryChoice.objects.get(category="H").self_weight == 1_500
    assert "Saved: Hate, Violence. It holds now." in page or "Saved: Violence, Hate. It holds now." in page
    assert "never, as a part of Violence" in page


def test_a_choice_is_taken_back_by_unticking_it(me: Client, labeler: User) -> None:
    interface.choose_category(person_id=labeler.pk, category="V", refused=True)
    save(me, "categories", **{f"initial-{never('V')}": "True"})
    assert clear(labeler).refused_categories == set()


def test_an_old_page_takes_nothing_back(me: Client, labeler: User) -> None:
    """It was opened before the opt-out; saving something else on it leaves the opt-out alone."""
    interface.choose_category(person_id=labeler.pk, category="V", refused=True)
    save(me, "categories", **{f"initial-{never('V')}": "False", heavier("V"): "on"})
    assert "V" in clear(labeler).refused_categories
    assert CategoryChoice.objects.get(category="V").self_weight == 1_500


def test_made_up_categories_are_ignored(me: Client) -> None:
    assert "Nothing was changed." in save(me, "categories", **{never("made up"): "on"}).content.decode()
    assert not CategoryChoice.objects.exists()


def test_the_reading_pace_is_ones_own(me: Client, labeler: User) -> None:
    assert "80 words a minute" in save(me, "pace", words_per_minute="80").content.decode()
    labeler.refresh_from_db()
    assert labeler.pace_words_per_minute == 80
    for pace in ("39", "201", "", "fast"):
        answer = save(me, "pace", words_per_minute=pace)
        assert answer.status_code == 422
        assert 'href="#id_words_per_minute"' in answer.content.decode()
    labeler.refresh_from_db()
    assert labeler.pace_words_per_minute == 80


def test_time_zone_and_languages(me: Client, labeler: User) -> None:
    save(me, "time_zone", time_zone="Africa/Nairobi")
    save(me, "languages", languages="EN, sw pt-BR, en")
    labeler.refresh_from_db()
    assert (labeler.time_zone, labeler.languages) == ("Africa/Nairobi", ["en", "sw", "pt-BR"])
    assert save(me, "time_zone", time_zone="Mars/North").status_code == 422
    answer = save(me, "languages", languages="English")
    assert answer.status_code == 422
    assert "is not the code of a language" in answer.content.decode()
    assert 'value="English"' in answer.content.decode()
    assert save(me, "languages", languages=" , ").status_code == 422


def test_what_rests_today_is_said_in_words(me: Client, labeler: User) -> None:
    assert "Nothing rests today." in read(me)
    for days_ago in (1, 2, 3, 4, 7):
        fill(labeler, days_ago=days_ago)
    today: date = exposure_of(person_id=labeler.pk, looked_by=labeler.pk).day
    sql(
        "INSERT INTO category_day (person_id, day, category) SELECT %s, %s::date - ago, 'V'"
        " FROM unnest(ARRAY[1, 2, 3, 4, 7]) ago",
        labeler.pk,
        today,
    )
    assert "Violence rests today: you have had it 5 working days running." in read(me)


def test_the_first_weeks_in_words(browser_of: Callable[..., Client], labeler: User, officer: User) -> None:
    beginner = newcomer("nia", Role.LABELER, labeler.memberships.get().team)
    page = read(browser_of(beginner))
    assert "Week 1 of 4: a quarter of the daily limit, nothing above moderate." in page
    assert f"Ask {officer.username}" in page
    interface.recognise_experience(person_id=beginner.pk, step=2, by=officer)
    page = read(browser_of(beginner))
    assert (
        "Week 2 of 4: half of the daily limit, nothing above severe. The next week begins in 7 days." in page
    )
    assert "Past the first weeks" in read(browser_of(labeler))


def test_it_leaves_no_trace_for_others(me: Client) -> None:
    save(me, "limits", day="500", week="1000")
    save(me, "categories", **{never("V"): "on"})
    save(me, "pace", words_per_minute="80")
    assert not AuditEvent.objects.exists()
    assert not ExposureLook.objects.exists()


def test_everybody_signed_in_has_the_page(
    browser_of: Callable[..., Client], nobody: User, admin: User
) -> None:
    for someone in (nobody, admin):
        assert "Nobody else sees this page" in read(browser_of(someone))
    assert Client().get(reverse("wellbeing:my_choices")).status_code == 302


def test_in_the_first_weeks_the_page_says_what_really_holds(
    browser_of: Callable[..., Client], labeler: User
) -> None:
    beginner = newcomer("nia", Role.LABELER, labeler.memberships.get().team)
    browser = browser_of(beginner)
    page = save(browser, "limits", day="500", week="1000").content.decode()
    assert limits_of(beginner)[0] == 15_000
    assert "The daily limit: 15 points. It holds now." in page
    assert "In your first weeks the same part of it holds" in page


def test_several_categories_are_chosen_together_or_not_at_all(labeler: User) -> None:
    with pytest.raises(interface.NoSuchCategory):
        interface.choose_categories(
            person_id=labeler.pk, choices={"H": (True, 1_000), "made up": (True, 1_000)}
        )
    assert not CategoryChoice.objects.exists()
