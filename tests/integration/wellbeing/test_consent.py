"""Agreeing, taking it back, being asked again, and what is left of it all."""

import pytest
from django.db import DatabaseError, transaction

from people.models import Team, User
from people.permissions import Role
from tests.factories.people import agree, person, unasked
from tests.factories.wellbeing import claim, clear, conceal, reveal, settle, sql
from wellbeing import interface
from wellbeing.domain import consent as text
from wellbeing.domain.erasing import ErasureReason
from wellbeing.interface import CONSENT_VERSION, Clearance, ConsentOutdated, View
from wellbeing.models import Consent, FirstDays
from wellbeing.operations.erasure import erase_person
from wellbeing.operations.first_days import note_step
from wellbeing.queries import situation

pytestmark = pytest.mark.django_db


def give(who: User, **said: object) -> None:
    interface.give_consent(person=who, **{"version": CONSENT_VERSION, "language": "sw", **said})


def withdraw(who: User) -> None:
    interface.withdraw_consent(person=who, language="en")


def is_refused(who: User) -> bool:
    """By every way to something new, alike."""
    codes = {getattr(answer, "code", None) for answer in (claim(who), reveal(who, "lease:new"))}
    assert len(codes) == 1
    return codes == {"consent_needed"}


def test_nothing_is_handed_out_before_somebody_agrees(team):
    who = unasked("nia", Role.LABELER, team)
    assert is_refused(who)
    assert not interface.consent_of(who).stands
    give(who)
    assert isinstance(clear(who), Clearance)
    assert (Consent.objects.get().language, Consent.objects.get().categories) == ("sw", [])


def test_taken_back_nothing_new_comes_but_what_is_open_can_be_put_away(labeler):
    assert isinstance(reveal(labeler), View)
    withdraw(labeler)
    assert isinstance(reveal(labeler), View), "asked for again, an open view is what it was"
    assert conceal(labeler, "lease:1") is not None
    assert reveal(labeler).code == "consent_needed"
    assert settle(labeler) is not None
    assert is_refused(labeler)
    give(labeler)
    assert isinstance(clear(labeler), Clearance)


def test_said_twice_it_is_kept_once(labeler):
    for step in (give, give, withdraw, withdraw, give):
        step(labeler)
    assert list(Consent.objects.order_by("pk").values_list("is_withdrawn", flat=True)) == [False, True, False]


def test_somebody_who_never_agreed_has_nothing_to_take_back(team):
    withdraw(unasked("nia", Role.LABELER, team))
    assert not Consent.objects.exists()


def test_a_new_text_is_asked_about_and_an_old_page_says_nothing(labeler, monkeypatch):
    for module in (text, situation):
        monkeypatch.setattr(module, "CONSENT_VERSION", CONSENT_VERSION + 1)
    monkeypatch.setattr("wellbeing.operations.consent.CONSENT_VERSION", CONSENT_VERSION + 1)
    assert is_refused(labeler)
    assert interface.consent_of(labeler).is_asked_again
    with pytest.raises(ConsentOutdated):
        give(labeler)
    give(labeler, version=CONSENT_VERSION + 1)
    assert not is_refused(labeler)


def test_a_category_that_was_not_named_is_asked_about_in_its_team_alone(team, labeler):
    elsewhere = person("omar", Role.LABELER, Team.objects.create(name="Meadow"))
    everywhere = person("eva", Role.LABELER)
    leader = person("leyla", Role.LEAD, team)
    interface.name_categories(categories=[("V", "Violence", [])])
    interface.define_categories(team=team, definitions={"V": "Harm to a body."})
    assert [is_refused(who) for who in (labeler, everywhere, elsewhere, leader)] == [True, True, False, False]
    (kind,) = interface.consent_of(labeler).kinds
    assert (kind.name, kind.definition, kind.is_new) == ("Violence", "Harm to a body.", True)

    give(labeler, categories=[])  # from a page that was older than the category
    assert is_refused(labeler)
    give(labeler, categories=["V", "made up"])
    assert not is_refused(labeler)
    assert interface.consent_of(labeler).stands
    assert Consent.objects.filter(person=labeler).latest("pk").categories == ["V"]


def test_rows_are_never_changed_and_go_with_their_person(labeler, owner_connection):
    note_step(person=labeler, step="keys", done=True)
    for statement in ("UPDATE consent SET is_withdrawn = true", "DELETE FROM consent"):
        with pytest.raises(DatabaseError), transaction.atomic():
            sql(statement)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        sql("SELECT forget_consent(%s)", labeler.pk)
    erase_person(person_id=labeler.pk, by=None, reason=ErasureReason.ASKED)
    assert not Consent.objects.exists()
    assert not FirstDays.objects.exists()


def test_factories_agree_to_what_there_is(team, labeler):
    interface.define_categories(team=team, definitions={"V": ""})
    agree(labeler)
    assert not is_refused(labeler)
