import pytest
from django.core.management import CommandError, call_command

from labeling.demo.drawings import DRAWINGS
from labeling.models import Item, Project
from people.models import User
from people.permissions import Role

pytestmark = pytest.mark.django_db


def test_the_demo_is_set_out_once_however_often_it_is_asked_for(settings, capsys):
    call_command("demo_project")
    accounts = (settings.STATE_DIR / "demo-accounts.txt").read_text()
    call_command("demo_project")

    password = accounts.splitlines()[0].split()[-1]
    project = Project.objects.get(slug="chat-logs-may")
    assert (settings.STATE_DIR / "demo-accounts.txt").read_text() == accounts
    assert Item.objects.filter(project=project).count() == 60
    assert User.objects.count() == 10
    assert all(user.check_password(password) for user in User.objects.all())
    assert User.objects.get(username="amara").memberships.get().role == Role.LABELER
    assert User.objects.get(username="officer").memberships.get().team is None
    board = Item.objects.filter(project__slug="notice-board-june")
    assert board.filter(kind="image").count() == len(DRAWINGS)
    assert set(board.values_list("kind", flat=True)) == {"image", "pair", "conversation"}
    assert len([path for path in (settings.CONTENT_DIR / "pictures").glob("*/*") if path.is_dir()]) == len(
        DRAWINGS
    )
    assert not board.filter(words=0).exists()
    assert set(Item.objects.values_list("severity", flat=True)) == {None, 0, 1, 2}
    capsys.readouterr()


def test_there_is_no_demo_outside_demo_settings(settings):
    settings.DEMO = False

    with pytest.raises(CommandError):
        call_command("demo_project")

    assert not User.objects.exists()
