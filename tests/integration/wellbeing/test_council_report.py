"""The monthly report for a works council: rules, groups and machines, and nothing of anybody who labels."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from people.models import Team, User
from people.permissions import Role
from tests.factories.groups import crew, saw
from tests.factories.people import person
from tests.factories.wellbeing import advance, label, support_request_of
from wellbeing import interface
from wellbeing.domain.council import FEWER, Report, Section, as_csv, as_html, told
from wellbeing.domain.month import Month
from wellbeing.models import Dispute, HarmCategory, ReconcileRun
from wellbeing.operations.chain_heads import heads_file, sign_chain_heads
from wellbeing.operations.council import MonthNotOver, council_report, last_month
from wellbeing.operations.day_notes import note_day
from wellbeing.operations.disputes import dispute_entry, grant_dispute
from wellbeing.operations.group_weeks import publish_group_weeks

Browsers = Callable[..., Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def representative(db: None) -> User:
    return person("rosa", Role.REPRESENTATIVE)


@pytest.fixture
def month() -> Month:
    """The clock stands on the second of a month; the fixture is that month."""
    at = interface.now()
    first = datetime.combine(Month.of(at.date()).next.first_day, at.time(), tzinfo=UTC)
    advance(days=(first - at).days + 1)
    return Month.of(interface.now().date())


def over(month: Month) -> None:
    """Turn the clock to the day after the month."""
    advance(days=(month.next.first_day - interface.now().date()).days + 1)


def section(report: Report, title: str) -> Section:
    return next(one for one in report.sections if one.title.startswith(title))


def test_who_changed_which_limit_and_who_co_signed(
    officer: User, lead: User, team: Team, representative: User, month: Month
) -> None:
    interface.set_policy(numbers={"day_points": 90_000}, by=officer, reason="A hard month.")
    proposal = interface.propose_policy(numbers={"day_points": 100_000}, by=officer, reason="Milder items.")
    interface.cosign_policy(proposal_id=proposal.pk, by=representative)
    interface.set_policy(numbers={"week_points": 400_000}, by=lead, reason="Calmer.", team=team)
    turned_down = interface.propose_policy(numbers={"day_points": 110_000}, by=officer, reason="More.")
    interface.withdraw_proposal(proposal_id=turned_down.pk, by=officer)
    over(month)

    report = council_report(month=month)

    changes = section(report, "Changes of limits")
    assert [row[2:] for row in changes.rows] == [
        ("the daily limit: 90 points", "odile", "", "stricter"),
        ("the daily limit: 100 points", "odile", "rosa", "looser, co-signed"),
        ("the limit of seven days: 400 points", "leyla", "", "stricter"),
    ]
    assert "co-signed: 1" in changes.note
    assert "turned down: 1" in changes.note
    in_force = section(report, "Limits in force").rows
    assert ("organisation", "the daily limit", "100 points") in in_force
    assert ("organisation", "length of a short break", "5 minutes") in in_force
    assert (team.name, "the limit of seven days", "400 points") in in_force


def test_a_limit_that_was_changed_later_does_not_show(officer: User, month: Month) -> None:
    over(month)
    interface.set_policy(numbers={"day_points": 90_000}, by=officer, reason="")

    report = council_report(month=month)

    assert ("organisation", "the daily limit", "120 points") in section(report, "Limits in force").rows
    assert section(report, "Changes").rows == ()


def test_looks_are_counted_by_role_and_not_by_name(
    labeler: User, second_labeler: User, lead: User, officer: User, month: Month
) -> None:
    interface.team_exposure(person_ids=[labeler.pk, second_labeler.pk], looked_by=lead.pk)
    interface.exposure_of(person_id=labeler.pk, looked_by=officer.pk)
    label(labeler, "lease:1")
    interface.correct_entry(person_id=labeler.pk, seq=1, severity=1, by=officer, reason="A mistake.")
    over(month)

    rows = section(council_report(month=month), "Looks").rows

    # That an entry was put right is the person's own matter, and no look.
    assert sorted(rows) == [("Team lead", "2"), ("Wellbeing officer", "1")]


def test_disputes_and_corrections_are_told_from_five_people_on(
    team: Team, officer: User, month: Month
) -> None:
    def decide(people: list[User]) -> None:
        for one in people:
            label(one, f"lease:{one.pk}")
            dispute_entry(row=1, severity=1, by=one)
            grant_dispute(dispute_id=Dispute.objects.get(person=one).pk, by=officer)

    decide(crew(team, 4))
    over(month)
    assert {row[1] for row in section(council_report(month=month), "Disputes").rows} == {FEWER}

    decide(crew(team, 5, called="others"))
    over(month.next)
    assert {row[1] for row in section(council_report(month=month.next), "Disputes").rows} == {"5"}


def test_many_matters_of_one_person_are_not_told() -> None:
    assert told(9, 1) == FEWER
    assert told(9, 5) == "9"
    assert told(0, 0) == FEWER


def test_whether_the_record_can_be_trusted(month: Month) -> None:
    sign_chain_heads()
    advance(minutes=15)
    sign_chain_heads()
    advance(minutes=40)
    sign_chain_heads()
    ReconcileRun.objects.create(days_checked=35, differences=2)
    over(month)

    rows = dict(section(council_report(month=month), "Whether").rows)

    # Forty minutes once, and from the last signing to the month's end.
    assert rows["Heads of the ledger not signed for more than 20 minutes"] == "2 times"
    assert rows["Comparisons of sums and ledger"] == "1"
    assert rows["Days that did not agree, all comparisons together"] == "2"
    assert rows["Records of which old rows were purged"] == FEWER


def test_a_month_without_a_signing_says_so(month: Month) -> None:
    over(month)

    rows = dict(section(council_report(month=month), "Whether").rows)

    assert rows["Heads of the ledger not signed for more than 20 minutes"] == "no signing in this month"


def test_a_changed_file_of_heads_is_reported_and_stops_nothing(month: Month) -> None:
    sign_chain_heads()
    heads_file().write_text("changed\n", encoding="utf-8")
    over(month)

    rows = dict(section(council_report(month=month), "Whether").rows)

    assert rows["Heads of the ledger not signed for more than 20 minutes"].startswith("unknown")


def test_a_month_that_runs_has_no_report(month: Month) -> None:
    with pytest.raises(MonthNotOver):
        council_report(month=month)
    assert last_month() == month.previous


def test_a_teams_report_counts_nothing_that_could_be_subtracted(team: Team, month: Month) -> None:
    over(month)

    titles = [one.title for one in council_report(month=month, team=team).sections]

    assert not [title for title in titles if title.startswith(("Disputes", "Whether"))]


@pytest.mark.parametrize("of_team", [False, True])
def test_nothing_of_somebody_in_a_group_of_four_is_in_any_byte(
    team: Team, officer: User, month: Month, of_team: bool
) -> None:
    HarmCategory.objects.create(code="canary", name="Canary category")
    people = [*crew(team, 3), person("canarywren", Role.LABELER, team)]
    day = month.next.first_day - timedelta(days=12)  # in one of the weeks that are published when it is over
    saw(people[:3], day)

    def files() -> tuple[str, str]:
        """The report of this month as it reads when it is over; the clock comes back afterwards."""
        here = transaction.savepoint()
        over(month)
        publish_group_weeks()
        report = council_report(month=month, team=team if of_team else None)
        transaction.savepoint_rollback(here)
        return as_csv(report), as_html(report)

    before = files()
    canary = people[3]
    label(canary, "lease:1")
    saw([canary], day, severity=4, categories=["canary"])
    interface.choose_category(person_id=canary.pk, category="canary", refused=True)
    interface.set_own_limits(person=canary, numbers={"day_points": 41_000})
    note_day(person_id=canary.pk, number=2)
    support_request_of(canary, "canary words")
    dispute_entry(row=1, severity=4, by=canary)
    grant_dispute(dispute_id=Dispute.objects.get().pk, by=officer)
    interface.stop(person_id=canary.pk)

    assert files() == before
    assert "canary" not in "".join(before).lower()
    assert "too few people to show" in before[0]


def test_names_and_words_are_escaped_in_both_files() -> None:
    report = Report(
        Month.named("2026-10"), "<b>", (Section("One", "=note", ("a",), (("=1+1",), ("<script>",))),)
    )

    lines = list(csv.reader(io.StringIO(as_csv(report))))
    page = as_html(report)

    assert ["One", "'=1+1"] in lines
    assert "<script" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page


def test_the_page_and_its_files_for_representatives_and_officers(
    browser_of: Browsers, representative: User, officer: User, team: Team, month: Month
) -> None:
    over(month)
    for user in (representative, officer):
        browser = browser_of(user)
        assert f"<h1>{month.in_words}</h1>" in browser.get("/council/").content.decode()
        assert browser.get(f"/council/?team={team.pk}").status_code == 200
        file = browser.get(f"/council/{month.name}.html")
        assert file.headers["Content-Disposition"] == f'attachment; filename="report-{month.name}.html"'
        assert month.in_words in file.content.decode()
        assert browser.get(f"/council/{month.name}.csv").headers["Content-Type"].startswith("text/csv")
        assert browser.get(f"/council/{month.next.name}.csv").status_code == 404
        assert browser.get("/council/nonsense.csv").status_code == 404


def test_leads_admins_and_labelers_have_no_such_page(
    browser_of: Browsers, lead: User, admin: User, labeler: User
) -> None:
    assert [browser_of(user).get("/council/").status_code for user in (lead, admin, labeler)] == [403] * 3


def test_a_representative_of_one_team_reads_that_one_alone(
    browser_of: Browsers, team: Team, other_team: Team, month: Month
) -> None:
    over(month)
    browser = browser_of(person("rike", Role.REPRESENTATIVE, team))

    assert f"of team {team.name}" in browser.get("/council/").content.decode()
    assert browser.get(f"/council/?team={other_team.pk}").status_code == 404


def test_the_command_writes_either_file(tmp_path, team: Team, month: Month, capsys) -> None:
    over(month)
    file = tmp_path / "report.csv"
    call_command("council_report", month.name, team=team.name, format="csv", output=file)
    call_command("council_report", month.name)

    assert f"team {team.name}" in file.read_text("utf-8")
    assert "<!doctype html>" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no team"):
        call_command("council_report", month.name, team="Nowhere")
    with pytest.raises(CommandError, match="is over"):
        call_command("council_report", "October")
