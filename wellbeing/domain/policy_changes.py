"""What each version of a policy changed for those it concerns, told from the versions alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from people.sentences import Sentence
from wellbeing.domain.limit_words import change_in_words, proposal_in_words
from wellbeing.domain.policy import NUMBERS, Policy, combined, is_looser


@dataclass(frozen=True)
class Version:
    """A version of the organisation's policy (`team_id` None) or of a team's, with its numbers by name."""

    id: int
    team_id: int | None
    numbers: Mapping[str, int]
    valid_from: datetime


@dataclass(frozen=True)
class NumberChange:
    """One number before and after, as it holds for those concerned: the strictest of organisation and team."""

    name: str
    before: int
    after: int

    @property
    def is_looser(self) -> bool:
        return is_looser(self.name, self.after, self.before)

    @property
    def in_words(self) -> Sentence:
        return change_in_words(self.name, self.before, self.after)

    @property
    def as_proposal(self) -> Sentence:
        return proposal_in_words(self.name, self.before, self.after)


@dataclass
class _Standing:
    organisation: Mapping[str, int] = field(default_factory=dict)
    teams: dict[int, Mapping[str, int]] = field(default_factory=dict)

    def policy(self, team_id: int | None) -> Policy:
        return combined([self.organisation], [] if team_id is None else [self.teams.get(team_id, {})])


def changes_by_version(versions: Iterable[Version]) -> list[tuple[Version, tuple[NumberChange, ...]]]:
    """Each version, the earliest first, with what it changed; nothing where a stricter policy stood above it.

    `versions` holds all versions of the organisation and of the teams asked about.
    """
    standing = _Standing()
    told: list[tuple[Version, tuple[NumberChange, ...]]] = []
    for version in sorted(versions, key=lambda version: (version.valid_from, version.id)):
        before = standing.policy(version.team_id)
        if version.team_id is None:
            standing.organisation = version.numbers
        else:
            standing.teams[version.team_id] = version.numbers
        after = standing.policy(version.team_id)
        told.append((version, number_changes(before, after)))
    return told


def number_changes(before: Policy, after: Policy) -> tuple[NumberChange, ...]:
    """The numbers in which two policies differ, in the order in which they are shown."""
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in NUMBERS)
    return tuple(NumberChange(name, old, new) for name, old, new in pairs if old != new)
