"""Which database role does what."""

from typing import Any

from django.conf import settings


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
