import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, Q
from django.urls import reverse

from labeling.demo.drawings import DRAWINGS
from labeling.demo.projects import BOARD, CHAT, FERRY, LETTERS, LIBRARY, PROJECTS
from labeling.domain.schema import parse
from labeling.domain.schema.document import KINDS
from labeling.models import Annotation, FinalLabel, Item, LabelSchema, Lease, Project, Source, Task
from labeling.queries.projects import current_schema
from labeling.queries.waiting import waiting_for
from people.models import User
from people.permissions import Role
from wellbeing import interface

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, capsys):
    """The projects of the demo by slug."""
    call_command("demo_project")
    capsys.readouterr()
    return {project.slug: project for project in Project.objects.all()}


def test_the_demo_is_set_out_once_however_often_it_is_asked_for(settings, capsys, demo):
    def everything():
        models = (User, Project, LabelSchema, Source, Item, Task, Lease, Annotation, FinalLabel)
        return [list(model.objects.order_by("pk").values()) for model in models]

    accounts, before = (settings.STATE_DIR / "demo-accounts.txt").read_text(), everything()
    call_command("demo_project")
    capsys.readouterr()

    assert (settings.STATE_DIR / "demo-accounts.txt").read_text() == accounts
    assert everything() == before
    named = {line.split()[0] for line in accounts.splitlines()[1:]}
    password = accounts.splitlines()[0].split()[-1]
    assert {user.username for user in User.objects.filter(is_active=True)} == named
    assert all(user.check_password(password) for user in User.objects.filter(is_active=True))
    assert not any(user.has_usable_password() for user in User.objects.filter(is_active=False))
    assert User.objects.get(username="amara").memberships.get().role == Role.LABELER
    assert User.objects.get(username="officer").memberships.get().team is None


def test_there_is_every_kind_of_item_and_of_question_and_one_source_that_proved_mild(settings, demo):
    rows = (
        Item.objects.values_list("project__slug")
        .order_by("project__slug")
        .annotate(
            all=Count("pk"),
            side_by_side=Count("pk", filter=Q(completions__gt=1)),
            unrated=Count("pk", filter=Q(severity=None)),
        )
    )
    assert {slug: numbers for slug, *numbers in rows} == {
        CHAT.slug: [60, 0, 10],
        BOARD.slug: [len(DRAWINGS), 0, 0],
        LIBRARY.slug: [76, 0, 2],
        LETTERS.slug: [8, 8, 2],
        FERRY.slug: [9, 0, 4],
    }
    assert set(Item.objects.values_list("kind", flat=True)) == set(Item.Kind.values)
    asked = [parse(current_schema(project).document).questions for project in demo.values()]
    assert {question.kind for questions in asked for question in questions} == set(KINDS)
    pictures = (settings.CONTENT_DIR / "pictures").glob("*/*")
    assert len([path for path in pictures if path.is_dir()]) == len(DRAWINGS)

    proved = Source.objects.get(confirmed_at__isnull=False)
    assert proved.project == demo[LIBRARY.slug]
    assert FinalLabel.objects.filter(task__item__source=proved, severity__lte=1).count() == 50
    assert FinalLabel.objects.count() == 50
    assert Annotation.objects.count() == 106  # six needed a third opinion
    assert not Annotation.objects.filter(person__is_active=True).exists()


def test_the_first_page_offers_a_choice(client, demo):
    def waits_for(person):
        clearance = interface.read_own_clearance(person_id=person.pk)
        ids = [project.pk for project in demo.values()]
        waiting = waiting_for(person=person, project_ids=ids, clearance=clearance)
        return {project.slug: set(waiting[project.pk]) for project in demo.values()}

    amara, newcomer = (User.objects.get(username=name) for name in ("amara", "dilnoza"))
    not_proved = {each.slug: {2} for each in (BOARD, LETTERS, FERRY)}
    assert waits_for(amara) == {LIBRARY.slug: {0, 1}, CHAT.slug: {2, 3}, **not_proved}
    assert waits_for(newcomer) == {LIBRARY.slug: {0, 1}, CHAT.slug: {2}, **not_proved}

    client.force_login(amara)
    page = client.post(reverse("labeling:at_most"), {"severity": 1}, follow=True).content.decode()
    assert page.count("Nothing mild is waiting here.") == len(PROJECTS) - 1


def test_there_is_no_demo_outside_demo_settings(settings):
    settings.DEMO = False

    with pytest.raises(CommandError):
        call_command("demo_project")

    assert not User.objects.exists()
