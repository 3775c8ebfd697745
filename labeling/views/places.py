"""Where a guideline speaks of a category: the anchors of its sections."""

from collections.abc import Mapping

from django.utils.translation import get_language

from labeling.domain.guideline_text import Section, places_of, sections_of
from labeling.models import Guideline
from labeling.queries.guidelines import guideline_in
from labeling.queries.projects import schema_of
from labeling.views.own_words import own_schema


def places_in(sections: tuple[Section, ...], schema_id: int) -> Mapping[str, str]:
    """Category id to the anchor of the section about it; a category without one is not there.

    A heading may have the category's name in the reader's words, or the original one.
    """
    names = [
        (category.id, category.name)
        for schema in (schema_of(schema_id), own_schema(schema_id))
        for question in schema.about_categories
        for category in question.categories
    ]
    return places_of(sections, names)


def places_of_version(*, project_id: int, version: int, schema_id: int) -> Mapping[str, str]:
    """The same for one version of a project's guideline, as this reader is shown it."""
    guideline = Guideline.objects.get(project_id=project_id, version=version)
    read = guideline_in(guideline, language=get_language() or "en")
    return places_in(sections_of(read.body), schema_id)
