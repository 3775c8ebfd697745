"""The number beside a page's name: what waits there for the person who looks at it, and gone once it is done."""

from uuid import uuid4

import pytest

from labeling.operations.appeals import answer_appeals
from labeling.operations.questions import reply_to_question
from people.context import page_chrome
from people.permissions import Role
from tests.factories.labeling import add_tasks, claimed, project_for
from tests.factories.people import person
from tests.factories.wellbeing import label, risk_report_of, support_request_of
from tests.factories.words import appeal_of, decided_task, question_of
from wellbeing.domain.erasing import ErasureReason
from wellbeing.domain.risk import RiskOutcome
from wellbeing.interface import cosign_policy, propose_policy
from wellbeing.models import Dispute, ExposureLook
from wellbeing.operations.disputes import decline_dispute, dispute_entry
from wellbeing.operations.erasure_requests import approve_erasure, ask_for_erasure
from wellbeing.operations.risk import close_report
from wellbeing.operations.support import answer_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(browser_of):
    """`waiting(who)`: the pages of that person at which something waits, and how much."""

    def counts(who) -> dict[str, int]:
        page = browser_of(who).get("/settings/keys/")
        return {entry.label: entry.waiting for entry in page.context["chrome"].navigation if entry.waiting}

    return counts


def test_a_request_waits_for_the_counsellor_until_it_is_answered_and_again_after_the_next_word(
    labeler, second_labeler, counsellor, waiting
):
    number = support_request_of(labeler)
    support_request_of(second_labeler)
    assert waiting(counsellor) == {"Requests": 2}

    answer_request(request_id=number, by=counsellor, text="On Monday?", message_id=uuid4())
    assert waiting(counsellor) == {"Requests": 1}

    support_request_of(labeler, "Yes, gladly.")
    assert waiting(counsellor) == {"Requests": 2}


def test_a_risk_report_waits_for_the_officer(labeler, officer, waiting):
    number = risk_report_of(labeler)
    assert waiting(officer) == {"Risk reports": 1}

    close_report(report_id=number, outcome=RiskOutcome.KNOWN, by=officer)
    assert waiting(officer) == {}


def test_a_dispute_waits_for_the_officer_and_counting_it_is_no_look(labeler, officer, waiting):
    label(labeler, "lease:1", severity=3)
    dispute_entry(row=1, severity=1, by=labeler)
    assert waiting(officer) == {"Disputes": 1}
    assert not ExposureLook.objects.exists()

    decline_dispute(dispute_id=Dispute.objects.get().pk, by=officer, reason="It was as you said at first.")
    assert waiting(officer) == {}


def test_an_erasure_waits_for_an_officer_who_may_approve_it(labeler, admin, officer, waiting):
    labeler.is_active = False
    labeler.save()
    asked = ask_for_erasure(person_id=labeler.pk, by=admin, reason=ErasureReason.ASKED)
    assert waiting(officer) == {"Records": 1}
    assert waiting(admin) == {}

    approve_erasure(request_id=asked.pk, by=officer)
    assert waiting(officer) == {}


def test_a_proposal_waits_for_whoever_may_sign_it(officer, waiting):
    representative = person("rep", Role.REPRESENTATIVE)
    proposal = propose_policy(numbers={"day_points": 130_000}, by=officer, reason="a short campaign")
    assert waiting(representative) == {"Limits": 1}
    assert waiting(officer) == {}

    cosign_policy(proposal_id=proposal.pk, by=representative)
    assert waiting(representative) == {}


def test_questions_and_appeals_wait_for_the_lead_of_the_team_alone(
    team, other_team, lead, labeler, second_labeler, waiting
):
    project = project_for(team, lead)
    task = decided_task(project, labeler, second_labeler)
    appeal_of(task, labeler)
    add_tasks(project, 1)
    asked = question_of(claimed(project, labeler).lease_id, labeler)
    assert waiting(lead) == {"Questions": 1, "Appeals": 1}
    assert waiting(person("other", Role.LEAD, other_team)) == {}
    assert waiting(labeler) == {}

    reply_to_question(question_id=asked.pk, by=lead, text="It does.")
    answer_appeals(task=task, by=lead, outcome="kept", answer="It was meant.")
    assert waiting(lead) == {}


def test_the_number_is_said_as_well_as_shown(labeler, officer, browser_of):
    risk_report_of(labeler)

    page = browser_of(officer).get("/settings/keys/").text

    assert '<span aria-hidden="true">1</span><span class="sr-only">(1 waiting)</span>' in page


def test_what_shows_no_line_counts_nothing(lead, rf, django_assert_num_queries):
    """Such as a card that htmx puts into the page."""
    request = rf.get("/")
    request.user = lead

    with django_assert_num_queries(0):
        chrome = page_chrome(request)["chrome"]
    assert [entry.label for entry in chrome.navigation if entry.waiting] == []
