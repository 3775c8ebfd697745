"""The language of the pages: what a person chose wins, then the cookie of the browser, then what the browser asks for."""

import pytest
from django.test import Client

from people.errors import SettingNotPossible
from people.models import AuditEvent, User
from people.operations.settings import set_page_language

pytestmark = pytest.mark.django_db


def language_of(client: Client, address: str = "/accounts/sign-in/", **headers: str) -> tuple[str, str]:
    response = client.get(address, headers=headers)
    text = response.content.decode()
    start = text[text.index("<html") : text.index("data-theme")]
    return start.split('lang="')[1].split('"')[0], start.split('dir="')[1].split('"')[0]


def test_a_browser_gets_what_it_asks_for(client: Client) -> None:
    assert language_of(client) == ("en", "ltr")
    assert language_of(client, accept_language="pt-BR,pt;q=0.9") == ("pt", "ltr")
    assert language_of(client, accept_language="ar-EG,en;q=0.5") == ("ar", "rtl")
    assert language_of(client, accept_language="tlh") == ("en", "ltr")


def test_an_answer_says_on_what_it_depends(client: Client) -> None:
    response = client.get("/accounts/sign-in/", headers={"accept-language": "de"})

    assert {"Accept-Language", "Cookie"} <= {one.strip() for one in response["Vary"].split(",")}
    assert response["Content-Language"] == "de"


def test_a_choice_before_signing_in_stays_with_the_browser(client: Client) -> None:
    response = client.post("/language/", {"language": "sw", "next": "/accounts/sign-in/"})

    assert response.status_code == 302
    assert response["Location"] == "/accounts/sign-in/"
    assert language_of(client, accept_language="de") == ("sw", "ltr")


def test_a_persons_choice_follows_them_to_every_browser(client: Client, labeler: User) -> None:
    client.force_login(labeler)
    client.post("/language/", {"language": "ar"})

    elsewhere = Client()
    elsewhere.cookies["language"] = "de"
    elsewhere.force_login(labeler)

    assert User.objects.get(pk=labeler.pk).page_language == "ar"
    assert language_of(elsewhere, "/me/data/", accept_language="fr") == ("ar", "rtl")
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("after", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_the_way_back_never_leaves_the_site(client: Client, after: str) -> None:
    assert client.post("/language/", {"language": "de", "next": after})["Location"] == "/"


@pytest.mark.parametrize("language", ["tlh", "", "../en", "de-AT"])
def test_another_language_is_not_kept(client: Client, labeler: User, language: str) -> None:
    with pytest.raises(SettingNotPossible):
        set_page_language(person=labeler, language=language)

    assert "language" not in client.post("/language/", {"language": language}).cookies
