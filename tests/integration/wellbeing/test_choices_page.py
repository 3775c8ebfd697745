"""My choices: each form by itself, in plain words, with the place of each mistake and nothing lost on one."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from people.languages import names_of
from people.models import AuditEvent, User
from people.permissions import Role
from tests.factories.people import newcomer, person
from tests.factories.wellbeing import advance, advance_to, clear, fill, label, reveal, settle, sql
from wellbeing import interface
from wellbeing.interface import exposure_of, propose_policy, set_policy
from wellbeing.models import CategoryChoice, DoseDay, ExposureLook, FirstDays, PolicyVersion

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


def save_place(me: Client, **typed: object):
    """Time zone and languages, one or both of them changed."""
    shown = dict(re.findall(r'name="initial-(time_zone|languages)" value="(.*?)"', read(me)))
    initial = {f"initial-{name}": value for name, value in shown.items()}
    return save(me, "place", **initial, **{**shown, **typed})


def limits_of(who: User) -> tuple[int, int]:
    seen = exposure_of(person_id=who.pk, looked_by=who.pk)
    return seen.points.limit, seen.week_points.limit


def test_half_of_the_shared_limit_holds_now(me: Client, labeler: User) -> None:
    page = save(me, "limits", day="500", week="1000").content.decode()
    assert limits_of(labeler) == (60_000, 480_000)
    assert "The daily limit: 60 points. It holds now." in page
    assert "The daily limit today: 60 points." in page
    assert '<option value="500" selected>' in page


def test_each_share_says_how_many_points_it_is(me: Client) -> None:
    page = read(me)
    for said in ("All of it (120 points)", "A quarter of it (30 points)", "Half of it (240 points)"):
        assert f">{said}</option>" in page
    assert ">My own number</option>" in page


def test_a_higher_one_is_said_to_wait_for_tomorrow(me: Client, labeler: User) -> None:
    advance_to(12)
    save(me, "limits", day="250", week="1000")
    page = save(me, "limits", day="750", week="1000").content.decode()
    assert limits_of(labeler)[0] == 30_000
    assert "The daily limit: 90 points. It holds from tomorrow at 04:00 on." in page
    assert "From tomorrow at 04:00 on: 90 points." in page
    advance(days=1)
    assert limits_of(labeler)[0] == 90_000


def test_while_a_change_of_zone_waits_the_page_says_the_hours_that_are_true(
    me: Client, labeler: User
) -> None:
    advance_to(12)
    label(labeler, "lease:1")
    save(me, "limits", day="250", week="1000")
    waits = "your day still begins at 23:00, the old 04:00."
    assert "a higher one from tomorrow at 04:00 on." in read(me)
    assert waits not in read(me)

    page = save_place(me, time_zone="America/Bogota").text
    assert f"Saved: America/Bogota. Times follow now. Until tomorrow at 23:00 {waits}" in page
    assert f'<p class="small">Until tomorrow at 23:00 {waits}</p>' in page
    assert "a higher one from today at 23:00 on." in page
    page = save(me, "limits", day="750", week="1000").text
    assert "The daily limit: 90 points. It holds from today at 23:00 on." in page
    assert "From today at 23:00 on: 90 points." in page

    advance(days=1)
    page = read(me)
    assert f"Until today at 23:00 {waits}" in page
    assert "a higher one from tomorrow at 04:00 on." in page, "that day begins by the new zone"
    advance(days=1)
    assert waits not in read(me)


def test_a_zone_before_anything_was_shown_is_said_to_hold(me: Client, labeler: User) -> None:
    advance_to(12)
    page = save_place(me, time_zone="America/Bogota").text
    assert "Saved: America/Bogota. It holds now." in page
    assert "a higher one from tomorrow at 04:00 on." in page


def test_a_raised_limit_of_seven_days_opens_with_the_next_day(me: Client, labeler: User, lead: User) -> None:
    set_policy(
        numbers={"week_points": 300_000}, by=lead, reason="new people", team=labeler.memberships.get().team
    )
    save(me, "limits", day="1000", week="own", week_number="20")
    fill(labeler, points_charged=20_000)
    seen = exposure_of(person_id=labeler.pk, looked_by=labeler.pk)
    assert (seen.spent, seen.is_own_limit) == ("week", True)
    assert seen.opens_at == seen.turns_at + timedelta(days=6)

    advance(minutes=1)
    save(me, "limits", day="1000", week="1000")
    seen = exposure_of(person_id=labeler.pk, looked_by=labeler.pk)
    assert (seen.spent, seen.opens_at) == ("week", seen.turns_at)
    advance(days=1)
    seen = exposure_of(person_id=labeler.pk, looked_by=labeler.pk)
    assert (seen.spent, seen.week_points.limit) == (None, 300_000)


def test_one_of_two_may_hold_now_and_the_other_tomorrow(me: Client) -> None:
    save(me, "limits", day="250", week="1000")
    page = save(me, "limits", day="500", week="500").content.decode()
    assert "The daily limit: 60 points. It holds from " in page
    assert "The limit of seven days: 240 points. It holds now." in page


def shown_limits(me: Client) -> dict[str, str]:
    """What the page shows in the form of one's own limits, as a browser sends it back."""
    page = read(me)
    hidden = dict(re.findall(r'name="initial-((?:day|week)(?:_number)?)"(?: value="(.*?)")?', page))
    return {**hidden, **{f"initial-{name}": value for name, value in hidden.items()}}


@pytest.mark.parametrize("before", ["1000", "500"])
def test_a_number_that_is_written_counts_though_the_list_was_left_alone(
    me: Client, labeler: User, before: str
) -> None:
    save(me, "limits", day=before, week="1000")
    page = save(me, "limits", **{**shown_limits(me), "day_number": "12"}).text
    assert "The daily limit: 12 points. It holds now." in page
    assert '<option value="own" selected>' in page
    assert limits_of(labeler) == (12_000, 480_000)

    save(me, "limits", **{**shown_limits(me), "day": "250"})
    advance(days=1)
    assert limits_of(labeler)[0] == 30_000, "of what stood there before, the list is what was changed"


def test_a_list_and_a_number_that_say_different_things_are_asked_about(me: Client, labeler: User) -> None:
    shown = shown_limits(me)
    answer = save(me, "limits", **{**shown, "day": "500", "day_number": "12"})
    assert answer.status_code == 422
    assert 'href="#id_day_number"' in answer.text
    assert "In the list you chose something else." in answer.text
    assert 'value="12"' in answer.text
    assert limits_of(labeler)[0] == 120_000

    save(me, "limits", **{**shown, "day": "500", "day_number": "60"})
    assert limits_of(labeler)[0] == 60_000, "the same in two ways"


def test_saving_one_of_place_and_languages_keeps_the_other_as_it_was_typed(me: Client, labeler: User) -> None:
    page = save_place(me, time_zone="Africa/Nairobi", languages="English, Swahili").text
    assert "Saved: Africa/Nairobi." in page
    assert "Saved: English, Swahili. It holds for the next task." in page
    labeler.refresh_from_db()
    assert (labeler.time_zone, labeler.languages) == ("Africa/Nairobi", ["en", "sw"])

    answer = save_place(me, time_zone="UTC", languages="English, Swahilli")
    assert answer.status_code == 422
    assert '<option value="UTC" selected>' in answer.text
    labeler.refresh_from_db()
    assert labeler.time_zone == "Africa/Nairobi", "both or none"
    assert "Nothing was changed." in save_place(me).text


def test_an_old_page_takes_no_zone_back(me: Client, labeler: User) -> None:
    shown = {"time_zone": "UTC", "initial-time_zone": "UTC", "initial-languages": "English"}
    save_place(me, time_zone="Africa/Nairobi")
    save(me, "place", **shown, languages="Swahili")
    labeler.refresh_from_db()
    assert (labeler.time_zone, labeler.languages) == ("Africa/Nairobi", ["sw"])


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
    assert "The daily limit today: 120 points. From " in page
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
    save_place(me, time_zone="Africa/Nairobi")
    save_place(me, languages="EN, sw pt-BR, en")
    labeler.refresh_from_db()
    assert (labeler.time_zone, labeler.languages) == ("Africa/Nairobi", ["en", "sw", "pt-BR"])
    assert save_place(me, time_zone="Mars/North").status_code == 422
    assert 'value="English, Swahili, Brazilian Portuguese"' in read(me)
    answer = save_place(me, languages="English, Swahilli")
    assert answer.status_code == 422
    said = "“Swahilli” is no language that is known here. Did you mean one of these: Swahili"
    assert said in answer.content.decode()
    assert 'value="English, Swahilli"' in answer.content.decode()
    assert "Write its name" in save_place(me, languages="Qqq").content.decode()
    assert save_place(me, languages=" , ").status_code == 422


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("english, Kiswahili", ["en", "sw"]),
        ("Deutsch,  Brazilian   Portuguese ,فارسی", ["de", "pt-BR", "fa"]),
        ("Simplified Chinese, fr sw", ["zh-Hans", "fr", "sw"]),
        # By the shortest code: items carry that, and tasks are found by it.
        ("Lao, Twi, deu, cmn-hant", ["lo", "tw", "de", "zh-Hant"]),
        ("Norwegian Bokmål, norwegian bokmal, Chinese, Fársi", ["nb", "zh", "fa"]),
        ("Filipino, Waray-Waray, K’iche’, en_gb", ["fil", "war", "quc", "en-GB"]),
    ],
)
def test_languages_by_name(me: Client, labeler: User, typed: str, tags: list[str]) -> None:
    assert save_place(me, languages=typed).status_code == 200
    labeler.refresh_from_db()
    assert labeler.languages == tags


def test_twenty_languages_fit_by_their_names(me: Client, labeler: User) -> None:
    """The field is filled with names, and is sent as it was filled."""
    codes = "cu zh-Hans zh-Hant pt-BR es-AR es-CO es-MX es-NI es-VE en-AU en-GB ar-DZ sr-Latn dsb hsb nb nn ckb pcm nso"
    save_place(me, languages=codes)
    filled = names_of(codes.split())
    assert len(filled) > 200
    assert save_place(me, languages=filled).status_code == 200
    labeler.refresh_from_db()
    assert labeler.languages == codes.split()


def test_languages_by_the_names_of_the_pages_language(me: Client, labeler: User) -> None:
    User.objects.filter(pk=labeler.pk).update(page_language="de")
    save_place(me, languages="Persisch, Englisch")
    labeler.refresh_from_db()
    assert labeler.languages == ["fa", "en"]
    assert 'value="Persisch, Englisch"' in read(me)


def test_what_is_saved_is_a_step_of_the_first_days_done(me: Client, labeler: User) -> None:
    save(me, "pace", words_per_minute="90")
    save_place(me, languages="en")
    save_place(me, time_zone="Mars/North")
    assert FirstDays.objects.get(person=labeler).done == ["pace", "place"]


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
    assert limits_of(beginner)[0] == 30_000, "half of 120 is more than the share of the first week"
    assert "The daily limit: 60 points. In your first weeks 30 points hold." in page
    assert "The daily limit today: 30 points. You chose 60 points. In your first weeks less holds." in page

    save(browser, "limits", day="own", day_number="6", week="1000")
    page = save(browser, "limits", day="500", week="1000").content.decode()
    assert "The daily limit: 60 points. In your first weeks 30 points hold, from " in page
    interface.recognise_experience(person_id=beginner.pk, step=4, by=person("odile", Role.OFFICER))
    assert "In your first weeks" not in save(browser, "limits", day="750", week="1000").content.decode()


def test_in_the_first_weeks_an_own_number_holds_as_it_was_typed(
    browser_of: Callable[..., Client], labeler: User, lead: User
) -> None:
    beginner = newcomer("nia", Role.LABELER, labeler.memberships.get().team)
    browser = browser_of(beginner)
    assert "The daily limit today: 30 points." in read(browser)
    page = save(browser, "limits", day="own", day_number="6", week="own", week_number="20").content.decode()
    assert "The daily limit: 6 points. It holds now." in page
    assert "The limit of seven days: 20 points. It holds now." in page
    assert "The daily limit today: 6 points." in page
    assert limits_of(beginner) == (6_000, 20_000)

    (row,) = interface.team_exposure(person_ids=[beginner.pk], looked_by=lead.pk)
    assert (row.points.limit, row.week_points.limit) == (30_000, 120_000), "as before, for others"

    fill(beginner, points_charged=4_500)
    assert isinstance(reveal(beginner), interface.View), "with 1.5 points nothing more would be shown"
    assert DoseDay.objects.get(dosimeter__person=beginner).points_limit == 6_000
    settle(beginner)
    assert exposure_of(person_id=beginner.pk, looked_by=beginner.pk).points.used <= 6_000


def test_in_the_first_weeks_an_own_number_ends_the_day(
    browser_of: Callable[..., Client], labeler: User
) -> None:
    beginner = newcomer("nia", Role.LABELER, labeler.memberships.get().team)
    save(browser_of(beginner), "limits", day="own", day_number="6", week="1000")
    fill(beginner, points_charged=5_900)
    assert reveal(beginner).code == "budget_spent"
    assert exposure_of(person_id=beginner.pk, looked_by=beginner.pk).is_own_limit


def test_in_the_first_weeks_a_raised_own_number_waits_too(
    browser_of: Callable[..., Client], labeler: User
) -> None:
    beginner = newcomer("nia", Role.LABELER, labeler.memberships.get().team)
    browser = browser_of(beginner)
    save(browser, "limits", day="own", day_number="6", week="1000")
    page = save(browser, "limits", day="own", day_number="20", week="1000").content.decode()
    assert "The daily limit: 20 points. It holds from " in page
    assert limits_of(beginner)[0] == 6_000
    advance(days=1)
    assert limits_of(beginner)[0] == 20_000


def test_several_categories_are_chosen_together_or_not_at_all(labeler: User) -> None:
    with pytest.raises(interface.NoSuchCategory):
        interface.choose_categories(
            person_id=labeler.pk, choices={"H": (True, 1_000), "made up": (True, 1_000)}
        )
    assert not CategoryChoice.objects.exists()
