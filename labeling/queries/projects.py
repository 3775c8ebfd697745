"""What a project asks now, and what it asked before."""

from labeling.models import Guideline, LabelSchema, Project


def current_schema(project: Project) -> LabelSchema | None:
    """The newest published version; None before the first."""
    return LabelSchema.objects.filter(project=project).order_by("-version").first()


def current_guideline(project: Project) -> Guideline | None:
    """The newest published version; None before the first."""
    return Guideline.objects.filter(project=project).order_by("-version").first()


def schema_versions(project: Project) -> list[LabelSchema]:
    """All versions without their documents, the newest first."""
    return list(LabelSchema.objects.filter(project=project).defer("document").order_by("-version"))
