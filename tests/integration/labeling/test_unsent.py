"""What was begun outlives its lease for a day: it is named, can be sent or dropped, and nobody else sees it."""

import re
from functools import partial

import pytest
from django.contrib.auth.signals import user_logged_out
from django.urls import reverse

from labeling import jobs
from labeling.models import Annotation, Lease, Slot
from labeling.operations.draft import save_draft
from labeling.operations.forget import erase_words_of
from labeling.operations.skip import report_problem
from labeling.operations.submit import submit
from labeling.queries.unsent import unsent_answers
from tests.factories.labeling import BENIGN, add_tasks, answered, claimed, project_for, rude, shown
from tests.factories.wellbeing import advance
from wellbeing.models import ExposureView

pytestmark = pytest.mark.django_db

WITH_WORDS = {
    "name": "Test",
    "version": 1,
    "questions": [
        {"id": "kept", "kind": "choice", "prompt": "Kept?", "options": [{"id": "yes", "name": "Yes"}, {"id": "no", "name": "No"}]},
        {"id": "because", "kind": "rationale", "prompt": "Why?"},
    ],
}  # fmt: skip


@pytest.fixture
def me(browser_of, labeler):
    return browser_of(labeler)


@pytest.fixture
def begun(project, labeler):
    """The id of a lease with an answer that was begun, half an hour after its last request."""
    return begin(project, labeler)


def begin(project, labeler, answers=None):
    add_tasks(project, 1)
    lease_id = shown(project, labeler).card.lease_id
    save_draft(lease_id=lease_id, by=labeler, answers=answers or rude(2))
    advance(minutes=30)
    return lease_id


def page_of(lease_id):
    return reverse("labeling:unsent", args=[lease_id])


def named(person):
    return [begun.lease_id for begun in unsent_answers(person_id=person.pk)]


@pytest.mark.parametrize("met_by", ["nobody", "the job", "a claim", "a claim of another"])
def test_it_is_named_and_sent_whoever_met_the_lease_that_ran_out(
    me, begun, project, labeler, second_labeler, met_by
):
    if met_by == "the job":
        jobs.expire_leases()
    elif met_by == "a claim":
        claimed(project, labeler)
    elif met_by == "a claim of another":
        claimed(project, second_labeler)

    assert named(labeler) == [begun]
    assert page_of(begun) in me.get(reverse("labeling:home")).content.decode()
    form = me.get(page_of(begun)).content.decode()
    assert 'value="categories:rude" checked' in form
    sent = me.post(page_of(begun), {"category": "categories:rude", "severity:categories:rude": "2"})
    assert sent.status_code == 302

    annotation = Annotation.objects.get()
    assert (annotation.lease_id, annotation.answers) == (begun, rude(2))
    assert ExposureView.objects.get(occasion=f"lease:{begun}").charged_severity == 2
    assert named(labeler) == []
    assert page_of(begun) not in me.get(reverse("labeling:home")).content.decode()


def test_the_workbench_names_it_where_the_next_task_begins(me, begun, project):
    bench = me.get(reverse("labeling:workbench", args=[project.pk])).content.decode()
    assert "Ready when you are" in bench
    assert page_of(begun) in bench

    shown_again = me.post(reverse("labeling:reveal", args=[begun]))
    assert shown_again.status_code == 409
    assert page_of(begun) in shown_again.content.decode()


def test_a_sign_out_gives_the_task_back_and_keeps_what_was_begun(project, labeler):
    add_tasks(project, 1)
    card = shown(project, labeler).card
    save_draft(lease_id=card.lease_id, by=labeler, answers=rude(2))

    user_logged_out.send(sender=None, user=labeler)

    assert Lease.objects.get().outcome == Lease.Outcome.RELEASED
    assert Slot.objects.get(pk=card.slot_id).filled_at is None
    assert named(labeler) == [card.lease_id]


def test_what_is_typed_after_the_lease_is_kept_and_renews_nothing(project, labeler, second_labeler):
    add_tasks(project, 1, slots=1)
    card = shown(project, labeler).card
    advance(minutes=30)

    assert save_draft(lease_id=card.lease_id, by=labeler, answers=rude(2)) == card.expires_at

    assert named(labeler) == [card.lease_id]
    assert claimed(project, second_labeler).slot_id == card.slot_id


@pytest.mark.parametrize(
    "leave",
    [partial(report_problem, kind="garbled"), partial(submit, answers=BENIGN)],
    ids=["problem", "answer"],
)
@pytest.mark.parametrize("is_met", [False, True])
def test_whoever_is_done_with_the_task_has_nothing_to_send(begun, labeler, leave, is_met):
    if is_met:
        jobs.expire_leases()
    leave(lease_id=begun, by=labeler)
    assert named(labeler) == []
    assert Lease.objects.get(pk=begun).draft == {}


def test_a_task_that_was_answered_since_under_another_lease(me, begun, project, labeler):
    jobs.expire_leases()
    answered(project, labeler)
    assert Annotation.objects.get().lease_id != begun
    assert named(labeler) == []
    assert me.get(page_of(begun)).status_code == 302


def test_nothing_is_kept_of_what_was_never_shown(project, labeler):
    add_tasks(project, 1)
    card = claimed(project, labeler)
    save_draft(lease_id=card.lease_id, by=labeler, answers=rude(2))
    advance(minutes=30)
    save_draft(lease_id=card.lease_id, by=labeler, answers=rude(3))
    assert Lease.objects.get().draft == rude(2)
    assert named(labeler) == []


def test_the_task_that_is_open_still_is_on_the_workbench(me, project, labeler):
    add_tasks(project, 1)
    lease_id = shown(project, labeler).card.lease_id
    save_draft(lease_id=lease_id, by=labeler, answers=rude(2))
    assert named(labeler) == []
    answer = me.get(page_of(lease_id))
    assert (answer.status_code, answer["Location"]) == (
        302,
        reverse("labeling:workbench", args=[project.pk]),
    )


def test_own_words_are_not_shown_again_and_are_sent_when_they_are_kept(me, team, lead, labeler):
    project = project_for(team, lead, schema=WITH_WORDS)
    words = {"text": "He said turnip again."}
    lease_id = begin(project, labeler, {"kept": "no", "because": words})

    form = me.get(page_of(lease_id)).content.decode()
    assert "turnip" not in form
    assert "4 words" in form

    missing = me.post(page_of(lease_id), {"keep": "because"})
    assert missing.status_code == 422
    assert "turnip" not in missing.content.decode()
    assert not Annotation.objects.exists()
    assert named(labeler) == [lease_id], "a refused form loses nothing"

    assert me.post(page_of(lease_id), {"choice:kept": "no", "keep": "because"}).status_code == 302
    assert Annotation.objects.get().answers == {"kept": "no", "because": words}


def test_it_can_be_dropped(me, begun, labeler):
    assert me.post(page_of(begun), {"do": "drop"}).status_code == 302
    assert named(labeler) == []
    assert Lease.objects.get().draft == {}
    assert not Annotation.objects.exists()
    for answer in (
        me.get(page_of(begun), follow=True),
        me.post(page_of(begun), {"none": "categories"}, follow=True),
    ):
        assert "Nothing is left to send there." in answer.content.decode()
    assert not Annotation.objects.exists()


def test_somebody_else_finds_nothing(browser_of, begun, second_labeler, lead):
    for other in (second_labeler, lead):
        them = browser_of(other)
        assert them.get(page_of(begun)).status_code in {403, 404}
        assert them.post(page_of(begun), {"do": "drop"}).status_code in {403, 404}
        assert named(other) == []
    assert Lease.objects.get().draft == rude(2)


def test_who_left_the_team_can_still_send_it(me, begun, labeler, other_team):
    labeler.memberships.update(team=other_team)
    sent = me.post(page_of(begun), {"none": "categories"})
    assert (sent.status_code, sent["Location"]) == (302, reverse("labeling:home"))
    assert Annotation.objects.get().lease_id == begun


def test_after_a_day_it_is_forgotten(me, begun, labeler):
    jobs.expire_leases()
    advance(hours=23)
    assert named(labeler) == [begun]
    assert jobs.forget_drafts() == 0

    advance(hours=2)
    assert named(labeler) == [], "whether or not the job has run"
    assert me.post(page_of(begun), {"none": "categories"}).status_code == 302
    assert not Annotation.objects.exists()
    assert jobs.forget_drafts() == 1
    assert Lease.objects.get().draft == {}


def test_an_erasure_takes_it_at_once(begun, labeler):
    erase_words_of(labeler.pk)
    assert Lease.objects.get().draft == {}


def draft_of(lease_id):
    return Lease.objects.get(pk=lease_id).draft


def form_over(me, lease_id, **fields):
    """What the page of this lease sends, with the mark of the words that it does not show."""
    page = me.get(page_of(lease_id)).content.decode()
    return {"unsent": "1", "over:because": re.search(r'name="over:because" value="(\w+)"', page)[1], **fields}


def test_what_is_changed_there_is_kept_with_the_words_that_are_not_shown(me, team, lead, labeler):
    words = {"text": "He said turnip again."}
    lease_id = begin(project_for(team, lead, schema=WITH_WORDS), labeler, {"kept": "no", "because": words})
    expires_at = Lease.objects.get().expires_at
    form = form_over(me, lease_id)
    send = partial(me.post, reverse("labeling:draft", args=[lease_id]))

    assert send(form | {"choice:kept": "yes", "keep": "because"}).status_code == 204
    assert draft_of(lease_id) == {"kept": "yes", "because": words}
    send(form | {"choice:kept": "yes", "text:because": "Half a sen"})
    assert draft_of(lease_id)["because"]["text"] == "Half a sen"
    send(form | {"choice:kept": "yes", "keep": "because"})  # the field is empty again
    assert draft_of(lease_id) == {"kept": "yes", "because": words}

    assert Lease.objects.get().expires_at == expires_at, "nothing is renewed"
    assert named(labeler) == [lease_id]


def test_the_box_means_the_words_that_stood_when_its_page_was_opened(me, team, lead, labeler):
    words = {"text": "He said turnip again."}
    lease_id = begin(project_for(team, lead, schema=WITH_WORDS), labeler, {"kept": "no", "because": words})
    first = form_over(me, lease_id)
    me.post(reverse("labeling:draft", args=[lease_id]), first | {"text:because": "Half a parsnip"})

    page = me.get(page_of(lease_id)).content.decode()
    assert "3 words" in page
    assert "parsnip" not in page
    assert "turnip" not in page
    refused = me.post(page_of(lease_id), first | {"keep": "because"})
    assert refused.status_code == 422
    assert "4 words" in refused.content.decode()
    assert "turnip" not in refused.content.decode()
    me.post(page_of(lease_id), first | {"choice:kept": "no", "keep": "because"})
    assert Annotation.objects.get().answers == {"kept": "no", "because": words}


def test_new_words_are_sent_instead_without_a_script_too(me, team, lead, labeler):
    words = {"text": "He said turnip again."}
    lease_id = begin(project_for(team, lead, schema=WITH_WORDS), labeler, {"kept": "no", "because": words})
    ticked = form_over(me, lease_id, **{"keep": "because", "text:because": "Rude to a cook."})

    refused = me.post(page_of(lease_id), ticked).content.decode()
    assert "Rude to a cook." in refused
    assert 'name="keep" value="because" autocomplete' in refused, "what is written anew stands instead"
    assert draft_of(lease_id)["because"]["text"] == "Rude to a cook.", "what was refused waits too"

    me.post(page_of(lease_id), ticked | {"choice:kept": "no"})
    assert Annotation.objects.get().answers == {"kept": "no", "because": {"text": "Rude to a cook."}}


@pytest.mark.parametrize("leave", ["drop", "send"])
def test_a_draft_that_comes_late_brings_nothing_back(me, begun, labeler, leave):
    me.post(page_of(begun), {"do": "drop"} if leave == "drop" else {"none": "categories"})
    late = {"unsent": "1", "category": "categories:rude", "severity:categories:rude": "3"}
    assert me.post(reverse("labeling:draft", args=[begun]), late).status_code == 204
    assert draft_of(begun) == {}
    assert named(labeler) == []


def test_an_emptied_form_leaves_something_to_send(me, begun, labeler):
    me.post(reverse("labeling:draft", args=[begun]), {"unsent": "1"})
    assert draft_of(begun) == rude(2)
    assert named(labeler) == [begun]


def test_somebody_else_changes_nothing(browser_of, begun, second_labeler):
    form = {"unsent": "1", "none": "categories"}
    answer = browser_of(second_labeler).post(reverse("labeling:draft", args=[begun]), form)
    assert answer.status_code in {403, 404}
    assert draft_of(begun) == rude(2)
