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
from labeling.operations.errors import SchemaInvalid, SettingsOvertaken, SlugTaken, StrategyUnknown
from labeling.operations.project_lock import lock_project
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
    lock_project(project)
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
    lock_project(project)
    version = (project.guidelines.aggregate(last=Max("version"))["last"] or 0) + 1
    published = Guideline.objects.create(project=project, version=version, body=body.strip(), published_by=by)
    _record(project, by, "labeling.guideline_published", version=version)
    return published


@transaction.atomic
def change_project(
    *,
    project: Project,
    name: str,
    description: str,
    purpose: str,
    full_view: str,
    by: User,
    seen: Mapping[str, str] | None = None,
) -> bool:
    """Give a project these settings. False, and nothing is written, when they are what holds already.

    The audit event names what changed; of texts it holds nothing. The slug stays, and so do the team and the strategy:
    answers gathered under two rules cannot be compared.

    Args:
        seen: the settings as they stood where these were written, by field. What was not changed there is left as it is
            now, whoever has changed it since.

    Raises:
        SettingsOvertaken: two people changed the same field to different things. Nothing is written then.
        ValueError: for an unknown `full_view`.
    """
    wanted = {
        "name": _tidy(name),
        "description": _tidy(description),
        "purpose": _tidy(purpose),
        "full_view": Project.FullView(full_view).value,
    }
    project_now = lock_project(project)
    held = {field: _tidy(getattr(project_now, field)) for field in wanted}
    seen = held if seen is None else {field: _tidy(seen.get(field, held[field])) for field in wanted}
    changed = {field: value for field, value in wanted.items() if value not in (seen[field], held[field])}
    if overtaken := {field: held[field] for field in changed if held[field] != seen[field]}:
        raise SettingsOvertaken(overtaken)
    if not changed:
        return False
    Project.objects.filter(pk=project.pk).update(**changed)
    for field, value in changed.items():
        setattr(project, field, value)
    details: dict[str, Any] = {"changed": sorted(changed)}
    if "full_view" in changed:
        details["full_view"] = changed["full_view"]
    _record(project, by, "labeling.project_changed", **details)
    return True


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


def _tidy(text: str) -> str:
    """Browsers send a line break as two signs."""
    return text.strip().replace("\r\n", "\n")


def _record(project: Project, by: User, action: str, **details: Any) -> None:
    record_event(action=action, subject=f"project {project.slug}", by=by, details=details)


def _free_slug(name: str) -> str:
    slug = slugify(name)[:100] or "project"
    if Project.objects.filter(slug=slug).exists():
        slug = f"{slug}-{secrets.token_hex(3)}"
    return slug
