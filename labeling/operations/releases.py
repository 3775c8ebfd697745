"""Publishing a release: numbering it, freezing what it says, and noting how its build ends.

The files are written by labeling.exporters.build, from the frozen rows alone.
"""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from labeling.domain.splits import DEFAULT_SHARES, check_shares, split_of
from labeling.models import Project, Release
from labeling.models.clock import RespiteNow
from labeling.operations.errors import NoSchema
from labeling.operations.messages import send_after_commit
from labeling.operations.project_lock import lock_project
from labeling.operations.release_notes import note_release
from labeling.operations.turns import keep_turn, take_turn
from labeling.queries.releases import guideline_in_force, schema_in_force, tasks_to_freeze
from people.models import User
from people.operations.audit import record_event

UNFINISHED = [Release.State.WAITING.value, Release.State.BUILDING.value]
PAGE = 5000
_PATIENCE = "5min"


@transaction.atomic
def publish_release(
    *,
    project: Project,
    by: User,
    seed: int | None = None,
    splits: Mapping[str, float] | None = None,
    enqueue: bool = True,
) -> Release:
    """Begin the next numbered release of a project; a job freezes it and writes its files.

    Args:
        seed: decides the splits; the project's own unless given, so that items stay where they were.
        splits: name → share, together 1.
        enqueue: False when the caller builds it at once.

    Raises:
        NoSchema: when the project has published no label schema.
        ValueError: when the shares make no sense.
    """
    shares = dict(splits or DEFAULT_SHARES)
    check_shares(shares)
    lock_project(project)  # two publishers get two numbers
    schema, guideline = schema_in_force(project), guideline_in_force(project)
    if schema is None:
        raise NoSchema
    last = (
        Release.objects.filter(project=project).order_by("-number").values_list("number", flat=True).first()
    )
    release = Release.objects.create(
        project=project,
        number=(last or 0) + 1,
        seed=project.shuffle_seed if seed is None else seed,
        pseudonym_key=secrets.token_hex(32),
        filters={
            "states": ["decided", "contested"],
            "splits": [[name, share] for name, share in shares.items()],
            "schema_version": schema.version,
            "guideline_version": guideline.version if guideline else None,
            "strategy": project.strategy,
        },
        created_by=by,
    )
    record_event(
        by=by,
        action="labeling.release_published",
        subject=f"project {project.slug}",
        details={"release": release.pk, "number": release.number},
    )
    if enqueue:
        send_after_commit(release)
    return release


@transaction.atomic
def begin_build(*, release_id: int) -> UUID | None:
    """Take the turn at building a release, for the first time or again. None when another worker builds it."""
    turn = take_turn(work=Release, row_id=release_id, states=Release.State.values)
    if turn is not None:
        Release.objects.filter(pk=release_id).exclude(state=Release.State.READY).update(
            state=Release.State.BUILDING, failure=""
        )
    return turn


def freeze(*, release_id: int, turn: UUID) -> Release:
    """Copy what the release says into rows of its own, once: answers, versions and final labels of one moment.

    One REPEATABLE READ transaction, so labels that arrive meanwhile are in or out as a whole. A build that died
    before the commit left nothing; after it, this does nothing. Raises TurnLost.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            _execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        _execute(f"SET LOCAL statement_timeout = '{_PATIENCE}'")  # the role's limit is that of a page
        keep_turn(work=Release, row_id=release_id, turn=turn)
        release = Release.objects.select_related("project").get(pk=release_id)
        if release.frozen_at is None:
            shares = dict(release.filters["splits"])
            after = 0
            while page := tasks_to_freeze(project=release.project, after=after, limit=PAGE):
                after = page[-1][0]
                splits = [split_of(key, seed=release.seed, shares=shares) for _, key in page]
                tasks = [task_id for task_id, _ in page]
                looks = dict(_fetch(_LOOKS, [tasks]))
                values = {
                    "tasks": tasks,
                    "splits": splits,
                    "looks": [looks.get(task_id, 0) for task_id in tasks],
                }
                _execute(_FREEZE, {"release": release_id, **values})
            Release.objects.filter(pk=release_id).update(frozen_at=RespiteNow(), alive_at=RespiteNow())
    release.refresh_from_db()
    return release


def show_life(*, release_id: int, turn: UUID) -> None:
    """The files are being written. Raises TurnLost when somebody else writes them."""
    keep_turn(work=Release, row_id=release_id, turn=turn)


@contextmanager
def made_ready(*, release_id: int, turn: UUID, manifest: dict[str, Any]) -> Iterator[None]:
    """Put the files in place inside: nobody else does it meanwhile, and the release is ready afterwards.

    A rebuilt release keeps the time at which it first was ready. Raises TurnLost.
    """
    with transaction.atomic():
        keep_turn(work=Release, row_id=release_id, turn=turn)
        yield
        _execute(f"SET LOCAL statement_timeout = '{_PATIENCE}'")  # a note to each of many people
        note_release(release_id=release_id)
        Release.objects.filter(pk=release_id).exclude(state=Release.State.READY).update(
            state=Release.State.READY, ready_at=RespiteNow(), manifest=manifest, failure=""
        )
        _end_turn(release_id)


@transaction.atomic
def mark_failed(*, release_id: int, turn: UUID, failure: str) -> None:
    """The build failed; `failure` names the kind of error, never content. It may be built again. Raises TurnLost."""
    keep_turn(work=Release, row_id=release_id, turn=turn)
    Release.objects.filter(pk=release_id).exclude(state=Release.State.READY).update(
        state=Release.State.FAILED, failure=failure[:500]
    )
    _end_turn(release_id)


def give_up(*, release_id: int) -> None:
    """Close a release as failed whose workers died. It may be built again."""
    if (turn := take_turn(work=Release, row_id=release_id, states=UNFINISHED)) is not None:
        mark_failed(release_id=release_id, turn=turn, failure="WorkerDied")


def _end_turn(release_id: int) -> None:
    Release.objects.filter(pk=release_id).update(turn=None, alive_at=None, tries=0)


# A contested item has no label, whatever the majorities were: nothing there must not read as benign.
# Times are coarsened to the day here already, so no file can give away more.
# Leases have no index by task, so their looks are counted in one pass per page. All else is fetched by key (OFFSET 0
# keeps it so): a table that had not been analysed since it grew led the planner into a pass per task.
_LOOKS = """
SELECT task_id, count(*) FROM labeling_lease
 WHERE opened_at IS NOT NULL AND task_id = ANY (%s::bigint[])
 GROUP BY task_id
"""

_FREEZE = """
INSERT INTO labeling_releaserow (release_id, task_id, external_id, split, state, final, annotations)
SELECT %(release)s, task.id, item.external_id, chosen.split, task.state,
       jsonb_build_object(
           'answers', CASE WHEN task.state = 'decided' THEN label.answers END, 'soft', label.soft,
           'severity', CASE WHEN task.state = 'decided' THEN label.severity END, 'votes', label.votes,
           'method', label.method, 'kind', item.kind, 'source', source.name, 'language', item.language,
           'meta', item.meta, 'exposures', chosen.looks),
       COALESCE(given.annotations, '[]'::jsonb)
  FROM unnest(%(tasks)s::bigint[], %(splits)s::text[], %(looks)s::int[]) AS chosen(task_id, split, looks)
 CROSS JOIN LATERAL (SELECT * FROM labeling_task WHERE id = chosen.task_id OFFSET 0) task
 CROSS JOIN LATERAL (SELECT * FROM labeling_finallabel WHERE task_id = chosen.task_id OFFSET 0) label
 CROSS JOIN LATERAL (SELECT * FROM labeling_item WHERE id = task.item_id OFFSET 0) item
 CROSS JOIN LATERAL (SELECT name FROM labeling_source WHERE id = item.source_id OFFSET 0) source
 CROSS JOIN LATERAL (
       SELECT jsonb_agg(jsonb_build_object(
                  'id', annotation.id, 'revision', annotation.revision, 'person', annotation.person_id,
                  'slot', (SELECT number FROM labeling_slot WHERE id = annotation.slot_id),
                  'answers', annotation.answers, 'verdict', annotation.verdict,
                  'schema', (SELECT version FROM labeling_labelschema WHERE id = annotation.schema_id),
                  'guideline', (SELECT version FROM labeling_guideline WHERE id = annotation.guideline_id),
                  'share', annotation.disclosed_share, 'seen', annotation.seen,
                  'day', to_char(annotation.submitted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'))
                  ORDER BY annotation.id) AS annotations
         FROM labeling_annotation annotation
        WHERE annotation.task_id = chosen.task_id AND annotation.superseded_at IS NULL) given
"""


def _execute(statement: str, values: dict[str, Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _fetch(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
