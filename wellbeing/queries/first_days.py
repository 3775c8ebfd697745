"""Where somebody stands with their first days."""

from dataclasses import dataclass

from people.models import User
from wellbeing.domain.consent import Consent
from wellbeing.models import FirstDays
from wellbeing.queries.consent import consent_of


@dataclass(frozen=True)
class Progress:
    """`steps` are those that there are here, in order; `done` those that the person has ticked off."""

    consent: Consent
    steps: tuple[str, ...]
    done: frozenset[str]
    is_dismissed: bool

    @property
    def left(self) -> int:
        return sum(step not in self.done for step in self.steps)

    @property
    def is_waiting(self) -> bool:
        """Whether the first page says something about it."""
        return not self.consent.stands or (self.left > 0 and not self.is_dismissed)


def progress_of(person: User, steps: tuple[str, ...], *, language: str = "") -> Progress:
    row = FirstDays.objects.filter(person=person).first()
    done = frozenset(row.done) if row is not None else frozenset()
    return Progress(consent_of(person, language=language), steps, done, row is not None and row.is_dismissed)
