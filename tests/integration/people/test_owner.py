"""What needs a database of its own: the owner at the audit log, and several people at one invitation."""

import threading

import psycopg
import pytest
from django.db import connection

from people.errors import InvitationNotValid
from people.models import AuditEvent, Invitation, Membership
from people.operations.invitations import accept_invitation, invite
from people.permissions import Role
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE people_auditevent SET actor_name = 'someone else'",
        "DELETE FROM people_auditevent",
        "TRUNCATE people_auditevent",
    ],
)
@pytest.mark.parametrize("session", ["origin", "replica"])
def test_triggers_refuse_the_owner_too(statement, session, owner_connection):
    AuditEvent.objects.create(actor_name="ada", action="people.tried", subject="nothing")
    owner_connection.execute(f"SET session_replication_role = {session}")

    with pytest.raises(psycopg.errors.RestrictViolation):
        owner_connection.execute(statement)

    assert AuditEvent.objects.get().actor_name == "ada"


def test_two_people_with_one_invitation_are_one_member(team):
    invitation, _ = invite(email="n@example.org", role=Role.LABELER, team=team, by=None)
    user = UserFactory(email="n@example.org")
    outcomes: list[str] = []
    ready = threading.Barrier(4)

    def accept() -> None:
        ready.wait()
        try:
            accept_invitation(token_hash=bytes(invitation.token_hash), user=user)
            outcomes.append("in")
        except InvitationNotValid:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=accept) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["in", "refused", "refused", "refused"]
    assert Membership.objects.get().user == user
    assert Invitation.objects.get().accepted_by == user
