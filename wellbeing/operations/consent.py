"""Agreeing to the work, and taking it back. Nobody else learns of it: no audit event, no look."""

from collections.abc import Iterable

from django.db import transaction

from people.models import User
from wellbeing.domain.consent import CONSENT_VERSION
from wellbeing.models import Consent
from wellbeing.operations.lock import lock_person
from wellbeing.queries.consent import consent_of


class ConsentOutdated(Exception):
    """The text has changed since the person read it; they must read the new one first."""


@transaction.atomic
def give_consent(
    *, person: User, version: int, categories: Iterable[str] | None = None, language: str
) -> None:
    """The person agrees to the text of that version, which named these categories. Said twice, it is kept once.

    Without `categories`, to all that the work of their teams may contain. Raises ConsentOutdated.
    """
    if version != CONSENT_VERSION:
        raise ConsentOutdated(f"version {version} was read, {CONSENT_VERSION} holds")
    last = _last_under_lock(person)
    named = {kind.code for kind in consent_of(person).kinds}
    agreed = sorted(named if categories is None else named.intersection(categories))
    if last is None or last.is_withdrawn or (last.version, last.categories) != (version, agreed):
        Consent.objects.create(person=person, version=version, categories=agreed, language=language)


@transaction.atomic
def withdraw_consent(*, person: User, language: str) -> None:
    """From here on nothing new is handed to the person. What is open can be hidden, answered or skipped."""
    last = _last_under_lock(person)
    if last is not None and not last.is_withdrawn:
        Consent.objects.create(
            person=person,
            version=last.version,
            categories=last.categories,
            is_withdrawn=True,
            language=language,
        )


def _last_under_lock(person: User) -> Consent | None:
    # A claim that is under way comes first, or sees what is said here: nothing is handed out after a withdrawal.
    lock_person(person_id=person.pk)
    return Consent.objects.filter(person=person).order_by("-pk").first()
