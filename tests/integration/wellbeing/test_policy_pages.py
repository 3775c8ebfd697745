"""The limits: readable by everybody, changed by those who may, looser only with a second person."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Team, User
from people.permissions import Role
from tests.factories.people import person
from tests.factories.wellbeing import advance
from wellbeing.domain.policy import DEFAULTS
from wellbeing.interface import cosign_policy, policy_for, propose_policy, set_own_limits, set_policy
from wellbeing.models import PolicyProposal, PolicyVersion
from wellbeing.queries.exposure import situation_of

pytestmark = pytest.mark.django_db

Browsers = Callable[..., Client]
SAME = {
    "day_points": "120",
    "day_open_ms": "240",
    "day_extreme_points": "30",
    "week_points": "480",
    "month_points": "1920",
    "micro_after_ms": "50",
    "micro_after_points": "30",
    "micro_length_ms": "5",
    "long_after_ms": "120",
    "long_after_points": "60",
    "long_length_ms": "15",
    "category_days": "5",
    "reason": "a calmer spring",
}


@pytest.fixture
def representative(db: None) -> User:
    return person("rhea", Role.REPRESENTATIVE)


def policy_page(browser: Client, team: Team | None = None) -> str:
    query = {} if team is None else {"team": team.pk}
    return browser.get(reverse("wellbeing:policy"), query).content.decode()


def change(browser: Client, then: str, team: Team | None = None, **typed: str):
    query = "" if team is None else f"?team={team.pk}"
    return browser.post(
        reverse("wellbeing:policy_change") + query, {**SAME, "then": then, **typed}, follow=True
    )


def test_everybody_reads_the_numbers_with_their_basis(
    browser_of: Browsers, labeler: User, nobody: User, representative: User
) -> None:
    for reader in (labeler, nobody, representative):
        page = policy_page(browser_of(reader))
        assert "The daily limit" in page
        assert "at most 240 points" in page
        assert "A policy choice: no study gives this number." in page
        assert "Change these limits" not in page


def test_a_day_under_the_limits_is_on_the_page(browser_of: Browsers, labeler: User) -> None:
    page = policy_page(browser_of(labeler))
    assert "all moderate" in page
    assert "4 of 7" in page


def test_a_team_is_read_by_those_it_concerns(
    browser_of: Browsers, labeler: User, outsider: User, officer: User, lead: User, team: Team
) -> None:
    set_policy(numbers={"day_points": 90_000}, by=lead, reason="new people", team=team)
    for reader in (labeler, officer):
        page = policy_page(browser_of(reader), team)
        assert "set for this team" in page
        assert "new people" in page
    assert browser_of(outsider).get(reverse("wellbeing:policy"), {"team": team.pk}).status_code == 404
    for nonsense in ("x", "0", "9" * 30):
        assert browser_of(labeler).get(reverse("wellbeing:policy"), {"team": nonsense}).status_code == 404
    assert "new people" not in policy_page(browser_of(outsider))


def test_an_officer_tightens_and_only_what_was_changed(browser_of: Browsers, officer: User) -> None:
    answer = change(browser_of(officer), "tighten", day_points="100", micro_length_ms="7.5")
    assert "The stricter limits hold now." in answer.content.decode()
    assert PolicyVersion.objects.get().numbers == {"day_points": 100_000, "micro_length_ms": 450_000}
    page = policy_page(browser_of(officer))
    assert "the daily limit was 120 points and is 100 points" in page
    assert f"{officer.username}. “a calmer spring”" in page


def test_the_same_form_sent_twice_makes_one_version(browser_of: Browsers, officer: User) -> None:
    browser = browser_of(officer)
    change(browser, "tighten", day_points="100")
    again = change(browser, "tighten", day_points="100", week_points="480")
    assert again.status_code == 422
    assert "Change at least one number." in again.content.decode()
    assert PolicyVersion.objects.count() == 1


def test_a_lead_tightens_the_own_team_alone(
    browser_of: Browsers, lead: User, team: Team, other_team: Team
) -> None:
    browser = browser_of(lead)
    assert change(browser, "tighten", day_points="100").status_code == 404
    assert change(browser, "tighten", other_team, day_points="100").status_code == 404
    page = change(browser, "tighten", team, day_points="100").content.decode()
    assert policy_for(team=team).day_points == 100_000
    assert "Change these limits" in page
    assert policy_for() == DEFAULTS


def test_looser_is_refused_at_its_field_and_nothing_typed_is_lost(
    browser_of: Browsers, lead: User, team: Team
) -> None:
    answer = change(browser_of(lead), "tighten", team, day_points="150", week_points="400")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Looser than now (120 points)" in page
    assert 'href="#id_day_points"' in page
    assert 'value="150"' in page
    assert 'value="400"' in page
    assert "a calmer spring" in page
    assert "Propose it to a second person" not in page
    assert not PolicyVersion.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"day_points": "241"}, "Nothing is set above 240 points."),
        ({"long_length_ms": "9"}, "Nothing is set below 10 minutes."),
        ({"category_days": "4.5"}, "Enter a whole number."),
        ({"day_points": "-1"}, "greater than or equal to 0"),
        ({"day_points": "100", "reason": " "}, "This field is required."),
        ({"day_points": ""}, "This field is required."),
    ],
)
@pytest.mark.parametrize("then", ["tighten", "propose", "show"])
def test_impossible_numbers_are_said_at_their_field(
    browser_of: Browsers, officer: User, typed: dict[str, str], said: str, then: str
) -> None:
    answer = change(browser_of(officer), then, **typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not PolicyVersion.objects.exists()
    assert not PolicyProposal.objects.exists()


def test_what_it_would_mean_is_shown_and_not_saved(browser_of: Browsers, officer: User) -> None:
    page = change(browser_of(officer), "show", day_points="60").content.decode()
    assert "What it would mean" in page
    assert page.count("<td>proposed</td>") == 4
    assert not PolicyVersion.objects.exists()


def test_a_proposal_waits_is_signed_and_told(
    browser_of: Browsers, officer: User, representative: User, labeler: User
) -> None:
    change(browser_of(officer), "propose", day_points="150")
    proposal = PolicyProposal.objects.get()
    sign = reverse("wellbeing:proposal_sign", args=[proposal.pk])
    for reader in (labeler, officer):
        page = policy_page(browser_of(reader))
        assert "the daily limit was 120 points and would be 150 points" in page
        assert "Sign it" not in page
        assert browser_of(reader).post(sign).status_code == 403
    assert "<td>proposed</td>" in policy_page(browser_of(labeler))
    assert "Sign it" in policy_page(browser_of(representative))
    answer = browser_of(representative).post(sign, follow=True)
    assert "co-signed by rhea" in answer.content.decode()
    assert policy_for().day_points == 150_000
    again = browser_of(representative).post(sign, follow=True)
    assert "has decided on this proposal in the meantime" in again.content.decode()
    assert PolicyVersion.objects.count() == 1


def held_to(browser: Client, team: Team | None = None) -> str:
    """The words of the column "Now" for the daily limit."""
    cell = (
        policy_page(browser, team)
        .split("The daily limit<", 1)[1]
        .split('<td class="number">', 1)[1]
        .split("</td>", 1)[0]
    )
    return " ".join(re.sub("<[^>]+>", " ", cell).split())


def test_a_looser_limit_stands_as_coming_until_the_readers_next_day(
    browser_of: Browsers, officer: User, representative: User, labeler: User
) -> None:
    set_policy(numbers={"day_points": 100_000}, by=officer, reason="a calmer spring")
    advance(days=1)
    proposal = propose_policy(numbers={"day_points": 110_000}, by=officer, reason="a campaign")
    cosign_policy(proposal_id=proposal.pk, by=representative)

    now = held_to(browser_of(labeler))
    assert re.fullmatch(r"100 points from \d+ \w+: 110 points", now)
    assert situation_of(labeler.pk).policy.day_points == 100_000

    advance(days=1)
    assert held_to(browser_of(labeler)) == "110 points"


def test_a_tighter_limit_of_a_team_holds_until_the_day_is_over(
    browser_of: Browsers, officer: User, representative: User, lead: User, labeler: User, team: Team
) -> None:
    set_policy(numbers={"day_points": 90_000}, by=lead, reason="new people", team=team)
    assert held_to(browser_of(labeler), team) == "90 points set for this team"
    proposal = propose_policy(numbers={"day_points": 110_000}, by=officer, reason="settled in", team=team)
    cosign_policy(proposal_id=proposal.pk, by=representative)

    assert re.fullmatch(
        r"90 points set for this team from \d+ \w+: 110 points", held_to(browser_of(labeler), team)
    )
    assert held_to(browser_of(labeler)) == "120 points"


def test_one_proposal_at_a_time(browser_of: Browsers, officer: User) -> None:
    change(browser_of(officer), "propose", day_points="150")
    answer = change(browser_of(officer), "propose", day_points="160")
    assert answer.status_code == 422
    assert "A proposal is open already." in answer.content.decode()
    assert PolicyProposal.objects.count() == 1


def test_a_proposal_is_withdrawn_by_those_who_may(
    browser_of: Browsers, officer: User, representative: User, labeler: User, lead: User
) -> None:
    proposal = propose_policy(numbers={"day_points": 150_000}, by=officer, reason="a campaign")
    withdraw = reverse("wellbeing:proposal_withdraw", args=[proposal.pk])
    for someone in (labeler, lead):
        assert "Withdraw it" not in policy_page(browser_of(someone))
        assert browser_of(someone).post(withdraw).status_code == 403
    assert "Withdraw it" in policy_page(browser_of(officer))
    assert "Withdrawn." in browser_of(representative).post(withdraw, follow=True).content.decode()
    assert "Proposed, not in force" not in policy_page(browser_of(officer))


def test_a_lead_cannot_propose_by_hand(browser_of: Browsers, lead: User, team: Team) -> None:
    assert change(browser_of(lead), "propose", team, day_points="150").status_code == 422
    assert not PolicyProposal.objects.exists()


def announced(browser: Client, name: str) -> str:
    return browser.get(reverse(name)).content.decode()


def test_those_concerned_are_told_for_a_fortnight(
    browser_of: Browsers, labeler: User, outsider: User, lead: User, team: Team
) -> None:
    advance(days=1)
    set_policy(numbers={"day_points": 90_000}, by=lead, reason="new people", team=team)
    line = "the daily limit was 120 points and is 90 points."
    for name in ("labeling:home", "wellbeing:limit", "wellbeing:policy"):
        assert line in announced(browser_of(labeler), name), name
        assert line not in announced(browser_of(outsider), name), name
    advance(days=13, hours=23)
    assert line in announced(browser_of(labeler), "labeling:home")
    advance(hours=2)
    assert line not in announced(browser_of(labeler), "labeling:home")


def test_what_is_looser_is_told_to_wait_until_the_readers_own_morning(
    browser_of: Browsers, labeler: User, officer: User, representative: User
) -> None:
    from wellbeing.interface import cosign_policy

    labeler.time_zone = "Pacific/Auckland"  # there it is eleven in the evening
    labeler.save(update_fields=["time_zone"])
    proposal = propose_policy(numbers={"day_points": 150_000}, by=officer, reason="a campaign")
    cosign_policy(proposal_id=proposal.pk, by=representative)
    browser = browser_of(labeler)
    assert "is 150 points (from tomorrow)." in announced(browser, "labeling:home")
    advance(hours=12)
    assert "is 150 points." in announced(browser, "labeling:home")


def test_nobodys_own_limits_are_announced_or_listed(
    browser_of: Browsers, labeler: User, officer: User
) -> None:
    set_own_limits(person=labeler, numbers={"day_points": 37_000})
    assert "37 points" not in announced(browser_of(labeler), "labeling:home")
    assert "37 points" not in policy_page(browser_of(officer))
