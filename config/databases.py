"""Which database role does what."""

from typing import Any

from django.conf import settings
from django.core.management import call_command


class OwnerMigrates:
    """Migrations run as the owner role only, when the process was given one; all queries as the runtime role."""

    def db_for_read(self, model: type, **hints: Any) -> str:
        return "default"

    def db_for_write(self, model: type, **hints: Any) -> str:
        return "default"

    def allow_relation(self, obj1: object, obj2: object, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner" or "owner" not in settings.DATABASES


def refuse_an_unsafe_database() -> None:
    """Production starts neither as the ledger's owner, nor with a moved clock, nor where an answer could be lost.

    Raises SystemCheckError (wellbeing.checks says what is wrong). Demo and test settings may do some of that.
    """
    if not settings.DEMO:
        call_command("check", tags=["database"], databases=["default"])
