"""A skip that was a slip: what had been begun is kept for its undo alone, and sending it is a late answer as any other."""

import pytest
from django.test import Client
from django.urls import reverse

from labeling import jobs
from labeling.models import Annotation, Lease, Project, Slot, Task
from labeling.operations.claim import claim
from labeling.operations.draft import MOST_BYTES, drop_draft, save_draft
from labeling.operations.errors import LeaseEnded
from labeling.operations.outcomes import NothingToLabel
from labeling.operations.skip import report_problem, skip
from labeling.operations.submit import submit
from labeling.queries.unsent import unsent_answers
from labeling.queries.workbench import live_card
from tests.factories.labeling import BENIGN, add_tasks, answered, claimed, project_for, rude, shown
from tests.factories.wellbeing import advance, fill
from tests.factories.wellbeing import claim as work_on
from wellbeing import interface
from wellbeing.models import ExposureView

pytestmark = pytest.mark.django_db

BEGUN = "You had begun an answer."
CHOSEN = {"category": "categories:rude", "severity:categories:rude": "3"}


@pytest.fixture
def me(browser_of, labeler) -> Client:
    return browser_of(labeler)


@pytest.fixture
def lease(project, labeler) -> int:
    """A lease of a task with one place, shown; there is one more task."""
    add_tasks(project, 2, slots=1)
    return shown(project, labeler).card.lease_id


def to_skip(lease_id: int) -> str:
    return reverse("labeling:skip", args=[lease_id])


def page_of(lease_id: int) -> str:
    return reverse("labeling:unsent", args=[lease_id])


def test_the_next_card_leads_back_to_what_was_begun_and_it_is_sent(me, lease, labeler):
    card = me.post(to_skip(lease), CHOSEN).text

    assert 'data-say="Skipped. You had begun an answer. ' in card
    assert page_of(lease) in card
    assert Lease.objects.get(pk=lease).draft == rude(3)
    form = me.get(page_of(lease)).text
    assert "You skipped this task." in form
    assert "may come to you again" not in form
    assert 'value="categories:rude" checked' in form
    assert me.post(page_of(lease), CHOSEN).status_code == 302

    annotation = Annotation.objects.get()
    assert (annotation.lease_id, annotation.answers) == (lease, rude(3))
    assert annotation.slot is not None
    assert annotation.slot.filled_at is not None
    view = ExposureView.objects.get(occasion=f"lease:{lease}")
    assert view.charged_severity == 3, "settled as expected (2) by the skip, topped up by the answer"
    done = Lease.objects.get(pk=lease)
    assert (done.outcome, done.draft) == ("submitted", {})
    assert live_card(person_id=labeler.pk) is not None, "the task that came next stays"


def test_what_the_server_has_already_is_kept_where_no_form_comes_along(me, lease, labeler):
    save_draft(lease_id=lease, by=labeler, answers=rude(2))
    assert page_of(lease) in me.post(to_skip(lease)).text
    assert Lease.objects.get(pk=lease).draft == rude(2)


def test_the_form_that_comes_along_is_newer_than_the_draft(me, lease, labeler):
    save_draft(lease_id=lease, by=labeler, answers=rude(1))
    me.post(to_skip(lease), CHOSEN)
    assert Lease.objects.get(pk=lease).draft == rude(3)


def test_a_plain_skip_says_just_that(me, lease):
    card = me.post(to_skip(lease)).text
    assert 'data-say="Skipped. ' in card
    assert BEGUN not in card
    assert page_of(lease) not in card
    assert me.get(page_of(lease)).status_code == 302


def test_a_form_with_no_more_than_no_marks_in_it_was_not_begun(me, team, lead, labeler):
    schema = {
        "name": "Test",
        "version": 1,
        "questions": [
            {"id": "kept", "kind": "choice", "prompt": "Kept?", "options": [{"id": "yes", "name": "Yes"}, {"id": "no", "name": "No"}]},
            {"id": "marks", "kind": "spans", "prompt": "Where?", "labels": [{"id": "rude", "name": "Rude"}]},
        ],
    }  # fmt: skip
    project = project_for(team, lead, schema=schema)
    add_tasks(project, 2)
    lease_id = shown(project, labeler).card.lease_id
    assert BEGUN not in me.post(to_skip(lease_id), {"choice:kept": ""}).text
    assert Lease.objects.get(pk=lease_id).draft == {}


def test_a_task_that_was_never_shown_has_nothing_to_take_back(me, project, labeler):
    add_tasks(project, 2)
    lease_id = claimed(project, labeler).lease_id
    assert BEGUN not in me.post(to_skip(lease_id), CHOSEN).text
    assert Lease.objects.get(pk=lease_id).draft == {}


def test_where_nothing_waits_it_is_said_too(me, project, labeler):
    add_tasks(project, 1)
    lease_id = shown(project, labeler).card.lease_id
    said = me.post(to_skip(lease_id), CHOSEN).text
    assert "Nothing to label just now" in said
    assert 'data-say="Skipped. You had begun an answer. ' in said
    assert page_of(lease_id) in said


def test_where_the_project_was_paused_it_is_said_too(me, lease, project):
    Project.objects.filter(pk=project.pk).update(status=Project.Status.PAUSED)
    said = me.post(to_skip(lease), CHOSEN).text
    assert "Ready when you are" in said
    assert 'data-say="Skipped. You had begun an answer."' in said
    assert page_of(lease) in said


def test_a_skip_after_the_answer_says_nothing(me, lease, labeler):
    submit(lease_id=lease, by=labeler, answers=rude(2))
    card = me.post(to_skip(lease), CHOSEN).text
    assert "Skipped." not in card
    assert Lease.objects.get(pk=lease).outcome == "submitted"


def test_it_is_said_until_the_next_answer_however_many_keys_follow(me, project, labeler):
    add_tasks(project, 4)
    lease_id = shown(project, labeler).card.lease_id
    htmx = {"headers": {"HX-Request": "true", "HX-Target": "bench"}}
    me.post(to_skip(lease_id), CHOSEN, **htmx)
    carried = {"skipped": str(lease_id)}  # as the page sends it with every key

    next_id = Lease.objects.get(ended_at=None).pk
    opened = me.post(reverse("labeling:reveal", args=[next_id]), carried, **htmx).text
    assert page_of(lease_id) in opened
    assert f'"skipped": "{lease_id}"' in opened
    skipped = me.post(to_skip(next_id), carried, **htmx).text
    assert page_of(lease_id) in skipped, "the second key of a slip does not hide the first"
    next_id = Lease.objects.get(ended_at=None).pk
    me.post(reverse("labeling:reveal", args=[next_id]), carried, **htmx)
    saved = me.post(
        reverse("labeling:submit", args=[next_id]), {"none": "categories", **carried}, **htmx
    ).text
    assert "Saved." in saved
    assert page_of(lease_id) not in saved

    for wrong in ("x", "²", "9" * 40):
        assert me.post(to_skip(lease_id), {"skipped": wrong}, **htmx).status_code == 200


def test_no_list_names_it(me, lease, project, labeler):
    me.post(to_skip(lease), CHOSEN)
    assert unsent_answers(person_id=labeler.pk) == []
    assert page_of(lease) not in me.get(reverse("labeling:home")).text
    assert page_of(lease) not in me.get(reverse("labeling:workbench", args=[project.pk])).text
    assert [begun.lease_id for begun in unsent_answers(person_id=labeler.pk, lease_id=lease)] == [lease]


def test_the_task_is_not_handed_out_to_them_again(project, labeler, second_labeler):
    add_tasks(project, 1, slots=1)
    card = shown(project, labeler).card
    assert skip(lease_id=card.lease_id, by=labeler, begun=rude()).begun
    assert Slot.objects.get(pk=card.slot_id).available_at <= interface.now()
    assert isinstance(claim(project=project, by=labeler), NothingToLabel)
    assert claimed(project, second_labeler).task_id == card.task_id


def test_the_day_over(me, lease):
    me.post(to_skip(lease), CHOSEN)
    advance(hours=23)
    assert me.get(page_of(lease)).status_code == 200
    assert jobs.forget_drafts() == 0

    advance(hours=2)
    assert me.post(page_of(lease), CHOSEN).status_code == 302
    assert not Annotation.objects.exists(), "whether or not the job has run"
    assert jobs.forget_drafts() == 1
    assert Lease.objects.get(pk=lease).draft == {}


def test_another_person_finds_nothing(me, browser_of, lease, second_labeler, lead):
    me.post(to_skip(lease), CHOSEN)
    for other in (second_labeler, lead):
        them = browser_of(other)
        assert them.get(page_of(lease)).status_code in {403, 404}
        assert them.post(page_of(lease), CHOSEN).status_code in {403, 404}
        assert unsent_answers(person_id=other.pk, lease_id=lease) == []
    assert not Annotation.objects.exists()


def test_a_reported_task_takes_no_answer(lease, labeler):
    save_draft(lease_id=lease, by=labeler, answers=rude(2))
    report_problem(lease_id=lease, by=labeler, kind="garbled")
    assert Lease.objects.get(pk=lease).draft == {}
    with pytest.raises(LeaseEnded):
        submit(lease_id=lease, by=labeler, answers=rude())


def test_once_it_is_dropped_no_answer_and_no_late_draft_brings_it_back(lease, labeler):
    skip(lease_id=lease, by=labeler, begun=rude(2))
    drop_draft(lease_id=lease, by=labeler)
    with pytest.raises(LeaseEnded):
        save_draft(lease_id=lease, by=labeler, answers=rude(2))
    with pytest.raises(LeaseEnded):
        submit(lease_id=lease, by=labeler, answers=rude())
    assert Lease.objects.get(pk=lease).draft == {}


def test_what_is_changed_before_it_is_sent_is_kept_and_an_empty_form_does_not_take_it(lease, labeler):
    skip(lease_id=lease, by=labeler, begun=rude(2))
    save_draft(lease_id=lease, by=labeler, answers=rude(4))
    with pytest.raises(LeaseEnded):
        save_draft(lease_id=lease, by=labeler, answers={})
    assert Lease.objects.get(pk=lease).draft == rude(4)
    assert Lease.objects.get(pk=lease).outcome == "skipped"


def test_a_skip_passes_whatever_comes_with_it(lease, labeler):
    save_draft(lease_id=lease, by=labeler, answers=rude(1))
    ended = skip(lease_id=lease, by=labeler, begun={"note": "x" * MOST_BYTES})
    assert (ended.outcome, ended.begun) == ("skipped", True)
    assert Lease.objects.get(pk=lease).draft == rude(1)


def test_a_skip_repeated_says_the_same(lease, labeler):
    first = skip(lease_id=lease, by=labeler, begun=rude(2))
    again = skip(lease_id=lease, by=labeler, begun=rude(3))
    assert (first.begun, first.repeated) == (True, False)
    assert (again.begun, again.repeated) == (True, True)
    assert Lease.objects.get(pk=lease).draft == rude(2)


def test_a_lease_that_ran_out_before_the_key(me, lease):
    advance(minutes=30)
    jobs.expire_leases()
    assert page_of(lease) in me.post(to_skip(lease), CHOSEN).text
    assert me.post(page_of(lease), CHOSEN).status_code == 302
    assert Annotation.objects.get().lease_id == lease


def test_where_somebody_else_holds_the_place_it_is_an_extra_answer(project, labeler, second_labeler):
    add_tasks(project, 1, slots=1)
    card = shown(project, labeler).card
    skip(lease_id=card.lease_id, by=labeler, begun=rude(2))
    theirs = claimed(project, second_labeler)

    assert submit(lease_id=card.lease_id, by=labeler, answers=rude(2)).is_extra

    assert Slot.objects.get(pk=card.slot_id).filled_at is None
    assert Lease.objects.get(pk=theirs.lease_id).ended_at is None


def test_where_somebody_else_has_filled_the_place_it_takes_the_next_free_one(
    project, labeler, second_labeler
):
    add_tasks(project, 1, slots=1)
    card = shown(project, labeler).card
    skip(lease_id=card.lease_id, by=labeler, begun=rude(2))
    theirs = answered(project, second_labeler, rude(2))  # one answer alone asks for a second

    sent = submit(lease_id=card.lease_id, by=labeler, answers=rude(2))

    assert not sent.is_extra
    assert Annotation.objects.get(slot_id=card.slot_id).pk == theirs.annotation_id
    assert sent.decision == "decided"


def test_a_skip_that_was_taken_back_is_an_answer_for_the_decision(project, labeler, second_labeler):
    (task,) = add_tasks(project, 1)
    lease_id = shown(project, labeler).card.lease_id
    skip(lease_id=lease_id, by=labeler, begun=BENIGN)
    submit(lease_id=lease_id, by=labeler, answers=BENIGN)
    answered(project, second_labeler, BENIGN)
    assert Task.objects.get(pk=task.pk).state == "decided"
    assert not Lease.objects.filter(outcome="skipped").exists()


def test_a_question_that_also_skips_keeps_it_too(me, lease, labeler):
    save_draft(lease_id=lease, by=labeler, answers=rude(2))
    asked = me.post(
        reverse("labeling:question", args=[lease]),
        {"text": "Is this one meant?", "then": "skip", "id": "7a5ff9b0-9f6b-4d7c-8f7e-0d1f6a2f4f10"},
    ).text
    assert page_of(lease) in asked
    assert "Your lead has your question." in asked


def test_it_is_offered_on_the_page_of_the_limit_too(me, lease, labeler):
    fill(labeler, points_charged=120_000)
    went = me.post(to_skip(lease), CHOSEN)
    assert went["Location"] == reverse("wellbeing:limit")

    said = me.get(went["Location"]).text
    assert f'{BEGUN} <a href="{page_of(lease)}">Take it back</a>' in said
    assert page_of(lease) not in me.get(went["Location"]).text, "said once"


def test_it_is_offered_on_the_page_of_the_break_too(me, lease, labeler):
    for _ in range(13):
        advance(minutes=4)
        work_on(labeler)
    went = me.post(to_skip(lease), CHOSEN)
    assert went["Location"] == reverse("wellbeing:break_")
    assert f'{BEGUN} <a href="{page_of(lease)}">Take it back</a>' in me.get(went["Location"]).text


def test_a_skip_with_nothing_begun_says_nothing_there(me, lease, labeler):
    fill(labeler, points_charged=120_000)
    assert BEGUN not in me.get(me.post(to_skip(lease))["Location"]).text
