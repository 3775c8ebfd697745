"""The gate for another review tool: each request is one transaction, committed before the reply.

Its occasions stand in a space of their own, by the account of the tool: they meet neither those of this
application nor those of a second tool, whatever name is given.
"""

from django.db import transaction

from people.models import User
from wellbeing.domain.clearance import Clearance, Refusal
from wellbeing.domain.stimulus import Disclosure, Purpose, Stimulus
from wellbeing.domain.view import View
from wellbeing.operations import claims, views
from wellbeing.operations.looks import CLEARED_ELSEWHERE, note_look_of_the_day


def occasion_of(tool: User, given: str) -> str:
    """The occasion that the tool calls `given`."""
    return f"tool:{tool.pk}:{given}"


def hand_out(*, person_id: int, tool_id: int) -> Clearance | Refusal:
    """May something be handed to this person now, and what? A clearance counts as a hand-out: it is activity.

    The answer says what the person refuses and whether they agreed to the extreme, so it is listed for them, once a day.
    """
    with transaction.atomic(durable=True):
        answer = claims.clear(person_id=person_id)
        note_look_of_the_day(person_id, looked_by=tool_id, what=CLEARED_ELSEWHERE)
        if isinstance(answer, Clearance):
            return claims.claimed(person_id=person_id) or answer
    return answer


def reveal(
    *, person_id: int, occasion: str, stimulus: Stimulus, disclosure: Disclosure, words_per_minute: int
) -> View | Refusal:
    """Reserve what showing it costs. It counts as a hand-out too, so that no tool gets round the day by not asking."""
    with transaction.atomic(durable=True):
        answer = views.reveal(
            person_id=person_id,
            occasion=occasion,
            purpose=Purpose.LABEL,
            stimulus=stimulus,
            disclosure=disclosure,
            words_per_minute=words_per_minute,
        )
        if isinstance(answer, View):
            claims.claimed(person_id=person_id)
    return answer


def step(*, person_id: int, occasion: str, disclosure: Disclosure, words_per_minute: int) -> View | Refusal:
    """Reserve what showing more of the open view costs."""
    with transaction.atomic(durable=True):
        return views.step(
            person_id=person_id,
            occasion=occasion,
            disclosure=disclosure,
            words_per_minute=words_per_minute,
        )


def more(*, person_id: int, occasion: str, window: int) -> View | Refusal:
    """Extend that window of the open view by a minute."""
    with transaction.atomic(durable=True):
        return views.more(person_id=person_id, occasion=occasion, window=window)


def conceal(*, person_id: int, occasion: str) -> View | None:
    """Close the view of this occasion; None if nothing was ever opened."""
    with transaction.atomic(durable=True):
        return views.conceal(person_id=person_id, occasion=occasion)


def settle(*, person_id: int, occasion: str, verdict: int | None, categories: frozenset[str]) -> View | None:
    """Charge the view at the verdict; None if nothing was ever opened."""
    with transaction.atomic(durable=True):
        return views.settle(person_id=person_id, occasion=occasion, verdict=verdict, categories=categories)
