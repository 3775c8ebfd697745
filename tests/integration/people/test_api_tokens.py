import pytest
from django.db import IntegrityError, connection, transaction

from people.errors import NotAllowed, TokenNotPossible
from people.models import ApiToken, AuditEvent, User
from people.operations.api_tokens import issue_token, note_use, revoke_token
from people.permissions import Permission
from people.queries import bearer_token
from people.tokens import digest, prefix_of


@pytest.fixture
def issued(engineer) -> tuple[ApiToken, str]:
    return issue_token(user=engineer, name="nightly", scopes=[Permission.READ_RELEASES], days=30, by=engineer)


def shift(token: ApiToken, days: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_apitoken SET created_at = created_at + %s * interval '1 day',"
            " expires_at = expires_at + %s * interval '1 day' WHERE id = %s",
            [days, days, token.pk],
        )


def test_issued_token_works(issued, engineer):
    token, plaintext = issued

    found = bearer_token(prefix_of(plaintext))

    assert found is not None
    assert (found.token_id, found.hash) == (token.pk, digest(plaintext))
    assert found.scopes == {Permission.READ_RELEASES}
    assert found.user == engineer
    assert {field.attname: getattr(found.user, field.attname) for field in User._meta.concrete_fields} == {
        field.attname: getattr(User.objects.get(pk=engineer.pk), field.attname)
        for field in User._meta.concrete_fields
    }


def test_text_of_a_token_is_stored_nowhere(issued):
    secret = issued[1].split("_")[2]

    with connection.cursor() as cursor:
        for table in ("people_apitoken", "people_auditevent"):
            cursor.execute(f"SELECT string_agg({table}::text, ' ') FROM {table}")  # noqa: S608
            (rows,) = cursor.fetchone()
            assert secret not in rows


def test_issuing_is_audited_without_the_name_of_the_secret(issued, engineer):
    event = AuditEvent.objects.get()

    assert (event.action, event.actor_id) == ("people.token_issued", engineer.pk)
    assert event.details == {"user": engineer.pk, "scopes": ["read_releases"], "days": 30}


@pytest.mark.parametrize("days", [0, -1, 91, 10_000])
def test_token_lives_1_to_90_days(engineer, days):
    with pytest.raises(TokenNotPossible):
        issue_token(user=engineer, name="x", scopes=[Permission.READ_RELEASES], days=days)


def test_database_refuses_a_longer_life_too(issued):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE people_apitoken SET expires_at = created_at + interval '91 days'")


@pytest.mark.parametrize("scopes", [[], [Permission.LABEL], [Permission.ISSUE_TOKENS]])
def test_token_is_never_stronger_than_its_person(engineer, scopes):
    with pytest.raises(TokenNotPossible):
        issue_token(user=engineer, name="x", scopes=scopes, days=1)


def test_token_is_made_by_its_person(engineer, admin):
    with pytest.raises(NotAllowed):
        issue_token(user=engineer, name="x", scopes=[Permission.READ_RELEASES], days=1, by=admin)


def test_revoked_token_is_dead_at_once(issued, engineer):
    token, plaintext = issued

    assert revoke_token(token=token, by=engineer)
    assert not revoke_token(token=token, by=engineer)

    assert bearer_token(prefix_of(plaintext)) is None
    assert list(AuditEvent.objects.order_by("id").values_list("action", flat=True)) == [
        "people.token_issued",
        "people.token_revoked",
    ]


def test_admin_revokes_anybodys_token(issued, admin):
    assert revoke_token(token=issued[0], by=admin)


@pytest.mark.parametrize("persona", ["lead", "officer", "outsider", "nobody"])
def test_nobody_else_revokes_it(issued, persona, request):
    with pytest.raises(NotAllowed):
        revoke_token(token=issued[0], by=request.getfixturevalue(persona))


def test_expired_token_is_dead(issued):
    token, plaintext = issued

    shift(token, days=-30)

    assert bearer_token(prefix_of(plaintext)) is None


def test_token_of_a_closed_account_is_dead(issued, engineer):
    User.objects.filter(pk=engineer.pk).update(is_active=False)

    assert bearer_token(prefix_of(issued[1])) is None


def test_scope_from_a_newer_version_is_ignored(issued):
    ApiToken.objects.update(scopes=["read_releases", "fly"])

    assert bearer_token(prefix_of(issued[1])).scopes == {Permission.READ_RELEASES}


def test_use_is_noted_again_after_a_minute(issued):
    token, plaintext = issued
    note_use(token_id=token.pk)
    assert not bearer_token(prefix_of(plaintext)).is_use_worth_noting

    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_apitoken SET last_used_at = last_used_at - interval '61 seconds'")

    assert bearer_token(prefix_of(plaintext)).is_use_worth_noting
    before = ApiToken.objects.get().last_used_at
    note_use(token_id=token.pk)
    assert ApiToken.objects.get().last_used_at > before
