import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from labeling.domain.masking import Hidden, Shown
from labeling.models import Lease, Slot, Source
from labeling.operations.errors import LeaseEnded, LeaseExpired, NotYours, PartNotNext
from labeling.operations.outcomes import Refused
from labeling.operations.outcomes import Shown as ShownItem
from labeling.operations.reveal import conceal, more, reveal, step
from labeling.operations.skip import skip
from labeling.operations.submit import submit
from labeling.queries import content
from labeling.queries.content import NotDisclosable, disclose
from tests.factories.labeling import BENIGN, add_tasks, answered, claimed, rude, shown
from tests.factories.people import person
from tests.factories.wellbeing import advance
from tests.integration.labeling.test_claim import statements
from wellbeing import interface
from wellbeing.interface import ViewState
from wellbeing.models import LedgerEntry

pytestmark = pytest.mark.django_db

LONG = {"text": " ".join(f"Sentence number {n} is about the weather in May." for n in range(30))}


def text_of(answer: ShownItem) -> str:
    return "".join(
        run.text
        for part in answer.parts
        for segment in part.segments
        for run in segment.runs
        if isinstance(run, Shown)
    )


def test_reveal_opens_a_view_and_shows_the_first_part(project, labeler):
    add_tasks(project, 1, body=LONG)

    answer = shown(project, labeler)

    assert answer.view.state is ViewState.OPEN
    assert [part.number for part in answer.parts] == [1]
    assert "number 0 " in text_of(answer)
    assert "number 29 " not in text_of(answer)
    assert answer.has_more_parts
    assert answer.view.share < 1000


def test_reveal_again_returns_the_same_view_and_charges_nothing_more(project, labeler):
    add_tasks(project, 1)
    first = shown(project, labeler)

    again = reveal(lease_id=first.card.lease_id, by=labeler)

    assert again.view.milli_points == first.view.milli_points
    assert again.parts == first.parts


def test_reveal_takes_at_most_six_statements(project, labeler):
    add_tasks(project, 1)
    card = claimed(project, labeler)

    with CaptureQueriesContext(connection) as captured:
        reveal(lease_id=card.lease_id, by=labeler)

    assert len(statements(captured)) <= 6, statements(captured)


def test_reveal_hides_listed_words_until_they_are_asked_for(project, labeler, monkeypatch):
    lexicon = content.bundled().with_words("insult", ["boring"])
    monkeypatch.setattr(content, "bundled", lambda: lexicon)
    add_tasks(project, 1)

    masked = shown(project, labeler)
    words = step(lease_id=masked.card.lease_id, by=labeler, to="words")

    assert "insult" in {run.category for run in masked.parts[0].segments[0].runs if isinstance(run, Hidden)}
    assert "boring" not in text_of(masked)
    assert "boring" in text_of(words)
    assert words.view.milli_points == masked.view.milli_points


def test_reveal_in_full_shows_every_part(project, labeler):
    add_tasks(project, 1, body=LONG)

    answer = shown(project, labeler, show="full")

    assert "number 29 " in text_of(answer)
    assert not answer.has_more_parts
    assert answer.view.share == 1000


def test_reveal_in_full_of_an_open_view_is_a_step(project, labeler):
    add_tasks(project, 1, body=LONG)
    part = shown(project, labeler)

    whole = reveal(lease_id=part.card.lease_id, by=labeler, show="full")

    assert whole.view.share == 1000
    assert whole.view.milli_points > part.view.milli_points


def test_step_adds_one_part_at_a_time(project, labeler):
    add_tasks(project, 1, body=LONG)
    first = shown(project, labeler)

    second = step(lease_id=first.card.lease_id, by=labeler, to="part", part=2)

    assert len(second.parts) == 2
    assert second.view.share > first.view.share
    assert second.view.window_ends_at > first.view.window_ends_at


def test_the_same_part_asked_for_twice_is_shown_and_charged_once(project, labeler):
    add_tasks(project, 1, body=LONG)
    lease_id = shown(project, labeler).card.lease_id
    once = step(lease_id=lease_id, by=labeler, to="part", part=2)
    rows = LedgerEntry.objects.count()

    again = step(lease_id=lease_id, by=labeler, to="part", part=2)
    first = step(lease_id=lease_id, by=labeler, to="part", part=1)

    assert again.parts == first.parts == once.parts
    assert again.view.milli_points == first.view.milli_points == once.view.milli_points
    assert again.view.window_ends_at == once.view.window_ends_at
    assert LedgerEntry.objects.count() == rows


@pytest.mark.parametrize(("show", "part"), [("masked", 3), ("masked", 99), ("full", 99)])
def test_a_part_that_does_not_come_next_is_refused(project, labeler, show, part):
    add_tasks(project, 1, body=LONG)
    lease_id = shown(project, labeler, show=show).card.lease_id
    rows = LedgerEntry.objects.count()

    with pytest.raises(PartNotNext):
        step(lease_id=lease_id, by=labeler, to="part", part=part)

    assert LedgerEntry.objects.count() == rows
    assert Lease.objects.get(pk=lease_id).ended_at is None


def test_step_without_an_open_view_is_refused(project, labeler):
    add_tasks(project, 1)

    answer = step(lease_id=claimed(project, labeler).lease_id, by=labeler, to="part", part=2)

    assert isinstance(answer, Refused)
    assert answer.code == "not_open"


def test_more_extends_the_window_and_the_lease(project, labeler):
    add_tasks(project, 1)
    first = shown(project, labeler)

    longer = more(lease_id=first.card.lease_id, by=labeler, window=1)
    same = more(lease_id=first.card.lease_id, by=labeler, window=1)

    assert longer.view.window == 2
    assert longer.view.window_ends_at > first.view.window_ends_at
    assert same.view.window_ends_at == longer.view.window_ends_at


def test_conceal_closes_the_view_and_reveal_opens_it_again(project, labeler):
    add_tasks(project, 1, body=LONG)
    first = shown(project, labeler)
    step(lease_id=first.card.lease_id, by=labeler, to="part", part=2)
    advance(seconds=5)

    closed = conceal(lease_id=first.card.lease_id, by=labeler)
    again = reveal(lease_id=first.card.lease_id, by=labeler)

    assert closed is not None
    assert closed.state is ViewState.CLOSED
    assert len(again.parts) == 2


def test_conceal_before_any_reveal_is_nothing(project, labeler):
    add_tasks(project, 1)

    assert conceal(lease_id=claimed(project, labeler).lease_id, by=labeler) is None


@pytest.mark.parametrize("operation", [reveal, conceal, skip])
def test_somebody_elses_lease_does_not_exist(project, labeler, outsider, second_labeler, operation):
    add_tasks(project, 1)
    card = claimed(project, labeler)

    for stranger in (outsider, second_labeler):
        with pytest.raises(NotYours):
            operation(lease_id=card.lease_id, by=stranger)


def test_reveal_after_the_lease_is_over_is_refused(project, labeler):
    add_tasks(project, 1)
    card = claimed(project, labeler)
    advance(minutes=16)

    with pytest.raises(LeaseExpired):
        reveal(lease_id=card.lease_id, by=labeler)


def test_reveal_after_an_answer_is_refused(project, labeler):
    add_tasks(project, 1)
    card = shown(project, labeler).card
    submit(lease_id=card.lease_id, by=labeler, answers=BENIGN)

    with pytest.raises(LeaseEnded):
        reveal(lease_id=card.lease_id, by=labeler)


def test_reveal_of_what_is_no_longer_cleared_ends_the_lease_without_a_mark(project, labeler):
    source = Source.objects.create(project=project, name="new")
    add_tasks(project, 1, source=source, severity=None)
    card = claimed(project, labeler)
    Source.objects.filter(pk=source.pk).update(expected_severity=4, basis="find")

    answer = reveal(lease_id=card.lease_id, by=labeler)

    assert isinstance(answer, Refused)
    assert answer.code == "not_cleared"
    lease = Lease.objects.get(pk=card.lease_id)
    assert lease.outcome == Lease.Outcome.UNCLEARED
    assert lease.opened_at is None
    assert Slot.objects.get(pk=card.slot_id).available_at <= interface.now()


def test_nobody_is_shown_a_task_that_others_have_decided(project, labeler, second_labeler, team):
    (task,) = add_tasks(project, 1, slots=3)
    waiting = claimed(project, labeler)
    third = person("third", "labeler", team)
    claimed(project, third)
    answered(project, second_labeler, rude())
    answered(project, third, rude())

    answer = reveal(lease_id=waiting.lease_id, by=labeler)

    assert isinstance(answer, Refused)
    assert answer.code == "task_decided"
    assert Lease.objects.get(pk=waiting.lease_id).opened_at is None
    assert Slot.objects.get(pk=waiting.slot_id).withdrawn_at is not None
    assert task.annotations.count() == 2


def test_content_is_not_read_before_what_pays_for_it_is_committed(project, labeler):
    add_tasks(project, 1)
    answer = shown(project, labeler)

    with transaction.atomic(), pytest.raises(NotDisclosable):
        disclose(view=answer.view, item_id=answer.card.item_id, shown_parts=1, words_hidden=True)


def test_content_is_not_read_for_a_view_that_is_closed(project, labeler):
    add_tasks(project, 1)
    answer = shown(project, labeler)
    closed = conceal(lease_id=answer.card.lease_id, by=labeler)

    with pytest.raises(NotDisclosable):
        disclose(view=closed, item_id=answer.card.item_id, shown_parts=1, words_hidden=True)


def test_a_refused_reveal_reads_no_content(project, labeler, monkeypatch):
    add_tasks(project, 2)
    first = shown(project, labeler)
    monkeypatch.setattr("labeling.operations.reveal.disclose", pytest.fail)
    submit(lease_id=first.card.lease_id, by=labeler, answers=BENIGN)
    card = claimed(project, labeler)
    with transaction.atomic():
        interface.stop(person_id=labeler.pk)
        interface.reveal(
            person_id=labeler.pk,
            occasion="something else",
            purpose=interface.Purpose.PREVIEW,
            stimulus=interface.Stimulus(interface.Modality.TEXT, 1, words=10),
            disclosure=interface.Disclosure(10, 10, full=True),
            words_per_minute=120,
        )

    answer = reveal(lease_id=card.lease_id, by=labeler)

    assert isinstance(answer, Refused)
    assert answer.code == "view_open"


def test_a_lease_lasts_at_least_five_minutes_past_its_window(project, labeler):
    project.lease_minutes = 5
    project.save(update_fields=["lease_minutes"])
    add_tasks(project, 1, body=LONG)

    answer = shown(project, labeler, show="full")

    assert (answer.card.expires_at - answer.view.window_ends_at).total_seconds() >= 300
