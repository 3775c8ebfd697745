"""Teams at work: what people saw, written straight into their rows."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

from people.models import Team, User
from people.permissions import Role
from tests.factories.people import person
from wellbeing.interface import Modality, Purpose
from wellbeing.models import Dosimeter, ExposureView

NOON = time(12)


def crew(team: Team, count: int, *, called: str = "crew") -> list[User]:
    """So many labelers of the team."""
    return [person(f"{called}{number}", Role.LABELER, team) for number in range(count)]


def saw(
    people: Iterable[User],
    day: date,
    *,
    severity: int = 2,
    minutes: int = 10,
    at: time = NOON,
    categories: Iterable[str] = (),
    self_weight: int = 1_000,
) -> None:
    """Each of them saw something of that severity for so many minutes on that day, and answered it."""
    opened = datetime.combine(day, at, tzinfo=UTC)
    closed = opened + timedelta(minutes=minutes)
    for one in people:
        Dosimeter.objects.get_or_create(person=one)
        ExposureView.objects.create(
            dosimeter_id=one.pk,
            occasion=f"test:{uuid4()}",
            purpose=Purpose.LABEL,
            modality=Modality.TEXT,
            severity=severity,
            charged_severity=severity,
            verdict=severity,
            categories=list(categories),
            self_weight=self_weight,
            share=1_000,
            words_disclosed=60,
            words_per_minute=120,
            first_opened_at=opened,
            opened_at=opened,
            window_ends_at=closed,
            window=1,
            day=day,
            policy_version=0,
            closed_at=closed,
            settled_at=closed,
            open_ms=minutes * 60_000,
        )
