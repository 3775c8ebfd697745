import pytest
from django.db import DatabaseError, transaction

from labeling.models import LabelSchema, Project
from labeling.operations import projects
from labeling.operations.errors import SchemaInvalid, SlugTaken, StrategyUnknown
from people.models import AuditEvent
from tests.factories.labeling import project_for, schema_document

pytestmark = pytest.mark.django_db


def actions() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))


def test_a_project_starts_with_its_schema_and_guideline_and_all_is_audited(team, lead):
    project = projects.create_project(
        team=team, name="Game chat, June", by=lead, schema=schema_document(), guideline="Be fair."
    )

    assert project.slug == "game-chat-june"
    assert project.status == Project.Status.ACTIVE
    assert (project.schemas.get().version, project.guidelines.get().version) == (1, 1)
    assert actions()[-3:] == [
        "labeling.project_created",
        "labeling.schema_published",
        "labeling.guideline_published",
    ]


def test_a_second_project_of_that_name_gets_a_slug_of_its_own(team, lead):
    slugs = {projects.create_project(team=team, name="Chat", by=lead).slug for _ in range(3)}

    assert len(slugs) == 3


def test_a_slug_that_was_asked_for_must_be_free(team, lead):
    projects.create_project(team=team, name="Chat", slug="chat", by=lead)

    with pytest.raises(SlugTaken):
        projects.create_project(team=team, name="Chat", slug="chat", by=lead)


def test_a_strategy_that_nobody_knows_is_refused(team, lead):
    with pytest.raises(StrategyUnknown):
        projects.create_project(team=team, name="Chat", by=lead, strategy="guess")

    assert not Project.objects.exists()


def test_a_schema_with_mistakes_is_refused_with_each_of_them(project, lead):
    document = {**schema_document(), "version": 7, "extra": 1}

    with pytest.raises(SchemaInvalid) as refused:
        projects.publish_schema(project=project, document=document, by=lead)

    assert {path for path, _ in refused.value.places} == {"version", "extra"}
    assert project.schemas.count() == 1


def test_versions_count_up(project, lead):
    second = projects.publish_schema(project=project, document=schema_document() | {"name": "Next"}, by=lead)

    assert second.version == 2


def test_what_says_the_same_is_no_new_version(project, lead):
    again = projects.publish_schema(project=project, document=schema_document() | {"language": "en"}, by=lead)

    assert again.version == 1
    assert project.schemas.count() == 1
    assert AuditEvent.objects.filter(action="labeling.schema_published").count() == 1


def test_nothing_is_published_when_the_audit_event_cannot_be_written(project, lead, monkeypatch):
    def fail(**_: object) -> None:
        raise DatabaseError("no room for the log")

    monkeypatch.setattr(projects, "record_event", fail)
    with pytest.raises(DatabaseError), transaction.atomic():
        projects.publish_schema(project=project, document=schema_document() | {"name": "Next"}, by=lead)

    assert LabelSchema.objects.filter(project=project).count() == 1


def test_pausing_and_resuming_are_audited_once(team, lead):
    project = project_for(team, lead)

    assert projects.pause(project=project, by=lead)
    assert not projects.pause(project=project, by=lead)
    assert projects.resume(project=project, by=lead)
    assert actions()[-2:] == ["labeling.project_paused", "labeling.project_resumed"]
    assert Project.objects.get(pk=project.pk).status == Project.Status.ACTIVE


def settings_of(project: Project, **other: str) -> dict[str, str]:
    held = Project.objects.get(pk=project.pk)
    return {field: getattr(held, field) for field in ("name", "description", "purpose", "full_view")} | other


def test_changed_settings_are_audited_by_their_names_alone(project, lead):
    wanted = settings_of(
        project, name=" Ferry talk ", purpose="For a filter.\r\nIt helps.", full_view="always"
    )

    assert projects.change_project(project=project, by=lead, **wanted)

    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.subject) == ("labeling.project_changed", f"project {project.slug}")
    assert (event.actor_id, event.details) == (
        lead.pk,
        {"changed": ["full_view", "name", "purpose"], "full_view": "always"},
    )
    assert settings_of(project) == wanted | {"name": "Ferry talk", "purpose": "For a filter.\nIt helps."}
    assert project.name == "Ferry talk"
    assert Project.objects.get(pk=project.pk).slug == project.slug


def test_settings_that_hold_already_write_nothing(project, lead):
    Project.objects.filter(pk=project.pk).update(purpose="For a filter.\r\nIt helps.")
    before = actions()

    for purpose in ("For a filter.\r\nIt helps.", "For a filter.\nIt helps. "):
        wanted = settings_of(project, purpose=purpose)
        assert not projects.change_project(project=project, by=lead, **wanted)

    assert actions() == before
    assert Project.objects.get(pk=project.pk).purpose == "For a filter.\r\nIt helps."


def test_an_unknown_full_view_changes_nothing(project, lead):
    with pytest.raises(ValueError, match="sometimes"):
        projects.change_project(
            project=project, by=lead, **settings_of(project, name="Ferry talk", full_view="sometimes")
        )

    assert Project.objects.get(pk=project.pk).name == project.name


def test_no_setting_changes_when_the_audit_event_cannot_be_written(project, lead, monkeypatch):
    def fail(**_: object) -> None:
        raise DatabaseError("no room for the log")

    monkeypatch.setattr(projects, "record_event", fail)
    with pytest.raises(DatabaseError), transaction.atomic():
        projects.change_project(project=project, by=lead, **settings_of(project, name="Ferry talk"))

    assert Project.objects.get(pk=project.pk).name != "Ferry talk"
