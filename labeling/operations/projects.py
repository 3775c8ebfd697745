"""Setting a project up: each step writes its audit event in the same transaction."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify

from labeling.domain.schema import SchemaError, parse, parse_new
from labeling.domain.stopping import strategy as strategy_named
from labeling.models import Guideline, LabelSchema, Project
from labeling.operations.errors import SchemaInvalid, SlugTaken, StrategyUnknown
from labeling.operations.schema_words import bring_translations, keep_translations
from labeling.queries.projects import current_schema
from people.models import Team, User
from people.operations.audit import record_event
from wellbeing import interface


@transaction.atomic
def create_project(
    *,
    team: Team,
    name: str,
    by: User,
    slug: str | None = None,
    description: str = "",
    purpose: str = "",
    strategy: str = "two_plus_one",
    full_view: str = Project.FullView.NEVER,
    schema: Mapping[str, Any] | None = None,
    guideline: str = "",
) -> Project:
    """A new project, with the first version of its schema and guideline where they are given.

    Without a slug one is made of the name. Raises StrategyUnknown, SchemaInvalid, SlugTaken (a slug that was given).
    """
    try:
        strategy_named(strategy)
    except ValueError as error:
        raise StrategyUnknown from error
    wanted = slug or _free_slug(name)
    try:
        with transaction.atomic():
            project = Project.objects.create(
                team=team,
                name=name.strip(),
                slug=wanted,
                description=description.strip(),
                purpose=purpose.strip(),
                strategy=strategy,
                full_view=Project.FullView(full_view),
                shuffle_seed=secrets.randbits(62),
                created_by=by,
            )
    except IntegrityError as error:
        raise SlugTaken from error
    record_event(
        action="labeling.project_created",
        subject=f"project {project.slug}",
        by=by,
        details={"team": team.pk, "strategy": strategy, "full_view": str(full_view)},
    )
    if schema is not None:
        publish_schema(project=project, document=schema, by=by)
    if guideline.strip():
        publish_guideline(project=project, body=guideline, by=by)
    return project


@transaction.atomic
def publish_schema(*, project: Project, document: object, by: User) -> LabelSchema:
    """The next version of what the project asks; the one in force where it says the same.

    Answers keep the version that they were given under. Translations of what it says in the same words stay; a template's words bring those that ship with it.
    Raises SchemaInvalid with every mistake and its place.
    """
    try:
        schema = parse_new(document)
    except SchemaError as error:
        raise SchemaInvalid(error.problems) from error
    _one_at_a_time(project)
    before = current_schema(project)
    if before is not None and parse(before.document) == schema:
        return before
    interface.name_categories(categories=schema.named_categories())
    interface.define_categories(team=project.team, definitions=schema.definitions())
    version = (before.version if before else 0) + 1
    published = LabelSchema.objects.create(
        project=project, version=version, document=document, published_by=by
    )
    if before is not None:
        keep_translations(project=project, before=before, after=published)
    _record(project, by, "labeling.schema_published", version=version)
    bring_translations(project=project, published=published, by=by)
    return published


@transaction.atomic
def publish_guideline(*, project: Project, body: str, by: User) -> Guideline:
    """The next version of the guideline. Answers keep the version that they were given under."""
    _one_at_a_time(project)
    version = (project.guidelines.aggregate(last=Max("version"))["last"] or 0) + 1
    published = Guideline.objects.create(project=project, version=version, body=body.strip(), published_by=by)
    _record(project, by, "labeling.guideline_published", version=version)
    return published


@transaction.atomic
def state_purpose(*, project: Project, purpose: str, by: User) -> None:
    """Say what the labels are for, in words that labelers read."""
    Project.objects.filter(pk=project.pk).update(purpose=purpose.strip())
    project.purpose = purpose.strip()
    _record(project, by, "labeling.purpose_stated")


def pause(*, project: Project, by: User) -> bool:
    """Hand out nothing more. What is leased can still be answered. False when it was not active."""
    return _move(project, by, "labeling.project_paused", was=Project.Status.ACTIVE, to=Project.Status.PAUSED)


def resume(*, project: Project, by: User) -> bool:
    """Hand out again. False when it was not paused."""
    return _move(project, by, "labeling.project_resumed", was=Project.Status.PAUSED, to=Project.Status.ACTIVE)


@transaction.atomic
def _move(project: Project, by: User, action: str, *, was: Project.Status, to: Project.Status) -> bool:
    moved = Project.objects.filter(pk=project.pk, status=was).update(status=to)
    if moved:
        project.status = to
        _record(project, by, action)
    return bool(moved)


def _one_at_a_time(project: Project) -> None:
    """Two people who publish at once get two versions, one after the other."""
    Project.objects.select_for_update(of=("self",), no_key=True).get(pk=project.pk)


def _record(project: Project, by: User, action: str, **details: int) -> None:
    record_event(action=action, subject=f"project {project.slug}", by=by, details=details)


def _free_slug(name: str) -> str:
    slug = slugify(name)[:100] or "project"
    if Project.objects.filter(slug=slug).exists():
        slug = f"{slug}-{secrets.token_hex(3)}"
    return slug
