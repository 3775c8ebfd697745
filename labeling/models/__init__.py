"""One model per file; imported from here."""

from labeling.models.annotation import Annotation
from labeling.models.appeal import Appeal
from labeling.models.final_label import FinalLabel
from labeling.models.glossary_term import GlossaryTerm, GlossaryTranslation, GlossaryWord, TermNote
from labeling.models.guideline import Guideline
from labeling.models.guideline_example import GuidelineExample, GuidelineExampleContent
from labeling.models.guideline_look import GuidelineLook
from labeling.models.guideline_translation import GuidelineTranslation
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
from labeling.models.rules_read import RulesRead
from labeling.models.schema_translation import SchemaTranslation
from labeling.models.slot import Slot
from labeling.models.source import Source
from labeling.models.stratum import Stratum
from labeling.models.task import Task
from labeling.models.task_question import TaskQuestion

__all__ = [
    "Annotation",
    "Appeal",
    "FinalLabel",
    "GlossaryTerm",
    "GlossaryTranslation",
    "GlossaryWord",
    "Guideline",
    "GuidelineExample",
    "GuidelineExampleContent",
    "GuidelineLook",
    "GuidelineTranslation",
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
    "RulesRead",
    "SchemaTranslation",
    "Slot",
    "Source",
    "Stratum",
    "Task",
    "TaskQuestion",
    "TermNote",
]
