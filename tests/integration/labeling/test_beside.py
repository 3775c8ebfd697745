"""Examples and masked words: metered as items are, one thing open at a time, and read only once it is paid for."""

from functools import partial

import pytest
from django.db import transaction

from labeling.jobs import end_old_looks
from labeling.models import GuidelineExample, GuidelineLook
from labeling.operations.beside import ShownBeside, hide_look, look_at_example, look_at_word, occasion_of
from labeling.operations.errors import ExampleEmpty, NotYours
from labeling.operations.guidelines import withdraw_example
from labeling.operations.outcomes import Refused
from labeling.operations.projects import publish_guideline
from labeling.operations.reveal import conceal, reveal
from labeling.queries import content
from labeling.queries.content import NotDisclosable, disclose_beside
from labeling.queries.guidelines import examples_of
from people.models import AuditEvent
from tests.factories.labeling import add_tasks, claimed, project_for, shown
from tests.factories.wellbeing import advance, sql
from tests.factories.words import EXAMPLE, WORD, example_of, masked_term_of
from tests.integration.labeling.together import together
from wellbeing import interface
from wellbeing.models import ExposureView, LedgerEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(team, lead):
    return project_for(team, lead, guideline="Be kind.")


def words_of(answer):
    return "".join(run.text for part in answer.parts for segment in part.segments for run in segment.runs)


def test_an_example_is_shown_once_its_exposure_is_in_the_ledger(project, lead, labeler, monkeypatch):
    example = example_of(project, lead)
    seen = []
    real = disclose_beside
    monkeypatch.setattr(
        "labeling.operations.beside.disclose_beside",
        lambda **given: seen.append(LedgerEntry.objects.count()) or real(**given),
    )

    answer = look_at_example(example=example, by=labeler)

    assert seen == [1]
    assert words_of(answer) == EXAMPLE
    view = ExposureView.objects.get()
    assert (view.purpose, view.occasion, view.severity) == ("guideline", occasion_of(answer.look_id), 2)
    assert EXAMPLE not in str(sql("SELECT * FROM ledger_entry"))


def test_shown_again_it_is_the_same_view_and_another_example_settles_it(
    project, lead, labeler, second_labeler
):
    example = example_of(project, lead)
    first = look_at_example(example=example, by=labeler)
    assert look_at_example(example=example, by=labeler).look_id == first.look_id

    advance(seconds=20)
    hide_look(look_id=first.look_id, by=second_labeler)
    assert ExposureView.objects.get().closed_at is None
    for _ in range(2):
        hide_look(look_id=first.look_id, by=labeler)
    assert ExposureView.objects.get().closed_at is not None
    assert look_at_example(example=example, by=labeler).look_id == first.look_id

    other = look_at_example(example=example_of(project, lead, "The soup was cold."), by=labeler)
    view = ExposureView.objects.get(occasion=occasion_of(first.look_id))
    assert view.settled_at is not None
    assert view.charged > 0
    assert GuidelineLook.objects.get().pk == other.look_id


def test_a_mild_example_counts_as_moderate_and_an_opt_out_holds_for_examples_too(project, lead, labeler):
    mild = example_of(project, lead, severity=0, expected={}, kind="no")
    look_at_example(example=mild, by=labeler)
    assert ExposureView.objects.get().severity == 2

    interface.name_categories(categories=[("rude", "Rude", [])])
    interface.choose_category(person_id=labeler.pk, category="rude", refused=True)
    refused = look_at_example(example=example_of(project, lead), by=labeler)

    assert isinstance(refused, Refused)
    assert refused.code == "not_cleared"
    assert not GuidelineLook.objects.exists()


def test_an_open_item_comes_first_and_another_example_gives_way(project, lead, labeler):
    example, term = example_of(project, lead), masked_term_of(project, lead)
    add_tasks(project, 1)
    item = shown(project, labeler)
    refused = look_at_example(example=example, by=labeler)
    assert isinstance(refused, Refused)
    assert refused.code == "view_open"

    conceal(lease_id=item.card.lease_id, by=labeler)
    look_at_example(example=example, by=labeler)
    assert isinstance(reveal(lease_id=item.card.lease_id, by=labeler), Refused)
    word = look_at_word(term=term, by=labeler)

    assert words_of(word) == WORD
    assert ExposureView.objects.filter(closed_at=None).count() == 1
    assert GuidelineLook.objects.get().term_id == term.pk


def test_what_is_not_masked_needs_no_look(project, lead, labeler):
    plain = masked_term_of(project, lead, word="")
    with pytest.raises(NotYours):
        look_at_word(term=plain, by=labeler)


def test_nothing_is_read_inside_a_transaction_or_without_an_open_view(project, lead, labeler):
    example = example_of(project, lead)
    answer = look_at_example(example=example, by=labeler)
    with transaction.atomic(), pytest.raises(NotDisclosable):
        disclose_beside(view=answer.view, example_id=example.pk)
    closed = interface.View(**{**vars(answer.view), "state": interface.ViewState.CLOSED})
    with pytest.raises(NotDisclosable):
        disclose_beside(view=closed, example_id=example.pk)
    with pytest.raises(ValueError, match="one example or one term"):
        disclose_beside(view=answer.view)
    assert content.disclose_beside is disclose_beside


def test_an_example_belongs_to_the_versions_from_its_first_to_its_withdrawal(project, lead):
    example = example_of(project, lead)
    publish_guideline(project=project, body="Be kinder.", by=lead)
    later = example_of(project, lead, "The soup was cold and so was the waiter.")
    assert examples_of(project_id=project.pk, version=1) == [example]
    assert examples_of(project_id=project.pk, version=2) == [example, later]

    assert withdraw_example(example=example, by=lead)
    assert not withdraw_example(example=example, by=lead)

    assert examples_of(project_id=project.pk, version=1) == [example]
    assert examples_of(project_id=project.pk, version=2) == [later]
    assert AuditEvent.objects.filter(action="labeling.example_withdrawn").count() == 1
    with pytest.raises(ExampleEmpty):
        example_of(project, lead, " ")


def test_a_look_that_nobody_ended_is_settled_by_the_job(project, lead, labeler):
    look_at_example(example=example_of(project, lead), by=labeler)
    assert end_old_looks() == 0
    advance(minutes=11)

    assert end_old_looks() == 1
    assert ExposureView.objects.get().settled_at is not None
    assert end_old_looks() == 0


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_many_windows_at_once_have_one_thing_open(team, lead, labeler):
    project = project_for(team, lead, guideline="Be kind.")
    example, term = example_of(project, lead), masked_term_of(project, lead)
    add_tasks(project, 1)
    lease = claimed(project, labeler).lease_id
    calls = [
        partial(look_at_example, example=example, by=labeler),
        partial(look_at_word, term=term, by=labeler),
        partial(reveal, lease_id=lease, by=labeler),
    ] * 3

    answers = together(calls)

    assert all(not isinstance(answer, Exception) for answer in answers), answers
    assert ExposureView.objects.filter(closed_at=None).count() == 1
    assert GuidelineLook.objects.count() <= 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_its_constraint_one_person_has_two_looks(team, lead, labeler, owner_connection):
    """The twin: what refuses the second row is the constraint, whoever forgets to lock the person."""
    project = project_for(team, lead, guideline="Be kind.")
    first, second = example_of(project, lead), example_of(project, lead, "The soup was cold.")
    GuidelineLook.objects.create(person=labeler, example=first)
    with pytest.raises(Exception, match="labeling_guidelinelook_person_id"):
        GuidelineLook.objects.create(person=labeler, example=second)
    (name,) = owner_connection.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = 'labeling_guidelinelook'::regclass AND contype = 'u'"
    ).fetchone()
    owner_connection.execute(f"ALTER TABLE labeling_guidelinelook DROP CONSTRAINT {name}".encode())
    GuidelineLook.objects.create(person=labeler, example=second)
    assert GuidelineLook.objects.filter(person=labeler).count() == 2


def test_texts_of_examples_never_change(project, lead):
    example = example_of(project, lead)
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        GuidelineExample.objects.filter(pk=example.pk).update(note="other")
    assert isinstance(look_at_example(example=example, by=lead), ShownBeside)
