"""The statement that a person takes along: theirs alone, the same bytes again, in step with the ledger."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from people.models import User
from tests.factories import wellbeing as do
from wellbeing import interface
from wellbeing.domain import verify_statement as verifier
from wellbeing.domain.month import Month
from wellbeing.models import DoseDay, LedgerEntry, PolicyVersion
from wellbeing.operations.statements import NoStatement, lifetime_statement, monthly_statement, public_keys
from wellbeing.queries.statements import months_of
from wellbeing.queries.time import now

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
Browsers = Callable[..., Client]


def this_month() -> str:
    return Month.of(now().date()).name


def into_next_month() -> str:
    """Let time pass until the 2nd of the next month, 9 o'clock. Returns the month that is over."""
    over = this_month()
    first = Month.named(over).next.first_day
    do.advance(days=(first - now().date()).days + 1)
    return over


def a_month_of_work(person: User) -> None:
    for number, severity in enumerate((0, 1, 3, 4)):
        interface.opt_in_to_extreme(person_id=person.pk)
        do.label(person, f"lease:{number}", severity)
        do.advance(minutes=6)
    interface.start_break(person_id=person.pk, kind=interface.BreakKind.LONG)
    do.advance(minutes=20)
    do.reveal(person, "lease:9", 2)
    do.conceal(person)


def test_it_holds_what_the_record_holds(labeler: User) -> None:
    a_month_of_work(labeler)

    document = monthly_statement(person=labeler, month=this_month()).statement

    (day,) = document["days"]
    held = DoseDay.objects.get()
    assert day["of"] == held.day.isoformat()
    assert day["milli_points"] == held.points_charged + held.points_reserved
    assert day["open_ms"] == held.open_ms_charged + held.open_ms_reserved
    assert day["by_severity"]["extreme"]["milli_points"] == held.extreme_charged
    assert {name: one["views"] for name, one in day["by_severity"].items()} == dict.fromkeys(
        verifier.SEVERITIES, 1
    )
    assert (day["unanswered"], day["breaks"], day["break_seconds"]) == (1, 1, 900)
    rows = LedgerEntry.objects.order_by("seq")
    assert document["record"]["rows"] == rows.count() == rows.last().seq
    assert document["record"]["first"]["hash"] == bytes(rows.first().hash).hex()
    assert document["record"]["last"]["hash"] == bytes(rows.last().hash).hex()
    assert (document["so_far"], document["person"]) == (True, labeler.username)


def test_its_file_passes_the_verifier(labeler: User) -> None:
    labeler.display_name = "Łucja Ọlá"
    a_month_of_work(labeler)

    file = monthly_statement(person=labeler, month=this_month()).file.decode()

    assert verifier.faults(verifier.opened(file), public_keys()[0]) == []
    assert "Łucja Ọlá" in file
    assert verifier.faults(verifier.opened(file.replace('"person": "Ł', '"person": "M')))


def test_a_month_that_is_over_is_the_same_file_whenever_it_is_asked_for(
    browser_of: Browsers, labeler: User
) -> None:
    a_month_of_work(labeler)
    do.settle(labeler, "lease:9", 2)
    over = into_next_month()
    me = browser_of(labeler)

    def files() -> list[bytes]:
        return [me.get(f"/me/statements/{over}.{kind}").content for kind in ("json", "pdf")]

    before = files()
    do.label(labeler, "lease:10", 1)
    interface.start_break(person_id=labeler.pk, kind=interface.BreakKind.MICRO)
    labeler.memberships.all().delete()
    PolicyVersion.objects.create(
        scope="organisation", numbers={"day_points": 100_000}, valid_from=now(), reason=""
    )
    do.advance(days=3)

    assert files() == before
    assert json.loads(before[0])["statement"]["so_far"] is False
    assert before[1].startswith(b"%PDF-")


def test_a_late_finding_belongs_to_its_month_and_names_a_higher_row(labeler: User) -> None:
    a_month_of_work(labeler)
    over = into_next_month()
    first = monthly_statement(person=labeler, month=over).statement
    interface.owe_top_up(person_id=labeler.pk, occasion="lease:1", severity=3)
    do.label(labeler, "lease:10", 1)
    from wellbeing.jobs import apply_top_ups

    apply_top_ups()
    later = monthly_statement(person=labeler, month=over).statement

    assert later["record"]["last"]["row"] > first["record"]["last"]["row"]
    assert later["totals"]["by_severity"]["mild"]["views"] == 0
    assert later["totals"]["by_severity"]["severe"]["views"] == 2
    assert later["totals"]["milli_points"] > first["totals"]["milli_points"]
    assert f"up to row {later['record']['last']['row']} of the record" == later["covers"]
    assert "the higher one knows more" in later["meaning"][-1]


def test_a_month_with_a_running_break_is_not_over(labeler: User) -> None:
    do.label(labeler, "lease:1")
    end = Month.of(now().date()).next.first_day
    do.advance(days=(end - now().date()).days - 1)
    do.advance_to(3, 58)
    interface.start_break(person_id=labeler.pk, kind=interface.BreakKind.LONG)
    do.advance(minutes=5)
    over = Month.of(end - timedelta(days=1)).name
    assert monthly_statement(person=labeler, month=over).statement["so_far"] is True
    do.advance(minutes=15)
    done = monthly_statement(person=labeler, month=over).statement
    assert (done["so_far"], done["totals"]["breaks"]) == (False, 1)


def test_limits_of_the_organisation_and_of_teams_and_never_ones_own(labeler: User, team) -> None:
    long_ago = now() - timedelta(days=90)
    for scope, whose, points in (
        ("organisation", {}, 110_000),
        ("team", {"team": team}, 100_000),
        ("person", {"person": labeler}, 12_345),
    ):
        PolicyVersion.objects.create(
            scope=scope, **whose, numbers={"day_points": points}, valid_from=long_ago, reason=""
        )
        do.label(labeler, f"lease:{scope}", 1)
    policy = monthly_statement(person=labeler, month=this_month()).statement["policy"]
    assert policy["limits"]["day_points"] == 110_000
    assert [held["limits"] for held in policy["teams"]] == [{"day_points": 100_000}]
    assert "12345" not in json.dumps(policy)


def test_all_months_in_one(labeler: User) -> None:
    with pytest.raises(NoStatement):
        lifetime_statement(person=labeler)
    do.label(labeler, "lease:1", 3)
    over = into_next_month()
    do.label(labeler, "lease:2", 1)

    signed = lifetime_statement(person=labeler)

    assert [month["of"] for month in signed.statement["months"]] == [over, this_month()]
    assert [month.name for month in months_of(person_id=labeler.pk)] == [this_month(), over]
    assert verifier.faults(verifier.opened(signed.file.decode()), public_keys()[0]) == []


@pytest.mark.parametrize(
    "month", ["2026-13", "2026-1", "26-11", "9999-12", "0001-01", "now", "2026-11-01", "१२३४-११"]
)
def test_what_is_not_a_month_has_no_statement(labeler: User, month: str) -> None:
    do.label(labeler, "lease:1")
    with pytest.raises(NoStatement):
        monthly_statement(person=labeler, month=month)


def test_the_pages_are_ones_own(
    browser_of: Browsers, labeler: User, second_labeler: User, nobody: User, lead: User
) -> None:
    do.label(labeler, "lease:1")
    file, paper = f"/me/statements/{this_month()}.json", f"/me/statements/{this_month()}.pdf"
    for address in ("/me/statements/", file, paper):
        assert Client().get(address)["Location"].startswith("/accounts/sign-in/")
        assert browser_of(labeler).get(address).status_code == 200
    for other in (second_labeler, nobody, lead):
        assert browser_of(other).get(file).status_code == browser_of(other).get(paper).status_code == 404
        assert "There is no month yet" in browser_of(other).get("/me/statements/").content.decode()
    page = browser_of(labeler).get("/me/statements/").content.decode()
    assert file in page
    assert "so far" in page
    answer = browser_of(labeler).get(file)
    assert answer["Content-Disposition"] == f'attachment; filename="exposure-{this_month()}.json"'
    assert answer["Cache-Control"] == "no-store"


def test_anybody_can_get_the_key_and_the_verifier() -> None:
    page = Client().get("/statement-key/").content.decode()
    assert f"<code>{public_keys()[0]}</code>" in page
    assert "Keys that signed before" not in page
    program = Client().get("/statement-key/verify_statement.py")
    assert b"def is_signed" in program.content
    with override_settings(STATEMENT_FORMER_KEYS=["AAAA"]):
        assert "<code>AAAA</code>" in Client().get("/statement-key/").content.decode()
        assert "wellbeing.E005" in {problem.id for problem in run_checks()}


def test_a_statement_of_the_key_before_is_still_good(labeler: User) -> None:
    do.label(labeler, "lease:1")
    old = monthly_statement(person=labeler, month=this_month())
    with override_settings(STATEMENT_KEY="another", STATEMENT_FORMER_KEYS=[old.public_key]):
        current, former = public_keys()
        assert current != old.public_key
        assert verifier.faults(verifier.opened(old.file.decode()), former[0]) == []


@pytest.mark.parametrize("name", ["Łucja Ọlá-Şahin", "李 & <b>", "x" * 150])
def test_a_paper_for_any_name(browser_of: Browsers, labeler: User, name: str) -> None:
    User.objects.filter(pk=labeler.pk).update(display_name=name)
    a_month_of_work(labeler)
    paper = browser_of(labeler).get(f"/me/statements/{this_month()}.pdf").content
    assert len(re.findall(rb"/Type /Page\b", paper)) == 2
    assert len(paper) < 100_000


def test_a_statement_costs_few_statements(labeler: User) -> None:
    a_month_of_work(labeler)
    month = this_month()
    with CaptureQueriesContext(connection) as asked:
        monthly_statement(person=labeler, month=month)
    assert len(asked) == 3


def test_day_lines_follow_the_persons_own_zone(labeler: User) -> None:
    do.label(labeler, "lease:1")
    document = monthly_statement(person=labeler, month=this_month()).statement
    assert document["time_zone"] == "UTC"
    assert document["days"][0]["of"] == date.isoformat(now().date())
