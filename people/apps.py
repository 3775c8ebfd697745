from typing import ClassVar

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = "People"

    # Tables of which the runtime role gets these privileges and no others (people.grants).
    owner_only_tables: ClassVar[dict[str, str]] = {
        "people_auditevent": "SELECT, INSERT",
        "django_migrations": "SELECT",
    }

    runtime_functions: ClassVar[tuple[str, ...]] = ("people_forget_actor(bigint)",)

    def ready(self) -> None:
        from people.grants import grant_runtime_role
        from people.sentences import read_with
        from people.speech import in_language

        read_with(in_language)
        # With this sender it runs once per `migrate`, after the migrations of every app.
        post_migrate.connect(grant_runtime_role, sender=self)
