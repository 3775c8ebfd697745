"""An erased person: nothing says who they were, the ledger still holds, and a restore does not bring them back."""

import io
import json

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from people.errors import NotAllowed
from people.models import ApiToken, AuditEvent, Membership, Team, User
from people.operations.accounts import set_active
from people.operations.audit import record_event
from tests.databases import restored_later
from tests.factories.people import agree
from tests.factories.wellbeing import advance, dump, label, reveal, sql
from tests.integration.wellbeing.conftest import NAME
from wellbeing import jobs
from wellbeing.domain.erasing import ErasureReason
from wellbeing.domain.groups import week_of
from wellbeing.interface import now, set_own_limits
from wellbeing.models import (
    DoseDay,
    Dosimeter,
    ExposureLook,
    ExposureView,
    GroupWeekPeople,
    LedgerEntry,
    PersonKey,
    PolicyVersion,
    RiskReport,
)
from wellbeing.operations.chain_heads import sign_chain_heads, verify_ledger
from wellbeing.operations.erasure import (
    ERASURES,
    BrokenErasures,
    erase_person,
    reapply_erasures,
)
from wellbeing.operations.looks import note_looks
from wellbeing.operations.private_keys import ensure_data_key
from wellbeing.operations.risk import report_risk


def erase(user):
    erase_person(person_id=user.pk, by=None, reason=ErasureReason.ASKED)


@pytest.mark.django_db
def test_no_name_and_no_address_are_left_anywhere(leaver):
    client = Client()
    client.force_login(leaver)
    assert NAME in dump()

    erase(leaver)

    left = dump().lower()
    assert NAME not in left
    assert "quist" not in left
    assert NAME.encode().hex() not in left
    assert not any(NAME in str(session.get_decoded()) for session in Session.objects.all())
    gone = User.objects.get(pk=leaver.pk)
    assert (gone.is_active, gone.has_usable_password(), gone.get_full_name()) == (
        False,
        False,
        "Somebody who left",
    )
    assert not Membership.objects.filter(user=leaver).exists()
    assert not ApiToken.objects.filter(user=leaver).exists()
    assert not Session.objects.exists()
    assert client.get("/me/exposure/").status_code == 302


@pytest.mark.django_db
def test_what_was_done_stays_in_the_audit_log_under_a_number(leaver, lead):
    with transaction.atomic():
        record_event(action="people.tried", subject="nothing", by=lead)
    before = list(AuditEvent.objects.filter(actor_id=leaver.pk).values_list("action", "subject", "at"))

    erase(leaver)

    mine = AuditEvent.objects.filter(actor_id=leaver.pk)
    assert list(mine.values_list("action", "subject", "at")) == before
    assert set(mine.values_list("actor_name", flat=True)) == {"erased"}
    assert AuditEvent.objects.get(action="people.tried").actor_name == "leyla"
    assert AuditEvent.objects.filter(action="wellbeing.erased", subject=f"person {leaver.pk}").exists()


@pytest.mark.django_db
def test_the_log_forgets_nobody_else_and_nothing_else(leaver, lead):
    with transaction.atomic():
        record_event(action="people.tried", subject="nothing", by=lead)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        sql("SELECT people_forget_actor(%s)", lead.pk)
    erase(leaver)
    for change in ("actor_name = 'somebody'", "action = 'nothing'", "actor_id = NULL, actor_name = 'erased'"):
        with pytest.raises(DatabaseError), transaction.atomic():
            sql(f"UPDATE people_auditevent SET {change} WHERE actor_id = {leaver.pk}")  # noqa: S608


@pytest.mark.django_db
def test_the_ledger_holds_and_nothing_leads_from_it_to_the_person(leaver, labeler):
    label(labeler, "lease:1")
    reveal(leaver, "lease:open")
    sign_chain_heads()
    chain = Dosimeter.objects.get(pk=leaver.pk).chain
    days = list(DoseDay.objects.filter(dosimeter_id=leaver.pk).values_list("day", flat=True))

    erase(leaver)

    found = verify_ledger()
    assert (found.faults, found.differences) == ([], [])
    assert not Dosimeter.objects.filter(pk=leaver.pk).exists()
    stand_in = Dosimeter.objects.get(chain=chain)
    assert stand_in.pk > 2**40
    assert list(DoseDay.objects.filter(dosimeter=stand_in).values_list("day", flat=True)) == days
    views = ExposureView.objects.filter(dosimeter=stand_in)
    assert views.count() == 4
    assert not views.filter(settled_at=None).exists()
    assert not views.exclude(occasion__startswith="forgotten:").exists()
    assert DoseDay.objects.get(dosimeter=stand_in).points_reserved == 0
    assert User.objects.get(pk=stand_in.pk).date_joined.year == 2000
    assert sign_chain_heads() == 2


@pytest.mark.django_db
def test_private_choices_do_not_go_to_the_stand_in(leaver):
    Dosimeter.objects.filter(pk=leaver.pk).update(extreme_opt_in_at=leaver.date_joined)
    erase(leaver)
    assert not Dosimeter.objects.exclude(extreme_opt_in_at=None).exists()
    assert not PersonKey.objects.exists()


@pytest.mark.django_db
def test_no_table_of_wellbeing_refers_to_the_person_any_more(leaver, labeler, lead):
    """Whatever is added later, too: every foreign key to a person is looked at, and the one array of numbers."""
    set_own_limits(person=leaver, numbers={"day_points": 90_000})
    set_own_limits(person=labeler, numbers={"day_points": 80_000})
    note_looks({leaver.pk, labeler.pk}, looked_by=lead.pk, what="board")
    report_risk(person_id=leaver.pk, occasion="lease:1")
    week = week_of(now().date())
    people = sorted([leaver.pk, labeler.pk])
    GroupWeekPeople.objects.create(week=week, team=Team.objects.get(), kind="points", key="3", people=people)

    erase(leaver)

    stand_in = Dosimeter.objects.exclude(pk=labeler.pk).get().pk
    for model in apps.get_app_config("wellbeing").get_models():
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is User:
                rows = model._default_manager.filter(**{field.attname: leaver.pk})
                assert not rows.exists(), (model.__name__, field.name)
    assert set(GroupWeekPeople.objects.get().people) == {labeler.pk, stand_in}
    assert RiskReport.objects.get().reported_by_id == stand_in
    assert PolicyVersion.objects.get(scope="person").person_id == labeler.pk
    assert ExposureLook.objects.get().person_id == labeler.pk


@pytest.mark.django_db
def test_only_what_an_erased_person_left_can_be_forgotten(leaver, labeler, lead):
    set_own_limits(person=leaver, numbers={"day_points": 90_000})
    note_looks({leaver.pk}, looked_by=lead.pk, what="board")
    for statement in (
        f"SELECT forget_remains({leaver.pk}, NULL)",
        "DELETE FROM policy_version",
        "DELETE FROM exposure_look",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    erase(leaver)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT forget_remains(%s, %s)", [leaver.pk, labeler.pk])


@pytest.mark.django_db
def test_erasing_again_changes_nothing_and_takes_what_came_since(leaver):
    erase(leaver)
    before = User.objects.count(), LedgerEntry.objects.count()
    erase(leaver)
    assert (User.objects.count(), LedgerEntry.objects.count()) == before
    assert AuditEvent.objects.filter(action="people.erased").count() == 1
    # A request that was under way: it began before, and wrote after.
    agree(leaver)
    label(leaver, "lease:late")
    ensure_data_key(person_id=leaver.pk)
    assert [jobs.reapply_erasures() for _ in range(2)] == [1, 0]
    assert not ExposureView.objects.filter(dosimeter_id=leaver.pk).exists()
    assert not PersonKey.objects.exists()
    assert verify_ledger().differences == []


@pytest.mark.django_db
def test_somebody_without_any_exposure_can_be_erased(nobody):
    erase(nobody)
    assert User.objects.get(pk=nobody.pk).erased_at is not None
    assert not Dosimeter.objects.exists()


@pytest.mark.django_db
def test_nothing_happens_when_the_list_cannot_be_written(leaver):
    ERASURES.path.mkdir()
    with pytest.raises(OSError, match="directory"):
        erase(leaver)
    assert User.objects.get(pk=leaver.pk).username == NAME
    assert PersonKey.objects.filter(pk=leaver.pk).exists()


@pytest.mark.django_db
def test_an_erased_account_stays_closed(leaver, admin):
    erase(leaver)
    gone = User.objects.get(pk=leaver.pk)
    with pytest.raises(NotAllowed, match="erased"):
        set_active(user=gone, active=True, by=admin)
    with pytest.raises(CommandError, match="erased"):
        call_command("set_account", gone.username, "open")
    for change in (
        {"is_active": True},
        {"email": "w@example.org"},
        {"username": "wilma"},
        {"display_name": "W"},
    ):
        with pytest.raises(IntegrityError, match="erased_is_closed"), transaction.atomic():
            User.objects.filter(pk=gone.pk).update(**change)


@pytest.mark.django_db
def test_the_list_holds_numbers_and_no_names(leaver):
    erase(leaver)
    (line,) = ERASURES.path.read_text().splitlines()
    assert NAME not in line
    assert set(json.loads(line)) == {"at", "person", "mark", "reason", "previous", "signature"}


@pytest.mark.django_db(transaction=True)
def test_a_restore_brings_nobody_back(leaver, labeler):
    sign_chain_heads()
    with restored_later() as restore:
        erase(leaver)
        advance(minutes=1)
        restore()
        assert User.objects.get(pk=leaver.pk).username == NAME
        assert PersonKey.objects.filter(pk=leaver.pk).exists()

        out = io.StringIO()
        call_command("reapply_erasures", stdout=out)

        assert "1 people were erased again" in out.getvalue()
        left = dump()
        assert NAME not in left
        assert not PersonKey.objects.exists()
        assert User.objects.get(pk=labeler.pk).username == "lena"
        found = verify_ledger()
        assert (found.faults, found.differences) == ([], [])
        assert reapply_erasures() == 0


@pytest.mark.django_db
def test_a_number_that_means_somebody_else_by_now_is_left_alone(leaver):
    """A restore to before the person came gives their number to the next one who is invited."""
    erase(leaver)
    newcomer = User.objects.get(pk=leaver.pk)
    newcomer.username, newcomer.erased_at, newcomer.is_active = "noor", None, True
    newcomer.date_joined = newcomer.date_joined.replace(year=2031)
    newcomer.save()
    assert reapply_erasures() == 0
    assert User.objects.get(pk=leaver.pk).username == "noor"


@pytest.mark.django_db
def test_a_changed_list_is_followed_in_nothing(leaver, labeler):
    erase(leaver)
    text = ERASURES.path.read_text()
    ERASURES.path.write_text(text.replace(f'"person":{leaver.pk}', f'"person":{labeler.pk}'))
    with pytest.raises(BrokenErasures):
        reapply_erasures()
    with pytest.raises(CommandError, match="does not hold"):
        call_command("reapply_erasures")
    assert User.objects.get(pk=labeler.pk).username == "lena"
