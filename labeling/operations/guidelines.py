"""What belongs to a version of a guideline: translations and examples. Each step is audited in its transaction."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from labeling.domain.masking import part_words
from labeling.models import (
    Guideline,
    GuidelineExample,
    GuidelineExampleContent,
    GuidelineTranslation,
    Project,
)
from labeling.operations.errors import ExampleEmpty, NoGuideline, TranslationThere
from labeling.queries.projects import current_guideline
from people.models import User
from people.operations.audit import record_event


@transaction.atomic
def publish_translation(*, guideline: Guideline, language: str, body: str, by: User) -> GuidelineTranslation:
    """This version in another language. The same text sent twice is one translation.

    Raises TranslationThere when the version has another text in that language, or is written in it.
    """
    tag, text = language.strip(), body.strip()
    there = GuidelineTranslation.objects.filter(guideline=guideline, language__iexact=tag).first()
    if there is not None and there.body == text:
        return there
    if there is not None or guideline.language.lower() == tag.lower():
        raise TranslationThere
    try:
        with transaction.atomic():
            published = GuidelineTranslation.objects.create(
                guideline=guideline, language=tag, body=text, published_by=by
            )
    except IntegrityError as error:
        raise TranslationThere from error
    _record(guideline.project, by, "labeling.guideline_translated", version=guideline.version, language=tag)
    return published


@transaction.atomic
def add_example(
    *,
    project: Project,
    text: str,
    kind: str,
    expected: Mapping[str, int],
    severity: int,
    by: User,
    note: str = "",
    language: str = "",
) -> GuidelineExample:
    """An example beside the version in force and those to come. `expected` is category → severity 1-4.

    Raises NoGuideline; ExampleEmpty without any words; ValueError for an unknown kind.
    """
    current = current_guideline(project)
    if current is None:
        raise NoGuideline
    body = {"text": text.strip()}
    words = part_words(body)
    if not words:
        raise ExampleEmpty
    example = GuidelineExample.objects.create(
        project=project,
        kind=GuidelineExample.Kind(kind).value,
        expected=dict(expected),
        severity=max([severity, *expected.values()]),
        categories=sorted(expected),
        note=note.strip(),
        language=language,
        part_words=words,
        since_version=current.version,
        added_by=by,
    )
    GuidelineExampleContent.objects.create(example=example, body=body)
    _record(project, by, "labeling.example_added", example=example.pk)
    return example


@transaction.atomic
def withdraw_example(*, example: GuidelineExample, by: User) -> bool:
    """Take it away from the version in force and those to come. False when it was gone."""
    current = current_guideline(example.project)
    until = max(example.since_version, current.version if current else example.since_version)
    gone = GuidelineExample.objects.filter(pk=example.pk, until_version=None).update(until_version=until)
    if gone:
        _record(example.project, by, "labeling.example_withdrawn", example=example.pk)
    return bool(gone)


def _record(project: Project, by: User, action: str, **details: int | str) -> None:
    record_event(action=action, subject=f"project {project.slug}", by=by, details=details)
