"""Translating the words of a label schema (docs/adr/0026). Ids, answers and versions stay as they are."""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction

from labeling.domain.schema import Schema, SchemaError, parse, read_translation, still_true
from labeling.models import LabelSchema, Project, SchemaTranslation
from labeling.operations.errors import NoSchema, TranslationInvalid
from labeling.operations.project_lock import lock_project
from labeling.queries.projects import current_schema, schema_of
from labeling.queries.schema_words import translations_of
from labeling.schema_templates import shipped_texts
from people.models import User
from people.operations.audit import record_event
from wellbeing import interface


@transaction.atomic
def translate_schema(*, project: Project, document: object, by: User) -> SchemaTranslation:
    """The next revision of the version in force in one language. The same document sent twice is one revision.

    Raises NoSchema, or TranslationInvalid with every mistake and its place.
    """
    lock_project(project)  # so no revision is lost, and none is for a version that has just gone
    published = current_schema(project)
    if published is None:
        raise NoSchema
    schema = schema_of(published.pk)
    try:
        wanted = read_translation(document, schema, languages=[code for code, _ in settings.LANGUAGES])
    except SchemaError as error:
        raise TranslationInvalid(error.problems) from error
    last = published.translations.filter(language=wanted.language).order_by("-revision").first()
    if last is not None and (last.texts, last.is_reviewed) == (wanted.texts, wanted.is_reviewed):
        return last
    made = SchemaTranslation.objects.create(
        schema=published,
        language=wanted.language,
        revision=1 if last is None else last.revision + 1,
        texts=wanted.texts,
        is_reviewed=wanted.is_reviewed,
        published_by=by,
    )
    _tell_wellbeing(project, schema, made)
    record_event(
        action="labeling.schema_translated",
        subject=f"project {project.slug}",
        by=by,
        details={"version": published.version, "language": made.language, "revision": made.revision},
    )
    return made


def keep_translations(*, project: Project, before: LabelSchema, after: LabelSchema) -> None:
    """What a new version says in the same words as the one before keeps its translations, under the names of who made them.

    In the transaction that publishes it.
    """
    old, new = parse(before.document), parse(after.document)
    for row in translations_of(before):
        texts = still_true(old, row.texts, new)
        if texts and row.language != new.language.lower():
            kept = SchemaTranslation.objects.create(
                schema=after,
                language=row.language,
                revision=1,
                texts=texts,
                is_reviewed=row.is_reviewed,
                published_by=row.published_by,
            )
            _tell_wellbeing(project, new, kept)


def bring_translations(*, project: Project, published: LabelSchema, by: User) -> None:
    """What a new version says in the words of a shipped template is there in the shipped languages, read through by nobody.

    In the transaction that publishes it. A language in which the project has a translation of its own stays as it is.
    """
    own = set(published.translations.values_list("language", flat=True))
    for language, texts in shipped_texts(parse(published.document)).items():
        if language not in own:
            translate_schema(project=project, document={"language": language, "texts": texts}, by=by)


def _tell_wellbeing(project: Project, schema: Schema, translation: SchemaTranslation) -> None:
    """People choose about categories and agree to them on pages of wellbeing."""
    names: dict[str, tuple[str, str]] = {}
    definitions: dict[str, tuple[str, str]] = {}
    for question in schema.about_categories:
        for category in question.categories:
            of_it = f"{question.id}/{category.id}"
            _note(names, category.id, category.name, translation.texts, f"{of_it}/name")
            _note(definitions, category.id, category.definition, translation.texts, f"{of_it}/definition")
    interface.translate_categories(
        team=project.team, language=translation.language, names=names, definitions=definitions
    )


def _note(
    found: dict[str, tuple[str, str]], code: str, original: str, texts: Mapping[str, str], name: str
) -> None:
    if name in texts:
        found[code] = (original, texts[name])
