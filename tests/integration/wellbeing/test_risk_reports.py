"""Somebody may be in danger: a report that names an occasion and nothing else, and an answer that its maker can read."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from people.models import AuditEvent
from people.permissions import Role
from tests.factories.people import person
from tests.factories.wellbeing import advance, risk_report_of
from wellbeing import jobs
from wellbeing.domain.risk import RiskItem, RiskOutcome
from wellbeing.interface import NoTransaction, find_risk_items_with, report_risk
from wellbeing.models import RiskReport
from wellbeing.operations.risk import NoSuchReport, close_report
from wellbeing.queries import risk
from wellbeing.queries.risk import open_reports, own_reports

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_a_report_belongs_to_the_transaction_of_its_caller(labeler):
    with pytest.raises(NoTransaction):
        report_risk(person_id=labeler.pk, occasion="lease:1")


def test_an_occasion_is_reported_once_by_each(labeler, second_labeler):
    answers = [report_risk(person_id=labeler.pk, occasion="lease:1") for _ in range(2)]
    assert answers == [True, False]
    assert report_risk(person_id=second_labeler.pk, occasion="lease:1")
    assert RiskReport.objects.count() == 2


def test_the_officer_answers_and_the_labeler_reads_it(labeler, officer):
    number = risk_report_of(labeler)
    assert own_reports(person_id=labeler.pk)[0].outcome == ""
    close_report(report_id=number, outcome=RiskOutcome.PASSED_ON, by=officer)
    (own,) = own_reports(person_id=labeler.pk)
    assert own.outcome == "We passed it on to people who can help."
    assert open_reports(officer) == []
    with pytest.raises(NoSuchReport):
        close_report(report_id=number, outcome=RiskOutcome.KNOWN, by=officer)
    (event,) = AuditEvent.objects.filter(action="wellbeing.risk_answered")
    assert event.details == {"outcome": "passed_on"}


def test_only_who_answers_risks_there_sees_or_answers(labeler, outsider, lead, admin, other_team, officer):
    number, own = risk_report_of(labeler), risk_report_of(officer)
    elsewhere = person("otto", Role.OFFICER, other_team)
    for wrong in (lead, admin, labeler, outsider, elsewhere):
        assert open_reports(wrong) == []
        with pytest.raises(NoSuchReport):
            close_report(report_id=number, outcome=RiskOutcome.KNOWN, by=wrong)
    assert [one.id for one in open_reports(officer)] == [str(number)]
    with pytest.raises(NoSuchReport):
        close_report(report_id=own, outcome=RiskOutcome.KNOWN, by=officer)


@pytest.mark.parametrize(
    "change",
    [{"outcome": "known"}, {"outcome_at": "2026-01-01T00:00Z"}, {"outcome": "whatever"}, {"outcome_by": 0}],
)
def test_the_database_takes_whole_answers_only(change, labeler, officer):
    number = risk_report_of(labeler)
    if "outcome_by" in change:
        change = {"outcome": "known", "outcome_by": labeler, "outcome_at": RiskReport.objects.get().at}
    with pytest.raises(IntegrityError, match="risk_report_"), transaction.atomic():
        RiskReport.objects.filter(pk=number).update(**change)


def test_another_tool_says_where_to_look(labeler, officer, monkeypatch):
    monkeypatch.setattr(risk, "_finders", [])
    risk_report_of(labeler, "report:5")
    assert open_reports(officer)[0].item is None
    find_risk_items_with(
        lambda occasion, looked_by: RiskItem(f"queue {occasion} for {looked_by == officer.pk}")
    )
    assert open_reports(officer)[0].item == RiskItem("queue report:5 for True")


def test_where_it_was_is_forgotten_thirty_days_after_the_answer(labeler, officer):
    number = risk_report_of(labeler)
    still_open = risk_report_of(labeler, "lease:2")
    close_report(report_id=number, outcome=RiskOutcome.KNOWN, by=officer)
    advance(days=29)
    jobs.forget_occasions()
    assert RiskReport.objects.get(pk=number).occasion == "lease:1"
    advance(days=2)
    for _ in range(2):
        jobs.forget_occasions()
    assert RiskReport.objects.get(pk=number).occasion == f"forgotten:{number}"
    assert RiskReport.objects.get(pk=still_open).occasion == "lease:2"


def test_the_pages(labeler, officer, browser_of):
    mine, theirs = browser_of(labeler), browser_of(officer)
    assert "You have reported nothing" in mine.get("/me/risks/").text
    assert "No open reports" in theirs.get("/risks/").text
    number = risk_report_of(labeler, "gone:1")
    assert "not known any more" in theirs.get("/risks/").text
    waiting = mine.get("/me/risks/").text
    assert "Nobody has answered yet" in waiting
    assert "the wellbeing officer is told at once. The answer appears here." in waiting
    assert "looked into it" not in waiting, "nothing says that somebody did before there is an answer"
    assert (
        "Choose what came of it" in theirs.post(f"/risks/{number}/close/", {"outcome": "x"}, follow=True).text
    )
    theirs.post(f"/risks/{number}/close/", {"outcome": "no_danger"})
    assert "nobody is in danger as far as we can tell" in mine.get("/me/risks/").text
    assert theirs.post(f"/risks/{uuid4()}/close/", {"outcome": "known"}).status_code == 404
