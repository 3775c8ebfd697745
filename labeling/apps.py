from typing import Any, ClassVar

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out


class LabelingConfig(AppConfig):
    name = "labeling"
    verbose_name = "Labeling"

    # Published rows are read and added to, never changed (people.grants; a trigger says so to the owner too).
    owner_only_tables: ClassVar[dict[str, str]] = {
        "labeling_labelschema": "SELECT, INSERT",
        "labeling_schematranslation": "SELECT, INSERT",
        "labeling_guideline": "SELECT, INSERT",
        "labeling_guidelinetranslation": "SELECT, INSERT",
        # An example may be withdrawn from coming versions; its text never changes.
        "labeling_guidelineexample": "SELECT, INSERT, UPDATE (until_version)",
        "labeling_guidelineexamplecontent": "SELECT, INSERT",
        "labeling_releaserow": "SELECT, INSERT",
    }

    def ready(self) -> None:
        from labeling.operations.forget import erase_words_of
        from labeling.queries.appeals import appealed_tasks_waiting
        from labeling.queries.questions import questions_waiting
        from labeling.queries.risk import risk_item
        from people.navigation import count_waiting_with
        from wellbeing.interface import erase_also_with, find_risk_items_with

        erase_also_with(erase_words_of)
        find_risk_items_with(risk_item)
        count_waiting_with(
            {"labeling:questions": questions_waiting, "labeling:appeals": appealed_tasks_waiting}
        )
        user_logged_out.connect(give_back_lease, dispatch_uid="labeling.give_back_lease")


def give_back_lease(sender: Any, user: Any, **_signal: Any) -> None:
    """Who signs out gives back what they hold, so that others need not wait for it to run out."""
    from labeling.operations.skip import release_lease

    if user is not None and user.is_authenticated:
        release_lease(by=user)
