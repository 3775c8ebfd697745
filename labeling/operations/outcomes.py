"""What an operation of the hand-out comes to when it is not an error."""

from dataclasses import dataclass
from datetime import datetime

from labeling.models import Lease
from labeling.queries.content import DisclosedPart
from labeling.queries.workbench import LeaseCard
from people.sentences import sentence
from wellbeing.interface import Refusal, View

BREATHER = "breather"
TASK_DECIDED = "task_decided"


@dataclass(frozen=True)
class Refused:
    """Not now. `code` is wellbeing's, or `breather` or `task_decided`; `until` is when asking again can succeed."""

    code: str
    until: datetime | None
    why: str


@dataclass(frozen=True)
class NothingToLabel:
    """No task is open that this person may have."""

    why: str = sentence("There is nothing for you to label here at the moment.")


@dataclass(frozen=True)
class Shown:
    """What is on the screen now. `card` is the lease after this step; `sentences_left` is how many are not shown yet."""

    card: LeaseCard
    view: View
    parts: tuple[DisclosedPart, ...]
    sentences_left: int = 0

    @property
    def has_more_parts(self) -> bool:
        return len(self.parts) < self.card.parts


@dataclass(frozen=True)
class Submitted:
    """An answer is stored. `decision` is the task's state after it; `repeated` says that it had been stored before."""

    annotation_id: int
    task_id: int
    decision: str
    is_extra: bool
    repeated: bool = False


@dataclass(frozen=True)
class Ended:
    """A lease is over without an answer. `repeated` says that it was before, `begun` that an answer had been begun which
    can be taken back."""

    lease_id: int
    outcome: str
    repeated: bool = False
    begun: bool = False

    @property
    def is_skip(self) -> bool:
        return self.outcome == Lease.Outcome.SKIPPED


def refused(refusal: Refusal) -> Refused:
    return Refused(str(refusal.code), refusal.until, refusal.why)
