from typing import ClassVar

from django.apps import AppConfig


class LabelingConfig(AppConfig):
    name = "labeling"
    verbose_name = "Labeling"

    # Published rows are read and added to, never changed (people.grants; a trigger says so to the owner too).
    owner_only_tables: ClassVar[dict[str, str]] = {
        "labeling_labelschema": "SELECT, INSERT",
        "labeling_guideline": "SELECT, INSERT",
        "labeling_releaserow": "SELECT, INSERT",
    }
