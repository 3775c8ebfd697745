"""Exposure for tests: the operations as a caller uses them, each in a transaction of its own, and a clock to turn."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import connection, transaction

from people.models import User
from wellbeing import interface
from wellbeing.interface import Clearance, Disclosure, Modality, Purpose, Refusal, Stimulus, View
from wellbeing.models import DoseDay, RiskReport, SupportRequest
from wellbeing.operations.clock import move_clock
from wellbeing.operations.support import ask_for_support

PART = Disclosure(30, 60)
POLICY_POINTS = ("policy_points_reserved", "policy_points_charged")
WHOLE = Disclosure(60, 60, full=True)
Answer = TypeVar("Answer")


def stimulus(severity: int = 2, **fields: Any) -> Stimulus:
    """A text of sixty words of that expected severity; S0 is confirmed."""
    known = {"modality": Modality.TEXT, "words": 60, "basis": "its source", "confirmed_benign": severity == 0}
    return Stimulus(severity=severity, **{**known, **fields})


def alone(operation: Callable[..., Answer], **arguments: Any) -> Answer:
    """The operation in its own transaction."""
    with transaction.atomic():
        return operation(**arguments)


def clear(person: User) -> Clearance | Refusal:
    return alone(interface.clear, person_id=person.pk)


def claim(person: User) -> Clearance | Refusal:
    """Clear, and on success note that something was handed out."""
    with transaction.atomic():
        answer = interface.clear(person_id=person.pk)
        if isinstance(answer, Clearance):
            interface.claimed(person_id=person.pk)
    return answer


def reveal(
    person: User, occasion: str = "lease:1", severity: int = 2, disclosure: Disclosure = WHOLE, **fields: Any
) -> View | Refusal:
    return alone(
        interface.reveal,
        person_id=person.pk,
        occasion=occasion,
        purpose=Purpose.LABEL,
        stimulus=stimulus(severity, **fields),
        disclosure=disclosure,
        words_per_minute=120,
    )


def step(person: User, occasion: str = "lease:1", disclosure: Disclosure = WHOLE) -> View | Refusal:
    return alone(
        interface.step, person_id=person.pk, occasion=occasion, disclosure=disclosure, words_per_minute=120
    )


def more(person: User, occasion: str = "lease:1", window: int = 1) -> View | Refusal:
    return alone(interface.more, person_id=person.pk, occasion=occasion, window=window)


def conceal(person: User, occasion: str | None = None) -> View | None:
    return alone(interface.conceal, person_id=person.pk, occasion=occasion)


def settle(person: User, occasion: str = "lease:1", verdict: int | None = 2) -> View | None:
    return alone(interface.settle, person_id=person.pk, occasion=occasion, verdict=verdict)


def label(person: User, occasion: str, severity: int = 2, seconds: float = 20) -> View | None:
    """Reveal, look for some seconds of moved time, answer as expected."""
    shown = reveal(person, occasion, severity)
    assert isinstance(shown, View), shown
    advance(seconds=seconds)
    return settle(person, occasion, severity)


def advance(**amount: float) -> datetime:
    """Let respite_now() run ahead: `advance(minutes=5)`."""
    return move_clock(by=timedelta(**amount))


def advance_to(hour: int, minute: int = 0, second: int = 0) -> datetime:
    """Let respite_now() run ahead to the next time it is that late in UTC."""
    now = interface.now()
    wanted = now.astimezone(UTC).replace(hour=hour, minute=minute, second=second, microsecond=0)
    return move_clock(by=wanted - now if wanted > now else wanted + timedelta(days=1) - now)


def support_request_of(person: User, text: str = "I would like to talk.") -> UUID:
    """An open support request of that person; its id."""
    ask_for_support(person=person, text=text, message_id=uuid4())
    return SupportRequest.objects.get(person=person, closed_at=None).pk


def risk_report_of(person: User, occasion: str = "lease:1") -> UUID:
    """An open report that somebody may be in danger; its id."""
    alone(interface.report_risk, person_id=person.pk, occasion=occasion)
    return RiskReport.objects.get(reported_by=person, occasion=occasion).pk


def fill(person: User, *, days_ago: int = 0, **held: int) -> None:
    """Write what a day holds straight into its row: `fill(person, points_charged=120_000)`. Needs a dosimeter."""
    clear(person)
    day = interface.exposure_of(person_id=person.pk, looked_by=person.pk).day - timedelta(days=days_ago)
    shared = {f"policy_{name}": number for name, number in held.items() if name.startswith("points_")}
    shared = {name: number for name, number in shared.items() if name in POLICY_POINTS}
    DoseDay.objects.update_or_create(dosimeter_id=person.pk, day=day, defaults={**shared, **held})


def sql(statement: str, *values: object) -> list[tuple[Any, ...]]:
    """Run one statement as the runtime role; its rows, if it has any."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def dump() -> str:
    """Every row of every table as text, bytes as hex: what a backup would show."""
    tables = sql("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")
    return "\n".join(str(row) for (table,) in tables for row in sql(f'SELECT t::text FROM "{table}" t'))  # noqa: S608
