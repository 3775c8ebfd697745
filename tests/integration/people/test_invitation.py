"""From "invite" to a signed-in person with the role, through the pages."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from people import adapter
from people.errors import AlreadyHere, InvitationNotValid, NotAllowed
from people.models import AuditEvent, Invitation, User
from people.operations.invitations import accept_invitation, invite
from people.permissions import Permission, Role
from people.queries import permissions_of
from people.tokens import digest
from tests.factories.labeling import MILD, add_tasks, project_for, schema_document
from tests.factories.people import PASSWORD, MembershipFactory, UserFactory

EMAIL = "nils@example.org"


@pytest.fixture
def invited(admin, team) -> tuple[Invitation, str]:
    return invite(email=EMAIL, role=Role.LABELER, team=team, by=admin)


@pytest.fixture
def link(invited) -> str:
    return reverse("people:invitation", args=[invited[1]])


def form(**changes: str) -> dict[str, str]:
    return {"username": "nils", "email": EMAIL, "password1": PASSWORD, "password2": PASSWORD} | changes


def let_expire() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_invitation SET created_at = created_at - interval '8 days',"
            " expires_at = expires_at - interval '8 days'"
        )


def test_the_form_says_what_a_name_may_hold_before_it_refuses_one(link):
    client = Client()
    client.post(link)

    page = client.get(reverse("account_signup")).text
    assert 'id="id_username_helptext">Letters, numbers and . - _ + @, no spaces.<' in page
    assert 'aria-describedby="id_username_helptext"' in page
    assert client.post(reverse("account_signup"), form(username="Zoë.o-n_e+2@3")).status_code == 302


def test_invited_person_makes_an_account_and_has_the_role(link, team):
    client = Client()

    assert "Labeler" in client.get(link).content.decode()
    assert client.post(link).headers["Location"] == reverse("account_signup")
    assert EMAIL in client.get(reverse("account_signup")).content.decode()
    response = client.post(reverse("account_signup"), form())

    assert response.status_code == 302
    user = User.objects.get(username="nils")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.email == EMAIL
    assert permissions_of(user, team.pk) == {Permission.LABEL}
    assert Invitation.objects.get().accepted_by == user
    assert list(AuditEvent.objects.order_by("id").values_list("action", flat=True)) == [
        "people.invited",
        "people.role_given",
        "people.joined",
    ]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"time_zone": "Africa/Nairobi"}, "Africa/Nairobi"),
        ({}, "UTC"),
        ({"time_zone": ""}, "UTC"),
        ({"time_zone": "Mars/North"}, "UTC"),
        ({"time_zone": "x" * 5000}, "UTC"),
        ({"time_zone": "../Africa/Nairobi"}, "UTC"),
    ],
)
def test_a_new_account_begins_in_the_time_zone_of_its_browser_if_that_is_known(link, said, kept):
    client = Client()
    client.post(link)

    assert client.post(reverse("account_signup"), form(**said)).status_code == 302

    assert User.objects.get(username="nils").time_zone == kept


def test_the_work_is_described_and_never_shown_before_there_is_an_account(link, team, other_team, admin):
    document = schema_document()
    document["questions"][0]["categories"][0]["yes"] = ["an example of canary words"]
    project_for(team, admin, schema=document)
    meadow = {**schema_document(), "questions": [dict(schema_document()["questions"][0])]}
    meadow["questions"][0]["categories"] = [{"id": "spam", "name": "Spam", "definition": "Sells things."}]
    add_tasks(project_for(other_team, admin, schema=meadow))

    page = Client().get(link).content.decode()

    for words in (
        "Unfriendly words.",
        "Announces harm.",
        "a quarter of the daily limit",
        "Saying no costs nothing",
    ):
        assert words in page
    for words in ("canary", "Sells things.", MILD, "Project 1"):
        assert words not in page
    _, secret = invite(email="olu@example.org", role=Role.OFFICER, team=None, by=admin)
    assert "Saying no costs" not in Client().get(reverse("people:invitation", args=[secret])).content.decode()


def test_looking_at_an_invitation_changes_nothing(link):
    client = Client()

    client.get(link)

    assert "invitation" not in client.session
    assert "no open invitation" in client.get(reverse("account_signup")).content.decode()


def test_without_an_invitation_nobody_signs_up(db):
    response = Client().post(reverse("account_signup"), form())

    assert "no open invitation" in response.content.decode()
    assert not User.objects.exists()


def test_invitation_is_bound_to_its_address(link):
    client = Client()
    client.post(link)

    response = client.post(reverse("account_signup"), form(email="someone.else@example.org"))

    assert "was invited" in response.content.decode()
    assert not User.objects.filter(username="nils").exists()


@pytest.mark.parametrize(
    "changes", [{"username": "ada"}, {"username": "ADA"}, {"password1": "short", "password2": "short"}]
)
def test_sign_up_form_says_what_is_wrong_and_keeps_the_invitation(link, changes):
    client = Client()
    client.post(link)

    response = client.post(reverse("account_signup"), form(**changes))

    assert response.status_code == 200
    assert client.post(reverse("account_signup"), form()).status_code == 302


def test_invitation_works_once(link):
    first, second = Client(), Client()
    first.post(link)
    second.post(link)
    first.post(reverse("account_signup"), form())

    assert (
        "no open invitation"
        in second.post(reverse("account_signup"), form(username="other")).content.decode()
    )
    assert Client().get(link).status_code == 410
    assert User.objects.filter(email=EMAIL).count() == 1


def test_no_account_is_kept_when_the_invitation_is_used_up_meanwhile(link, monkeypatch):
    client = Client()
    client.post(link)

    def taken(**_):
        raise InvitationNotValid("used")

    monkeypatch.setattr(adapter, "accept_invitation", taken)
    response = client.post(reverse("account_signup"), form())

    assert response.status_code == 410
    assert not User.objects.filter(username="nils").exists()


def test_expired_invitation_is_closed(link):
    client = Client()
    client.post(link)
    let_expire()

    assert client.get(link).status_code == 410
    assert "no open invitation" in client.post(reverse("account_signup"), form()).content.decode()


@pytest.mark.parametrize("secret", ["x", "x" * 43, "%00", "é"])
def test_unknown_invitation_is_closed(secret, db):
    assert Client().get(reverse("people:invitation", args=[secret])).status_code == 410


def test_signed_in_person_is_told_to_sign_out_first(link, labeler, browser_of):
    browser = browser_of(labeler)

    assert "sign out first" in browser.get(link).content.decode()
    browser.post(link)
    assert "invitation" not in browser.session


def test_secret_of_an_invitation_is_stored_nowhere(invited):
    client = Client()
    client.post(reverse("people:invitation", args=[invited[1]]))

    assert bytes(Invitation.objects.get().token_hash) == digest(invited[1])
    assert invited[1] not in str(dict(client.session))
    assert invited[1] not in str(list(AuditEvent.objects.values()))
    assert EMAIL not in str(list(AuditEvent.objects.values()))


def test_inviting_again_ends_the_first_link(link, admin, team):
    _, secret = invite(email=EMAIL.upper(), role=Role.LEAD, team=team, by=admin)

    assert Client().get(link).status_code == 410
    assert Client().get(reverse("people:invitation", args=[secret])).status_code == 200


def test_person_with_an_account_is_not_invited(admin, labeler):
    with pytest.raises(AlreadyHere):
        invite(email=labeler.email.upper(), role=Role.LEAD, team=None, by=admin)


def test_address_must_be_one(admin):
    with pytest.raises(ValidationError):
        invite(email="nobody", role=Role.LEAD, team=None, by=admin)


@pytest.mark.parametrize("persona", ["labeler", "lead", "engineer", "officer", "outsider", "nobody"])
def test_only_who_manages_people_invites(persona, team, request):
    with pytest.raises(NotAllowed):
        invite(email=EMAIL, role=Role.LABELER, team=team, by=request.getfixturevalue(persona))


def test_admin_of_a_team_invites_to_it_alone(nobody, team, other_team):
    MembershipFactory(user=nobody, role=Role.ADMIN, team=team)

    invite(email=EMAIL, role=Role.LABELER, team=team, by=nobody)
    for elsewhere in (other_team, None):
        with pytest.raises(NotAllowed):
            invite(email=EMAIL, role=Role.LABELER, team=elsewhere, by=nobody)


def test_accepting_takes_the_right_person(invited):
    with pytest.raises(InvitationNotValid):
        accept_invitation(token_hash=bytes(invited[0].token_hash), user=UserFactory(email="x@example.org"))


def test_accepting_twice_is_refused(invited):
    user = UserFactory(email=EMAIL)
    accept_invitation(token_hash=bytes(invited[0].token_hash), user=user)

    with pytest.raises(InvitationNotValid):
        accept_invitation(token_hash=bytes(invited[0].token_hash), user=user)


@pytest.mark.parametrize(
    "change",
    [
        "accepted_at = clock_timestamp()",
        "accepted_by_id = (SELECT min(id) FROM people_user)",
        "expires_at = created_at",
    ],
)
def test_database_keeps_invitations_sound(change, invited):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE people_invitation SET {change}")  # noqa: S608


def test_admin_invites_on_the_page_and_gets_the_link_once(admin, team, browser_of):
    browser = browser_of(admin)

    answer = browser.post(
        reverse("people:invite"), {"email": EMAIL, "role": "labeler", "team": team.pk}
    ).content.decode()

    link = re.search(r'value="http://testserver(/invitations/[^"]+)"', answer)
    assert link is not None
    assert Client().get(link[1]).status_code == 200
    assert "/invitations/" not in browser.get(reverse("people:people")).content.decode()


@pytest.mark.parametrize(
    "data", [{}, {"email": "x", "role": "labeler"}, {"email": EMAIL, "role": "archduke"}]
)
def test_invite_page_says_what_is_wrong(data, admin, browser_of):
    response = browser_of(admin).post(reverse("people:invite"), data)

    assert response.status_code == 422
    assert not Invitation.objects.exists()


def test_invite_page_tells_of_an_existing_account(admin, labeler, browser_of):
    response = browser_of(admin).post(reverse("people:invite"), {"email": labeler.email, "role": "labeler"})

    assert response.status_code == 422
    assert "has an account already" in response.content.decode()


def test_invite_page_of_a_team_offers_that_team_alone(nobody, team, other_team, browser_of):
    MembershipFactory(user=nobody, role=Role.ADMIN, team=team)
    browser = browser_of(nobody)

    page = browser.get(reverse("people:invite")).content.decode()
    response = browser.post(
        reverse("people:invite"), {"email": EMAIL, "role": "labeler", "team": other_team.pk}
    )

    assert team.name in page
    assert other_team.name not in page
    assert response.status_code == 422
