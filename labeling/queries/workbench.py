"""What a labeler's page needs of a lease: the warning card, without any content."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from labeling.domain.picture import Picture, Step, tiles_of
from labeling.domain.schema import Shape
from labeling.domain.severity import Severity
from labeling.models import Item, Lease, Project, Task
from labeling.queries.expectation import BASIS, CONFIRMED_BENIGN, EXPECTED
from people.permissions import Permission, roles_with
from wellbeing.interface import OwnDisplay, own_display_from

# Whether the person still labels in the project's team, or in the whole organisation.
_MAY_LABEL = f"""
       EXISTS (SELECT FROM people_membership membership
                WHERE membership.user_id = lease.person_id
                  AND membership.role IN ({", ".join(f"'{role}'" for role in roles_with(Permission.LABEL))})
                  AND (membership.team_id IS NULL OR membership.team_id = project.team_id))
"""

# What the lease was claimed under; for one from before versions were kept, what is newest now. A lease with a schema
# and without a guideline is from a time when the project had none.
_PINNED = """
       (SELECT id, version FROM {table}
         WHERE project_id = project.id AND (lease.schema_id IS NULL OR id = lease.{pin})
         ORDER BY version DESC LIMIT 1)
"""

# `{lease}` is the lease table, or a CTE that has just written one row of it.
CARD = f"""
SELECT lease.id, lease.slot_id, lease.task_id, lease.person_id, lease.claimed_at, lease.expires_at,
       lease.ended_at, lease.outcome, lease.opened_at, lease.expected, lease."window", lease.shown_parts,
       lease.words_hidden, lease.draft,
       project.id, project.name, project.slug, project.strategy,
       task.state, item.id, item.external_id, item.kind, item.language, item.part_words, item.neutral_line,
       stratum.categories, stratum.source_id, {EXPECTED}, {BASIS}, {CONFIRMED_BENIGN},
       asked.id, asked.version, guideline.id, guideline.version,
       {_MAY_LABEL},
       item.completions,
       respite_now(),
       item.frame, lease.picture_step, lease.picture_tiles, lease.picture_in_colour, lease.was_full, project.full_view,
       own_display(lease.person_id, stratum.categories)
  FROM {{lease}} lease
  JOIN labeling_task task ON task.id = lease.task_id
  JOIN labeling_item item ON item.id = task.item_id
  JOIN labeling_stratum stratum ON stratum.id = task.stratum_id
  JOIN labeling_source source ON source.id = stratum.source_id
  JOIN labeling_project project ON project.id = task.project_id
  LEFT JOIN LATERAL {_PINNED.format(table="labeling_labelschema", pin="schema_id")} asked ON true
  LEFT JOIN LATERAL {_PINNED.format(table="labeling_guideline", pin="guideline_id")} guideline ON true
"""  # noqa: S608 - constants only

_BY_ID = CARD.format(lease="labeling_lease") + "WHERE lease.id = %s AND lease.person_id = %s"
_LIVE = CARD.format(lease="labeling_lease") + "WHERE lease.person_id = %s AND lease.ended_at IS NULL"


@dataclass(frozen=True)
class LeaseCard:
    """A lease with what may be known of its item before it is revealed.

    Severities are 0-4. `expected` is what the item counts as now, `expected_at_claim` what it did then; `basis` is
    one of labeling.domain.handout.Basis. `part_words` is the number of words in each part, `completions` how many there
    are to compare. `may_label` says whether the person still labels in the project's team. `frame` is the rough shape and size of
    a picture, `was_full` that all of the item was on the screen once. Schema and guideline are those that it was claimed
    under, whatever is published since. `now` is when this was read, `own_display` how the item first appears to them.
    """

    lease_id: int
    slot_id: int
    task_id: int
    person_id: int
    claimed_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    outcome: str
    opened_at: datetime | None
    expected_at_claim: int
    window: int
    shown_parts: int
    words_hidden: bool
    draft: Any
    project_id: int
    project_name: str
    project_slug: str
    strategy: str
    task_state: str
    item_id: int
    external_id: str
    kind: str
    language: str
    part_words: tuple[int, ...]
    neutral_line: str
    categories: tuple[str, ...]
    source_id: int
    expected: Severity
    basis: str
    confirmed_benign: bool
    schema_id: int | None
    schema_version: int | None
    guideline_id: int | None
    guideline_version: int | None
    may_label: bool
    completions: int
    now: datetime
    frame: str
    picture_step: int
    picture_tiles: int
    picture_in_colour: bool
    was_full: bool
    full_view: str
    own_display: OwnDisplay

    @property
    def wants_full_view(self) -> bool:
        """Whether the project wants all of an item of this expected severity on the screen before an answer."""
        if self.full_view == Project.FullView.UP_TO_MODERATE:
            return self.expected <= Severity.MODERATE
        return self.full_view == Project.FullView.ALWAYS

    @property
    def shape(self) -> Shape:
        """What an answer may refer to, as far as it is known without reading the item."""
        return Shape(completions=self.completions)

    @property
    def words(self) -> int:
        return sum(self.part_words)

    @property
    def parts(self) -> int:
        return len(self.part_words)

    @property
    def picture(self) -> Picture:
        """What of the item's picture is on the screen while its view is open."""
        return Picture(Step(self.picture_step), tiles_of(self.picture_tiles), self.picture_in_colour)

    @property
    def is_image(self) -> bool:
        return self.kind == Item.Kind.IMAGE

    @property
    def shows_every_part(self) -> bool:
        """No part and no step of a picture is left to ask for. Listed words may still be hidden."""
        return self.shown_parts >= self.parts and (not self.is_image or self.picture.step is Step.FULL)

    @property
    def is_live(self) -> bool:
        """Not ended, and not run out either."""
        return self.ended_at is None and self.now < self.expires_at

    @property
    def is_decided(self) -> bool:
        """Nobody's answer is wanted any more."""
        return self.task_state != Task.State.OPEN

    @property
    def is_finished(self) -> bool:
        """The person is done with this task for good."""
        return self.outcome in {Lease.Outcome.SUBMITTED, Lease.Outcome.SKIPPED, Lease.Outcome.PROBLEM}

    @property
    def can_be_taken_back(self) -> bool:
        """Skipped when an answer had been begun, which can still be sent (docs/adr/0027)."""
        return self.outcome == Lease.Outcome.SKIPPED and self.opened_at is not None and bool(self.draft)

    @property
    def occasion(self) -> str:
        """The name of this lease's view for wellbeing."""
        return occasion_of(self.lease_id)


def occasion_of(lease_id: int) -> str:
    return f"lease:{lease_id}"


def lease_of(occasion: str) -> int | None:
    """The lease that an occasion names; None for any other text."""
    kind, _, number = occasion.partition(":")
    return int(number) if kind == "lease" and number.isdecimal() else None


def card_from(row: tuple[Any, ...]) -> LeaseCard:
    """A row of CARD as a card."""
    values = list(row)
    values[13] = _json(values[13])
    values[23] = tuple(values[23])
    values[25] = tuple(values[25])
    values[27] = Severity(values[27])
    values[-1] = own_display_from(values[-1], categories=values[25], severity=values[27])
    return LeaseCard(*values)


def lease_card(*, lease_id: int, person_id: int) -> LeaseCard | None:
    """The lease, live or ended, if it is this person's. One statement."""
    return _one(_BY_ID, [lease_id, person_id])


def live_card(*, person_id: int) -> LeaseCard | None:
    """The person's lease that has not been ended (it may have run out). One statement."""
    return _one(_LIVE, [person_id])


def _one(statement: str, parameters: list[int]) -> LeaseCard | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        row = cursor.fetchone()
    return None if row is None else card_from(row)


def _json(value: Any) -> Any:
    """Django leaves JSON of raw statements as text."""
    return json.loads(value) if isinstance(value, str) else value
