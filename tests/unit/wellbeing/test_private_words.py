"""What is said to people about support, danger and erasure, and how what they chose weighs."""

from datetime import UTC, datetime, timedelta

import pytest

from wellbeing.domain.choices import HEAVIER, NO_CHOICES, Choices
from wellbeing.domain.erasing import ErasureReason
from wellbeing.domain.points import NO_SELF_WEIGHT
from wellbeing.domain.risk import RiskOutcome
from wellbeing.domain.support import KEPT_AFTER_CLOSING, Conversation, Message

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ASKED = Message(NOON, "", "I would like to talk.")
ANSWERED = Message(NOON + timedelta(hours=1), "cleo", "Tomorrow at ten?")


def conversation(*messages: Message, closed_at: datetime | None = None) -> Conversation:
    return Conversation("1", NOON, closed_at, messages)


@pytest.mark.parametrize(
    ("messages", "answered", "waits"),
    [
        ((), False, True),
        ((ASKED,), False, True),
        ((ASKED, ANSWERED), True, False),
        ((ASKED, ANSWERED, ASKED), True, True),
    ],
)
def test_whose_turn_it_is(messages, answered, waits):
    talk = conversation(*messages)

    assert (talk.is_answered, talk.waits_for_counsellor, talk.deleted_at) == (answered, waits, None)


def test_a_closed_request_waits_for_nobody_and_is_deleted_after_its_time():
    closed = conversation(ASKED, closed_at=NOON)

    assert not closed.waits_for_counsellor
    assert closed.deleted_at == NOON + KEPT_AFTER_CLOSING


@pytest.mark.parametrize("kind", [RiskOutcome, ErasureReason])
def test_each_outcome_and_each_reason_has_words_of_its_own(kind):
    said = [each.in_words for each in kind]

    assert all(said)
    assert len(set(said)) == len(said)


def test_the_heaviest_category_weighs():
    choices = Choices(heavier={"threat": HEAVIER})

    assert choices.self_weight(["insult", "threat"]) == HEAVIER
    assert choices.self_weight(["insult"]) == choices.self_weight([]) == NO_SELF_WEIGHT
    assert NO_CHOICES.self_weight(["threat"]) == NO_SELF_WEIGHT
