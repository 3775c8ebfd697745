"""People and teams for tests. Everybody is invented; nobody has a role until one is given."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from people.models import Membership, Team, User
from people.permissions import Role
from wellbeing.domain.ramp import LAST_STEP
from wellbeing.interface import CONSENT_VERSION
from wellbeing.models import Consent, RampStep, TeamCategory

LONG_AGO = date(2020, 1, 6)
PASSWORD = "a quiet lamp by the river"


class TeamFactory(DjangoModelFactory):
    class Meta:
        model = Team

    name = factory.Sequence(lambda number: f"Team {number}")


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"person{number}")
    email = factory.LazyAttribute(lambda person: f"{person.username}@example.org")

    @classmethod
    def _create(cls, model_class, *args, password=PASSWORD, **fields):
        return model_class.objects.create_user(*args, password=password, **fields)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = Role.LABELER
    team = factory.SubFactory(TeamFactory)


def person(username: str, role: Role | None = None, team: Team | None = None, **fields: object) -> User:
    """Somebody with one role, in a team or (without one) in the whole organisation, and past ramp-up."""
    user = newcomer(username, role, team, **fields)
    RampStep.objects.create(person=user, step=LAST_STEP, since=LONG_AGO)
    return user


def newcomer(username: str, role: Role | None = None, team: Team | None = None, **fields: object) -> User:
    """The same, before their first day, but asked already."""
    user = unasked(username, role, team, **fields)
    agree(user)
    return user


def unasked(username: str, role: Role | None = None, team: Team | None = None, **fields: object) -> User:
    """Somebody who has just made their account: not a newcomer yet, for they have agreed to nothing."""
    user = UserFactory(username=username, **fields)
    if role is not None:
        MembershipFactory(user=user, role=role, team=team)
    return user


def agree(*people: User) -> None:
    """They agree to everything that any team's work may contain."""
    categories = sorted(set(TeamCategory.objects.values_list("category", flat=True)))
    Consent.objects.bulk_create(
        Consent(person=person, version=CONSENT_VERSION, categories=categories, language="en")
        for person in people
    )


def agree_everybody() -> None:
    """Whoever was asked before agrees anew: a schema has named a category."""
    asked = Consent.objects.order_by("person_id", "-pk").distinct("person_id")
    agree(*(consent.person for consent in asked.select_related("person") if not consent.is_withdrawn))
