"""The language of the pages: what a person chose wins, then the cookie of the browser, then what the browser asks for."""

import re

import pytest
from django.test import Client

from config.languages import TRANSLATED
from people.errors import SettingNotPossible
from people.models import AuditEvent, Team, User
from people.operations.invitations import invite
from people.operations.settings import set_page_language
from people.permissions import Role

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


def words_of(client: Client, address: str, **data: str) -> set[str]:
    """Labels and mistakes of a form, as its page says them."""
    response = client.post(address, data) if data else client.get(address)
    main = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return {text.strip() for text in re.findall(r">([^<>]*[^\W\d_][^<>]*)<", main)}


@pytest.mark.parametrize("language", [language.code for language in TRANSLATED])
def test_the_forms_of_coming_in_are_in_the_readers_language(
    language: str, labeler: User, admin: User, team: Team
) -> None:
    """Also what Django and allauth say of a mistake; a text of theirs that changed would come in English."""
    _, secret = invite(email="nils@example.org", role=Role.LABELER, team=team, by=admin)
    said: dict[str, set[str]] = {}
    for code in ("en", language):
        browser = Client(headers={"accept-language": code})
        said[code] = words_of(browser, "/accounts/sign-in/", login=labeler.username, password="wrong")
        browser.post(f"/invitations/{secret}/")
        for name, first, second in (("a b<", "short", "other"), (labeler.username, "password1234", "")):
            said[code] |= words_of(
                browser,
                "/accounts/sign-up/",
                username=name,
                email="nils@example.org",
                password1=first,
                password2=second,
            )

    assert said["en"] & said[language] <= {"Respite"}
    assert len(said["en"]) > 15
