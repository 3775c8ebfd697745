"""Someone may be in danger: the labeler tells it from the workbench, the officer learns where to look."""

import pytest
from django.urls import reverse

from labeling.operations.errors import NotRevealed, NotYours
from labeling.operations.risk import report_risk
from labeling.queries.risk import risk_item
from people.models import AuditEvent
from tests.factories.labeling import MILD, add_tasks, claimed, project_for, shown
from wellbeing.models import ExposureView, RiskReport

pytestmark = pytest.mark.django_db


@pytest.fixture
def lease(team, lead, labeler):
    project = project_for(team, lead, name="Match reports")
    add_tasks(project, 1)
    return shown(project, labeler).card


def test_a_report_names_the_occasion_and_nothing_of_the_item(lease, labeler):
    for _ in range(2):
        report_risk(lease_id=lease.lease_id, by=labeler)
    assert RiskReport.objects.get().occasion == f"lease:{lease.lease_id}"
    (event,) = AuditEvent.objects.filter(action="labeling.risk_reported")
    assert (event.subject, event.details) == (f"lease {lease.lease_id}", {})


def test_only_ones_own_and_only_what_was_shown(team, lead, labeler, second_labeler):
    project = project_for(team, lead)
    add_tasks(project, 2)
    card = claimed(project, labeler)
    with pytest.raises(NotRevealed):
        report_risk(lease_id=card.lease_id, by=labeler)
    with pytest.raises(NotYours):
        report_risk(lease_id=card.lease_id, by=second_labeler)
    assert not RiskReport.objects.exists()


def test_the_workbench_offers_it_once_something_is_shown_and_keeps_it_open(
    lease, labeler, officer, browser_of
):
    client = browser_of(labeler)
    address = reverse("labeling:risk", args=[lease.lease_id])
    answer = client.post(address, headers={"HX-Request": "true", "HX-Target": "notice"})
    assert "The wellbeing officer has it now" in answer.text
    assert ExposureView.objects.get().closed_at is None
    plain = client.post(address)
    assert "The wellbeing officer has it now" in plain.text
    assert MILD not in plain.text
    listed = browser_of(officer).get("/risks/").text
    assert "Match reports" in listed
    assert MILD not in listed


def test_what_the_officer_reads_is_told_before_it_is_sent(lease, labeler, officer, browser_of):
    address = reverse("labeling:workbench", args=[lease.project_id])
    told = browser_of(labeler).get(address).text
    assert "They read your name, the project and the name of the item." in told
    assert "They do not see the item here" in told
    report_risk(lease_id=lease.lease_id, by=labeler)
    listed = browser_of(officer).get("/risks/").text
    for read in (labeler.get_full_name(), "Match reports", lease.external_id):
        assert read in listed
    assert MILD not in listed


def test_the_link_is_for_who_may_open_it(lease, officer, engineer):
    occasion = f"lease:{lease.lease_id}"
    assert risk_item(occasion, officer.pk).href == ""
    assert risk_item(occasion, engineer.pk).href == reverse("labeling:project", args=[lease.project_id])
    assert lease.external_id in risk_item(occasion, officer.pk).words
    for unknown in ("lease:0", "lease:x", "forgotten:1", "", "report:1"):
        assert risk_item(unknown, officer.pk) is None
