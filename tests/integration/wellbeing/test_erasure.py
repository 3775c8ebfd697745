"""An erased person: nothing says who they were, the ledger still holds, and a restore does not bring them back."""

import io
import json
import threading

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from people.errors import NotAllowed
from people.models import ApiToken, AuditEvent, Invitation, Membership, Team, User
from people.operations.accounts import set_active
from people.operations.api_tokens import issue_token
from people.operations.audit import record_event
from people.operations.invitations import invite
from people.permissions import Permission, Role
from tests.databases import restored_later
from tests.factories.people import agree, person
from tests.factories.wellbeing import advance, dump, label, reveal, sql
from wellbeing import jobs
from wellbeing.domain.erasing import ErasureReason
from wellbeing.domain.groups import week_of
from wellbeing.interface import now, set_own_limits
from wellbeing.models import (
    DoseDay,
    Dosimeter,
    ErasureRequest,
    ExposureLook,
    ExposureView,
    GroupWeekPeople,
    LedgerEntry,
    PersonKey,
    PolicyVersion,
    RiskReport,
)
from wellbeing.operations.chain_heads import heads_file, sign_chain_heads, verify_ledger
from wellbeing.operations.erasure import (
    ERASURES,
    BrokenErasures,
    erase_person,
    reapply_erasures,
)
from wellbeing.operations.erasure_requests import (
    ErasureNotAllowed,
    NoSuchRequest,
    approve_erasure,
    ask_for_erasure,
    withdraw_erasure,
)
from wellbeing.operations.looks import note_looks
from wellbeing.operations.private_keys import ensure_data_key
from wellbeing.operations.risk import report_risk

NAME, ADDRESS = "wilhelmina", "wilhelmina@example.org"


@pytest.fixture
def leaver(team):
    """Somebody with a name, an address, a token, a session, an invitation behind them, and a week's exposure."""
    user = person(NAME, Role.LABELER, team, email=ADDRESS, display_name="Wilhelmina Quist")
    user.memberships.create(role=Role.ENGINEER, team=team)
    invitation, _ = invite(email="other@example.org", role=Role.LABELER, team=team, by=None)
    Invitation.objects.filter(pk=invitation.pk).update(
        email=ADDRESS, accepted_at=invitation.created_at, accepted_by=user
    )
    EmailAddress.objects.create(user=user, email=ADDRESS, verified=True, primary=True)
    issue_token(user=user, name="wilhelmina's laptop", scopes=[Permission.READ_RELEASES], days=1, by=user)
    ensure_data_key(person_id=user.pk)
    for number in range(3):
        label(user, f"lease:{number}", severity=number + 1)
    return user


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


@pytest.mark.django_db
def test_it_takes_two_people_and_neither_is_the_person(leaver, admin, officer, lead, outsider, team):
    request = ask_for_erasure(person_id=leaver.pk, by=admin, reason=ErasureReason.LEFT)
    assert ask_for_erasure(person_id=leaver.pk, by=leaver, reason=ErasureReason.ASKED).pk == request.pk
    other_officer = person("otto", Role.OFFICER, outsider.memberships.first().team)
    for wrong in (admin, lead, leaver, other_officer):
        with pytest.raises(ErasureNotAllowed):
            approve_erasure(request_id=request.pk, by=wrong)
    for wrong in (lead, officer, outsider):
        with pytest.raises(ErasureNotAllowed):
            ask_for_erasure(person_id=leaver.pk, by=wrong, reason=ErasureReason.ASKED)
    both = person("bo", Role.OFFICER)
    both.memberships.create(role=Role.ADMIN)
    withdraw_erasure(person_id=leaver.pk, by=leaver)
    own = ask_for_erasure(person_id=leaver.pk, by=both, reason=ErasureReason.LEFT)
    with pytest.raises(ErasureNotAllowed):
        approve_erasure(request_id=own.pk, by=both)

    approve_erasure(request_id=own.pk, by=officer)

    assert User.objects.get(pk=leaver.pk).erased_at is not None
    with pytest.raises(NoSuchRequest):
        approve_erasure(request_id=own.pk, by=officer)
    said = AuditEvent.objects.filter(action__startswith="wellbeing.eras").values_list("action", flat=True)
    assert set(said) == {"wellbeing.erasure_asked", "wellbeing.erasure_withdrawn", "wellbeing.erased"}


@pytest.mark.django_db
@pytest.mark.parametrize("approver", ["person", "asker"])
def test_the_database_holds_the_two_apart(approver, leaver, admin):
    by = leaver if approver == "person" else admin
    request = ask_for_erasure(person_id=leaver.pk, by=admin, reason=ErasureReason.LEFT)
    with pytest.raises(IntegrityError, match="approved_by_another"), transaction.atomic():
        ErasureRequest.objects.filter(pk=request.pk).update(approved_by=by, approved_at=request.asked_at)


@pytest.mark.django_db
def test_a_request_can_be_taken_back_by_those_it_is_about(leaver, admin, officer):
    request = ask_for_erasure(person_id=leaver.pk, by=admin, reason=ErasureReason.LEFT)
    assert not withdraw_erasure(person_id=leaver.pk, by=officer)
    assert withdraw_erasure(person_id=leaver.pk, by=leaver)
    assert not withdraw_erasure(person_id=leaver.pk, by=leaver)
    with pytest.raises(NoSuchRequest):
        approve_erasure(request_id=request.pk, by=officer)


@pytest.mark.django_db
def test_the_command_asks_and_an_officer_approves(leaver, officer, lead):
    out = io.StringIO()
    call_command("erase_person", NAME, stdout=out)
    assert "when a wellbeing officer approves" in out.getvalue()
    assert NAME not in out.getvalue()
    with pytest.raises(CommandError, match="officer"):
        call_command("erase_person", NAME, approved_by="leyla")
    call_command("erase_person", NAME, approved_by="odile", stdout=out)
    assert User.objects.get(pk=leaver.pk).erased_at is not None
    with pytest.raises(CommandError, match="nobody called"):
        call_command("erase_person", NAME)


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_erase_once(leaver, admin, officer):
    request = ask_for_erasure(person_id=leaver.pk, by=admin, reason=ErasureReason.LEFT)
    officers, outcomes, ready = [officer, person("otto", Role.OFFICER)], [], threading.Barrier(2)

    def approve(by) -> None:
        ready.wait()
        try:
            approve_erasure(request_id=request.pk, by=by)
            outcomes.append("erased")
        except NoSuchRequest:
            outcomes.append("nothing open")
        finally:
            connection.close()

    threads = [threading.Thread(target=approve, args=[by]) for by in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["erased", "nothing open"]
    assert len(ERASURES.path.read_text().splitlines()) == 1


@pytest.mark.django_db
def test_one_asks_for_oneself_and_takes_it_back(leaver, browser_of):
    client = browser_of(leaver)
    assert "Ask for my data to be erased" in client.get("/me/data/").text
    for _ in range(2):
        assert "Take it back" in client.post("/me/data/erasure/", {"wish": "ask"}, follow=True).text
    assert ErasureRequest.objects.count() == 1
    client.post("/me/data/erasure/", {"wish": "nothing known"})
    assert "Nothing is erased" in client.post("/me/data/erasure/", {"wish": "withdraw"}, follow=True).text
    assert User.objects.get(pk=leaver.pk).erased_at is None


@pytest.mark.django_db
def test_an_admin_asks_and_an_officer_approves_at_the_page(leaver, admin, officer, browser_of):
    asking, approving = browser_of(admin), browser_of(officer)
    assert asking.post("/erasures/", {"username": "nobody", "reason": "left"}).status_code == 422
    assert asking.post("/erasures/", {"username": NAME, "reason": "because"}).status_code == 422
    assert "Quist" in asking.post("/erasures/", {"username": NAME, "reason": "left"}, follow=True).text
    assert "The person has left" in approving.get("/records/").text
    number = ErasureRequest.objects.get().pk
    assert approving.post(f"/records/erasures/{number}/approve/", follow=True).status_code == 200
    assert User.objects.get(pk=leaver.pk).erased_at is not None
    assert approving.post(f"/records/erasures/{number}/approve/").status_code == 404
    assert "Quist" not in approving.get("/records/").text + asking.get("/erasures/").text


@pytest.mark.django_db
def test_an_officer_does_not_see_what_they_may_not_approve(officer, admin, browser_of):
    ask_for_erasure(person_id=officer.pk, by=admin, reason=ErasureReason.LEFT)
    assert "Nothing waits for you" in browser_of(officer).get("/records/").text


@pytest.mark.django_db
def test_the_officers_page_says_how_the_ledger_stands(officer, labeler, browser_of):
    client = browser_of(officer)
    assert "have never been signed" in client.get("/records/").text
    sign_chain_heads()
    jobs.reconcile_sums()
    page = client.get("/records/").text
    assert "signed outside the database less than a minute ago" in page
    assert "They agree." in page
    assert "note care" not in page
    label(labeler, "lease:1")
    DoseDay.objects.update(points_charged=1)
    jobs.reconcile_sums()
    assert "1 of the days do not agree" in client.get("/records/").text
    advance(minutes=30)
    assert "30 minutes ago" in client.get("/records/").text
    heads_file().write_text("torn")
    assert "torn or changed" in client.get("/records/").text
