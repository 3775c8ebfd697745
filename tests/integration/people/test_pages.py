import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import ApiToken
from people.operations.api_tokens import issue_token
from people.permissions import Permission, Role
from people.queries import bearer_token
from people.tokens import prefix_of
from tests.factories.people import MembershipFactory, TeamFactory, UserFactory, person

TOKEN_FORM = {"name": "nightly", "scopes": ["read_releases"], "days": "30"}


def navigation(page: str) -> list[str]:
    inside = re.search(r'<nav class="wide"[^>]*>(.*?)</nav>', page, re.DOTALL)
    return re.findall(r">([^<]+)</a>", inside[1]) if inside else []


def test_token_is_made_and_its_text_shown_once(engineer, browser_of):
    browser = browser_of(engineer)

    response = browser.post(reverse("people:tokens"), TOKEN_FORM)

    shown = re.search(r"rsp_\w+_\w+", response.content.decode())
    assert shown is not None
    assert "no-store" in response.headers["Cache-Control"]
    token = bearer_token(prefix_of(shown[0]))
    assert token.user == engineer
    assert token.scopes == {Permission.READ_RELEASES}
    assert shown[0] not in browser.get(reverse("people:tokens")).content.decode()


def test_same_token_form_sent_twice_makes_one_token(engineer, browser_of):
    browser = browser_of(engineer)
    browser.post(reverse("people:tokens"), TOKEN_FORM)

    response = browser.post(reverse("people:tokens"), TOKEN_FORM)

    assert response.status_code == 422
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"days": "91"},
        {"days": "0"},
        {"days": "x"},
        {"scopes": []},
        {"scopes": ["label"]},
        {"scopes": ["fly"]},
    ],
)
def test_token_form_says_what_is_wrong(changes, engineer, browser_of):
    response = browser_of(engineer).post(reverse("people:tokens"), TOKEN_FORM | changes)

    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert not ApiToken.objects.exists()


def test_token_is_revoked(engineer, browser_of):
    token, plaintext = issue_token(user=engineer, name="ci", scopes=[Permission.READ_RELEASES], days=1)
    browser = browser_of(engineer)

    response = browser.post(reverse("people:token_revoke", args=[token.pk]), follow=True)

    assert "no longer works" in response.content.decode()
    assert bearer_token(prefix_of(plaintext)) is None


def test_somebody_elses_token_looks_as_if_it_were_not_there(engineer, other_team, browser_of):
    token, _ = issue_token(user=engineer, name="ci", scopes=[Permission.READ_RELEASES], days=1)
    browser = browser_of(person("zoe", Role.ENGINEER, other_team))

    assert browser.post(reverse("people:token_revoke", args=[token.pk])).status_code == 404
    assert browser.post(reverse("people:token_revoke", args=[token.pk + 1])).status_code == 404
    assert "ci" not in [row.name for row in browser.get(reverse("people:tokens")).context["tokens"]]
    assert ApiToken.objects.get().revoked_at is None


@pytest.mark.parametrize("persona", ["labeler", "lead", "officer", "outsider", "nobody"])
@pytest.mark.parametrize("name", ["tokens", "people", "invite"])
def test_pages_are_closed_to_others(persona, name, request, browser_of):
    assert browser_of(request.getfixturevalue(persona)).get(reverse(f"people:{name}")).status_code == 403


@pytest.mark.parametrize(
    ("persona", "pages"),
    [
        ("labeler", ["Label", "My exposure", "My choices"]),
        ("lead", ["My exposure", "My choices", "Projects", "Questions", "Appeals", "Team", "Weeks"]),
        ("engineer", ["My exposure", "My choices", "Projects", "Tokens"]),
        (
            "officer",
            [
                "My exposure",
                "My choices",
                "Team",
                "Weeks",
                "Council",
                "Disputes",
                "Limits",
                "Records",
                "Risk reports",
            ],
        ),
        ("admin", ["My exposure", "My choices", "Projects", "People", "Tokens", "Erasures"]),
        ("nobody", ["My exposure", "My choices"]),
    ],
)
def test_navigation_shows_what_the_person_may_open(
    persona, pages, request, browser_of, link_to_an_invitation
):
    page = browser_of(request.getfixturevalue(persona)).get(link_to_an_invitation).content.decode()

    assert navigation(page) == pages


@pytest.fixture
def link_to_an_invitation(db) -> str:
    """The one page of this app that everybody may open."""
    from people.operations.invitations import invite

    return reverse(
        "people:invitation", args=[invite(email="n@example.org", role=Role.LABELER, team=None, by=None)[1]]
    )


def test_navigation_marks_the_page_one_is_on(admin, browser_of):
    page = browser_of(admin).get(reverse("people:invite"))

    assert [entry.label for entry in page.context["chrome"].navigation if entry.is_current] == ["People"]


def test_sign_in_page_asks_the_database_nothing(db, django_assert_num_queries):
    client = Client()
    client.get(reverse("account_login"))

    with django_assert_num_queries(0):
        page = client.get(reverse("account_login"))

    assert page.context["chrome"].navigation == ()


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_theme_is_kept_by_the_browser(theme, nobody, browser_of, link_to_an_invitation):
    browser = browser_of(nobody)

    response = browser.post(reverse("people:theme"), {"theme": theme, "next": "/tokens/?page=2"})

    assert response.headers["Location"] == "/tokens/?page=2"
    assert f'data-theme="{theme}"' in browser.get(link_to_an_invitation).content.decode()


@pytest.mark.parametrize("theme", ["pink", "", '"><script>'])
def test_unknown_theme_is_not_kept(theme, nobody, browser_of, link_to_an_invitation):
    browser = browser_of(nobody)
    browser.post(reverse("people:theme"), {"theme": theme})
    assert "theme" not in browser.cookies

    browser.cookies["theme"] = theme or "x"

    assert 'data-theme="auto"' in browser.get(link_to_an_invitation).content.decode()


@pytest.mark.parametrize("after", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
def test_theme_never_leads_to_another_site(after, nobody, browser_of):
    response = browser_of(nobody).post(reverse("people:theme"), {"theme": "dark", "next": after})

    assert response.headers["Location"] == "/"


def test_theme_set_by_a_script_answers_without_a_page(nobody, browser_of):
    response = browser_of(nobody).post(
        reverse("people:theme"), {"theme": "dark"}, headers={"X-Requested-With": "fetch"}
    )

    assert response.status_code == 204
    assert response.cookies["theme"]["samesite"] == "Lax"


def test_people_page_lists_names_roles_and_accounts(admin, lead, labeler, browser_of):
    labeler.is_active = False
    labeler.save(update_fields=["is_active"])

    page = browser_of(admin).get(reverse("people:people")).content.decode()

    assert "Team lead (Harbour)" in page
    assert "Admin (the whole organisation)" in page
    assert "closed" in page


def test_people_page_of_a_team_shows_that_team_alone(nobody, team, labeler, outsider, browser_of):
    MembershipFactory(user=nobody, role=Role.ADMIN, team=team)

    listed = {row.username for row in browser_of(nobody).get(reverse("people:people")).context["page"]}

    assert listed == {"noor", "lena"}


def test_people_page_comes_in_parts(admin, browser_of):
    UserFactory.create_batch(60)
    browser = browser_of(admin)

    assert len(browser.get(reverse("people:people")).context["page"]) == 50
    assert len(browser.get(reverse("people:people"), {"page": 2}).context["page"]) == 11
    assert browser.get(reverse("people:people"), {"page": "x"}).status_code == 200


def test_people_page_costs_the_same_for_many_people(admin, browser_of):
    browser = browser_of(admin)
    with CaptureQueriesContext(connection) as few:
        browser.get(reverse("people:people"))
    for _ in range(20):
        MembershipFactory(team=TeamFactory())

    with CaptureQueriesContext(connection) as many:
        browser.get(reverse("people:people"))

    assert len(many) == len(few)


def test_names_are_shown_as_text(admin, browser_of):
    UserFactory(username="mallory", display_name="<img src=x onerror=alert(1)>")

    page = browser_of(admin).get(reverse("people:people")).content.decode()

    assert "<img" not in page
    assert "&lt;img src=x" in page
