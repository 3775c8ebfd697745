"""What somebody agreed to before anything is handed to them, and when they are asked again."""

from dataclasses import dataclass
from datetime import datetime

# The version of templates/wellbeing/_consent_text.html. Raise it when the text says something else: then everybody is
# asked again. A test holds the text's checksum beside this number.
CONSENT_VERSION = 1


@dataclass(frozen=True)
class Kind:
    """A kind of content that somebody's work may contain. `is_new`: what they agreed to did not name it."""

    code: str
    name: str
    definition: str
    is_new: bool = True


@dataclass(frozen=True)
class Consent:
    """Where somebody stands. `version` and `at` are of what they said last, whatever it was; None if nothing yet."""

    kinds: tuple[Kind, ...]
    version: int | None = None
    at: datetime | None = None
    is_withdrawn: bool = False

    @property
    def stands(self) -> bool:
        """The same rule as in the one read of a decision (wellbeing.queries.situation)."""
        return (
            self.version is not None
            and self.version >= CONSENT_VERSION
            and not self.is_withdrawn
            and not any(kind.is_new for kind in self.kinds)
        )

    @property
    def is_asked_again(self) -> bool:
        return self.version is not None and not self.is_withdrawn and not self.stands
