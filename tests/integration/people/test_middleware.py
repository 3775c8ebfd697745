"""Who reaches a view: route table, sessions, tokens and methods, on a site of its own."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from people.models import ApiToken, Membership, User
from people.operations.api_tokens import issue_token
from people.operations.memberships import add_membership, remove_membership
from people.permissions import Permission, Role

SITE = "tests.integration.people.tiny_site"
PROBLEM = "application/problem+json"


@pytest.fixture(autouse=True)
def tiny_site(settings, db):
    settings.ROOT_URLCONF = SITE
    settings.ROUTE_TABLE = f"{SITE}.ROUTES"
    settings.LOGIN_URL = "account_login"


# (address, method) → status for: anonymous, nobody, labeler, engineer, admin, closed account
PAGES = {
    ("/open/", "get"): (200, 200, 200, 200, 200, 200),
    ("/open/", "head"): (200, 200, 200, 200, 200, 200),
    ("/open/", "post"): (405, 405, 405, 405, 405, 405),
    ("/mine/", "get"): (302, 200, 200, 200, 200, 302),
    ("/mine/", "post"): (302, 200, 200, 200, 200, 302),
    ("/mine/", "delete"): (302, 405, 405, 405, 405, 302),
    ("/labels/", "get"): (302, 403, 200, 403, 403, 302),
    ("/labels/", "head"): (302, 403, 200, 403, 403, 302),
    ("/labels/", "options"): (302, 403, 200, 403, 403, 302),
    ("/labels/", "post"): (302, 403, 200, 403, 403, 302),
    ("/labels/", "put"): (302, 405, 405, 405, 405, 302),
    ("/people/", "get"): (302, 403, 403, 403, 200, 302),
    ("/people/", "post"): (302, 405, 405, 405, 405, 302),
    ("/api/mine/", "get"): (401, 200, 200, 200, 200, 401),
    ("/api/labels/", "post"): (401, 403, 200, 403, 403, 401),
    ("/api/labels/", "get"): (405, 405, 405, 405, 405, 405),
    ("/api/releases/", "get"): (401, 403, 403, 200, 200, 401),
    ("/api/releases/", "post"): (401, 403, 403, 200, 200, 401),
    ("/api/releases/", "put"): (405, 405, 405, 405, 405, 405),
}


@pytest.mark.parametrize(("address", "method"), PAGES)
def test_route_lets_in_exactly_who_its_row_names(
    address, method, nobody, labeler, engineer, admin, second_labeler, browser_of
):
    browsers = [Client(), *(browser_of(user) for user in (nobody, labeler, engineer, admin, second_labeler))]
    User.objects.filter(pk=second_labeler.pk).update(is_active=False)

    statuses = tuple(getattr(browser, method)(address).status_code for browser in browsers)

    assert statuses == PAGES[address, method]


@pytest.mark.parametrize("address", ["/unlisted/", "/api/unlisted/"])
def test_route_without_a_row_is_an_error_where_people_develop(address, admin, browser_of):
    with pytest.raises(ImproperlyConfigured, match="unlisted"):
        browser_of(admin).get(address)


@pytest.mark.parametrize("address", ["/unlisted/", "/api/unlisted/"])
def test_route_without_a_row_is_not_there_in_production(address, admin, browser_of, settings):
    settings.DEMO = False

    assert browser_of(admin).get(address).status_code == 404


def test_anonymous_page_request_goes_to_sign_in_and_back():
    response = Client().get("/labels/?page=2")

    assert response.status_code == 302
    assert response.headers["Location"] == "/sign-in/?next=/labels/%3Fpage%3D2"


def test_anonymous_api_request_gets_a_problem_and_no_redirect():
    response = Client().get("/api/mine/")

    assert response.status_code == 401
    assert response.headers["Content-Type"] == PROBLEM
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert response.json()["code"] == "not_signed_in"


def test_live_part_of_a_page_leads_the_whole_page_to_sign_in(settings):
    settings.MIDDLEWARE = [
        name.replace(
            "django.contrib.auth.middleware.LoginRequiredMiddleware",
            "people.middleware.SignInRequiredMiddleware",
        )
        for name in settings.MIDDLEWARE
    ]

    response = Client().post(
        "/labels/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/mine/?a=1"}
    )

    assert response.status_code == 401
    assert response.headers["HX-Redirect"] == "/sign-in/?next=/mine/"


def test_method_override_is_not_believed(labeler, browser_of):
    browser = browser_of(labeler)

    response = browser.post("/people/", {"_method": "GET"}, headers={"X-HTTP-Method-Override": "GET"})

    assert response.status_code == 405


def test_role_given_or_taken_holds_on_the_next_request(nobody, team, admin, browser_of):
    browser = browser_of(nobody)
    assert browser.get("/labels/").status_code == 403

    add_membership(user=nobody, role=Role.LABELER, team=team, by=admin)
    assert browser.get("/labels/").status_code == 200

    remove_membership(user=nobody, role=Role.LABELER, team=team, by=admin)
    assert browser.get("/labels/").status_code == 403


def test_session_must_pass_the_csrf_check_on_the_api(labeler, browser_of):
    response = browser_of(labeler, csrf=True).post("/api/labels/")

    assert response.status_code == 403
    assert response.headers["Content-Type"] == PROBLEM


def test_session_with_its_csrf_token_may_use_the_api(labeler, browser_of):
    browser = browser_of(labeler, csrf=True)
    browser.cookies["csrftoken"] = "a" * 32

    response = browser.post("/api/labels/", headers={"X-CSRFToken": "a" * 32})

    assert response.status_code == 200
    assert response.json()["by_token"] is False


def test_token_signs_a_program_in_without_a_csrf_token(labeler, program_of):
    response = program_of(labeler).post("/api/labels/")

    assert response.status_code == 200
    assert response.json() == {"user": "lena", "held": ["label"], "by_token": True}
    assert not response.cookies


def test_token_without_the_scope_is_refused_by_name(engineer, program_of):
    program = program_of(engineer, [Permission.READ_RELEASES, Permission.IMPORT_ITEMS])

    response = program.post("/api/releases/")

    assert response.status_code == 403
    assert response.headers["Content-Type"] == PROBLEM
    assert response.json()["code"] == "scope_missing"
    assert response.json()["scope"] == "publish_releases"


@pytest.mark.parametrize("address", ["/api/mine/", "/api/releases/"])
def test_token_that_may_only_read_writes_nowhere(address, engineer, program_of):
    program = program_of(engineer, [Permission.READ_RELEASES])

    assert program.get(address).status_code == 200
    assert program.post(address).json()["code"] == "scope_missing"


def test_inside_a_view_a_token_is_held_to_its_scopes_too(engineer, program_of):
    program = program_of(engineer, [Permission.READ_RELEASES])

    assert program.get("/api/releases/").json()["held"] == ["read_releases"]


def test_token_loses_what_its_person_loses(engineer, program_of):
    program = program_of(engineer)
    assert program.get("/api/releases/").status_code == 200

    Membership.objects.filter(user=engineer).delete()

    assert program.get("/api/releases/").status_code == 403


def test_token_opens_no_page(labeler, program_of):
    assert program_of(labeler).get("/labels/").status_code == 302


def test_bad_token_is_refused_even_beside_a_good_session(labeler, browser_of):
    response = browser_of(labeler).get("/api/mine/", headers={"Authorization": "Bearer rsp_wrong"})

    assert response.status_code == 401
    assert response.json()["code"] == "token_invalid"


@pytest.mark.parametrize("scheme", ["Basic {}", "Token {}", "{}", "Bearer", "Bearer  ", "Bearer {} {}", ""])
def test_other_ways_of_sending_a_token_are_refused(scheme, labeler):
    _, plaintext = issue_token(user=labeler, name="ci", scopes=[Permission.LABEL], days=1)

    response = Client().get("/api/mine/", headers={"Authorization": scheme.replace("{}", plaintext)})

    assert response.status_code == 401


@pytest.mark.parametrize("parameter", ["token", "access_token", "api_key", "authorization"])
def test_token_in_an_address_or_a_form_is_not_accepted(parameter, labeler):
    _, plaintext = issue_token(user=labeler, name="ci", scopes=[Permission.LABEL], days=1)
    client = Client(enforce_csrf_checks=True)
    client.cookies[parameter] = plaintext

    assert client.get("/api/mine/", {parameter: plaintext}).status_code == 401
    assert client.post("/api/labels/", {parameter: plaintext}).status_code == 401


def test_program_costs_two_statements_before_its_view(labeler, program_of, django_assert_num_queries):
    program = program_of(labeler)
    program.post("/api/labels/")  # notes the use of the token, once a minute

    with django_assert_num_queries(2):
        program.post("/api/labels/")


def test_person_costs_three_statements_before_their_view(labeler, browser_of, django_assert_num_queries):
    browser = browser_of(labeler)

    with django_assert_num_queries(3):
        browser.get("/labels/")


def test_anonymous_request_asks_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        Client().get("/open/")
        Client().get("/labels/")
        Client().get("/api/mine/")
        Client().get("/api/mine/", headers={"Authorization": "Bearer rsp_wrong"})


def test_use_of_a_token_is_noted_once_a_minute(labeler, program_of):
    program = program_of(labeler)
    program.post("/api/labels/")
    first = ApiToken.objects.get().last_used_at
    program.post("/api/labels/")

    assert first is not None
    assert ApiToken.objects.get().last_used_at == first
