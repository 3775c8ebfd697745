"""The claim: what a person is handed next."""

from dataclasses import replace

from django.db import connection, transaction
from django.db.utils import OperationalError

from labeling.domain.severity import Severity
from labeling.models import Lease, Project
from labeling.operations import leases
from labeling.operations.errors import HandoutBusy, LeaseOpen, NoSchema, NotYours, ProjectPaused
from labeling.operations.outcomes import BREATHER, NothingToLabel, Refused, refused
from labeling.queries.expectation import UNKNOWN
from labeling.queries.handout import TakenSlot, Wanted, insert_lease, take_slot
from labeling.queries.workbench import LeaseCard, live_card
from people.iso_639 import primary_of
from people.models import User
from people.sentences import sentence
from wellbeing import interface
from wellbeing.interface import Clearance, Refusal

# How long the second look waits for a slot that another claim holds at this moment.
LOCK_TIMEOUT = "1s"
MOST_LOOKS = 4
# A task may be decided while its slot is being taken; then the next one is tried.
MOST_TRIES = 10


@transaction.atomic
def claim(
    *, project: Project, by: User, at_most: int = max(Severity)
) -> LeaseCard | NothingToLabel | Refused:
    """Hand the person a task of this project, or the one they hold already. Safe to repeat.

    `at_most` is the severity (0-4) above which they want nothing for now; it only tightens what they are cleared for.

    1. Lock the person's dosimeter and ask what they may see now; a refusal is the answer.
    2. A live lease of theirs here is the answer. Elsewhere: never opened, it ends; opened, LeaseOpen.
    3. Take the first slot on their walk, write the lease and their place.

    Raises NotYours (they do not label in its team), LeaseOpen, ProjectPaused, NoSchema, HandoutBusy.
    """
    clearance = interface.clear(person_id=by.pk)
    if isinstance(clearance, Refusal):
        return refused(clearance)
    clearance = clearance.at_most(at_most)
    held = live_card(person_id=by.pk)
    if held is not None and held.project_id == project.pk and not held.may_label:
        raise NotYours
    if held is not None and _is_kept(held, project, clearance, by):
        return replace(held, expires_at=leases.keep(lease_id=held.lease_id))
    if project.status != Project.Status.ACTIVE:
        raise ProjectPaused
    card = _take(project, by, clearance)
    if card is not None:
        refusal = interface.claimed(person_id=by.pk)
        if refusal is None:
            return card
        # A schema came while this ran, with kinds of content that the person was never told of.
        transaction.set_rollback(True)
        return refused(refusal)
    if clearance.wait_until is not None:
        return Refused(
            BREATHER,
            clearance.wait_until,
            sentence("The last ones were hard. Look away from the screen for a minute, then go on."),
        )
    return NothingToLabel()


def _is_kept(held: LeaseCard, project: Project, clearance: Clearance, by: User) -> bool:
    """Whether the lease that the person has is the answer to this claim; if not, it is ended here."""
    is_refused = not clearance.refused_categories.isdisjoint(held.categories)
    if held.is_live and held.opened_at is not None and held.may_label and not is_refused:
        if held.project_id != project.pk:
            raise LeaseOpen(project_name=held.project_name)
        return True
    if held.is_live and held.project_id == project.pk and _admits(clearance, held) and not held.is_decided:
        return True
    if held.opened_at is not None:
        interface.settle(person_id=by.pk, occasion=held.occasion, verdict=None)
    leases.end(lease_id=held.lease_id, outcome=_outcome(held, project), settled=held.opened_at is not None)
    return False


def _outcome(held: LeaseCard, project: Project) -> Lease.Outcome:
    if not held.is_live:
        return Lease.Outcome.EXPIRED
    return Lease.Outcome.UNCLEARED if held.project_id == project.pk else Lease.Outcome.RELEASED


def _admits(clearance: Clearance, held: LeaseCard) -> bool:
    if clearance.confirmed_benign_only and not held.confirmed_benign:
        return False
    if held.basis == UNKNOWN and not clearance.takes_unrated:
        return False
    return held.expected <= clearance.max_severity and clearance.refused_categories.isdisjoint(
        held.categories
    )


def _take(project: Project, by: User, clearance: Clearance) -> LeaseCard | None:
    for _ in range(MOST_TRIES):
        taken = _walk(project, by, clearance)
        if taken is None:
            return None
        card = insert_lease(taken=taken, person_id=by.pk)
        if not card.may_label:
            raise NotYours
        if card.schema_id is None:
            raise NoSchema
        if not card.is_decided:
            return card
        leases.end(lease_id=card.lease_id, outcome=Lease.Outcome.RELEASED)
    raise HandoutBusy


def _walk(project: Project, by: User, clearance: Clearance) -> TakenSlot | None:
    """The preferred severity first where there is one; at last once more, waiting for those who are quicker.

    Raises HandoutBusy when slots stay locked for longer than LOCK_TIMEOUT, MOST_LOOKS times.
    """
    for _ in range(MOST_LOOKS):
        for cap in (clearance.preferred_max_severity, clearance.max_severity):
            if cap is not None:
                taken = take_slot(wanted=_wanted(project, by, clearance, cap))
                if taken is not None:
                    return taken
        try:
            return _walk_and_wait(_wanted(project, by, clearance, clearance.max_severity))
        except OperationalError:
            # A lock timeout or a deadlock; the savepoint has let go of every slot that was locked on the way.
            continue
    raise HandoutBusy


def _walk_and_wait(wanted: Wanted) -> TakenSlot | None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LOCK_TIMEOUT])
        taken = take_slot(wanted=wanted, wait=True)
        cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
        return taken


def _wanted(project: Project, by: User, clearance: Clearance, cap: int) -> Wanted:
    return Wanted(
        project_id=project.pk,
        person_id=by.pk,
        cap=min(cap, clearance.max_severity),
        benign_only=clearance.confirmed_benign_only,
        takes_unrated=clearance.takes_unrated,
        languages=tuple(map(primary_of, by.languages)),
        refused_categories=tuple(sorted(clearance.refused_categories)),
        lease_minutes=project.lease_minutes,
    )
