"""What a project asks now, and what it asked before."""

from functools import lru_cache

from labeling.domain.schema import Schema, parse
from labeling.models import Guideline, LabelSchema, Project


def current_schema(project: Project, *, version: int | None = None) -> LabelSchema | None:
    """The newest published version, or the one of that number; None where there is none."""
    published = LabelSchema.objects.filter(project=project).order_by("-version")
    return (published if version is None else published.filter(version=version)).first()


def current_guideline(project: Project, *, version: int | None = None) -> Guideline | None:
    """The newest published version, or the one of that number; None where there is none."""
    published = Guideline.objects.filter(project=project).order_by("-version")
    return (published if version is None else published.filter(version=version)).first()


@lru_cache(maxsize=64)
def schema_of(schema_id: int) -> Schema:
    """A published schema, parsed. Published versions never change, so it is kept."""
    return parse(LabelSchema.objects.values_list("document", flat=True).get(pk=schema_id))


def schema_versions(project: Project) -> list[LabelSchema]:
    """All versions without their documents, the newest first."""
    return list(LabelSchema.objects.filter(project=project).defer("document").order_by("-version"))
