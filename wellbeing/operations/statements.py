"""Giving a person their signed statement. It is their own: nobody else is ever given one here."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from people.models import User
from wellbeing.domain.month import Month
from wellbeing.domain.signing import public_key, signed
from wellbeing.domain.statement import Record, statement
from wellbeing.queries.statements import lifetime_record, month_record


class NoStatement(LookupError):
    """There is no such month in the person's record."""


@dataclass(frozen=True)
class SignedStatement:
    """A statement with what its file holds: the document, the public key, the signature (in base64)."""

    statement: dict[str, Any]
    public_key: str
    signature: str

    @property
    def file(self) -> bytes:
        """The JSON file, to be read by people too. Laying it out differently does not touch the signature."""
        parts = {"statement": self.statement, "public_key": self.public_key, "signature": self.signature}
        return json.dumps(parts, sort_keys=True, indent=1, ensure_ascii=False).encode() + b"\n"


def monthly_statement(*, person: User, month: str) -> SignedStatement:
    """The statement of `month` ("2026-11"); one of the running month says so. Raises NoStatement."""
    try:
        asked = Month.named(month)
    except ValueError as error:
        raise NoStatement(str(error)) from error
    return _signed(month_record(person_id=person.pk, month=asked), person)


def lifetime_statement(*, person: User) -> SignedStatement:
    """All months that the person's record holds, in one statement. Raises NoStatement for an empty record."""
    return _signed(lifetime_record(person_id=person.pk), person)


def public_keys() -> tuple[str, list[str]]:
    """The public key that signs now, and those that signed before; base64, for the public page."""
    return public_key(settings.STATEMENT_KEY), list(settings.STATEMENT_FORMER_KEYS)


def _signed(record: Record | None, person: User) -> SignedStatement:
    if record is None:
        raise NoStatement("the record has no entry of that time")
    document = statement(record, person=person.get_full_name(), organisation=settings.ORGANISATION_NAME)
    return SignedStatement(**signed(document, settings.STATEMENT_KEY))
