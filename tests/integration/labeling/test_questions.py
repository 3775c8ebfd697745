"""Questions to the lead, appeals, terms and what people have read: sealed, once, and of one's own team."""

from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError

from labeling.jobs import forget_answered
from labeling.models import Appeal, TaskQuestion, TermNote
from labeling.operations import appeals, glossary, questions
from labeling.operations.errors import NotAppealable, NotYours, QuestionOpen, TermThere, TextUnfit
from labeling.operations.projects import publish_guideline
from labeling.operations.rules_read import acknowledge_rules, begin_with_rules
from labeling.queries.appeals import appealed_task_ids, appealed_tasks, opened_appeals, own_appeals
from labeling.queries.glossary import glossary as glossary_of
from labeling.queries.guidelines import Notices, notices_of, rules_known
from labeling.queries.questions import LONGEST, opened_questions, own_questions, questions_for
from people.models import AuditEvent
from people.permissions import Role
from tests.factories.labeling import add_tasks, claimed, project_for
from tests.factories.people import person
from tests.factories.wellbeing import advance, dump
from tests.factories.words import appeal_of, decided_task, masked_term_of, question_of
from tests.integration.overlapping import overlapping
from wellbeing.domain.erasing import ErasureReason
from wellbeing.operations.erasure import erase_person

pytestmark = pytest.mark.django_db
ASKED, REPLIED, NOTED = "heliotrope in the rain", "marzipan by the window", "quince on the stairs"


@pytest.fixture
def project(team, lead):
    project = project_for(team, lead, guideline="Be kind.")
    add_tasks(project, 3)
    return project


def test_a_question_waits_is_answered_once_and_is_sealed(project, labeler, lead):
    lease = claimed(project, labeler)
    asked = question_of(lease.lease_id, labeler, ASKED)
    again = questions.ask_lead(lease_id=lease.lease_id, by=labeler, text=ASKED, question_id=asked.pk)
    assert again.pk == asked.pk
    with pytest.raises(QuestionOpen):
        question_of(lease.lease_id, labeler, "And another?")

    (waiting,) = opened_questions(questions_for(lead))
    assert (waiting.text, waiting.asked_by, waiting.task.item_name) == (ASKED, "lena", "item-1")
    questions.reply_to_question(question_id=asked.pk, by=lead, text=REPLIED)
    with pytest.raises(NotYours):
        questions.reply_to_question(question_id=asked.pk, by=lead, text="No.")

    (own,) = opened_questions(own_questions(person_id=labeler.pk))
    assert (own.reply, own.replied_by, own.is_new) == (REPLIED, "leyla", True)
    assert notices_of(person_id=labeler.pk) == Notices(1, 0, 0)
    assert questions.mark_replies_read(by=labeler) == 1
    assert notices_of(person_id=labeler.pk) == Notices(0, 0, 0)
    assert ASKED not in dump()
    assert REPLIED not in dump()
    (event,) = AuditEvent.objects.filter(action__startswith="labeling.question")
    assert (event.actor_id, event.details) == (lead.pk, {})


def test_a_question_of_several_lines(project, labeler):
    question_of(claimed(project, labeler).lease_id, labeler, "One.\r\nTwo.")

    assert opened_questions(own_questions(person_id=labeler.pk))[0].text == "One.\r\nTwo."


def test_only_leads_of_the_team_and_never_the_asker(
    project, labeler, second_labeler, outsider, engineer, lead
):
    lead.memberships.create(role=Role.LABELER, team=project.team)
    asked = question_of(claimed(project, lead).lease_id, lead, ASKED)
    for other in (outsider, engineer, second_labeler, labeler, lead):
        assert not questions_for(other).exists()
        with pytest.raises(NotYours):
            questions.reply_to_question(question_id=asked.pk, by=other, text="No.")
    with pytest.raises(NotYours):
        question_of(claimed(project, labeler).lease_id, second_labeler)
    for text in ("", "  ", "x" * (LONGEST + 1), "a\x00b", "a \u202eb", "a \u2066b", "\u200b"):
        with pytest.raises(TextUnfit):
            question_of(claimed(project, labeler).lease_id, labeler, text)
    assert questions_for(person("lou", Role.LEAD, project.team)).count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_replies_at_once_one_counts(team, lead, labeler):
    project = project_for(team, lead)
    add_tasks(project, 1)
    asked = question_of(claimed(project, labeler).lease_id, labeler)
    other = person("lou", Role.LEAD, team)

    first, second = overlapping(
        *(
            partial(questions.reply_to_question, question_id=asked.pk, by=by, text=by.username)
            for by in (lead, other)
        )
    )

    assert first is None
    assert isinstance(second, NotYours)
    assert opened_questions(own_questions(person_id=labeler.pk))[0].reply == "leyla"
    assert AuditEvent.objects.filter(action="labeling.question_answered").count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_questions_at_once_are_one_and_without_the_constraint_two(team, lead, labeler, owner_connection):
    project = project_for(team, lead)
    add_tasks(project, 2)
    lease = claimed(project, labeler).lease_id
    both = (partial(question_of, lease, labeler), partial(question_of, lease, labeler))

    _, refused = overlapping(*both)
    assert isinstance(refused, QuestionOpen)
    assert TaskQuestion.objects.count() == 1

    owner_connection.execute("DROP INDEX labeling_taskquestion_one_open")
    overlapping(*both)
    assert TaskQuestion.objects.count() == 3


def test_an_appeal_is_about_a_final_answer_to_a_decided_task_and_is_answered_for_all(
    project, labeler, second_labeler, lead, outsider
):
    task = decided_task(project, labeler, second_labeler)
    with pytest.raises(NotAppealable):
        appeal_of(task, outsider)
    with pytest.raises(NotAppealable):  # their answer can still be changed
        appeal_of(task, second_labeler)
    made = appeal_of(task, labeler, ASKED)
    assert appeal_of(task, labeler).pk == made.pk

    assert appealed_task_ids(lead) == [task.pk]
    assert appealed_task_ids(outsider) == []
    (waiting,) = appealed_tasks(lead, [task.pk])
    assert waiting.reasons == (ASKED,)
    assert waiting.final == {"categories": {"rude": 1}}
    assert not hasattr(waiting, "person")

    assert appeals.answer_appeals(task=task, by=lead, outcome="changed", answer=REPLIED) == 1
    assert appeals.answer_appeals(task=task, by=lead, outcome="kept") == 0
    (own,) = opened_appeals(own_appeals(person_id=labeler.pk), person_id=labeler.pk)
    assert (own.outcome, own.answer, own.is_new) == ("changed", REPLIED, True)
    assert notices_of(person_id=labeler.pk).outcomes == 1
    assert appeals.mark_outcomes_read(by=labeler) == 1
    assert ASKED not in dump()
    assert AuditEvent.objects.get(action="labeling.appeals_answered").details == {"outcome": "changed"}


def test_nobody_answers_their_own_appeal_and_the_database_says_so_too(project, labeler, second_labeler):
    second_labeler.memberships.create(role=Role.ADJUDICATOR, team=project.team)
    labeler.memberships.create(role=Role.ADJUDICATOR, team=project.team)
    task = decided_task(project, labeler, second_labeler)
    made = appeal_of(task, labeler, "")
    assert appealed_task_ids(labeler) == []
    assert appeals.answer_appeals(task=task, by=labeler, outcome="kept") == 0
    with pytest.raises(IntegrityError, match="labeling_appeal_decided_by_another"):
        Appeal.objects.filter(pk=made.pk).update(
            outcome="kept", decided_by=labeler, decided_at=made.appealed_at
        )


def test_answered_texts_go_after_ninety_days_and_all_with_their_person(
    project, labeler, second_labeler, lead
):
    task = decided_task(project, labeler, second_labeler)
    appeal_of(task, labeler)
    asked = question_of(claimed(project, labeler).lease_id, labeler)
    term = masked_term_of(project, lead)
    glossary.note_term(term=term, by=labeler, text=NOTED)
    questions.reply_to_question(question_id=asked.pk, by=lead, text=REPLIED)
    appeals.answer_appeals(task=task, by=lead, outcome="kept", answer=REPLIED)
    assert forget_answered() == 0
    advance(days=91)
    assert forget_answered() == 2
    assert not TaskQuestion.objects.exists()
    assert Appeal.objects.get().answer_sealed is None

    erase_person(person_id=labeler.pk, by=None, reason=ErasureReason.LEFT)
    assert not TermNote.objects.exists()
    assert Appeal.objects.get().outcome == "kept"


def test_terms_are_proposed_taken_in_translated_and_noted_in_private(project, labeler, second_labeler, lead):
    proposed = glossary.propose_term(
        project=project, term=" Moon  landing ", meaning="A far-fetched excuse.", by=labeler
    )
    assert glossary_of(project=project, person_id=labeler.pk, language="en") == []
    with pytest.raises(TermThere):
        glossary.propose_term(project=project, term="Moon landing", meaning="Other.", by=second_labeler)
    assert glossary.decide_term(term=proposed, accept=True, by=lead)
    assert not glossary.decide_term(term=proposed, accept=False, by=lead)
    glossary.translate_term(term=proposed, language="sw", meaning="Kisingizio.", by=lead)
    glossary.note_term(term=proposed, by=labeler, text=NOTED)

    (mine,) = glossary_of(project=project, person_id=labeler.pk, language="sw")
    (theirs,) = glossary_of(project=project, person_id=second_labeler.pk, language="de")
    assert (mine.term, mine.meaning, mine.language, mine.note) == ("Moon landing", "Kisingizio.", "sw", NOTED)
    assert (theirs.meaning, theirs.note) == ("A far-fetched excuse.", "")
    assert NOTED not in dump()
    glossary.note_term(term=proposed, by=labeler, text=" ")
    assert not TermNote.objects.exists()
    assert glossary_of(project=project, person_id=labeler.pk, language="en", query="EXCUSE")
    assert not glossary_of(project=project, person_id=labeler.pk, language="en", query="kite")


def test_a_person_begins_with_what_is_there_and_is_told_of_what_comes(project, labeler, lead):
    mine = {"person_id": labeler.pk, "project_id": project.pk}
    begin_with_rules(**mine, schema_version=1, guideline_version=1)
    publish_guideline(project=project, body="Be kinder.", by=lead)
    begin_with_rules(**mine, schema_version=1, guideline_version=2)
    assert rules_known(**mine) == (1, 1)
    assert notices_of(person_id=labeler.pk) == Notices(0, 0, 1)

    for _ in range(2):
        acknowledge_rules(**mine, schema_version=1, guideline_version=2)
    assert rules_known(**mine) == (1, 2)
    assert notices_of(person_id=labeler.pk) == Notices(0, 0, 0)


def test_the_form_sent_from_two_windows_is_one_question(project, labeler):
    lease, number = claimed(project, labeler).lease_id, uuid4()
    for _ in range(2):
        questions.ask_lead(lease_id=lease, by=labeler, text=ASKED, question_id=number)
    assert TaskQuestion.objects.count() == 1


def test_the_lead_reads_the_expectation_that_stood_on_the_card(team, lead, labeler):
    """Declared mild by a source that has proved nothing counts as moderate, for the lead as for the labeler."""
    project = project_for(team, lead)
    add_tasks(project, 1, severity=1)
    card = claimed(project, labeler)
    question_of(card.lease_id, labeler)

    (seen,) = opened_questions(questions_for(lead))

    assert (seen.task.severity, int(card.expected)) == (2, 2)
