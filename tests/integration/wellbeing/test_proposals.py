"""Looser limits: proposed by the officer, co-signed by a second person, in force from the next day on."""

import pytest
from django.db import IntegrityError, transaction

from people.models import AuditEvent
from people.permissions import Role
from tests.factories.people import person
from tests.factories.wellbeing import advance, fill, reveal, sql
from tests.integration.wellbeing.parallel import crowd_of
from wellbeing import interface
from wellbeing.interface import (
    NotTheSecondPerson,
    PolicyError,
    PolicyNotAllowed,
    ProposalClosed,
    ProposalOpen,
    Refusal,
    cosign_policy,
    exposure_of,
    propose_policy,
    set_policy,
    withdraw_proposal,
)
from wellbeing.models import PolicyProposal, PolicyVersion

pytestmark = pytest.mark.django_db

LOOSER = {"day_points": 150_000}


@pytest.fixture
def representative(db):
    return person("rhea", Role.REPRESENTATIVE)


def propose(officer, **given):
    return propose_policy(**{"numbers": LOOSER, "by": officer, "reason": "a short campaign", **given})


def limit_of(who):
    return exposure_of(person_id=who.pk, looked_by=who.pk).points.limit


def test_a_proposal_changes_nothing(labeler, officer):
    propose(officer)
    advance(days=2)
    assert limit_of(labeler) == 120_000


def test_co_signed_it_holds_from_the_next_day_on(labeler, officer, representative):
    version = cosign_policy(proposal_id=propose(officer).pk, by=representative)
    assert (version.by, version.cosigned_by) == (officer, representative)
    assert limit_of(labeler) == 120_000
    advance(days=1)
    assert limit_of(labeler) == 150_000


def test_a_tightening_of_the_same_day_does_not_bring_it_forward(labeler, officer, representative):
    cosign_policy(proposal_id=propose(officer).pk, by=representative)
    set_policy(numbers={"week_points": 400_000}, by=officer, reason="careful")
    seen = exposure_of(person_id=labeler.pk, looked_by=labeler.pk)
    assert (seen.points.limit, seen.week_points.limit) == (120_000, 400_000)


def test_nobody_signs_alone(officer, lead, labeler, admin, representative):
    proposal = propose(officer)
    for someone in (officer, lead, labeler, admin):
        with pytest.raises(NotTheSecondPerson):
            cosign_policy(proposal_id=proposal.pk, by=someone)
    assert not PolicyVersion.objects.exists()


def test_a_second_officer_signs_only_where_there_is_no_representative(officer):
    second = person("olga", Role.OFFICER)
    proposal = propose(officer)
    spokesman = person("rhea", Role.REPRESENTATIVE)
    with pytest.raises(NotTheSecondPerson):
        cosign_policy(proposal_id=proposal.pk, by=second)
    spokesman.memberships.all().delete()
    assert cosign_policy(proposal_id=proposal.pk, by=second).cosigned_by == second


def test_a_representative_who_is_the_officer_too_does_not_sign_for_themself(officer):
    officer.memberships.create(role=Role.REPRESENTATIVE)
    with pytest.raises(NotTheSecondPerson):
        cosign_policy(proposal_id=propose(officer).pk, by=officer)


def test_a_team_has_its_own(officer, team, other_team, labeler, outsider):
    speaker = person("ravi", Role.REPRESENTATIVE, team)
    stranger = person("rosa", Role.REPRESENTATIVE, other_team)
    set_policy(numbers={"day_points": 60_000}, by=officer, reason="new people", team=team)
    proposal = propose(officer, team=team, numbers={"day_points": 100_000})
    with pytest.raises(NotTheSecondPerson):
        cosign_policy(proposal_id=proposal.pk, by=stranger)
    cosign_policy(proposal_id=proposal.pk, by=speaker)
    advance(days=1)
    assert (limit_of(labeler), limit_of(outsider)) == (100_000, 120_000)


def test_only_the_officer_proposes(lead, labeler, admin, team):
    for someone in (lead, labeler, admin):
        with pytest.raises(PolicyNotAllowed):
            propose(someone)
        with pytest.raises(PolicyNotAllowed):
            propose(someone, team=team)


def test_past_the_ceiling_nobody_even_proposes(officer):
    with pytest.raises(PolicyError):
        propose(officer, numbers={"day_points": 240_001})


def test_one_open_proposal_at_a_time_and_it_can_be_withdrawn(officer, representative):
    first = propose(officer)
    with pytest.raises(ProposalOpen):
        propose(officer)
    withdraw_proposal(proposal_id=first.pk, by=officer)
    with pytest.raises(ProposalClosed):
        cosign_policy(proposal_id=first.pk, by=representative)
    second = propose(officer)
    withdraw_proposal(proposal_id=second.pk, by=representative)
    assert not PolicyVersion.objects.exists()


def test_a_proposal_never_writes_over_a_tightening_made_since(labeler, officer, representative):
    proposal = propose(officer)
    advance(seconds=1)
    set_policy(numbers={"day_points": 60_000}, by=officer, reason="careful")
    with pytest.raises(ProposalClosed):
        cosign_policy(proposal_id=proposal.pk, by=representative)
    advance(days=1)
    assert limit_of(labeler) == 60_000


def test_somebody_who_is_the_officer_no_more_has_proposed_nothing(officer, representative):
    proposal = propose(officer)
    officer.memberships.all().delete()
    with pytest.raises(ProposalClosed):
        cosign_policy(proposal_id=proposal.pk, by=representative)


def test_what_is_being_signed_cannot_be_changed(officer):
    propose(officer)
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        sql("UPDATE policy_proposal SET numbers = '{}'")


def test_each_step_is_audited(officer, representative):
    cosign_policy(proposal_id=propose(officer).pk, by=representative)
    assert [event.action for event in AuditEvent.objects.order_by("pk")] == [
        "wellbeing.policy_proposed",
        "wellbeing.policy_cosigned",
    ]


LOOSEN = (
    "INSERT INTO policy_version (scope, numbers, valid_from, reason, by_id, cosigned_by_id) "
    "VALUES ('organisation', %s::jsonb, respite_now(), 'by hand', %s, %s)"
)


def test_the_database_refuses_a_looser_version_of_one_person(officer):
    with pytest.raises(IntegrityError, match="second person"), transaction.atomic():
        sql(LOOSEN, '{"day_points": 130000}', officer.pk, None)
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        sql(LOOSEN, '{"day_points": 130000}', officer.pk, officer.pk)


def test_the_database_sees_a_limit_that_is_left_out(officer, team):
    sql(LOOSEN, '{"day_points": 60000}', officer.pk, None)
    with pytest.raises(IntegrityError, match="second person"), transaction.atomic():
        sql(LOOSEN, "{}", officer.pk, None)
    for_team = LOOSEN.replace("(scope,", "(team_id, scope,").replace("('organisation'", f"({team.pk}, 'team'")
    sql(for_team, '{"day_points": 50000}', officer.pk, None)
    with pytest.raises(IntegrityError, match="second person"), transaction.atomic():
        sql(for_team, "{}", officer.pk, None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_two_signatures_at_once_make_one_version(officer):
    signers = [person(f"rep{number}", Role.REPRESENTATIVE) for number in range(8)]
    proposal = propose(officer)

    def sign(number):
        try:
            return cosign_policy(proposal_id=proposal.pk, by=signers[number])
        except ProposalClosed:
            return None

    with crowd_of(8) as crowd:
        signed = [version for version in crowd.at_once(sign) if version is not None]
    assert len(signed) == 1
    assert PolicyVersion.objects.get().pk == PolicyProposal.objects.get().version_id


def test_a_limit_lowered_after_work_began_refuses_the_next_reveal(labeler, officer):
    fill(labeler, points_charged=70_000)
    set_policy(numbers={"day_points": 60_000}, by=officer, reason="careful")
    refused = reveal(labeler)
    assert isinstance(refused, Refusal)
    assert refused.code == "budget_spent"
    assert interface.exposure_of(person_id=labeler.pk, looked_by=labeler.pk).is_spent
