"""One model per file; imported from here."""

from labeling.models.annotation import Annotation
from labeling.models.final_label import FinalLabel
from labeling.models.guideline import Guideline
from labeling.models.item import Item
from labeling.models.item_content import ItemContent
from labeling.models.item_import import Import
from labeling.models.item_problem import ItemProblem
from labeling.models.label_schema import LabelSchema
from labeling.models.lease import Lease
from labeling.models.place import Place
from labeling.models.project import Project
from labeling.models.release import Release
from labeling.models.release_note import ReleaseNote
from labeling.models.release_row import ReleaseRow
from labeling.models.slot import Slot
from labeling.models.source import Source
from labeling.models.stratum import Stratum
from labeling.models.task import Task

__all__ = [
    "Annotation",
    "FinalLabel",
    "Guideline",
    "Import",
    "Item",
    "ItemContent",
    "ItemProblem",
    "LabelSchema",
    "Lease",
    "Place",
    "Project",
    "Release",
    "ReleaseNote",
    "ReleaseRow",
    "Slot",
    "Source",
    "Stratum",
    "Task",
]
