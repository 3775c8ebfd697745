"""Sessions: coming in, going out, and what ends them."""

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from people.models import User
from tests.factories.people import PASSWORD


def sign_in(client: Client, username: str = "lena", password: str = PASSWORD, **more: str):
    return client.post(reverse("account_login"), {"login": username, "password": password} | more)


def is_in(client: Client) -> bool:
    return client.post(reverse("people:theme"), {"theme": "auto"}).headers["Location"] == "/"


def test_labeler_signs_in_and_out(labeler):
    client = Client()

    assert sign_in(client).headers["Location"] == reverse("labeling:home")
    assert is_in(client)
    assert "Sign out?" in client.get(reverse("account_logout")).content.decode()
    assert is_in(client)
    client.post(reverse("account_logout"))

    assert not is_in(client)
    assert not Session.objects.exists()


def test_who_signs_out_is_told_once_that_they_did_and_that_what_they_saved_is_kept(labeler):
    client = Client()
    said = '<p class="note ">You are signed out. What you saved is kept.</p>'
    first = sign_in(client, next=reverse("people:help"))
    assert 'role="status"' not in client.get(first.headers["Location"]).text.partition("<main")[0]

    page = client.post(reverse("account_logout"), follow=True).text

    assert 'name="password"' in page
    assert said in page.partition('<div class="messages" role="status">')[2]
    assert said not in client.get(reverse("account_login")).text


@pytest.mark.parametrize(("username", "password"), [("lena", "wrong"), ("nobody-here", PASSWORD), ("", "")])
def test_wrong_name_and_wrong_password_look_alike(username, password, labeler):
    client = Client()

    page = sign_in(client, username, password).content.decode()

    assert 'role="alert"' in page
    assert PASSWORD not in page
    assert not is_in(client)


def test_session_gets_a_new_key_at_sign_in(labeler):
    client = Client()
    client.session["seen"] = True
    session = client.session
    session["seen"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key

    sign_in(client)

    assert client.session.session_key != session.session_key
    assert not Session.objects.filter(session_key=session.session_key).exists()


def test_old_cookie_is_dead_after_sign_out(labeler):
    client = Client()
    sign_in(client)
    cookie = client.cookies["sessionid"].value
    client.post(reverse("account_logout"))

    client.cookies["sessionid"] = cookie

    assert not is_in(client)


def test_other_sessions_are_dead_after_a_change_of_password(labeler, browser_of):
    browser = browser_of(labeler)
    assert is_in(browser)

    labeler.set_password("another quiet lamp")
    labeler.save(update_fields=["password"])

    assert not is_in(browser)


def test_session_of_a_closed_account_is_dead(labeler, browser_of):
    browser = browser_of(labeler)

    User.objects.filter(pk=labeler.pk).update(is_active=False)

    assert not is_in(browser)


def test_closed_account_cannot_sign_in(labeler):
    User.objects.filter(pk=labeler.pk).update(is_active=False)
    client = Client()

    response = sign_in(client)

    assert response.status_code == 403
    assert "account is closed" in response.content.decode()
    assert not is_in(client)


def test_sign_in_goes_on_to_the_page_asked_for_and_never_to_another_site(labeler):
    assert sign_in(Client(), next="/tokens/").headers["Location"] == "/tokens/"
    assert sign_in(Client(), next="https://example.org/").headers["Location"] == reverse("labeling:home")


def test_sign_in_and_sign_out_need_the_csrf_token(labeler, browser_of):
    assert sign_in(Client(enforce_csrf_checks=True)).status_code == 403
    assert browser_of(labeler, csrf=True).post(reverse("account_logout")).status_code == 403


def test_page_opened_by_a_link_never_signs_out(labeler, browser_of):
    browser = browser_of(labeler)

    browser.get(reverse("account_logout"))

    assert is_in(browser)


@pytest.fixture
def rate_limits(settings):
    """The suite runs without limits; these are production's kind, counted anew."""
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {"login": "8/m/ip", "login_failed": "3/5m/key"}
    yield
    cache.clear()


def test_after_some_wrong_passwords_the_right_one_waits_too(labeler, rate_limits):
    client = Client()
    for _ in range(3):
        sign_in(client, password="wrong")

    sign_in(client)

    assert not is_in(client)
    assert Client().post(reverse("account_login"), {"login": "mosi", "password": "x"}).status_code == 200


def test_too_many_tries_from_one_place_get_a_plain_page(labeler, rate_limits):
    statuses = [sign_in(Client(), f"guess{number}", "wrong").status_code for number in range(9)]

    assert statuses == [200] * 8 + [429]
