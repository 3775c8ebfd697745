"""Talking to the counsellor: what both sides see of a request, and how long it is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_MESSAGE = 5_000
KEPT_AFTER_CLOSING = timedelta(days=30)


@dataclass(frozen=True)
class Message:
    """One message. `text` is None when it cannot be opened any more; `by` is empty for the person who asked."""

    at: datetime
    by: str
    text: str | None


@dataclass(frozen=True)
class Read:
    """A counsellor opened the request."""

    at: datetime
    by: str


@dataclass(frozen=True)
class Conversation:
    """A request with its messages, the oldest first."""

    id: str
    asked_at: datetime
    closed_at: datetime | None
    messages: tuple[Message, ...]
    reads: tuple[Read, ...] = ()
    asked_by: str = ""

    @property
    def is_answered(self) -> bool:
        return any(message.by for message in self.messages)

    @property
    def waits_for_counsellor(self) -> bool:
        return self.closed_at is None and (not self.messages or not self.messages[-1].by)

    @property
    def deleted_at(self) -> datetime | None:
        return None if self.closed_at is None else self.closed_at + KEPT_AFTER_CLOSING


@dataclass(frozen=True)
class Waiting:
    """A request in the counsellor's list: no name, nothing of what it says."""

    id: str
    asked_at: datetime
    last_at: datetime
    waits_for_counsellor: bool
