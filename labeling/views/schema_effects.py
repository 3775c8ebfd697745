"""What publishing a schema would do to people and releases, said before it is done."""

from labeling.domain.schema import Schema
from labeling.exporters.columns import columns
from labeling.models import Project
from labeling.queries.project_figures import task_counts
from wellbeing import interface


def effects(project: Project, before: Schema | None, after: Schema) -> list[str]:
    """One line each; none where nothing needs a second thought."""
    return [line for line in (consent_line(project, after), _columns_line(project, before, after)) if line]


def consent_line(project: Project, after: Schema) -> str:
    """Whom a category that the team has not met asks to agree again: how many, never who."""
    names = {category_id: name for category_id, name, _ in after.named_categories()}
    asked = interface.consent_asked(team=project.team, categories=names)
    if not asked.unknown or not asked.people:
        return ""
    new = ", ".join(f"“{name}”" for category_id, name in names.items() if category_id in asked.unknown)
    whom = "the 1 person who labels" if asked.people == 1 else f"the {asked.people:,} people who label"
    return (
        f"New to {project.team.name}: {new}. Nothing more is handed to {whom} there until they have agreed to it; "
        "a program meets 409 consent_needed."
    )


def _columns_line(project: Project, before: Schema | None, after: Schema) -> str:
    kept = {column.name for column in columns(after)}
    lost = [column.name for column in columns(before) if column.name not in kept] if before else []
    decided = task_counts([project.pk])[project.pk].decided if lost else 0
    if not decided:
        return ""
    tasks = "1 task is decided" if decided == 1 else f"{decided:,} tasks are decided"
    named = ", ".join(lost)
    return (
        f"{tasks} already. In the next release labels.csv has no column {named} any more, also not for "
        "those; their answers stay in the JSONL files."
    )
